import { isOverdue } from '../../../domain/tasks/overdue.ts';
import { isUnended, isWaiting, type Task } from '../../../domain/tasks/task.ts';
import { taskStatusLabels } from '../../../words/labels.ts';
import { capitalized } from '../../../words/phrases.ts';
import { distance, shortDay } from '../../../words/when.ts';
import { Day } from '../../html/parts.tsx';
import type { ProgramView } from '../reading.ts';

/** Tasks, each in a line with whose turn it is, that leads to its page. */
export function TaskLines({ tasks, view }: { tasks: readonly Task[]; view: ProgramView }) {
  return (
    <ul class="lines">
      {tasks.map((task) => (
        <li key={task.id}>
          <a href={`${view.url}/tasks/${encodeURIComponent(task.id)}`}>{task.title}</a>
          <span class="meta">
            <TaskState task={task} view={view} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How a task stands, in words. */
export function TaskState({ task, view }: { task: Task; view: ProgramView }) {
  const { state, now, today, nameOf, reader } = view;
  const whose = task.assignee === reader ? 'you' : nameOf(task.assignee);
  if (!isUnended(task)) {
    return (
      <span class="quiet">
        {capitalized(taskStatusLabels[task.status])} <Day on={task.closedOn} today={today} near={false} />, {whose}
      </span>
    );
  }
  if (task.status === 'submitted') return <>In review, submitted by {nameOf(task.evidence.by)}</>;
  const late = isOverdue(task, state, now);
  return (
    <>
      With {whose},{' '}
      <span class={late ? 'late' : undefined}>
        {late ? 'was due ' : 'due '}
        <time dateTime={task.dueOn} title={task.dueOn}>
          {shortDay(task.dueOn, today)}, {distance(task.dueOn, today)}
        </time>
      </span>
      {isWaiting(task) && task.waitsFor.length > 0 && `, waits for ${task.waitsFor.join(', ')}`}
      {task.bodyDeadline && ', a deadline of the certification body'}
    </>
  );
}
