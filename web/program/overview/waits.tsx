import { own } from '../../../domain/basics.ts';
import { isPast } from '../../../domain/findings/queries.ts';
import type { Wait } from '../../../domain/outlook/waits.ts';
import { isOverdue } from '../../../domain/tasks/overdue.ts';
import { aPerson } from '../../../words/outlook/ahead.ts';
import { capitalized, list } from '../../../words/phrases.ts';
import { distance, shortDay } from '../../../words/when.ts';
import type { ProgramView } from '../reading.ts';

/** How many are named; the others are counted. */
const mostShown = 5;

/** What the program waits for, as far as somebody may see it. */
export function seenWaits(waits: Wait[], { sight, reader }: ProgramView): Wait[] {
  return waits.filter(({ taskId, findingId, requirementId, who }) => {
    if (who.includes(reader)) return true;
    if (taskId) return sight.task(taskId);
    if (findingId) return sight.finding(findingId);
    return requirementId === undefined || sight.requirement('gapAssessment', requirementId);
  });
}

/** The one thing that its reader can do next for the program, if it waits for them. */
export function YourTurn({ waits, view }: { waits: Wait[]; view: ProgramView }) {
  const [first] = inOrder(waits, view);
  if (!first?.who.includes(view.reader)) return null;
  return (
    <p class="row">
      <a class="button primary" href={hrefOf(first, view.url)}>
        {first.review ? 'Review what was submitted' : 'Do what waits for you'}
      </a>
    </p>
  );
}

/** What blocks the way, with whose turn it is; the reader's own first. */
export function Waits({ waits, view }: { waits: Wait[]; view: ProgramView }) {
  if (waits.length === 0) return null;
  const { today, url } = view;
  const sorted = inOrder(waits, view);
  const rest = waits.length - mostShown;
  return (
    <section aria-labelledby="waits">
      <h2 id="waits">What it waits for</h2>
      <ul class="lines">
        {sorted.slice(0, mostShown).map((wait) => (
          <li key={`${wait.what} ${wait.role ?? wait.taskId ?? wait.findingId ?? wait.requirementId}`}>
            <a href={hrefOf(wait, url)}>{titleOf(wait, view)}</a>
            <span class="meta">
              {whose(wait, view)}
              {wait.since && `, since ${shortDay(wait.since, today)}`}
              {wait.dueOn && !wait.review && (
                <>
                  {', '}
                  <span class={isLate(wait, view) ? 'late' : undefined}>
                    {isLate(wait, view) ? 'was due' : 'due'} {shortDay(wait.dueOn, today)},{' '}
                    {distance(wait.dueOn, today)}
                  </span>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p>
          <a href={waits[0]?.what === 'rating' ? `${url}/requirements?show=unrated` : `${url}/tasks`}>
            And {rest} more
          </a>
        </p>
      )}
    </section>
  );
}

/** The reader's own first, and what is late before what is not. */
function inOrder(waits: Wait[], view: ProgramView): Wait[] {
  const rank = (wait: Wait) => (wait.who.includes(view.reader) ? 0 : 2) + (isLate(wait, view) ? 0 : 1);
  return [...waits].sort((one, other) => rank(one) - rank(other));
}

function isLate({ dueOn, review, taskId, findingId }: Wait, { state, now, today }: ProgramView): boolean {
  if (review || dueOn === undefined) return false;
  const task = own(state.tasks, taskId ?? '');
  if (task) return isOverdue(task, state, now);
  const finding = own(state.findings, findingId ?? '');
  return finding ? isPast(finding, dueOn, state, now) : dueOn < today;
}

function hrefOf({ what, taskId, findingId, requirementId, auditId }: Wait, url: string): string {
  if (what === 'person') return `${url}/people`;
  if (taskId) return `${url}/tasks/${encodeURIComponent(taskId)}`;
  if (findingId) return `${url}/findings/${encodeURIComponent(findingId)}`;
  if (requirementId) return `${url}/requirements/${encodeURIComponent(requirementId)}`;
  return auditId ? `${url}/audits/${encodeURIComponent(auditId)}` : url;
}

function titleOf({ what, role, taskId, findingId, requirementId }: Wait, { state }: ProgramView): string {
  if (what === 'person') return `Name ${aPerson(role)}`;
  if (taskId) return state.tasks[taskId]?.title ?? taskId;
  if (findingId) return `${findingId}: ${state.findings[findingId]?.statement.slice(0, 120)}`;
  return `Rate ${requirementId}`;
}

function whose({ who, review }: Wait, { nameOf, reader }: ProgramView): string {
  const names = who.slice(0, 3).map((email) => (email === reader ? 'you' : nameOf(email)));
  if (review) return names.length > 0 ? `To review: ${list(names, 'or')}` : 'To review: nobody who may';
  return capitalized(names.length > 0 ? `with ${list(names, 'or')}` : 'With nobody');
}
