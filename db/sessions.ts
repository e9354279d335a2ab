import type { Email, InstallationRole, Instant } from '../domain/basics.ts';
import type { Person } from '../domain/people/person.ts';
import type { Account } from './accounts.ts';
import type { Connection } from './connection.ts';
import { docOf, ifReadable } from './readable.ts';
import { run } from './statements.ts';

/** By what somebody came in. */
export type SignInMeans = 'mail' | 'passkey' | 'oidc' | 'terminal';

/** A browser in which somebody is signed in. Only the SHA-256 of what the browser holds is kept. */
export interface Session {
  hash: string;
  email: Email;
  means: SignInMeans;
  /** What the browser calls itself, shortened. */
  device: string;
  beganAt: Instant;
  seenAt: Instant;
  endsAt: Instant;
}

/** A session with what is known of its person: their account, and their name in some program. */
export interface HeldSession extends Session {
  account?: Account;
  nameInPrograms?: string;
}

export interface Sessions {
  begin(session: Session): Promise<void>;
  /** The session, unless it ended by `now`, with who holds it: in one statement, for every page asks. */
  find(hash: string, now: Instant): Promise<HeldSession | undefined>;
  /** That it was used, and until when it is good from now on. */
  seen(hash: string, now: Instant, endsAt: Instant): Promise<void>;
  end(hash: string): Promise<void>;
  /** Ends all sessions of a person, but for one where it is named. */
  endAll(email: Email, but?: string): Promise<number>;
  /** The sessions of a person, the last used first. */
  of(email: Email, now: Instant): Promise<Session[]>;
  /** Forgets those that ended before a moment. */
  forget(before: Instant): Promise<number>;
}

interface Row {
  hash: string;
  email: Email;
  means: SignInMeans;
  device: string;
  began_at: Instant;
  seen_at: Instant;
  ends_at: Instant;
}

/** The sessions of all people. */
export function createSessions({ reader, write }: Connection): Sessions {
  return {
    async begin({ hash, email, means, device, beganAt, seenAt, endsAt }) {
      const row: Row = { hash, email, means, device, began_at: beganAt, seen_at: seenAt, ends_at: endsAt };
      await write((trx) => trx('sessions').insert(row));
    },
    async find(hash, now) {
      const [row] = await run<HeldRow>(reader, held, [hash, now]);
      return row && heldOf(row);
    },
    async seen(hash, now, endsAt) {
      await write((trx) => trx('sessions').where({ hash }).update({ seen_at: now, ends_at: endsAt }));
    },
    async end(hash) {
      await write((trx) => trx('sessions').where({ hash }).delete());
    },
    endAll: (email, but = '') => write((trx) => trx('sessions').where({ email }).whereNot({ hash: but }).delete()),
    async of(email, now) {
      const rows: Row[] = await reader('sessions')
        .where({ email })
        .where('ends_at', '>', now)
        .orderBy('seen_at', 'desc');
      return rows.map(sessionOf);
    },
    forget: (before) => write((trx) => trx('sessions').where('ends_at', '<=', before).delete()),
  };
}

interface HeldRow extends Row {
  name: string | null;
  installation_role: InstallationRole | null;
  may_start: boolean | 0 | 1 | null;
  person: string | null;
}

const held = `select s.*, a.name, a.installation_role, a.may_start,
    (select p.doc from people p where p.email = s.email order by p.program_id limit 1) as person
  from sessions s left join accounts a on a.email = s.email
  where s.hash = ? and s.ends_at > ?`;

function heldOf(row: HeldRow): HeldSession {
  const { email, name, installation_role: role, may_start, person } = row;
  return {
    ...sessionOf(row),
    ...(name !== null && {
      account: { email, name, ...(role !== null && { installationRole: role }), mayStart: Boolean(may_start) },
    }),
    ...(person !== null && nameIn(person)),
  };
}

function sessionOf({ hash, email, means, device, began_at, seen_at, ends_at }: Row): Session {
  return { hash, email, means, device, beganAt: began_at, seenAt: seen_at, endsAt: ends_at };
}

function nameIn(person: string): { nameInPrograms?: string } {
  const name = ifReadable(() => docOf<Person>(person).name);
  return name === undefined ? {} : { nameInPrograms: name };
}
