import type { Email } from '../../domain/basics.ts';
import { todayIn } from '../../domain/calendar.ts';
import type { Notice, NoticeKind } from '../../domain/notices.ts';
import { deputyOf } from '../../domain/people/absence.ts';
import { nameOf, reviewers } from '../../domain/people/people.ts';
import type { ProgramState } from '../../domain/state.ts';

/** What a deputy hears: whatever asks who is away for something. News of the program can wait until they are back. */
const asking: readonly NoticeKind[] = [
  'taskOpened',
  'taskReminder',
  'taskOverdue',
  'taskEscalated',
  'taskDeclined',
  'taskExtended',
  'taskEnded',
  'taskHandedOn',
  'evidenceRejected',
];

/** What only those who may review can do something about. */
const reviewing: readonly NoticeKind[] = ['evidenceToReview', 'reviewReminder'];

/**
 * Notices, with those for the deputies of who is away on the day of the mail. Both get them: whoever comes back finds
 * everything that happened, and nothing waits for them. A deputy hears nothing twice, nor of what they did themselves.
 */
export function withDeputies(state: ProgramState, told: Notice[], actor: Email | 'system'): Notice[] {
  if (!state.absences) return told;
  const known = new Set(told.map(({ to }) => to));
  const added = told.flatMap((notice) => {
    const { item, to, dueAt } = notice;
    const deputy = deputyOf(state, to, todayIn(state.calendar, dueAt));
    if (!deputy || deputy === actor || known.has(deputy) || !concerns(state, item.kind, deputy)) return [];
    return [{ ...notice, to: deputy, item: { ...item, standsInFor: nameOf(state, to) } }];
  });
  return [...told, ...added];
}

function concerns(state: ProgramState, kind: NoticeKind, deputy: Email): boolean {
  return asking.includes(kind) || (reviewing.includes(kind) && reviewers(state).includes(deputy));
}
