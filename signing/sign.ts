import { createHmac, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Flaw } from './flaws.ts';
import type { SigningKey, SigningKeys } from './keys.ts';

/** What is signed for one program: the envelope of a command, or what a run is started with. */
export type Signed<T> = T & { signature: string };

/**
 * What is signed is good for one purpose: a command never starts a program. Workers sign what they hand on through Temporal: a
 * `carry` to the next run, an `append` to an activity.
 */
export type Purpose = 'command' | 'start' | 'carry' | 'append';

/**
 * Signs for a program everything that is sent: HMAC-SHA-256 over the id of the key, the purpose, the workflow id and the
 * canonical JSON (RFC 8785) of the whole, so that none of it can be changed or sent to another program.
 *
 * @param workflowId - of the program: `program/<id>`
 * @param until - how long it can be sent, in milliseconds since the epoch; for ever when absent
 */
export function sign<T extends object>(
  purpose: Purpose,
  workflowId: string,
  sent: T,
  { first }: SigningKeys,
  until?: number,
): Signed<T> {
  const { signature: _, ...bare } = sent as Partial<Signed<T>>;
  const mac = macOf(purpose, workflowId, bare, first, until).toString('base64url');
  return { ...(bare as T), signature: [first.id, ...(until === undefined ? [] : [until]), mac].join('.') };
}

/**
 * Says what is wrong with the signature of something that was sent to a program; undefined when nothing is. Never throws.
 *
 * @param now - when it is sent, in milliseconds since the epoch; absent where it was taken in time before
 */
export function flawOf(
  purpose: Purpose,
  workflowId: string,
  sent: unknown,
  keys: SigningKeys,
  now?: number,
): Flaw | undefined {
  const { signature, ...bare } = (typeof sent === 'object' && sent !== null ? sent : {}) as Record<string, unknown>;
  const [, id, end, mac] = signatureParts.exec(typeof signature === 'string' ? signature : '') ?? [];
  if (!id || !mac) return { flaw: 'unsigned' };
  const key = keys.byId.get(id);
  if (!key) return { flaw: 'unknownKey', key: id };
  const until = end === undefined ? undefined : Number(end);
  if (!isMac(mac, purpose, workflowId, bare, key, until)) return { flaw: 'altered' };
  if (key.onlyFor && !mayName(key.onlyFor, purpose, bare)) return { flaw: 'notForThem' };
  return now !== undefined && until !== undefined && until < now ? { flaw: 'late', until } : undefined;
}

/** The id of the key, how long it is good, and the code. */
const signatureParts = /^([0-9a-f]{12})(?:\.(\d{1,15}))?\.([\w-]{43})$/;

/** A key of somebody else's sends commands of its people; it starts nothing, and lends no role in the installation. */
function mayName(people: readonly string[], purpose: Purpose, { actor }: Record<string, unknown>): boolean {
  const { email, ...more } = (actor ?? {}) as Record<string, unknown>;
  return purpose === 'command' && Object.keys(more).length === 0 && people.includes(String(email));
}

function isMac(mac: string, ...of: Parameters<typeof macOf>): boolean {
  try {
    return timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(...of));
  } catch {
    // What has no canonical form, such as lists within lists without end, nobody has signed.
    return false;
  }
}

function macOf(
  purpose: Purpose,
  workflowId: string,
  bare: object,
  { id, secret }: SigningKey,
  until: number | undefined,
): Buffer {
  const good = until === undefined ? {} : { until };
  const text = canonical({ key: id, purpose: `certloop ${purpose} 1`, to: workflowId, sent: bare, ...good });
  return createHmac('sha256', secret).update(text).digest();
}

/** Half of a character has no canonical form. It is refused for what it is, by the program, which says so. */
function canonical(value: object): string {
  try {
    return canonicalize(value)!;
  } catch {
    return canonicalize(JSON.parse(JSON.stringify(value).replace(/\\ud[89a-f][\da-f]{2}/gi, '\\ufffd')))!;
  }
}
