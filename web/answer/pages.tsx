import type { Page } from '../html/layout.tsx';
import type { TaskReading } from '../task/reading.ts';
import { TypedWords } from '../task/typed.tsx';

/** Why a link of a mail does nothing anymore. */
export type LinkOver = 'expired' | 'left' | 'reassigned';

/** What a link that does nothing anymore shows: that it is so, what to do, and what its person had typed. */
export function endedLinkPage(over: LinkOver, { state, task, nameOf }: TaskReading, typed: string): Page {
  const title = {
    expired: 'This link is too old',
    left: 'This link has ended',
    reassigned: 'This is not with you anymore',
  }[over];
  return {
    title,
    body: (
      <>
        <p class="kicker">
          {state.name}, {state.organization}
        </p>
        <h1>{title}</h1>
        {over === 'left' && (
          <p>
            You have no part in this program anymore, so there is nothing for you to do. If that is wrong, tell its
            program manager.
          </p>
        )}
        {over === 'reassigned' && (
          <p>{nameOf(task.assignee)} has this task now. There is nothing left for you to do.</p>
        )}
        {over === 'expired' && (
          <p>
            Links in mails work for some months. Use the one of the newest mail, or{' '}
            <a href={`/programs/${state.id}/tasks/${task.id}`}>sign in and open the task</a>.
          </p>
        )}
        <TypedWords words={typed} title="What you typed, to be copied" />
      </>
    ),
  };
}
