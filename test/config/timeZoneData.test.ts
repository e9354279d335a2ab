import { expect, it } from 'vitest';
import { oldTimeZoneData } from '../../config/timeZoneData.ts';

it.each([
  ['2024a', '2025-12-31T23:59:59Z'],
  ['2025c', '2026-11-30T00:00:00Z'],
  [undefined, '2026-11-30T00:00:00Z'],
  ['unknown', '2026-11-30T00:00:00Z'],
])('data of %s is recent enough at %s, or not known', (version, now) =>
  expect(oldTimeZoneData(version, new Date(now))).toBeUndefined(),
);

it('data of the year before last is named with its version and what to do', () => {
  const said = oldTimeZoneData('2024a', new Date('2026-01-01T00:00:00Z'));
  expect(said).toMatch(/those of 2024a: .* Install a newer Node\.js/);
});
