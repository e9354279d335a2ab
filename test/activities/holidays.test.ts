import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { countries, mustBeCountry, timeZoneOf } from '../../activities/holidayCalendars.ts';
import { lookUpHolidays } from '../../activities/holidays.ts';

const of = (country: string, from = 2026, through = from) => lookUpHolidays({ country, from, through });

test('gives the public holidays of the years asked for, ascending, each once', async () => {
  const days = await of('US', 2026, 2027);
  expect(days).toContain('2026-11-26');
  expect(days).toContain('2027-07-05');
  expect(days).not.toContain('2026-02-14');
  expect(days).toEqual([...new Set(days)].sort());
  expect(days.every((day) => /^202[67]-\d\d-\d\d$/.test(day))).toBe(true);
});

test('knows those of a state and of a region', async () => {
  expect(await of('DE')).not.toContain('2026-11-01');
  expect(await of('DE-BY')).toContain('2026-11-01');
  expect(await of('DE-BY')).not.toContain('2026-08-08');
  expect(await of('DE-BY-A')).toContain('2026-08-08');
});

test('every day of a feast is off, also the ones on which the clocks change', async () => {
  const days = await of('SA');
  expect(days).toEqual(expect.arrayContaining(['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22']));
  expect(days).not.toContain('2026-03-23');
  expect(await of('DE-BB', 2024)).toContain('2024-03-31');
});

test('a year that does not come gives no days', async () => {
  expect(await of('US', 2027, 2026)).toEqual([]);
});

test.each([
  ['XX', 'there is no country "XX"'],
  ['', 'there is no country ""'],
  ['DE-XX', 'DE has no state "XX". Write one of BB, BE'],
  ['DE-BY-XX', 'DE-BY has no region "XX". Write one of A'],
  ['NP', 'No public holidays of Nepal are known; enter them by hand.'],
  ['JP-13', 'JP has no state "13". Leave that part out'],
])('refuses "%s" for good', async (country, reason) => {
  const failure = await of(country).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ nonRetryable: true, type: 'UnknownCountry' });
  expect((failure as Error).message).toContain(reason);
});

test('knows the zone of a country of which it knows no holidays, and offers it among the others', () => {
  expect(timeZoneOf('NP')).toBe('Asia/Kathmandu');
  expect(() => mustBeCountry('NP')).not.toThrow();
  expect(() => mustBeCountry('XX')).toThrow('there is no country "XX"');
  const named = new Map(countries());
  expect([named.get('NP'), named.get('SA')]).toEqual(['Nepal', 'Saudi Arabia']);
});
