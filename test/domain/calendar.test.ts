import { describe, expect, it } from 'vitest';
import type { Instant, IsoDate, Weekday } from '../../domain/basics.ts';
import {
  addMonths,
  addWorkingDays,
  addYears,
  dateAt,
  dueMoment,
  endOfDay,
  endOfWorkingWeek,
  isCalendarDuration,
  isRealDate,
  isTimeZone,
  isWorkingDay,
  morningOf,
  nextMorning,
  todayIn,
  workingDayFrom,
  workingDaysBetween,
} from '../../domain/calendar.ts';
import type { CalendarSpec } from '../../domain/program/definition.ts';
import { weekendOf } from '../../domain/weekends.ts';
import { plus } from './support.ts';

const utc: CalendarSpec = { timeZone: 'Etc/UTC', holidays: [] };
const easter: CalendarSpec = { timeZone: 'Europe/Berlin', holidays: ['2030-04-19', '2030-04-22'] };
const newYork: CalendarSpec = { timeZone: 'America/New_York', holidays: [] };

/** Monday to Friday and no holiday, asked of the platform's own calendar. */
function worked(on: IsoDate, { holidays }: CalendarSpec): boolean {
  const weekday = new Date(`${on}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(on);
}

describe('dates', () => {
  it.each<[IsoDate, number, IsoDate]>([
    ['2030-01-31', 1, '2030-02-28'],
    ['2032-01-31', 1, '2032-02-29'],
    ['2032-02-29', 12, '2033-02-28'],
    ['2030-03-31', -1, '2030-02-28'],
    ['2030-12-15', 1, '2031-01-15'],
    ['2030-08-31', 6, '2031-02-28'],
  ])('%s and %i months is %s', (on, months, then) => expect(addMonths(on, months)).toBe(then));

  it.each<[IsoDate, number, IsoDate]>([
    ['2032-02-29', 1, '2033-02-28'],
    ['2032-02-29', 4, '2036-02-29'],
    ['2030-02-28', 2, '2032-02-28'],
  ])('%s and %i years is %s', (on, years, then) => expect(addYears(on, years)).toBe(then));

  it('exist or do not', () => {
    expect(isRealDate('2032-02-29')).toBe(true);
    for (const no of ['2031-02-29', '2030-02-30', '2030-13-01', '2030-1-1', '2030-01-01T00:00', '', 'today']) {
      expect(isRealDate(no), no).toBe(false);
    }
  });

  it('durations are whole, positive and of days or longer', () => {
    for (const yes of ['P1D', 'P2W', 'P6M', 'P1Y', 'P1Y2M3W4D', 'P10D'])
      expect(isCalendarDuration(yes), yes).toBe(true);
    for (const no of ['P0D', 'P00M', 'P0Y0M', 'P-1M', '-P1M', 'P1.5M', 'PT5H', 'P1DT1H', 'P', '2M', '', 'P99999999Y']) {
      expect(isCalendarDuration(no), no).toBe(false);
    }
  });

  it('zones are known or not', () => {
    expect(isTimeZone('America/New_York')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});

describe('working days', () => {
  it('are Monday to Friday without the holidays', () => {
    expect(isWorkingDay('2030-04-18', easter)).toBe(true);
    for (const off of ['2030-04-19', '2030-04-20', '2030-04-21', '2030-04-22'] as const)
      expect(isWorkingDay(off, easter)).toBe(false);
    expect(workingDayFrom('2030-04-19', easter)).toBe('2030-04-23');
    expect(workingDayFrom('2030-04-23', easter)).toBe('2030-04-23');
  });

  it.each<[IsoDate, number, IsoDate]>([
    ['2030-03-20', 3, '2030-03-25'],
    ['2030-03-23', 0, '2030-03-25'],
    ['2030-03-23', 1, '2030-03-26'],
    ['2030-03-22', 1, '2030-03-25'],
  ])('%s and %i working days is %s', (on, days, then) => expect(addWorkingDays(on, days, utc)).toBe(then));

  it('later are those found by going day by day', () => {
    const off: IsoDate[] = [
      '2030-04-10',
      '2030-04-17',
      '2030-04-24',
      '2030-05-01',
      '2030-05-02',
      '2030-05-03',
      '2030-05-04',
    ];
    for (const calendar of [utc, easter, { ...utc, holidays: off }]) {
      for (let start = 0; start < 9; start++) {
        const from = plus('2030-04-05', start);
        let day = from;
        while (!worked(day, calendar)) day = plus(day, 1);
        for (let days = 0; days < 40; days++) {
          expect(addWorkingDays(from, days, calendar), `${from} ${days}`).toBe(day);
          do day = plus(day, 1);
          while (!worked(day, calendar));
        }
      }
    }
  });

  it('skip the holidays of Easter', () => expect(addWorkingDays('2030-04-18', 1, easter)).toBe('2030-04-23'));

  it('between two dates are those counted one by one', () => {
    for (const calendar of [utc, easter]) {
      for (let start = 0; start < 10; start++) {
        for (const length of [-3, 0, 1, 2, 5, 6, 7, 8, 13, 14, 30, 91]) {
          const from = plus('2030-04-10', start);
          const days = Array.from({ length: Math.max(0, length) }, (_, index) => plus(from, index + 1));
          const counted = days.filter((day) => worked(day, calendar)).length;
          expect(workingDaysBetween(from, plus(from, length), calendar), `${from} ${length}`).toBe(counted);
        }
      }
    }
  });

  it('up to a date centuries ahead are counted at once', () => {
    const started = performance.now();
    expect(workingDaysBetween('2030-01-07', '9999-12-31', utc)).toBe(2_079_269);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('end a week on its Friday, or before it when that is off', () => {
    expect(endOfWorkingWeek('2030-03-18', utc)).toBe('2030-03-22');
    expect(endOfWorkingWeek('2030-03-24', utc)).toBe('2030-03-22');
    expect(endOfWorkingWeek('2030-04-15', easter)).toBe('2030-04-18');
  });
});

describe('weekends', () => {
  it.each<[string | undefined, Weekday[]]>([
    [undefined, ['saturday', 'sunday']],
    ['US', ['saturday', 'sunday']],
    ['DE-BY-A', ['saturday', 'sunday']],
    ['AE', ['saturday', 'sunday']],
    ['SA', ['friday', 'saturday']],
    ['IL', ['friday', 'saturday']],
    ['EG', ['friday', 'saturday']],
    ['BD', ['friday', 'saturday']],
    ['NP', ['saturday']],
    ['IR', ['friday']],
    ['BN', ['friday', 'sunday']],
    ['MY', ['saturday', 'sunday']],
    ['MY-14', ['saturday', 'sunday']],
    ['MY-03', ['friday', 'saturday']],
  ])('of %s', (country, days) => expect(weekendOf(country)).toEqual(days));

  it('due on a Friday in Riyadh is Sunday, 17:00; in Kathmandu it is that day, and Saturday moves to Sunday', () => {
    const riyadh = { timeZone: 'Asia/Riyadh', weekend: weekendOf('SA'), holidays: [] };
    const kathmandu = { timeZone: 'Asia/Kathmandu', weekend: weekendOf('NP'), holidays: [] };
    expect(dueMoment('2027-01-15', riyadh)).toBe('2027-01-17T14:00:00.000Z');
    expect(dueMoment('2027-01-15', kathmandu)).toBe('2027-01-15T11:15:00.000Z');
    expect(dueMoment('2027-01-16', kathmandu)).toBe('2027-01-17T11:15:00.000Z');
    expect(dueMoment('2027-01-17', kathmandu)).toBe('2027-01-17T11:15:00.000Z');
  });

  it('end a working week on the day before them', () => {
    const ends = (on: IsoDate, weekend: Weekday[]) => endOfWorkingWeek(on, { ...utc, weekend });
    expect(ends('2030-03-19', ['friday', 'saturday'])).toBe('2030-03-21');
    expect(ends('2030-03-23', ['friday', 'saturday'])).toBe('2030-03-21');
    expect(ends('2030-03-24', ['friday', 'saturday'])).toBe('2030-03-28');
    expect(ends('2030-03-19', ['saturday'])).toBe('2030-03-22');
    expect(ends('2030-03-19', [])).toBe('2030-03-24');
  });

  it('do not hold a day that is worked all the same', () => {
    const calendar = { ...easter, workingDays: ['2030-04-19', '2030-04-20'] satisfies IsoDate[] };
    expect(dueMoment('2030-04-19', calendar)).toBe('2030-04-19T15:00:00.000Z');
    expect(addWorkingDays('2030-04-18', 3, calendar)).toBe('2030-04-23');
  });
});

describe('moments', () => {
  it.each<[string, CalendarSpec, IsoDate, Instant, Instant]>([
    ['before summer time in New York', newYork, '2030-03-08', '2030-03-08T22:00:00.000Z', '2030-03-08T13:00:00.000Z'],
    ['in summer time in New York', newYork, '2030-03-11', '2030-03-11T21:00:00.000Z', '2030-03-11T12:00:00.000Z'],
    [
      'in the last summer week in New York',
      newYork,
      '2030-11-01',
      '2030-11-01T21:00:00.000Z',
      '2030-11-01T12:00:00.000Z',
    ],
    ['after summer time in New York', newYork, '2030-11-04', '2030-11-04T22:00:00.000Z', '2030-11-04T13:00:00.000Z'],
    ['before summer time in Berlin', easter, '2030-03-29', '2030-03-29T16:00:00.000Z', '2030-03-29T07:00:00.000Z'],
    ['in summer time in Berlin', easter, '2030-04-01', '2030-04-01T15:00:00.000Z', '2030-04-01T06:00:00.000Z'],
    ['in the last summer week in Berlin', easter, '2030-10-25', '2030-10-25T15:00:00.000Z', '2030-10-25T06:00:00.000Z'],
    ['after summer time in Berlin', easter, '2030-10-28', '2030-10-28T16:00:00.000Z', '2030-10-28T07:00:00.000Z'],
  ])('%s: due at 17:00, morning at 08:00', (_, calendar, on, due, morning) => {
    expect(dueMoment(on, calendar)).toBe(due);
    expect(morningOf(on, calendar.timeZone)).toBe(morning);
  });

  it('a due moment on a day off moves to the next working day', () => {
    expect(dueMoment('2030-04-19', easter)).toBe('2030-04-23T15:00:00.000Z');
  });

  it('a day ends at midnight of its zone, also when it has 23 or 25 hours', () => {
    expect(endOfDay('2030-03-10', 'America/New_York')).toBe('2030-03-11T04:00:00.000Z');
    expect(endOfDay('2030-11-03', 'America/New_York')).toBe('2030-11-04T05:00:00.000Z');
    expect(endOfDay('2030-03-31', 'Europe/Berlin')).toBe('2030-03-31T22:00:00.000Z');
    expect(endOfDay('2030-10-27', 'Europe/Berlin')).toBe('2030-10-27T23:00:00.000Z');
  });

  it('a day with two midnights begins with the first of them', () => {
    expect(endOfDay('2028-11-04', 'America/Havana')).toBe('2028-11-05T04:00:00.000Z');
    expect(endOfDay('2028-10-28', 'Atlantic/Azores')).toBe('2028-10-29T00:00:00.000Z');
  });

  it('a program stays on its day when its zone moves to one in which it is yesterday', () => {
    const moved = { timeZone: 'Pacific/Honolulu', notBefore: '2030-05-10' } as const;
    expect(todayIn(moved, '2030-05-10T09:59:59.999Z')).toBe('2030-05-10');
    expect(todayIn(moved, '2030-05-11T09:59:59.999Z')).toBe('2030-05-10');
    expect(todayIn(moved, '2030-05-11T10:00:00.000Z')).toBe('2030-05-11');
  });

  it('the date is that of the zone', () => {
    expect(dateAt('2030-01-01T04:59:59.999Z', 'America/New_York')).toBe('2029-12-31');
    expect(dateAt('2030-01-01T05:00:00.000Z', 'America/New_York')).toBe('2030-01-01');
  });

  it('the digest of 08:00 takes what happens in its first five minutes, and not what comes after', () => {
    const morning = '2030-03-11T12:00:00.000Z';
    expect(nextMorning('2030-03-10T14:00:00.000Z', 'America/New_York')).toBe(morning);
    expect(nextMorning(morning, 'America/New_York')).toBe(morning);
    expect(nextMorning('2030-03-11T12:05:00.000Z', 'America/New_York')).toBe(morning);
    expect(nextMorning('2030-03-11T12:05:00.001Z', 'America/New_York')).toBe('2030-03-12T12:00:00.000Z');
  });
});
