import type { FastifyInstance } from 'fastify';
import { dateAt } from '../../../domain/calendar.ts';
import { nextRung, recipients } from '../../../domain/tasks/ladder.ts';
import { isOverdue } from '../../../domain/tasks/overdue.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { list } from '../../../words/phrases.ts';
import { Day } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';
import { TaskState } from '../tasks/lines.tsx';
import { type Told, toldOf } from './told.ts';

/** How many overdue tasks are told with who was told of them. */
const mostShown = 8;

/** The overdue tasks that somebody sees, the longest overdue first, with who was told of each. */
export interface Overdue {
  tasks: Task[];
  told: Map<string, Told[]>;
}

export async function readOverdue(app: FastifyInstance, view: ProgramView): Promise<Overdue> {
  const { state, now, sight } = view;
  const tasks = Object.values(state.tasks)
    .filter((task) => isOverdue(task, state, now) && sight.task(task.id))
    .sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  const shown = tasks.slice(0, mostShown).filter(({ id }) => sight.sees({ subject: 'escalation', task: id }));
  const told = await toldOf(app.services.database.register, state, new Set(shown.map(({ id }) => id)));
  return { tasks, told };
}

export function OverdueSection({ overdue: { tasks, told }, view }: { overdue: Overdue; view: ProgramView }) {
  const { url } = view;
  if (tasks.length === 0) return null;
  return (
    <section aria-labelledby="overdue">
      <h2 id="overdue">Overdue, and who was told</h2>
      <ul class="lines">
        {tasks.slice(0, mostShown).map((task) => (
          <li key={task.id}>
            <a href={`${url}/tasks/${encodeURIComponent(task.id)}`}>{task.title}</a>
            <span class="meta">
              <TaskState task={task} view={view} />
            </span>
            <ToldWords task={task} told={told.get(task.id)} view={view} />
          </li>
        ))}
      </ul>
      {tasks.length > mostShown && (
        <p>
          <a href={`${url}/tasks?show=overdue`}>All {tasks.length} that are overdue</a>
        </p>
      )}
    </section>
  );
}

/** Who was told, the latest of each level, and who is next. */
function ToldWords({ task, told = [], view }: { task: Task; told: Told[] | undefined; view: ProgramView }) {
  const { state, sight, today, nameOf, timeZone } = view;
  if (!sight.sees({ subject: 'escalation', task: task.id })) return null;
  const levels = [...new Map(told.map((one) => [one.level, one])).values()];
  const next = state.status === 'active' ? nextRung(task, state) : undefined;
  return (
    <span class="meta">
      {levels.map(({ level, to, on }, index) => (
        <>
          {index > 0 && '; '}
          {index === 0 ? 'Told: ' : ''}
          {list(to.map(nameOf))} <Day on={on} today={today} near={false} />
          {level === 0 && ' (as it was due)'}
        </>
      ))}
      {next && (
        <>
          {levels.length > 0 ? '. ' : ''}
          Next: {list(recipients(task, next, state).map(nameOf))} <Day on={dateAt(next.at, timeZone)} today={today} />.
        </>
      )}
    </span>
  );
}
