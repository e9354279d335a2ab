import type { ComponentChildren } from 'preact';
import { dateAt } from '../../domain/calendar.ts';
import { isWaiting } from '../../domain/tasks/task.ts';
import { count } from '../../words/phrases.ts';
import { Day } from '../html/parts.tsx';
import type { InboxReading, InboxRow } from './reading.ts';

/** The rows that are checked, with why what was asked for was refused, where it was. */
export type Checked = ReadonlyMap<string, string | undefined>;

interface RowsProps {
  reading: InboxReading;
  checked: Checked;
}

/** The rows by their programs, those whose program comes first in the list first; overdue ones apart. */
export function Rows({ reading, checked }: RowsProps) {
  const { rows, asked } = reading;
  if (asked.list !== 'yours') return <Groups rows={rows} reading={reading} checked={checked} level={2} />;
  const parts = [
    ['Overdue', rows.filter(({ overdue }) => overdue)],
    ['Coming up', rows.filter(({ overdue }) => !overdue)],
  ] as const;
  return (
    <>
      {parts
        .filter(([, some]) => some.length > 0)
        .map(([title, some]) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <Groups rows={some} reading={reading} checked={checked} level={3} />
          </section>
        ))}
    </>
  );
}

function Groups({ rows, reading, checked, level }: RowsProps & { rows: readonly InboxRow[]; level: 2 | 3 }) {
  const groups = new Map<string, InboxRow[]>();
  for (const row of rows) groups.set(row.program.id, [...(groups.get(row.program.id) ?? []), row]);
  const Head = `h${level}` as const;
  return (
    <>
      {[...groups].map(([id, some]) => {
        const { name, organization, rehearsal } = some[0]!.program;
        return (
          <section key={id} class="inbox-group">
            <Head class="inbox-program">
              <a href={`/programs/${encodeURIComponent(id)}`}>{name}</a> <span class="quiet">{organization}</span>
              {rehearsal && <span class="rehearsal">Rehearsal</span>}
            </Head>
            <ul class="inbox-rows">
              {some.map((row) => (
                <Row key={row.ref} row={row} reading={reading} checked={checked} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function Row({ row, reading, checked }: RowsProps & { row: InboxRow }) {
  const { ref, url, task, inBulk } = row;
  const refusal = checked.get(ref);
  const id = `about-${ref.replace(/[^A-Za-z0-9]+/g, '-')}`;
  return (
    <li class={inBulk ? 'inbox-row with-check' : 'inbox-row'}>
      {inBulk && (
        <label class="check">
          <input type="checkbox" name="task" value={ref} checked={checked.has(ref)} data-check />
          <span class="hidden-text">{task.title}</span>
        </label>
      )}
      <div class="inbox-what">
        <a href={url} data-row aria-describedby={id}>
          {task.title}
        </a>
        <p class="inbox-about" id={id}>
          <span class="inbox-due">
            <When row={row} reading={reading} />
          </span>
          <About row={row} reading={reading} />
        </p>
        {refusal !== undefined && <p class="error">{refusal}</p>}
      </div>
    </li>
  );
}

/** When it was to be done, or since when it waits. */
function When({ row: { task, overdue, today, program }, reading }: { row: InboxRow; reading: InboxReading }) {
  if (task.status !== 'submitted')
    return (
      <span class={overdue ? 'late' : undefined}>
        {overdue ? 'was due ' : 'due '}
        <Day on={task.dueOn} today={today} />
      </span>
    );
  const on = dateAt(task.evidence.at, program.timeZone);
  if (reading.asked.list === 'submitted')
    return (
      <>
        submitted <Day on={on} today={today} />
      </>
    );
  return (
    <>
      from {reading.nameIn(program.id, task.evidence.by)}, <Day on={on} today={today} />
    </>
  );
}

/** The rest in a few words, each only where there is something to say. */
function About({ row, reading }: { row: InboxRow; reading: InboxReading }) {
  const { program, task, askedBy, sentBackBy, today } = row;
  const name = (email: string) => reading.nameIn(program.id, email);
  const parts: ComponentChildren[] = [];
  // Many titles begin with it.
  if (task.requirementId && !task.title.startsWith(`${task.requirementId} `))
    parts.push(<span class="code">{task.requirementId}</span>);
  if (task.status === 'open' && sentBackBy) parts.push(<span class="soon">sent back by {name(sentBackBy)}</span>);
  if (isWaiting(task) && task.waitsFor.length > 0)
    parts.push(<span class="soon">waits for {count(task.waitsFor.length, 'other task')}</span>);
  if (task.status === 'open' && task.expectedOn)
    parts.push(
      <>
        expected <Day on={task.expectedOn} today={today} near={false} />
      </>,
    );
  if (task.bodyDeadline && task.status === 'open') parts.push('a deadline of the certification body');
  if (reading.asked.list === 'team') parts.push(`with ${name(task.assignee)}`);
  if (reading.asked.list !== 'submitted' && askedBy && askedBy !== 'system')
    parts.push(`asked for by ${name(askedBy)}`);
  return (
    <>
      {parts.map((part, index) => (
        <span key={`${index}`}>
          <span class="hidden-text">, </span>
          {part}
        </span>
      ))}
    </>
  );
}
