import { decide } from '../../../domain/decide.ts';
import type { Known } from '../../../domain/offers/asked.ts';
import type { CommandType, ProgramRecord } from '../../../domain/registry.ts';
import { rejectionOf, speak } from '../../../words/sayings/index.ts';
import { commandIn, refusedIn } from '../../forms/act.ts';
import type { FormError } from '../../forms/fields.tsx';
import type { Form } from '../../forms/form.ts';
import { Notice } from '../../html/parts.tsx';
import { RecordLine } from '../parts/history.tsx';
import type { ProgramView } from '../reading.ts';
import { namesUnseen } from './subjects.ts';

/** As of an id that there is not: it may be one that the reader does not see. */
const notThere = 'There is nothing with the id that is named here; choose it again.';

/** The most that is listed of what would follow. */
const mostListed = 40;

/**
 * What would be recorded if a form were sent now, as far as its reader would see it; or what has to be changed in the form.
 * Nothing is kept of it.
 */
export function previewOf(
  view: ProgramView,
  type: CommandType,
  known: Known,
  form: Form,
): { ok: true; records: ProgramRecord[] } | { ok: false; errors: FormError[] } {
  const { state, actor, reader, now } = view;
  const read = commandIn({ type, known, form });
  if (!read.ok) return read;
  if (namesUnseen(view, read.command as Known)) return { ok: false, errors: [{ detail: notThere }] };
  const decision = decide(state, read.command, actor, now, speak);
  if (!decision.ok) return { ok: false, errors: refusedIn(type, rejectionOf(decision.refusal)) };
  const envelope = { at: now, actor: reader, commandId: '', item: 0 };
  // A record as it would be kept.
  const records = decision.records.map((one, index) => ({
    ...one,
    ...envelope,
    seq: state.seq + index + 1,
  })) as ProgramRecord[];
  return { ok: true, records: records.filter(view.sightAfter(records).record) };
}

/** What would follow, line by line, above the form that can still be changed. */
export function Preview({ records, view }: { records: readonly ProgramRecord[]; view: ProgramView }) {
  const more = records.length - mostListed;
  return (
    <Notice tone="plain" title="What would follow">
      {records.length === 0 && <p>Nothing that you would see but the answer.</p>}
      <ul>
        {records.slice(0, mostListed).map((record) => (
          <li key={record.seq}>
            <RecordLine record={record} view={view} />
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
      <p>Nothing is done yet. Change what is below, or send it.</p>
    </Notice>
  );
}
