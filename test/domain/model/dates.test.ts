import fc from 'fast-check';
import { expect, it } from 'vitest';
import { absenceMoments } from '../../../domain/agenda/absences.ts';
import type { IsoDate } from '../../../domain/basics.ts';
import type { WorkingCalendar } from '../../../domain/calendar.ts';
import * as calendar from '../../../domain/calendar.ts';
import { deputyOf } from '../../../domain/people/absence.ts';
import { mostAbsenceMonths } from '../../../domain/people/delegate.ts';
import { defaultProfile } from '../../../domain/profile.ts';
import { lastValidDay, renewedLastDay } from '../../../domain/rules/certificate.ts';
import { independentFrom } from '../../../domain/rules/independence.ts';
import { defaultLadder, rungOf } from '../../../domain/tasks/ladder.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { program, who } from '../support.ts';
import { holidays, timeZones, weekend } from './draw.ts';
import {
  civilDate,
  daysFrom,
  daysLater,
  isFirstInstantOf,
  isWorking,
  monthsLater,
  naive,
  orLastWorking,
  orNextWorking,
  rungAt,
  wallClock,
  workingDaysFromTo,
  workingDaysLater,
} from './naiveDates.ts';

/** Every day from 2028 to 2040: four years with a 29 February. */
const days = Array.from({ length: daysFrom('2028-01-01', '2041-01-01') }, (_, day) => daysLater('2028-01-01', day));
const months = [-12, -7, -6, -3, -1, 0, 1, 3, 5, 6, 12, 15];
const bodies = [1, 2, 3, 4, 5].map((validityYears) => ({ ...defaultProfile, validityYears }));
const day = fc.constantFrom(...days);
const spec: fc.Arbitrary<WorkingCalendar> = fc
  .record({ timeZone: fc.constantFrom(...timeZones), weekend, holidays, worked: fc.array(day, { maxLength: 40 }) })
  .map(({ worked, ...rest }) => ({
    ...rest,
    // Some of the days that are worked all the same are holidays.
    workingDays: [...worked, ...rest.holidays.filter((_, index) => index % 3 === 0)],
  }));

it('R3 R6 R10 R12 R15 R17 R18: months and years after every day are those counted by hand', () => {
  const wrong: string[] = [];
  for (const on of days) {
    const moved = months.map((count) => calendar.addMonths(on, count)).join();
    const ends = bodies.map((body) => `${lastValidDay(on, body)} ${renewedLastDay(on, body)}`).join();
    if (moved !== months.map((count) => monthsLater(on, count)).join()) wrong.push(`${on}: ${moved}`);
    if (ends !== bodies.map((body) => `${naive.lastDay(on, body)} ${naive.nextLastDay(on, body)}`).join())
      wrong.push(`${on}: ${ends}`);
  }
  expect(wrong).toEqual([]);
});

it('R9 R26: who worked on something may audit it again as many years later as are counted by hand', () => {
  for (const years of [undefined, 0, 1, 2, 3, 10]) {
    const { independenceYears: _, ...usual } = defaultProfile;
    const body = years === undefined ? usual : { ...usual, independenceYears: years };
    for (const on of days.slice(0, 1500)) expect(independentFrom(on, body)).toBe(naive.independentFrom(on, body));
  }
});

it.each(timeZones)('R16 R17 R18: every day ends at its last instant in %s, and begins work at 08:00', (timeZone) => {
  for (const on of days.slice(0, 1500)) {
    const end = calendar.endOfDay(on, timeZone);
    expect([on, end, isFirstInstantOf(daysLater(on, 1), end, timeZone)]).toEqual([on, end, true]);
    expect(wallClock(calendar.morningOf(on, timeZone), timeZone)).toBe(`${on} 08:00:00.000`);
  }
});

it('working days are those counted one after the other', () => {
  const among = fc.record({ on: day, count: fc.nat(60), spec });
  fc.assert(
    fc.property(among, ({ on, count, spec }) => {
      expect(calendar.workingDayFrom(on, spec)).toBe(orNextWorking(on, spec));
      expect(calendar.addWorkingDays(on, count, spec)).toBe(workingDaysLater(on, count, spec));
      expect(calendar.workingDayUntil(on, spec)).toBe(orLastWorking(on, spec));
      expect(calendar.endOfWorkingWeek(on, spec)).toBe(weekEnd(on, spec));
      const until = daysLater(on, count);
      expect(calendar.workingDaysBetween(on, until, spec)).toBe(workingDaysFromTo(on, until, spec));
    }),
    { numRuns: 500 },
  );
});

it('an instant has the date that the clock on the wall shows, whatever was asked before', () => {
  const among = fc.record({ at: fc.integer({ min: 0, max: 360_000_000 }), zone: fc.constantFrom(...timeZones) });
  fc.assert(
    fc.property(among, ({ at, zone }) => {
      const instant = new Date(Date.UTC(2028, 0, 1) + at * 1000).toISOString();
      expect(calendar.dateAt(instant, zone)).toBe(civilDate(instant, zone));
    }),
    { numRuns: 3000 },
  );
});

it('the last reminder of a deadline of the body comes on a working day before it, wherever it lies', () => {
  fc.assert(
    fc.property(fc.record({ dueOn: day, spec }), ({ dueOn, spec }) => {
      const task = { dueOn, bodyDeadline: true } as Task;
      const last = rungOf(task, defaultLadder.reminderDays.length - 1, { calendar: spec, ladder: defaultLadder })!;
      expect(last.on < dueOn).toBe(true);
      expect(isWorking(last.on, spec)).toBe(true);
    }),
  );
});

/** As it is usual, of other numbers, or weekly for ever as an earlier version had it. */
const repeating = fc.option(fc.record({ weekly: fc.nat(6), monthly: fc.nat(6) }), { nil: undefined });

it('every rung of the ladder has the naively counted moment', () => {
  const among = fc.record({ dueOn: day, ofBody: fc.boolean(), moved: fc.nat(10), index: fc.nat(40), spec });
  fc.assert(
    fc.property(among, repeating, ({ dueOn, ofBody, moved, index, spec }, repeats) => {
      const ladder = { ...defaultLadder, repeats };
      const shift = ofBody ? 0 : moved;
      const task = { dueOn, bodyDeadline: ofBody, ladderShift: shift } as Task;
      const rung = rungOf(task, index, { calendar: spec, ladder });
      const counted = rungAt({ dueOn, ofBody, shift }, index, ladder, spec);
      expect(rung === undefined).toBe(counted.on === '9999-12-31');
      if (!rung) return;
      expect([rung.on, wallClock(rung.at, spec.timeZone), rung.level, rung.ends]).toEqual([
        counted.on,
        counted.clock,
        counted.level,
        counted.ends,
      ]);
    }),
    { numRuns: 500 },
  );
});

it.each(timeZones)('an absence is that of its days, and over with the last of them in %s', (timeZone) => {
  const { state } = program({ calendar: { timeZone } });
  const among = fc.record({ startsOn: day, length: fc.nat(400), looked: fc.integer({ min: -5, max: 405 }) });
  fc.assert(
    fc.property(among, ({ startsOn, length, looked }) => {
      const endsOn = daysLater(startsOn, length);
      const away = { ...state, absences: [{ email: who.owner, deputy: who.second, startsOn, endsOn }] };
      const on = daysLater(startsOn, looked);
      expect(deputyOf(away, who.owner, on)).toBe(looked >= 0 && looked <= length ? who.second : undefined);
      const [end] = absenceMoments(away);
      expect(isFirstInstantOf(daysLater(endsOn, 1), end!.at, timeZone)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('an absence lasts at most twelve months, counted by hand', () => {
  const wrong: string[] = [];
  for (const startsOn of days.slice(0, 1500).filter((_, index) => index % 7 === 0 || index < 70)) {
    for (const count of [0, 1]) {
      const driver = program({ plan: { startsOn } }).as(who.owner);
      const endsOn = daysLater(monthsLater(startsOn, mostAbsenceMonths), count);
      const taken = driver.tries({ type: 'delegate', deputy: who.second, startsOn, endsOn });
      if (taken !== (count === 0)) wrong.push(`${startsOn} ${endsOn}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** The day before the next weekend, with the weekend part of the week before it; then the last one of it that is worked. */
function weekEnd(on: IsoDate, spec: WorkingCalendar): IsoDate {
  const weekly = { holidays: [], weekend: spec.weekend };
  let last = on;
  while (!isWorking(last, weekly)) last = daysLater(last, -1);
  const isLast = (day: IsoDate) =>
    spec.weekend?.length === 0 ? new Date(`${day}T12:00:00Z`).getUTCDay() === 0 : !isWorking(daysLater(day, 1), weekly);
  while (!isLast(last)) last = daysLater(last, 1);
  return orLastWorking(last, spec);
}
