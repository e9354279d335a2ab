import type { DigestChoice, PreferenceProblem } from '../../domain/people/mailPreferences.ts';

/** How often digests come, as somebody chooses it. */
export const digestLabels: Record<DigestChoice, string> = {
  daily: 'Once a day',
  weekly: 'Once a week',
  none: 'Never',
};

/** What each choice means, below it. */
export const digestHints: Record<DigestChoice, string> = {
  daily: 'One mail at 08:00, from all of your programs, on days on which there is something to tell.',
  weekly: 'All that was to be told in the week, in one mail on the day you choose.',
  none: 'New tasks and reminders do not reach you by mail. What becomes overdue still does.',
};

/** Monday to Sunday, at their numbers less one. */
export const weekdayLabels = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** What no choice changes, for the pages on which it is made. */
export const alwaysComes =
  'What is overdue comes at once, in one mail a day, whatever you choose: your own tasks, and those that were escalated to you.';

/** What is wrong with what somebody chose, and what would be right. */
export const preferenceProblems: Record<PreferenceProblem, string> = {
  quietHalf: 'Quiet hours have a beginning and an end: give both, such as 20:00 and 07:00, or neither.',
  quietTooLong: 'Quiet hours last at most 16 hours, so that a mail still comes on its day. Choose an earlier end.',
  timeZone: 'This is no time zone that is known here. Write one such as Europe/Berlin or America/New_York.',
};
