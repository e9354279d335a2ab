import type { MomentKind } from '../../../domain/agenda/moment.ts';
import type { IsoDate } from '../../../domain/basics.ts';
import { isOverdue } from '../../../domain/tasks/overdue.ts';
import { openTasks } from '../../../domain/tasks/queries.ts';
import { isWaiting, type Task } from '../../../domain/tasks/task.ts';
import { capitalized } from '../../../words/phrases.ts';
import { wordsOf } from '../../../words/sayings/index.ts';
import { Day, Empty } from '../../html/parts.tsx';
import { dayOfMoment, momentsOf } from '../moments.ts';
import type { ProgramView } from '../reading.ts';

/** How many of what comes are told. */
const mostShown = 8;

/** Mails about tasks: their due dates are told in place of them. And what nobody has to do anything about. */
const untold: readonly MomentKind[] = ['reminder', 'escalation', 'review', 'waiting', 'holidays'];

/** A day ahead, and what is then. */
interface Ahead {
  on: IsoDate;
  what: string;
  href: string | undefined;
}

/** What comes in the next weeks, with its days. */
export function Coming({ view }: { view: ProgramView }) {
  const coming = comingIn(view);
  if (coming.length === 0 && view.state.status !== 'active') return null;
  return (
    <section aria-labelledby="coming">
      <h2 id="coming">What comes next</h2>
      {coming.length === 0 && <Empty>Nothing that you see is due by itself.</Empty>}
      <ol class="history near">
        {coming.slice(0, mostShown).map(({ on, what, href }) => (
          <li key={`${on} ${what}`}>
            <span class="when">
              <Day on={on} today={view.today} />
            </span>
            <span>{href ? <a href={href}>{what}</a> : what}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The days ahead that somebody sees, earliest first. */
function comingIn(view: ProgramView): Ahead[] {
  const { state, now, today, timeZone, sight } = view;
  const moments = momentsOf(state)
    .filter((moment) => !untold.includes(moment.kind) && moment.at > now && sight.moment(moment))
    .map((moment) => ({
      on: dayOfMoment(moment, timeZone),
      what: capitalized(wordsOf(moment.title)),
      href: hrefOf(moment, view),
    }));
  const isLate = (task: Task) => task.dueOn < today && (isWaiting(task) || isOverdue(task, state, now));
  const tasks = openTasks(state)
    .filter((task) => task.status === 'open' && !isLate(task) && sight.task(task.id))
    .map(({ id, dueOn, title }) => ({ on: dueOn, what: `Due: ${title}`, href: hrefOf({ ref: id }, view) }));
  return [...moments, ...tasks].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

function hrefOf({ ref }: { ref?: string | undefined }, { state, url }: ProgramView): string | undefined {
  if (ref === undefined) return undefined;
  if (ref.includes('@')) return `${url}/people`;
  const id = encodeURIComponent(ref);
  if (Object.hasOwn(state.tasks, ref)) return `${url}/tasks/${id}`;
  if (Object.hasOwn(state.audits, ref)) return `${url}/audits/${id}`;
  if (Object.hasOwn(state.findings, ref)) return `${url}/findings/${id}`;
  return Object.hasOwn(state.aiSystems, ref) ? `${url}/systems` : `${url}/requirements/${id}`;
}
