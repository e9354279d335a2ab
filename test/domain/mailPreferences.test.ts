import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../domain/basics.ts';
import { addDays, morningOf } from '../../domain/calendar.ts';
import {
  type DueMail,
  deliveryOf,
  type MailPreferences,
  weeklyAfter,
  wrongWithPreferences,
} from '../../domain/people/mailPreferences.ts';
import { preferenceProblems } from '../../words/mail/preferences.ts';

const newYork = 'America/New_York';
/** 08:00 in New York on Tuesday, March 4, 2031; clocks go forward on Sunday. */
const tuesday = '2031-03-04T13:00:00.000Z';
const monday = '2031-03-03T13:00:00.000Z';
const aDigest = (overrides: Partial<DueMail> = {}): DueMail => ({
  kind: 'digest',
  dueAt: tuesday,
  timeZone: newYork,
  isOverdue: () => false,
  ...overrides,
});
const anUrgent: DueMail = { ...aDigest(), kind: 'urgent' };
const night: MailPreferences = { digest: 'daily', quietFrom: '20:00', quietUntil: '07:00', timeZone: 'Europe/Berlin' };

describe('a digest', () => {
  it('goes at once unless something else was chosen', () => {
    expect(deliveryOf(aDigest(), { digest: 'daily' }, tuesday)).toEqual({ goes: 'now' });
  });

  it('goes into that of the chosen day, in the morning of the program whatever its clocks do', () => {
    expect(deliveryOf(aDigest(), { digest: 'weekly' }, tuesday)).toEqual({ goes: 'weekly' });
    expect(weeklyAfter(aDigest(), { digest: 'weekly' })).toBe('2031-03-10T12:00:00.000Z');
    expect(weeklyAfter(aDigest(), { digest: 'weekly', weekday: 5 })).toBe('2031-03-07T13:00:00.000Z');
    expect(weeklyAfter(aDigest(), { digest: 'weekly', weekday: 2 })).toBe('2031-03-11T12:00:00.000Z');
  });

  it('of the chosen day goes, also when it was held up for days', () => {
    for (const now of [monday, '2031-03-06T02:00:00.000Z'] as const)
      expect(deliveryOf(aDigest({ dueAt: monday }), { digest: 'weekly', weekday: 1 }, now)).toEqual({ goes: 'now' });
  });

  it('is not wanted by whoever wants none', () => {
    expect(deliveryOf(aDigest(), { digest: 'none' }, tuesday)).toEqual({ goes: 'unwanted' });
  });

  it('waits for the end of quiet hours, as an urgent mail does', () => {
    const late: MailPreferences = { digest: 'daily', quietFrom: '22:00', quietUntil: '09:30' };
    const later = { goes: 'later', at: '2031-03-04T14:30:00.000Z' };
    expect(deliveryOf(aDigest(), late, tuesday)).toEqual(later);
    expect(deliveryOf(anUrgent, late, tuesday)).toEqual(later);
  });
});

describe('what is overdue', () => {
  const strictest: MailPreferences = { digest: 'none', quietFrom: '07:00', quietUntil: '22:00' };
  it.each(['digest', 'urgent'] as const)('comes at once whatever was chosen: %s', (kind) => {
    for (const digest of ['none', 'weekly', 'daily'] as const)
      expect(deliveryOf(aDigest({ kind, isOverdue: () => true }), { ...strictest, digest }, tuesday)).toEqual({
        goes: 'now',
      });
  });
});

describe('an urgent mail', () => {
  it('comes at once to whoever wants no digests', () => {
    for (const digest of ['none', 'weekly'] as const)
      expect(deliveryOf(anUrgent, { digest }, tuesday)).toEqual({ goes: 'now' });
  });

  it.each<[string, Instant, Instant | undefined]>([
    ['before quiet hours', '2031-03-04T18:59:59.999Z', undefined],
    ['at their beginning', '2031-03-04T19:00:00.000Z', '2031-03-05T06:00:00.000Z'],
    ['before midnight', '2031-03-04T22:30:00.000Z', '2031-03-05T06:00:00.000Z'],
    ['after midnight', '2031-03-05T02:00:00.000Z', '2031-03-05T06:00:00.000Z'],
    ['at their end', '2031-03-05T06:00:00.000Z', undefined],
    ['in the night in which clocks go forward', '2031-03-29T22:00:00.000Z', '2031-03-30T05:00:00.000Z'],
    ['in the night in which clocks go back', '2031-10-25T22:00:00.000Z', '2031-10-26T06:00:00.000Z'],
  ])('%s', (_, now, at) => {
    expect(deliveryOf(anUrgent, night, now)).toEqual(at ? { goes: 'later', at } : { goes: 'now' });
  });

  it('waits in quiet hours by day too, and no longer', () => {
    const noon: MailPreferences = { digest: 'daily', quietFrom: '12:00', quietUntil: '13:30' };
    expect(deliveryOf(anUrgent, noon, '2031-03-04T17:00:00.000Z')).toEqual({
      goes: 'later',
      at: '2031-03-04T18:30:00.000Z',
    });
    expect(deliveryOf(anUrgent, noon, '2031-03-04T16:59:00.000Z')).toEqual({ goes: 'now' });
  });
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const zone = fc.constantFrom(
  newYork,
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'UTC',
);
const moment = fc
  .integer({ min: Date.parse('2030-01-01T00:00:00Z'), max: Date.parse('2032-12-31T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString());

describe('whatever was chosen', () => {
  it('a mail is never put off into the past, nor for more than sixteen hours', () => {
    fc.assert(
      fc.property(time, time, zone, moment, (quietFrom, quietUntil, timeZone, now) => {
        const preferences: MailPreferences = { digest: 'daily', quietFrom, quietUntil, timeZone };
        fc.pre(wrongWithPreferences(preferences) === undefined);
        const delivery = deliveryOf(anUrgent, preferences, now);
        if (delivery.goes !== 'later') return;
        const hours = (Date.parse(delivery.at) - Date.parse(now)) / 3_600_000;
        expect(hours).toBeGreaterThan(0);
        // An hour more in the night in which clocks go back.
        expect(hours).toBeLessThanOrEqual(17);
        expect(deliveryOf(anUrgent, preferences, delivery.at)).toEqual({ goes: 'now' });
      }),
      { numRuns: 2_000 },
    );
  });

  it('a weekly digest is of the chosen day at 08:00, within a week, and goes then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        zone,
        fc.integer({ min: 0, max: 1_000 }),
        (weekday, timeZone, day) => {
          const dueAt = morningOf(addDays('2030-01-01', day), timeZone);
          const preferences: MailPreferences = { digest: 'weekly', weekday };
          const at = weeklyAfter({ dueAt, timeZone }, preferences);
          const local = DateTime.fromISO(at, { zone: timeZone });
          expect([local.weekday, local.toFormat('HH:mm')]).toEqual([weekday, '08:00']);
          const days = local.diff(DateTime.fromISO(dueAt, { zone: timeZone }), 'days').days;
          expect(days).toBeGreaterThan(0);
          expect(days).toBeLessThanOrEqual(7);
          expect(deliveryOf(aDigest({ dueAt: at, timeZone }), preferences, at)).toEqual({ goes: 'now' });
        },
      ),
    );
  });
});

describe('preferences that cannot hold', () => {
  it.each<[Partial<MailPreferences>, string, RegExp]>([
    [{ quietFrom: '20:00' }, 'quietUntil', /give both/],
    [{ quietUntil: '07:00' }, 'quietFrom', /give both/],
    [{ quietFrom: '08:00', quietUntil: '08:00' }, 'quietUntil', /at most 16 hours/],
    [{ quietFrom: '08:00', quietUntil: '07:59' }, 'quietUntil', /at most 16 hours/],
    [{ timeZone: 'Europe/Atlantis' }, 'timeZone', /such as Europe\/Berlin/],
  ])('%j are told at their field', (given, field, words) => {
    const wrong = wrongWithPreferences({ digest: 'daily', ...given });
    expect(wrong?.field).toBe(field);
    expect(preferenceProblems[wrong!.problem]).toMatch(words);
  });

  it('are none of the usual ones', () => {
    expect(wrongWithPreferences({ digest: 'weekly', weekday: 3 })).toBeUndefined();
    expect(wrongWithPreferences(night)).toBeUndefined();
    expect(wrongWithPreferences({ digest: 'daily', quietFrom: '16:00', quietUntil: '08:00' })).toBeUndefined();
  });
});
