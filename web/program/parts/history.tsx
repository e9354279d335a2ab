import type { ProgramRecord } from '../../../domain/registry.ts';
import { Moment } from '../../html/parts.tsx';
import { ToldLine } from '../../html/toldLine.tsx';
import type { ProgramView } from '../reading.ts';

/** Records in words, each with its moment and who it was; links to the record itself. */
export function History({ records, view }: { records: readonly ProgramRecord[]; view: ProgramView }) {
  const { timeZone, today, nameOf, url } = view;
  return (
    <ol class="history">
      {records.map((record) => (
        <li key={record.seq}>
          <a class="when" href={`${url}/records/${record.seq}`}>
            <Moment at={record.at} timeZone={timeZone} today={today} />
          </a>
          <span>
            <RecordLine record={record} view={view} /> <span class="quiet">{nameOf(record.actor)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A record in a line: people by their names, days as people say them, and what is named leads to its page. */
export function RecordLine({ record, view }: { record: ProgramRecord; view: ProgramView }) {
  return <ToldLine record={record} reader={view} hrefOf={(id) => hrefOf(id, view)} />;
}

/** The page of what an id names, where the reader sees it. */
function hrefOf(id: string, { url, ties, sight }: ProgramView): string | undefined {
  if (ties.tasks.has(id)) return sight.task(id) ? `${url}/tasks/${id}` : undefined;
  if (ties.audits.has(id)) return sight.audit(id) ? `${url}/audits/${id}` : undefined;
  return ties.findings.has(id) && sight.finding(id) ? `${url}/findings/${id}` : undefined;
}
