import { randomBytes } from 'node:crypto';
import { sha256 } from '../db/hashes.ts';
import type { Session, SignInMeans } from '../db/sessions.ts';
import type { Database } from '../db/types.ts';
import type { Email, InstallationRole, Instant } from '../domain/basics.ts';

/** A person who came in, as the installation knows them. */
export interface Visitor {
  email: Email;
  name: string;
  installationRole?: InstallationRole;
  mayStart: boolean;
  session: Session;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** A session ends two weeks after it was last used, and three months after it began. */
const idleMs = 14 * day;
const longestMs = 90 * day;

/** How often it is noted that a session is used: not with every page. */
const notedMs = 10 * minute;

/** Begins a session; gives what the browser holds, of which only the SHA-256 is kept. */
export async function beginSession(
  { sessions }: Pick<Database, 'sessions'>,
  { email, means, device }: { email: Email; means: SignInMeans; device: string },
  now: Instant,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const endsAt = after(now, idleMs);
  await sessions.begin({
    hash: sha256(token),
    email,
    means,
    device: device.slice(0, 200),
    beganAt: now,
    seenAt: now,
    endsAt,
  });
  return token;
}

/** Who holds a session; undefined when it ended, or when there is nothing here for that person anymore. */
export async function visitorOf(database: Database, token: string, now: Instant): Promise<Visitor | undefined> {
  const session = await database.sessions.find(sha256(token), now);
  if (!session) return undefined;
  const { account, nameInPrograms: name, email } = session;
  const person = account ?? (name === undefined ? undefined : { email, name, mayStart: false });
  if (!person) return undefined;
  if (Date.parse(now) - Date.parse(session.seenAt) > notedMs) {
    const latest = Date.parse(session.beganAt) + longestMs;
    const endsAt = new Date(Math.min(Date.parse(now) + idleMs, latest)).toISOString();
    await database.sessions.seen(session.hash, now, endsAt);
  }
  return { ...person, session };
}

/** The person of an address, when they have an account or a part in a program; undefined otherwise. */
export async function personOf(
  { accounts }: Pick<Database, 'accounts'>,
  email: Email,
): Promise<Omit<Visitor, 'session'> | undefined> {
  const account = await accounts.find(email);
  if (account) return account;
  const name = await accounts.nameInPrograms(email);
  return name === undefined ? undefined : { email, name, mayStart: false };
}

function after(now: Instant, ms: number): Instant {
  return new Date(Date.parse(now) + ms).toISOString();
}
