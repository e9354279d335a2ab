import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import type { Email, InstallationRole, Instant } from '../domain/basics.ts';
import type { Person } from '../domain/people/person.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import { atMachine, type By, recordEvent } from './installation.ts';
import type { Page, PageRequest } from './page.ts';
import { docOf, ifReadable } from './readable.ts';
import { isPostgres } from './statements.ts';

/** Somebody who can come in for what they are in the installation; people of programs can come in without one. */
export interface Account {
  email: Email;
  name: string;
  installationRole?: InstallationRole;
  /** Whether they may start programs; administrators may without it. */
  mayStart: boolean;
}

/** Accounts; what changes of them is in the installation's chain. */
export interface Accounts {
  find(email: Email): Promise<Account | undefined>;
  /** Makes the account, or writes over the one of the same address. */
  put(account: Account, now: Instant, by: By): Promise<void>;
  /** Makes the account unless there is one; gives the one that is there then. */
  ensure(account: Account, now: Instant, by: By): Promise<Account>;
  /** Makes the first administrator's account, unless somebody is an administrator; also when processes ask at once. */
  putFirst(account: Account, now: Instant): Promise<void>;
  /** All accounts by address. */
  list(page: PageRequest): Promise<Page<Account>>;
  countAdministrators(): Promise<number>;
  /** Says what an account may do, unless nobody would be an administrator then. */
  change(email: Email, rights: Pick<Account, 'installationRole' | 'mayStart'>, by: By): Promise<Changed>;
  /** Removes it, unless it is the last administrator's; what the person holds in programs stays. */
  remove(email: Email, by: By): Promise<Changed>;
  /**
   * Gives an account another address and name, and with it its tokens, sessions and passkeys; gives false when the address
   * has an account already.
   */
  move(from: Email, to: Pick<Account, 'email' | 'name'>, by: By): Promise<boolean>;
  /** The person's name in some program that names them; undefined when none does. */
  nameInPrograms(email: Email): Promise<string | undefined>;
}

/** What became of a change: `last` when nobody would be an administrator afterwards. */
export type Changed = 'done' | 'unknown' | 'last';

interface Row {
  email: Email;
  name: string;
  installation_role: InstallationRole | null;
  may_start: boolean | 0 | 1;
}

const order: Order = { columns: { email: 'string' } };

/** The accounts of an installation, by e-mail address. */
export function createAccounts({ reader, write }: Connection): Accounts {
  const find = async (email: Email) => {
    const row: Row | undefined = await reader('accounts').where({ email }).first();
    return row && accountOf(row);
  };

  /** Of two administrators who each take the other away only one does: the rows are locked. */
  function unlessLast(
    email: Email,
    stays: boolean,
    act: (trx: Knex, account: Account) => Promise<unknown>,
  ): Promise<Changed> {
    return write(async (trx) => {
      const administrators: Pick<Row, 'email'>[] = await trx('accounts')
        .where({ installation_role: 'administrator' })
        .orderBy('email')
        .forUpdate()
        .select('email');
      if (!stays && administrators.length === 1 && administrators[0]?.email === email) return 'last';
      const row: Row | undefined = await trx('accounts').where({ email }).forUpdate().first();
      if (!row) return 'unknown';
      await act(trx, accountOf(row));
      return 'done';
    });
  }

  return {
    find,
    async put(account, now, by) {
      const row = rowOf(account);
      await write(async (trx) => {
        const before: Row | undefined = await trx('accounts').where({ email: account.email }).forUpdate().first();
        await trx('accounts')
          .insert({ ...row, created_at: now })
          .onConflict('email')
          .merge(row);
        await recordPut(trx, by, account, before && accountOf(before));
      });
    },
    async ensure(account, now, by) {
      await write(async (trx) => {
        const made = await trx('accounts')
          .insert({ ...rowOf(account), created_at: now })
          .onConflict('email')
          .ignore()
          .returning('email');
        if (made.length > 0) await recordPut(trx, by, account);
      });
      return (await find(account.email)) ?? account;
    },
    async putFirst(account, now) {
      const row = rowOf(account);
      await write(async (trx) => {
        if (isPostgres(trx)) await trx.raw('lock table accounts in share row exclusive mode');
        if (await trx('accounts').where({ installation_role: 'administrator' }).first('email')) return;
        await trx('accounts')
          .insert({ ...row, created_at: now })
          .onConflict('email')
          .merge(row);
        await recordPut(trx, atMachine, account);
      });
    },
    async list(page) {
      const { items, nextCursor } = await paginate<Row>(reader<Row>('accounts').select(), order, page);
      return { items: items.map(accountOf), nextCursor };
    },
    async countAdministrators() {
      const [row] = await reader('accounts').where({ installation_role: 'administrator' }).count('email as n');
      return Number(row?.n);
    },
    change: (email, { installationRole, mayStart }, by) =>
      unlessLast(email, installationRole === 'administrator', async (trx, before) => {
        const { name } = before;
        const after = { email, name, ...(installationRole && { installationRole }), mayStart };
        await trx('accounts').where({ email }).update(rowOf(after));
        await recordPut(trx, by, after, before);
      }),
    remove: (email, by) =>
      unlessLast(email, false, async (trx) => {
        await trx('accounts').where({ email }).delete();
        await recordEvent(trx, by, { type: 'AccountRemoved', data: { email } });
      }),
    move: (from, { email, name }, by) =>
      write(async (trx) => {
        if (email !== from && (await trx('accounts').where({ email }).first('email'))) return false;
        await trx('accounts').where({ email: from }).update({ email, name });
        for (const table of ['tokens', 'sessions', 'passkeys'])
          await trx(table).where({ email: from }).update({ email });
        await trx('tokens').where({ email }).update({ name });
        await recordEvent(trx, by, { type: 'AccountMoved', data: { from, to: email, name } });
        return true;
      }),
    async nameInPrograms(email) {
      const row: { doc: string } | undefined = await reader('people')
        .where({ email })
        .orderBy('program_id')
        .first('doc');
      return row && ifReadable(() => docOf<Person>(row.doc).name);
    },
  };
}

/** What was put as it is already is no news. */
async function recordPut(trx: Knex, by: By, { email, ...after }: Account, before?: Account): Promise<void> {
  const { email: _, ...was } = before ?? { email };
  if (before && isDeepStrictEqual(was, after)) return;
  const data = { email, ...after, ...(before && { before: was as Omit<Account, 'email'> }) };
  await recordEvent(trx, by, { type: 'AccountPut', data });
}

function rowOf({ email, name, installationRole, mayStart }: Account) {
  return { email, name, installation_role: installationRole ?? null, may_start: mayStart };
}

function accountOf({ email, name, installation_role: role, may_start }: Row): Account {
  return { email, name, ...(role && { installationRole: role }), mayStart: Boolean(may_start) };
}
