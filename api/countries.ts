import { mustBeCountry, UnknownCountryError } from '../activities/holidayCalendars.ts';
import type { UserCommand } from '../domain/registry.ts';
import type { Gateway } from './gateway.ts';
import { wrongField } from './problem.ts';

export { countries, timeZoneOf } from '../activities/holidayCalendars.ts';

/** Holidays are looked up by the program itself; that they can be is checked while somebody can still correct it. */
export function mustBeKnownCountry(country: string | undefined, field: string): void {
  try {
    if (country) mustBeCountry(country);
  } catch (error) {
    if (error instanceof UnknownCountryError) throw wrongField('country', field, error.message);
    throw error;
  }
}

/** A gateway that lets no command pass which names a country that there is not. */
export function withCountries(gateway: Gateway): Gateway {
  return {
    ...gateway,
    async command(programId, envelope) {
      mustBeThere(envelope.command, '');
      return gateway.command(programId, envelope);
    },
    async bulk(programId, envelope) {
      for (const [index, command] of envelope.commands.entries()) mustBeThere(command, `commands[${index}].`);
      return gateway.bulk(programId, envelope);
    },
  };
}

function mustBeThere(command: UserCommand, at: string): void {
  if (command.type === 'changeCalendar') mustBeKnownCountry(command.country, `${at}country`);
}
