import type { Knex } from 'knex';
import type { Account } from '../accounts.ts';
import { atMachine, recordEvent } from '../installation.ts';

/** Tokens and accounts that were there before the installation had a chain: from now on it knows them as they were found. */
export async function up(db: Knex): Promise<void> {
  for (const row of await db('tokens').orderBy('id').select()) {
    const scope = { ...(row.program_id !== null && { programId: row.program_id }), access: row.access ?? 'write' };
    const data = {
      tokenId: row.id,
      email: row.email,
      name: row.name,
      ...(row.installation_role !== null && { installationRole: row.installation_role }),
      ...((row.program_id !== null || row.access !== null) && { scope }),
      ...(row.expires_on !== null && { expiresOn: row.expires_on }),
      secretHash: row.hash,
    };
    await recordEvent(db, atMachine, { type: 'TokenKnown', data });
  }
  for (const { email, name, installation_role: role, may_start } of await db('accounts').orderBy('email').select()) {
    const data: Account = {
      email,
      name,
      ...(role !== null && { installationRole: role }),
      mayStart: Boolean(may_start),
    };
    await recordEvent(db, atMachine, { type: 'AccountKnown', data });
  }
}

/** What a chain has, it keeps. */
export async function down(): Promise<void> {}
