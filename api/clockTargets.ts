import { DateTime, Duration } from 'luxon';
import type { Instant, IsoDate, IsoDuration } from '../domain/basics.ts';
import { endOfDay, isCalendarDuration, lastDate, startOfDay } from '../domain/calendar.ts';
import { conflict, wrongField } from './problem.ts';

/** How far to advance a rehearsal's clock: by a duration, to the beginning of a day, or to what is due next. */
export type ClockTarget = { by: IsoDuration } | { until: IsoDate } | { to: 'nextMoment' };

/** Further than this at once, a mistyped year would keep the service busy for long. */
const furthestYears = 10;

/**
 * The instant that a target means for a program whose clock shows `now`. `nextMoments` are asked for only when needed.
 * Throws a problem: 422 when the target is not ahead or too far, 409 when nothing is to come.
 */
export function instantOf(target: ClockTarget, now: Instant, timeZone: string, nextMoments: () => Instant[]): Instant {
  if ('by' in target) return within(now, addedTo(now, target.by, timeZone), 'by');
  if ('until' in target) return within(now, startOfDay(target.until, timeZone), 'until');
  const next = nextMoments().find((moment) => moment > now);
  if (!next) throw conflict('nothingToCome', 'Nothing lies ahead in this program, so there is no next moment.');
  return next;
}

function addedTo(now: Instant, by: IsoDuration, timeZone: string): Instant {
  if (!isCalendarDuration(by)) {
    throw wrongField('dates', 'by', `${by} is not a duration of whole years, months, weeks or days, such as P30D.`);
  }
  // luxon types an instant as any text.
  return DateTime.fromISO(now, { zone: timeZone }).plus(Duration.fromISO(by)).toUTC().toISO() as Instant;
}

function within(now: Instant, target: Instant, field: string): Instant {
  if (target <= now) {
    throw wrongField(
      'dates',
      field,
      `the clock shows ${now} and can only be advanced; name a day that is ahead of it.`,
    );
  }
  if (DateTime.fromISO(target) > DateTime.fromISO(now).plus({ years: furthestYears })) {
    throw wrongField('dates', field, `advance the clock by at most ${furthestYears} years at once.`);
  }
  if (target > endOfDay(lastDate, 'UTC')) throw wrongField('dates', field, `a clock ends on ${lastDate}.`);
  return target;
}
