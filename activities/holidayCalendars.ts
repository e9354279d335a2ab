import Holidays from 'date-holidays';

/** There are no holidays for what was given as a country; the message says what there is. */
export class UnknownCountryError extends Error {
  override readonly name = 'UnknownCountryError';
}

/** Countries of which `date-holidays` knows no holidays, with the time zones of their capitals: they have a weekend of their own. */
const withoutHolidays: Readonly<Record<string, string>> = {
  AF: 'Asia/Kabul',
  MV: 'Indian/Maldives',
  NP: 'Asia/Kathmandu',
  PS: 'Asia/Hebron',
};

/**
 * The calendar of public holidays of a country, or of a state or region of it, written `US`, `DE-BY`, `DE-BY-A`.
 *
 * @throws UnknownCountryError when `date-holidays` has no such country, state or region.
 */
export function holidayCalendar(code: string): Holidays {
  const [country = '', state, region] = code.split('-');
  const all = new Holidays();
  if (withoutHolidays[country])
    throw new UnknownCountryError(`No public holidays of ${nameOf(country)} are known; enter them by hand.`);
  if (!all.getCountries()[country]) throw unknown(code, `there is no country "${country}"`, all.getCountries());
  if (state === undefined) return new Holidays(country, { types: ['public'] });
  const states = all.getStates(country) ?? {};
  if (!states[state]) throw unknown(code, `${country} has no state "${state}"`, states);
  if (region === undefined) return new Holidays(country, state, { types: ['public'] });
  const regions = all.getRegions(country, state) ?? {};
  if (!regions[region]) throw unknown(code, `${country}-${state} has no region "${region}"`, regions);
  return new Holidays(country, state, region, { types: ['public'] });
}

/**
 * Refuses a country in which nobody can keep a calendar. Of some countries no holidays are known, and their weekend is.
 *
 * @throws UnknownCountryError when there is no such country, state or region.
 */
export function mustBeCountry(code: string): void {
  if (!withoutHolidays[code]) holidayCalendar(code);
}

/** The countries whose calendar is known: their names in English by their codes, in the order of the names. */
export function countries(): [code: string, name: string][] {
  const known = Object.entries(new Holidays().getCountries('en'));
  const others = Object.keys(withoutHolidays).map((code): [string, string] => [code, nameOf(code)]);
  return [...known, ...others].sort(([, one], [, other]) => one.localeCompare(other, 'en'));
}

/** The time zone of a country's capital; undefined when none is known. */
export function timeZoneOf(code: string): string | undefined {
  return withoutHolidays[code] ?? holidayCalendar(code).getTimezones()?.[0];
}

function nameOf(code: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
}

function unknown(code: string, why: string, choices: Record<string, string>): UnknownCountryError {
  const known = Object.keys(choices).join(', ');
  return new UnknownCountryError(
    `No holidays are known for "${code}": ${why}. ${known ? `Write one of ${known}` : 'Leave that part out'}, or list the holidays by hand.`,
  );
}
