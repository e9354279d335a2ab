import Holidays from 'date-holidays';

/** There are no holidays for what was given as a country; the message says what there is. */
export class UnknownCountryError extends Error {
  override readonly name = 'UnknownCountryError';
}

/**
 * The calendar of public holidays of a country, or of a state or region of it, written `US`, `DE-BY`, `DE-BY-A`.
 *
 * @throws UnknownCountryError when `date-holidays` has no such country, state or region.
 */
export function holidayCalendar(code: string): Holidays {
  const [country = '', state, region] = code.split('-');
  const all = new Holidays();
  if (!all.getCountries()[country]) throw unknown(code, `there is no country "${country}"`, all.getCountries());
  if (state === undefined) return new Holidays(country, { types: ['public'] });
  const states = all.getStates(country) ?? {};
  if (!states[state]) throw unknown(code, `${country} has no state "${state}"`, states);
  if (region === undefined) return new Holidays(country, state, { types: ['public'] });
  const regions = all.getRegions(country, state) ?? {};
  if (!regions[region]) throw unknown(code, `${country}-${state} has no region "${region}"`, regions);
  return new Holidays(country, state, region, { types: ['public'] });
}

function unknown(code: string, why: string, choices: Record<string, string>): UnknownCountryError {
  const known = Object.keys(choices).join(', ');
  return new UnknownCountryError(
    `No holidays are known for "${code}": ${why}. ${known ? `Write one of ${known}` : 'Leave that part out'}, or list the holidays by hand.`,
  );
}
