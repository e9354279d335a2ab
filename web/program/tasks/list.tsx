import type { FastifyInstance } from 'fastify';
import { pageRequest } from '../../../api/pages.ts';
import type { TaskFilter } from '../../../db/types.ts';
import type { Email } from '../../../domain/basics.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { personTopic } from '../../../identity/reading/topics.ts';
import type { Page } from '../../html/layout.tsx';
import { Empty } from '../../html/parts.tsx';
import { Done } from '../done.tsx';
import { Offers } from '../parts/forms.tsx';
import { More, type View, Views, withQuery } from '../parts/links.tsx';
import { inProgram, type ProgramView } from '../reading.ts';
import { TaskLines } from './lines.tsx';

/** What the address of the list says. */
type Query = Record<string, string | undefined>;

/** The views of the list: what each asks the read table for. */
const shows: Record<string, { label: string; filter: (view: ProgramView) => Partial<TaskFilter>; empty: string }> = {
  open: {
    label: 'Open',
    filter: () => ({ status: 'open' }),
    empty: 'Nothing is open. What the program asks for next will be here, with who has it and by when.',
  },
  mine: {
    label: 'Mine',
    filter: ({ reader }) => ({ status: 'open', assignee: reader }),
    empty: 'Nothing is open for you in this program.',
  },
  overdue: { label: 'Overdue', filter: () => ({ overdue: true }), empty: 'Nothing is overdue.' },
  submitted: {
    label: 'In review',
    filter: () => ({ status: 'submitted' }),
    empty: 'Nothing waits for a review.',
  },
  accepted: { label: 'Accepted', filter: () => ({ status: 'accepted' }), empty: 'Nothing was accepted yet.' },
  waived: { label: 'Waived', filter: () => ({ status: 'waived' }), empty: 'Nothing was waived.' },
  cancelled: { label: 'Cancelled', filter: () => ({ status: 'cancelled' }), empty: 'Nothing was cancelled.' },
};

/** The tasks of a program, by due date. */
export async function tasksPage(app: FastifyInstance, view: ProgramView, query: Query): Promise<Page> {
  const { show: asked = 'open', assignee, cursor } = query;
  const show = Object.hasOwn(shows, asked) ? asked : 'open';
  const { filter, empty } = shows[show]!;
  const { state, sight, now, url } = view;
  const path = `${url}/tasks`;
  const who = assignee ? { assignee: assignee as Email } : {};
  const { items, nextCursor } = await app.services.database.read.tasks(
    state.id,
    { ...filter(view), ...who, now },
    pageRequest({ ...(cursor && { cursor }) }),
    sight.task,
  );
  const next = nextCursor ? withQuery(path, { show, assignee, cursor: nextCursor }) : undefined;
  return {
    title: 'Tasks',
    program: inProgram(view, 'tasks'),
    body: (
      <>
        <h1>Tasks</h1>
        <Done query={query} />
        <Views label="Which tasks" views={viewsOf(path, show, assignee)} />
        <Assignees view={view} show={show} assignee={assignee} />
        <Found tasks={items} view={view} empty={empty} />
        <More href={next}>Show more</More>
        {!cursor && (
          <Offers url={url} offers={view.offers('program').filter(({ command }) => command === 'openTask')} />
        )}
      </>
    ),
  };
}

function Found({ tasks, view, empty }: { tasks: Task[]; view: ProgramView; empty: string }) {
  return tasks.length > 0 ? <TaskLines tasks={tasks} view={view} /> : <Empty>{empty}</Empty>;
}

function viewsOf(path: string, show: string, assignee: string | undefined): View[] {
  return Object.entries(shows).map(([name, { label }]) => ({
    label,
    href: withQuery(path, {
      show: name === 'open' ? undefined : name,
      assignee: name === 'mine' ? undefined : assignee,
    }),
    current: name === show,
  }));
}

function Assignees({ view, show, assignee }: { view: ProgramView; show: string; assignee: string | undefined }) {
  const people = view.state.people.filter((person) => view.sight.sees(personTopic(person)));
  if (show === 'mine' || people.length < 2) return null;
  return (
    <form method="get" action={`${view.url}/tasks`} class="inline-form">
      {show !== 'open' && <input type="hidden" name="show" value={show} />}
      <label for="assignee">Assignee</label>
      <select id="assignee" name="assignee">
        <option value="">Everybody</option>
        {people.map(({ email, name }) => (
          <option key={email} value={email} selected={email === assignee}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit">Show</button>
    </form>
  );
}
