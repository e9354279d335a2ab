import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Instant, IsoDate } from '../../domain/basics.ts';
import { addDays } from '../../domain/calendar.ts';
import { distance, fullMoment, shortDay } from '../../words/when.ts';

describe('a day', () => {
  test('is said with its weekday, and with its year where it is not this one', () => {
    expect(shortDay('2027-01-15', '2027-03-01')).toBe('Fri, Jan 15');
    expect(shortDay('2027-01-15', '2028-03-01')).toBe('Fri, Jan 15, 2027');
    expect(shortDay('1970-01-01', '1971-01-01')).toBe('Thu, Jan 1, 1970');
    expect(shortDay('2000-02-29', '2000-01-01')).toBe('Tue, Feb 29');
  });

  test('is the one that a calendar has, over two hundred years', () => {
    for (let on: IsoDate = '1970-01-01'; on <= '2199-12-01'; on = addDays(on, 97)) {
      const date = DateTime.fromISO(on, { zone: 'utc', locale: 'en-US' });
      expect(shortDay(on, '1969-01-01')).toBe(date.toFormat('ccc, LLL d, yyyy'));
    }
  });

  test('is as far as people count', () => {
    const far = (on: IsoDate) => distance(on, '2030-01-15');
    expect(far('2030-01-15')).toBe('today');
    expect(far('2030-01-16')).toBe('tomorrow');
    expect(far('2030-01-14')).toBe('yesterday');
    expect(far('2030-01-27')).toBe('in 12 days');
    expect(far('2030-05-15')).toBe('in 4 months');
    expect(far('2028-01-15')).toBe('2 years ago');
  });
});

describe('a moment', () => {
  test('is said in full, in the time zone of its program', () => {
    expect(fullMoment('2027-01-15T22:00:00.000Z', 'America/New_York')).toBe('Friday, January 15, 2027 at 5:00 PM EST');
    expect(fullMoment('2027-07-15T21:05:00.000Z', 'America/New_York')).toBe('Thursday, July 15, 2027 at 5:05 PM EDT');
    expect(fullMoment('2027-01-15T00:00:00.000Z', 'Etc/UTC')).toBe('Friday, January 15, 2027 at 12:00 AM UTC');
  });

  test('is the one that a calendar has, in several zones', () => {
    for (const zone of ['Europe/Berlin', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Auckland']) {
      for (let hours = 0; hours < 24 * 400; hours += 137) {
        const at = new Date(Date.UTC(2030, 0, 1, hours, 7)).toISOString() as Instant;
        const moment = DateTime.fromISO(at, { zone, locale: 'en-US' });
        expect(fullMoment(at, zone)).toBe(moment.toFormat("cccc, LLLL d, yyyy 'at' h:mm a ZZZZ"));
      }
    }
  });
});
