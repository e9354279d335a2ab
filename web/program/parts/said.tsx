import type { Email } from '../../../domain/basics.ts';
import type { FileRef } from '../../../domain/registry/fields.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { EvidenceShown } from '../../task/evidence.tsx';
import type { ProgramView } from '../reading.ts';
import { whoseAct } from './whose.tsx';

/** What somebody said with a record, in their words, with the links and files beside them. */
interface Words {
  note: string;
  links?: string[];
  files?: FileRef[] | undefined;
}

/** Words with their files, as they were recorded; nothing where nothing was said. */
export function Said({ words, record, view }: { words: Words; record: ProgramRecord; view: ProgramView }) {
  const { note, links = [], files = [] } = words;
  if (!note && links.length === 0 && files.length === 0) return null;
  // The program itself says nothing in words of its own.
  const evidence = { note, links, files, by: record.actor as Email, at: record.at };
  return (
    <EvidenceShown
      evidence={evidence}
      by={view.nameOf(whoseAct(record))}
      today={view.today}
      filesUrl={`${view.url}/files`}
    />
  );
}
