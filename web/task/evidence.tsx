import { canPreview } from '../../api/files.ts';
import type { IsoDate } from '../../domain/basics.ts';
import type { FileRef } from '../../domain/registry/fields.ts';
import type { Evidence } from '../../domain/tasks/task.ts';
import { isWebLink } from '../../words/mail/clean.ts';
import { fileSize } from '../../words/phrases.ts';
import { Icon } from '../html/icons.tsx';
import { Day, Quote } from '../html/parts.tsx';

interface EvidenceProps {
  evidence: Evidence;
  by: string;
  today: IsoDate;
  /** Where its files are: `/programs/aims/files`. */
  filesUrl: string;
}

/** What somebody submitted: their words, their files, their links. */
export function EvidenceShown({ evidence, by, today, filesUrl }: EvidenceProps) {
  const { files = [], links, note, effectiveOn, validUntil } = evidence;
  return (
    <div class="evidence">
      {note && <Quote by={by}>{note}</Quote>}
      <FilesAndLinks files={files} links={links} filesUrl={filesUrl} />
      {(effectiveOn || validUntil) && (
        <p class="quiet">
          {effectiveOn && (
            <>
              In effect since <Day on={effectiveOn} today={today} near={false} />.{' '}
            </>
          )}
          {validUntil && (
            <>
              Valid until <Day on={validUntil} today={today} />.
            </>
          )}
        </p>
      )}
    </div>
  );
}

interface FilesAndLinksProps {
  files: readonly FileRef[];
  links: readonly string[];
  filesUrl: string;
}

/** Files to download or to look at, and the addresses of documents that are kept elsewhere. */
export function FilesAndLinks({ files, links, filesUrl }: FilesAndLinksProps) {
  return (
    <>
      {files.length > 0 && (
        <ul class="files">
          {files.map(({ sha256, name, bytes, mediaType }) => (
            <li key={sha256}>
              <Icon name="file" />
              <a href={`${filesUrl}/${sha256}?name=${encodeURIComponent(name)}`}>{name}</a>
              <span class="quiet">{fileSize(bytes)}</span>
              {canPreview(mediaType) && <a href={`${filesUrl}/${sha256}/preview`}>Look at it here</a>}
            </li>
          ))}
        </ul>
      )}
      {links.length > 0 && (
        <ul class="files">
          {links.map((link) => (
            <li key={link}>
              <Icon name="link" />
              {isWebLink(link) ? (
                <a href={link} rel="noreferrer noopener">
                  {link}
                </a>
              ) : (
                link
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
