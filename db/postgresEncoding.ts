import type { Knex } from 'knex';

/** A database that cannot hold every text; the message says what to do. */
export class EncodingError extends Error {
  constructor(encoding: string, database: string) {
    super(
      `its encoding is ${encoding}, in which not every text can be kept: it has to be UTF8. Make another with ` +
        `"createdb --encoding=UTF8 --template=template0 <name>", bring what is in this one over with "pg_dump ${database} | ` +
        'psql <name>", and name it in CERTLOOP_DATABASE_URL',
    );
  }
}

/**
 * Refuses a database that is not in UTF-8: LATIN1 refuses a name in Greek when it is recorded, and SQL_ASCII takes any bytes
 * and orders texts by them.
 *
 * @throws EncodingError
 */
export async function mustBeUtf8(db: Knex): Promise<void> {
  const { rows } = await db.raw('select current_database() as name, getdatabaseencoding() as encoding');
  const [{ name, encoding }] = rows as [{ name: string; encoding: string }];
  if (encoding !== 'UTF8') throw new EncodingError(encoding, name);
}
