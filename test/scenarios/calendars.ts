import type { Email, IsoDate } from '../../domain/basics.ts';
import type { CommandMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { lastDayOf } from '../../domain/tasks/due.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';
import { leadAuditor, manager, owner, sponsor } from '../workflows/support/people.ts';
import { does, holds, on, opens, taskCalled, tries } from './support/acts.ts';
import { climbs, count, happens, misses, never, refused } from './support/expectations.ts';
import { begun, certificate } from './support/givens.ts';
import type { Act, Expectation, Group } from './support/scenario.ts';

const policy = 'Write the policy';
const saudi = begun({ calendar: { timeZone: 'Asia/Riyadh', country: 'SA' }, ladder: true });
const nepali = begun({ calendar: { timeZone: 'Asia/Kathmandu', country: 'NP' }, ladder: true });
const usual = begun({ ladder: true });

const changes = (words: string, what: Omit<CommandMap['changeCalendar'], 'reason'>, by: Email = manager): Act =>
  does(by, words, { type: 'changeCalendar', ...what, reason: 'It was announced' });

/** Whether the task with a title is overdue at 15:00 UTC of the last day of the play. */
function overdue(title: string, expected: boolean): Expectation {
  return {
    says: `in the end "${title}" is ${expected ? '' : 'not '}overdue`,
    fails: ({ state, today }) => {
      const task = taskCalled(state, title);
      const is = task !== undefined && isOverdue(task, state, `${today}T15:00:00.000Z`);
      return is === expected ? undefined : `${JSON.stringify(task)} of ${JSON.stringify(state.calendar)}`;
    },
  };
}

/** The last day on which the task with a title can be done, in the end. */
function counts(title: string, last: IsoDate): Expectation {
  return {
    says: `in the end "${title}" can be done until ${last}`,
    fails: ({ state }) => {
      const task = taskCalled(state, title);
      const found = task && lastDayOf(task, state.calendar);
      return found === last ? undefined : `until ${found}`;
    },
  };
}

/** That something is recorded before something else. */
function before(first: string, then: string, words: string): Expectation {
  return {
    says: words,
    fails: ({ records }) => {
      const [one, other] = [first, then].map((type) => records.find((record) => record.type === type)?.seq);
      return one !== undefined && other !== undefined && one < other ? undefined : `${first} ${one}, ${then} ${other}`;
    },
  };
}

/** How many days off before a day the program carries in the end. */
function carriesNoneBefore(day: IsoDate): Expectation {
  return {
    says: `in the end it carries no day off before ${day}`,
    fails: ({ state }: { state: ProgramState }) => {
      const old = state.calendar.holidays.filter((one) => one < day);
      return old.length === 0 ? undefined : old.join(', ');
    },
  };
}

/** Weekends, holidays and time zones as they are where a program is, and as they change. */
export const calendars: Group = {
  name: 'Calendars',
  scenarios: [
    {
      rules: [],
      title:
        'In Riyadh, what is due on a Friday is due on Sunday at 17:00, and escalated by the days that are worked there',
      given: saudi,
      when: [
        on('2030-01-08', opens(policy, owner, '2030-01-18')),
        on('2030-01-19'),
        on('2030-01-20'),
        on('2030-01-23'),
      ],
      follows: [
        happens('2030-01-20', 'TaskReminded', 'its owner hears that it is due', { rung: 3, dueIn: 0 }),
        climbs('2030-01-23', policy, 1, manager),
        count(1, 'TaskEscalated', 'a step of the escalation'),
      ],
    },
    {
      rules: [],
      title: 'In Riyadh, what is due on a Friday is not overdue on Saturday',
      given: saudi,
      when: [on('2030-01-08', opens(policy, owner, '2030-01-18')), on('2030-01-19')],
      follows: [overdue(policy, false), counts(policy, '2030-01-20')],
    },
    {
      rules: [],
      title: 'In Kathmandu only Saturday is off',
      given: nepali,
      when: [
        on('2030-01-08', opens(policy, owner, '2030-01-18'), opens('Review it', owner, '2030-01-19')),
        on('2030-01-20'),
      ],
      follows: [
        climbs('2030-01-18', policy, 0, owner),
        happens('2030-01-20', 'TaskReminded', 'its owner hears that the review is due', { taskId: 'T-3', rung: 3 }),
        counts('Review it', '2030-01-20'),
      ],
    },
    {
      rules: [],
      title: 'Due on a Saturday is not overdue on Sunday',
      given: usual,
      when: [on('2030-01-08', opens(policy, owner, '2030-01-19')), on('2030-01-20')],
      follows: [overdue(policy, false), never('TaskEscalated', 'a step of the escalation')],
    },
    {
      rules: ['R7'],
      title: 'The last reminder of a deadline of the body, a Sunday, comes on the Friday before it',
      given: certificate({ ladder: true }),
      when: [
        on('2030-12-06', holds('surveillance', { findings: [{ requirementId: '7.2', grade: 'minor' }] })),
        on('2031-01-03'),
        on('2031-01-06'),
      ],
      follows: [
        happens('2031-01-03', 'TaskReminded', 'its owner is reminded for the last time', { rung: 2, dueIn: 2 }),
        misses('2031-01-06', 'F-1', 'plan', [manager, sponsor, leadAuditor]),
      ],
    },
    {
      rules: [],
      title: 'A holiday is declared a day before: what is due on it has a working day more, and nothing is sent twice',
      given: usual,
      when: [
        on('2030-01-08', opens(policy, owner, '2030-01-18')),
        on('2030-01-17', changes('enters that January 18 and 21 are off', { daysOff: ['2030-01-18', '2030-01-21'] })),
        on('2030-01-23'),
      ],
      follows: [
        climbs('2030-01-17', policy, 0, owner),
        happens('2030-01-22', 'TaskReminded', 'its owner hears that it is due', { rung: 3, dueIn: 0 }),
        overdue(policy, true),
      ],
    },
    {
      rules: [],
      title: 'A weekend that is worked all the same brings a due moment earlier',
      given: usual,
      when: [
        on('2030-01-08', opens(policy, owner, '2030-01-19')),
        on('2030-01-16', changes('enters that January 19 is worked', { workingDays: ['2030-01-19'] })),
        on('2030-01-20'),
      ],
      follows: [
        happens('2030-01-19', 'TaskReminded', 'its owner hears that it is due', { rung: 3, dueIn: 0 }),
        overdue(policy, true),
      ],
    },
    {
      rules: [],
      title: 'The program moves to Saudi Arabia: its weekend, its holidays and its hours count from then on',
      given: usual,
      when: [
        on('2030-01-08', opens(policy, owner, '2030-01-18')),
        on('2030-01-15', changes('moves it to Riyadh', { country: 'SA', timeZone: 'Asia/Riyadh' })),
        on('2030-01-20'),
      ],
      follows: [
        happens('2030-01-15', 'CalendarChanged', 'the weekend becomes Friday and Saturday', {
          weekend: ['friday', 'saturday'],
        }),
        happens('2030-01-15', 'HolidaysRecorded', 'its holidays are looked up', { through: 2031 }),
        happens('2030-01-20', 'TaskReminded', 'its owner hears that it is due', { rung: 3, dueIn: 0 }),
        counts(policy, '2030-01-20'),
      ],
    },
    {
      rules: [],
      title: 'A move across the date line takes no day back: a pause has no negative length',
      given: usual,
      when: [
        on('2030-01-15', does(manager, 'pauses the program', { type: 'pause', reason: 'A move' })),
        on(
          '2030-01-16',
          changes('moves it to Auckland, where it is January 17', { timeZone: 'Pacific/Auckland' }),
          changes('moves it to Honolulu, where it is January 16', { timeZone: 'Pacific/Honolulu' }),
          does(manager, 'resumes the program', { type: 'resume', reason: 'There' }),
        ),
      ],
      follows: [happens('2030-01-16', 'ProgramResumed', 'it was paused for two days', { days: 2 })],
    },
    {
      rules: [],
      title: 'A program whose start lies ahead knows its holidays before it begins, and past ones leave',
      given: begun({ calendar: { timeZone: 'America/New_York', country: 'US' } }),
      when: [on('2030-01-08'), on('2031-01-03')],
      follows: [
        before('HolidaysRecorded', 'ProgramBegan', 'its holidays are known before it begins'),
        happens('2031-01-02', 'HolidaysRecorded', 'those of a year more come each January', { through: 2032 }),
        carriesNoneBefore('2030-01-02'),
      ],
    },
    {
      rules: [],
      title: 'A calendar in which nothing would ever be due, and one that is so already, are refused',
      given: usual,
      when: [
        on(
          '2030-01-08',
          tries(manager, 'make every day a weekend', {
            type: 'changeCalendar',
            weekend: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
            reason: 'Rest',
          }),
          tries(manager, 'change nothing', { type: 'changeCalendar', weekend: ['saturday', 'sunday'], reason: 'So' }),
          tries(owner, 'declare a holiday', { type: 'changeCalendar', daysOff: ['2030-01-18'], reason: 'So' }),
        ),
      ],
      follows: [
        refused('2030-01-08', 'weekend', 'leave at least one day of the week to work on'),
        refused('2030-01-08', 'state', 'is like that already'),
        refused('2030-01-08', 'role', 'changeCalendar can be sent by program manager'),
        never('CalendarChanged', 'another calendar'),
      ],
    },
  ],
};
