import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as calendar from '../../../domain/calendar.ts';
import { defaultProfile } from '../../../domain/profile.ts';
import type { CalendarSpec } from '../../../domain/program/definition.ts';
import { lastValidDay, renewedLastDay } from '../../../domain/rules/certificate.ts';
import { defaultLadder, rungOf } from '../../../domain/tasks/ladder.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { holidays, timeZones } from './draw.ts';
import {
  civilDate,
  daysFrom,
  daysLater,
  isFirstInstantOf,
  monthsLater,
  naive,
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
const spec: fc.Arbitrary<CalendarSpec> = fc.record({ timeZone: fc.constantFrom(...timeZones), holidays });

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
      expect(calendar.workingDayFrom(on, spec)).toBe(orNextWorking(on, spec.holidays));
      expect(calendar.addWorkingDays(on, count, spec)).toBe(workingDaysLater(on, count, spec.holidays));
      const until = daysLater(on, count);
      expect(calendar.workingDaysBetween(on, until, spec)).toBe(workingDaysFromTo(on, until, spec.holidays));
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

it('every rung of the ladder has the naively counted moment', () => {
  const among = fc.record({ dueOn: day, shift: fc.nat(10), index: fc.nat(40), spec });
  fc.assert(
    fc.property(among, ({ dueOn, shift, index, spec }) => {
      const task = { dueOn, ladderShift: shift } as Task;
      const rung = rungOf(task, index, { calendar: spec, ladder: defaultLadder });
      const counted = rungAt({ dueOn, shift }, index, defaultLadder, spec);
      expect([rung.on, wallClock(rung.at, spec.timeZone), rung.level]).toEqual([
        counted.on,
        counted.clock,
        counted.level,
      ]);
    }),
    { numRuns: 500 },
  );
});
