import type { Email } from '../domain/basics.ts';
import { type Connection, rowsPerInsert } from './connection.ts';
import type { Brought, BroughtIn } from './types.ts';

const nothing: Brought = { programs: 0, addresses: 0 };

/** How many programs and new addresses people bring in, day by day. */
export function createBroughtIn({ reader, write }: Connection): BroughtIn {
  return {
    add: (email, day, more, most) =>
      write(async (trx) => {
        await trx('brought_in')
          .insert({ email, day, ...nothing })
          .onConflict(['email', 'day'])
          .ignore();
        // Locked, so that two calls at one moment do not both find room for the last one.
        const before: Brought = await trx('brought_in')
          .where({ email, day })
          .forUpdate()
          .first('programs', 'addresses');
        const programs = before.programs + more.programs;
        const addresses = before.addresses + more.addresses;
        if ((more.programs > 0 && programs > most.programs) || (more.addresses > 0 && addresses > most.addresses))
          return { ...before, added: false };
        await trx('brought_in').where({ email, day }).update({ programs, addresses });
        return { programs, addresses, added: true };
      }),
    async unknownOf(addresses) {
      const unknown = new Set(addresses);
      for (let from = 0; from < addresses.length; from += rowsPerInsert) {
        const portion = addresses.slice(from, from + rowsPerInsert);
        for (const table of ['people', 'accounts']) {
          const known: Email[] = await reader(table).whereIn('email', portion).distinct().pluck('email');
          for (const email of known) unknown.delete(email);
        }
      }
      return [...unknown];
    },
  };
}
