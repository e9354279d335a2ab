import { type AcceptedPiece, acceptedIn } from '../../../api/views/accepted.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { Day, Empty, Moment, Quote } from '../../html/parts.tsx';
import { EvidenceShown } from '../../task/evidence.tsx';
import type { ProgramView } from '../reading.ts';
import type { SeenStanding } from './seen.ts';

interface ListProps {
  records: readonly ProgramRecord[];
  standing: SeenStanding;
  /** What the tasks are called that it answered, by their ids. */
  titles: ReadonlyMap<string, string>;
  view: ProgramView;
}

/** Everything that was ever accepted for a requirement, to be read for as long as there is a register. */
export function AcceptedEvidenceList({ records, standing, titles, view }: ListProps) {
  if (standing.evidenced === undefined) return null;
  const pieces = acceptedIn(records, view);
  const { evidence } = standing;
  const isFromBefore = evidence !== undefined && evidence.taskId === undefined;
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">Accepted evidence</h2>
      {pieces.map((piece, index) => (
        <Piece
          key={`${piece.taskId} ${piece.acceptedAt}`}
          piece={piece}
          title={titles.get(piece.taskId) ?? `Task ${piece.taskId}`}
          view={view}
          latest={index === 0}
        />
      ))}
      {isFromBefore && (
        <p>
          Evidence was accepted <Day on={evidence.acceptedOn} today={view.today} near={false} />, before the program was
          taken over. It is not kept here.
        </p>
      )}
      {pieces.length === 0 && !isFromBefore && (
        <Empty>No evidence was accepted yet. Once a reviewer accepts what an owner submits, it can be read here.</Empty>
      )}
    </section>
  );
}

function Piece({
  piece,
  title,
  view,
  latest,
}: {
  piece: AcceptedPiece;
  title: string;
  view: ProgramView;
  latest: boolean;
}) {
  const { taskId, evidence, acceptedAt, acceptedBy, note } = piece;
  const { nameOf, today, timeZone, url, sight } = view;
  return (
    <article class="piece">
      <h3>
        <Day on={dateAt(acceptedAt, timeZone)} today={today} near={false} />
        {latest ? '' : ' (before)'}
      </h3>
      <p class="quiet">
        Submitted by {nameOf(evidence.by)} <Moment at={evidence.at} timeZone={timeZone} today={today} />, accepted by{' '}
        {nameOf(acceptedBy)} <Moment at={acceptedAt} timeZone={timeZone} today={today} />.{' '}
        {sight.task(taskId) ? <a href={`${url}/tasks/${encodeURIComponent(taskId)}`}>{title}</a> : null}
      </p>
      <EvidenceShown evidence={evidence} by={nameOf(evidence.by)} today={today} filesUrl={`${url}/files`} />
      {note && <Quote by={`${nameOf(acceptedBy)}, who accepted it`}>{note}</Quote>}
    </article>
  );
}
