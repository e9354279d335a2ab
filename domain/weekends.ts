import type { Weekday } from './basics.ts';

/** The days on which nobody works where nothing else is known. */
export const usualWeekend: readonly Weekday[] = ['saturday', 'sunday'];

const fridayAndSaturday: readonly Weekday[] = ['friday', 'saturday'];

/**
 * Weekends other than Saturday and Sunday, by country, or by a state of it (`MY-02`). Most are those of the week data of
 * CLDR 48. What that lacks is as governments announced it: Bangladesh, Brunei, Djibouti, the Maldives, Nepal, Palestine,
 * Somalia, and in Malaysia the states Kedah, Kelantan and Terengganu. A half day is a working day. An organization that
 * keeps another weekend says so.
 */
const weekends: Record<string, readonly Weekday[]> = {
  AF: ['thursday', 'friday'],
  BD: fridayAndSaturday,
  BH: fridayAndSaturday,
  BN: ['friday', 'sunday'],
  DJ: ['friday'],
  DZ: fridayAndSaturday,
  EG: fridayAndSaturday,
  IL: fridayAndSaturday,
  IN: ['sunday'],
  IQ: fridayAndSaturday,
  IR: ['friday'],
  JO: fridayAndSaturday,
  KW: fridayAndSaturday,
  LY: fridayAndSaturday,
  MV: fridayAndSaturday,
  'MY-02': fridayAndSaturday,
  'MY-03': fridayAndSaturday,
  'MY-11': fridayAndSaturday,
  NP: ['saturday'],
  OM: fridayAndSaturday,
  PS: fridayAndSaturday,
  QA: fridayAndSaturday,
  SA: fridayAndSaturday,
  SD: fridayAndSaturday,
  SO: ['friday'],
  SY: fridayAndSaturday,
  UG: ['sunday'],
  YE: fridayAndSaturday,
};

/** The weekend of a country, or of a state or region of it: `US`, `DE-BY`, `MY-02`. */
export function weekendOf(country: string | undefined): Weekday[] {
  const [land = '', state] = (country ?? '').split('-');
  const ofState = state === undefined ? undefined : weekends[`${land}-${state}`];
  return [...(ofState ?? weekends[land] ?? usualWeekend)];
}
