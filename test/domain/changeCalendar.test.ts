import { describe, expect, it } from 'vitest';
import { holidaysWanted } from '../../domain/agenda/cadence.ts';
import { firstMoment } from '../../domain/agenda/index.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { dateAt, todayIn } from '../../domain/calendar.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { lastDayOf } from '../../domain/tasks/due.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';
import { nextDue, rowsChanged } from '../../domain/views.ts';
import { type Driver, plus, program, who } from './support.ts';

type Change = Omit<UserCommand & { type: 'changeCalendar' }, 'type' | 'reason'>;

const change = (what: Change): UserCommand => ({ type: 'changeCalendar', ...what, reason: 'It was announced.' });

/** A program with one task of the owner. */
function withTask(dueOn: IsoDate, start: Parameters<typeof program>[0] = {}): { driver: Driver; taskId: string } {
  const driver = program(start).until('2030-01-08').as(who.manager);
  driver.does({ type: 'openTask', title: 'Write', assignee: who.owner, dueOn });
  return { driver, taskId: driver.task('manual').id };
}

const rungs = (driver: Driver, taskId: string) =>
  [...driver.recordsOf('TaskReminded'), ...driver.recordsOf('TaskEscalated')]
    .filter(({ data }) => data.taskId === taskId)
    .map(({ data, at }) => `${data.rung} ${at.slice(0, 16)}`)
    .sort();

describe('a calendar that changes', () => {
  it('counts a holiday declared later: what is due on it is due on the next working day', () => {
    const { driver, taskId } = withTask('2030-02-15');
    driver.until('2030-02-13').does(change({ daysOff: ['2030-02-15', '2030-02-18'] }));
    driver.until('2030-02-19T16:59:59.999Z');
    expect(rungs(driver, taskId).at(-1)).toMatch(/^2 /);
    expect(isOverdue(driver.task('manual'), driver.state, driver.now)).toBe(false);
    driver.until('2030-02-20T00:00:00.000Z');
    expect(rungs(driver, taskId).at(-1)).toBe('3 2030-02-19T17:00');
    expect(isOverdue(driver.task('manual'), driver.state, driver.now)).toBe(true);
  });

  it('sends nothing again that was sent, and loses no rung', () => {
    const { driver, taskId } = withTask('2030-02-15');
    driver.until('2030-02-15T17:00:00.000Z');
    expect(rungs(driver, taskId).at(-1)).toBe('3 2030-02-15T17:00');
    // The due moment lies ahead again, on Monday.
    const before = driver.state;
    driver.does(change({ daysOff: ['2030-02-15'] }));
    expect(rowsChanged(before, driver.state, driver.now).overdueFrom).toHaveProperty(
      taskId,
      '2030-02-19T00:00:00.000Z',
    );
    driver.until('2030-03-20');
    expect(rungs(driver, taskId).slice(3)).toEqual([
      '3 2030-02-15T17:00',
      '4 2030-02-21T17:00',
      '5 2030-02-27T17:00',
      '6 2030-03-08T17:00',
      '7 2030-03-15T17:00',
    ]);
  });

  it('does at once what a day that is worked all the same brings earlier', () => {
    const { driver, taskId } = withTask('2030-02-16');
    driver.until('2030-02-16T18:00:00.000Z');
    expect(rungs(driver, taskId).at(-1)).toMatch(/^1 /);
    driver.does(change({ workingDays: ['2030-02-15', '2030-02-16'] }));
    expect(rungs(driver, taskId).slice(2)).toEqual(['2 2030-02-16T18:00', '3 2030-02-16T18:00']);
  });

  it('takes another weekend, and that of another country where none is named', () => {
    const { driver } = withTask('2030-02-15');
    driver.does(change({ country: 'SA' }));
    expect(driver.state.calendar).toMatchObject({ country: 'SA', weekend: ['friday', 'saturday'] });
    expect(lastDayOf(driver.task('manual'), driver.state.calendar)).toBe('2030-02-17');
    expect(nextDue(driver.state)).toMatchObject({ at: '2030-02-17T17:00:00.000Z', title: 'Write' });
    expect(driver.recordsOf('HolidaysRecorded').map(({ data }) => data.through)).toEqual([2031]);
    driver.does(change({ weekend: ['saturday'] }));
    expect(lastDayOf(driver.task('manual'), driver.state.calendar)).toBe('2030-02-15');
    expect(driver.recordsOf('CalendarChanged').at(-1)?.data).toMatchObject({
      weekend: ['saturday'],
      previous: { country: 'SA', weekend: ['friday', 'saturday'] },
    });
  });

  it('leaves the holidays of the country before, and keeps those that the organization named', () => {
    const driver = program({ calendar: { timeZone: 'Etc/UTC', country: 'DE', holidays: ['2030-12-24'] } });
    driver.until('2030-01-08');
    // What the look-up would have given.
    const { calendar } = driver.state;
    driver.state = { ...driver.state, calendar: { ...calendar, holidays: ['2030-01-01', '2030-05-01', '2030-12-24'] } };
    driver.as(who.manager).does(change({ country: 'GB' }));
    expect(driver.state.calendar.holidays).toEqual(['2030-01-01', '2030-12-24']);
    expect(driver.recordsOf('CalendarChanged').at(-1)?.data.noLonger).toEqual(['2030-05-01']);
  });

  it('counts hours and days in another time zone from now on', () => {
    const { driver, taskId } = withTask('2030-02-15');
    driver.until('2030-02-10').does(change({ timeZone: 'America/New_York' }));
    driver.until('2030-02-15T22:00:00.000Z');
    expect(rungs(driver, taskId).slice(2)).toEqual(['2 2030-02-14T13:00', '3 2030-02-15T22:00']);
  });

  it('never goes back a day across the date line: a pause has no negative length', () => {
    const driver = program({ calendar: { timeZone: 'Pacific/Auckland' } })
      .until('2030-01-08')
      .as(who.manager);
    const day = todayIn(driver.state.calendar, driver.now);
    driver.does({ type: 'pause', reason: 'A move.' });
    driver.does(change({ timeZone: 'Pacific/Honolulu' }));
    expect(dateAt(driver.now, 'Pacific/Honolulu')).toBe(plus(day, -1));
    expect(todayIn(driver.state.calendar, driver.now)).toBe(day);
    driver.does({ type: 'openTask', title: 'Write', assignee: who.owner, dueOn: day });
    expect(driver.task('manual').openedOn).toBe(day);
    driver.does({ type: 'resume', reason: 'There.' });
    expect(driver.recordsOf('ProgramResumed').at(-1)?.data.days).toBe(0);
  });

  it.each<[string, Change, string, RegExp]>([
    ['nothing', {}, 'state', /like that already/],
    ['what is so already', { timeZone: 'Etc/UTC', weekend: ['sunday', 'saturday'] }, 'state', /like that already/],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone', /timeZone: Mars\/Olympus/],
    [
      'a week without a working day',
      { weekend: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] },
      'weekend',
      /leave at least one day/,
    ],
    ['a day that does not exist', { daysOff: ['2030-02-30'] }, 'dates', /daysOff: 2030-02-30/],
    ['a day of long ago', { workingDays: ['2020-02-03'] }, 'dates', /2020-02-03 is so long gone/],
    ['a day that is both', { daysOff: ['2030-03-01'], workingDays: ['2030-03-01'] }, 'dates', /2030-03-01 cannot be/],
  ])('is refused: %s', (_, what, code, detail) => {
    const { driver } = withTask('2030-02-15');
    const refused = driver.refuses(change(what));
    expect(refused.code).toBe(code);
    expect(refused.detail).toMatch(detail);
  });

  it('is refused to all but program managers, and of more days than a program keeps', () => {
    const { driver } = withTask('2030-02-15');
    expect(driver.as(who.owner).refuses(change({ daysOff: ['2030-03-01'] })).status).toBe(403);
    driver.as(who.manager);
    for (const from of [0, 400]) {
      driver.does(change({ daysOff: Array.from({ length: 400 }, (_, day) => plus('2031-01-01', from + day)) }));
    }
    const refused = driver.refuses(
      change({ daysOff: Array.from({ length: 400 }, (_, day) => plus('2031-01-01', 800 + day)) }),
    );
    expect(refused.detail).toContain('at most 1000 days');
  });

  it('tells those who steer, and whoever has something open', () => {
    const { driver } = withTask('2030-02-15');
    driver.does(change({ daysOff: ['2030-02-15'] }));
    const told = driver.told('program').filter(({ item }) => item.event === 'calendar');
    expect(told.map(({ to }) => to)).toEqual(expect.arrayContaining([who.sponsor, who.top, who.owner]));
  });
});

describe('a due date that is a day off', () => {
  it('is told with the day until which it can be done', () => {
    const { driver } = withTask('2030-01-19');
    driver.until('2030-01-21');
    expect(driver.told('taskReminder').map(({ item }) => item.task.lastDay)).toEqual(['2030-01-21', '2030-01-21']);
    driver.as(who.manager).does({ type: 'openTask', title: 'Review', assignee: who.owner, dueOn: '2030-02-01' });
    expect(driver.told('taskOpened').at(-1)?.item.task).not.toHaveProperty('lastDay');
  });
});

describe('days off that are over', () => {
  it('leave, and those that something open is counted from stay', () => {
    const start = { calendar: { timeZone: 'Etc/UTC', country: 'US', holidays: ['2030-02-15'] as IsoDate[] } };
    const { driver } = withTask('2030-02-15', start);
    driver.until('2033-01-03');
    expect(driver.state.calendar.holidays).toEqual(['2030-02-15']);
    driver.as(who.manager).does({ type: 'waiveTask', taskId: driver.task('manual').id, reason: 'Old.' });
    driver.until('2034-01-03');
    expect(driver.state.calendar).toMatchObject({ holidays: [], ownHolidays: [], holidaysThrough: 2035 });
  });
});

describe('days off that are over in a program without a country', () => {
  it('leave with the next change of its calendar', () => {
    const { driver, taskId } = withTask('2030-02-15', {
      calendar: { timeZone: 'Etc/UTC', holidays: ['2030-01-09', '2030-02-15'] },
    });
    driver.does(change({ daysOff: ['2030-02-18'] }));
    driver.until('2034-01-03').does(change({ daysOff: ['2034-02-20'] }));
    expect(driver.state.calendar.holidays).toEqual(['2030-02-15', '2030-02-18', '2034-02-20']);
    driver.does({ type: 'waiveTask', taskId, reason: 'Old.' });
    driver.does(change({ workingDays: ['2034-02-25'] }));
    expect(driver.state.calendar).toMatchObject({ holidays: ['2034-02-20'], ownHolidays: ['2034-02-20'] });
  });
});

describe('a program whose start lies ahead', () => {
  it('knows its holidays, so that its first dates are right', () => {
    const driver = program({ plan: { startsOn: '2031-03-03' }, calendar: { timeZone: 'Etc/UTC', country: 'US' } });
    driver.heldUpUntil('2031-01-01T12:00:00.000Z').settle();
    expect(driver.state.status).toBe('planned');
    expect(driver.state.calendar.holidaysThrough).toBe(2032);
    expect(firstMoment(driver.state)).toMatchObject({ kind: 'begin', at: '2031-03-03T08:00:00.000Z' });
    expect(holidaysWanted(driver.state, driver.now)).toBeUndefined();
  });

  it('looks them up from this year through the year after it begins, and at most eleven years', () => {
    const planned = (startsOn: IsoDate) =>
      holidaysWanted(program({ plan: { startsOn }, calendar: { timeZone: 'Etc/UTC', country: 'US' } }).state, now);
    const now = '2026-11-30T12:00:00.000Z';
    expect(planned('2026-12-01')).toEqual({ country: 'US', from: 2026, through: 2027 });
    expect(planned('2030-01-07')).toEqual({ country: 'US', from: 2026, through: 2031 });
    expect(planned('2090-01-02')).toEqual({ country: 'US', from: 2026, through: 2037 });
  });
});
