import { randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../db/hashes.ts';
import type { SignIn } from '../db/signIns.ts';
import type { Database } from '../db/types.ts';
import type { Email, Instant } from '../domain/basics.ts';
import { personOf } from './sessions.ts';

type Store = Pick<Database, 'signIns' | 'accounts'>;

const minute = 60_000;

/** For how long a mailed code is good, in minutes. */
export const codeMinutes = 15;
/** For how long a link printed on the server is good, in minutes. */
export const terminalMinutes = 60;

/** Codes that may be tried before a sign-in is closed: one in 200,000 is found by guessing. */
export const mostAttempts = 5;
/** Mails that one person can be sent in an hour, and all together: nobody's mailbox is filled from here. */
const mostMails = { person: 5, all: 500 };
const countedMs = 60 * minute;

/** A sign-in that was asked for: what goes into the mail, and the id that the browser keeps. */
export interface Asked {
  id: string;
  /** Absent when nothing is to be sent: the address is not known here. The page says the same in both cases. */
  mail?: { code: string; linkToken: string };
}

/** Too many were asked for; `minutes` until it makes sense to ask again. */
export class TooManySignInsError extends Error {
  override readonly name = 'TooManySignInsError';
  readonly minutes = 60;
}

/**
 * Asks for a way in by mail. An address that is not known here gets an answer like any other, and no mail.
 *
 * @throws TooManySignInsError when too many were asked for in the last hour
 */
export async function askByMail(store: Store, email: Email, now: Instant): Promise<Asked> {
  const since = plus(now, -countedMs);
  const [own, all] = await Promise.all([store.signIns.countSince(since, email), store.signIns.countSince(since)]);
  if (own >= mostMails.person || all >= mostMails.all) throw new TooManySignInsError();
  const id = randomUUID();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const linkToken = newToken();
  await store.signIns.ask({
    id,
    email,
    kind: 'mail',
    codeHash: sha256(`${id} ${code}`),
    linkHash: sha256(linkToken),
    askedAt: now,
    expiresAt: plus(now, codeMinutes * minute),
  });
  const known = await personOf(store, email);
  return known ? { id, mail: { code, linkToken } } : { id };
}

/** Makes a link that signs somebody in once, for whoever runs the server to open or to hand on. */
export async function askOnServer({ signIns }: Store, email: Email, now: Instant): Promise<string> {
  const linkToken = newToken();
  await signIns.ask({
    id: randomUUID(),
    email,
    kind: 'terminal',
    linkHash: sha256(linkToken),
    askedAt: now,
    expiresAt: plus(now, terminalMinutes * minute),
  });
  return linkToken;
}

/** What became of an attempt to come in. */
export type Attempt =
  | { outcome: 'in'; email: Email }
  | { outcome: 'unknown' | 'expired' | 'used' | 'wrongCode' | 'tooManyAttempts' | 'otherBrowser' };

/** Tries the code of a sign-in that was asked for in this browser. */
export async function tryCode(store: Store, id: string, code: string, now: Instant): Promise<Attempt> {
  const signIn = await store.signIns.find(id);
  const closed = whyClosed(signIn, now);
  if (!signIn || closed) return { outcome: closed ?? 'unknown' };
  if (!(await store.signIns.attempt(id, mostAttempts))) return { outcome: 'tooManyAttempts' };
  const given = sha256(`${id} ${code.replace(/\D/g, '')}`);
  if (!signIn.codeHash || !isSame(given, signIn.codeHash)) return { outcome: 'wrongCode' };
  return use(store, signIn, now);
}

/** The sign-in of a link, and whether the link works now; for a page that shows what is so and changes nothing. */
export async function lookAtLink(
  store: Store,
  linkToken: string,
  now: Instant,
): Promise<{ signIn?: SignIn; closed?: 'unknown' | 'expired' | 'used' }> {
  const signIn = await store.signIns.byLink(sha256(linkToken));
  return { signIn, closed: whyClosed(signIn, now) };
}

/**
 * Comes in by a link. One that was mailed works in the browser that asked for it only (`browserId` is what it keeps): a
 * program that opens the links of mails, and presses what it finds there, gets no session.
 */
export async function useLink(
  store: Store,
  linkToken: string,
  browserId: string | undefined,
  now: Instant,
): Promise<Attempt> {
  const { signIn, closed } = await lookAtLink(store, linkToken, now);
  if (!signIn || closed) return { outcome: closed ?? 'unknown' };
  if (signIn.kind === 'mail' && signIn.id !== browserId) return { outcome: 'otherBrowser' };
  return use(store, signIn, now);
}

async function use(store: Store, { id, email }: SignIn, now: Instant): Promise<Attempt> {
  if (!(await personOf(store, email))) return { outcome: 'unknown' };
  return (await store.signIns.use(id, now)) ? { outcome: 'in', email } : { outcome: 'used' };
}

function whyClosed(signIn: SignIn | undefined, now: Instant): 'unknown' | 'expired' | 'used' | undefined {
  if (!signIn) return 'unknown';
  if (signIn.usedAt) return 'used';
  return signIn.expiresAt <= now ? 'expired' : undefined;
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function plus(now: Instant, ms: number): Instant {
  return new Date(Date.parse(now) + ms).toISOString();
}
