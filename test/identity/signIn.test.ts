import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { sha256 } from '../../db/hashes.ts';
import { atMachine } from '../../db/installation.ts';
import type { Database } from '../../db/types.ts';
import type { Email, Instant } from '../../domain/basics.ts';
import { beginSession, visitorOf } from '../../identity/sessions.ts';
import {
  askByMail,
  askOnServer,
  lookAtLink,
  mostAttempts,
  TooManySignInsError,
  tryCode,
  useLink,
} from '../../identity/signIn.ts';

let folder: string;
let database: Database;
const now: Instant = '2030-01-07T13:00:00.000Z';
const minutes = (many: number): Instant => new Date(Date.parse(now) + many * 60_000).toISOString();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-sign-in-'));
  database = await openDatabase(`sqlite:${folder}/test.db`);
});

afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

let people = 0;

/** Somebody with an account of their own, so that no test is in the way of another. */
async function somebody(): Promise<Email> {
  const email: Email = `person${++people}@example.com`;
  await database.accounts.put({ email, name: 'Kim', mayStart: false }, now, atMachine);
  return email;
}

async function asked() {
  const email = await somebody();
  const { id, mail } = await askByMail(database, email, now);
  return { email, id, ...mail! };
}

describe('a mailed code', () => {
  test('lets in who asked for it, once', async () => {
    const { id, code, email } = await asked();
    expect(code).toMatch(/^\d{6}$/);
    expect(await tryCode(database, id, ` ${code.slice(0, 3)} ${code.slice(3)} `, now)).toEqual({
      outcome: 'in',
      email,
    });
    expect(await tryCode(database, id, code, now)).toEqual({ outcome: 'used' });
  });

  test('is good for a quarter of an hour', async () => {
    const { id, code } = await asked();
    expect(await tryCode(database, id, code, minutes(15))).toEqual({ outcome: 'expired' });
    expect(await tryCode(database, id, code, minutes(14.9))).toMatchObject({ outcome: 'in' });
  });

  test('counts for nothing after five wrong ones, not even the right one', async () => {
    const { id, code } = await asked();
    const wrong = code === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      expect(await tryCode(database, id, wrong, now)).toEqual({ outcome: 'wrongCode' });
    }
    expect(await tryCode(database, id, code, now)).toEqual({ outcome: 'tooManyAttempts' });
  });

  test('of two tries at the same moment lets in one', async () => {
    const { id, code } = await asked();
    const both = await Promise.all([tryCode(database, id, code, now), tryCode(database, id, code, now)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['in', 'used']);
  });

  test('of one sign-in does not open another', async () => {
    const [one, other] = [await asked(), await asked()];
    if (one.code !== other.code) {
      expect(await tryCode(database, one.id, other.code, now)).toEqual({ outcome: 'wrongCode' });
    }
    expect(await tryCode(database, 'no-such-id', one.code, now)).toEqual({ outcome: 'unknown' });
  });

  test('goes to nobody who is not known here, and the answer is like any other', async () => {
    const { id, mail } = await askByMail(database, 'stranger@example.net', now);
    expect(mail).toBeUndefined();
    expect(await tryCode(database, id, '123456', now)).toEqual({ outcome: 'wrongCode' });
  });

  test('is sent to one person five times in an hour', async () => {
    const email = await somebody();
    for (let mail = 0; mail < 5; mail++) await askByMail(database, email, now);
    await expect(askByMail(database, email, now)).rejects.toThrow(TooManySignInsError);
    await expect(askByMail(database, email, minutes(61))).resolves.toHaveProperty('mail.code');
  });
});

describe('a mailed link', () => {
  test('lets in the browser that asked for it, and is used up like its code', async () => {
    const { id, linkToken, code, email } = await asked();
    expect(await useLink(database, linkToken, id, now)).toEqual({ outcome: 'in', email });
    expect(await tryCode(database, id, code, now)).toEqual({ outcome: 'used' });
  });

  test('gives a program that opens and presses the links of mails nothing, and stays good', async () => {
    const { id, linkToken } = await asked();
    expect(await useLink(database, linkToken, undefined, now)).toEqual({ outcome: 'otherBrowser' });
    expect(await useLink(database, linkToken, 'another-browser', now)).toEqual({ outcome: 'otherBrowser' });
    expect(await useLink(database, linkToken, id, now)).toMatchObject({ outcome: 'in' });
  });

  test('changes nothing when it is looked at', async () => {
    const { linkToken, email } = await asked();
    for (let look = 0; look < 3; look++) {
      const { signIn, closed } = await lookAtLink(database, linkToken, now);
      expect([signIn?.email, closed]).toEqual([email, undefined]);
    }
    expect(await lookAtLink(database, `${linkToken}x`, now)).toEqual({ signIn: undefined, closed: 'unknown' });
  });
});

describe('a link that was printed on the server', () => {
  test('lets in whoever opens it, once, for an hour', async () => {
    const email = await somebody();
    const token = await askOnServer(database, email, now);
    expect(await useLink(database, token, undefined, minutes(61))).toEqual({ outcome: 'expired' });
    expect(await useLink(database, token, undefined, minutes(59))).toEqual({ outcome: 'in', email });
    expect(await useLink(database, token, undefined, now)).toEqual({ outcome: 'used' });
  });

  test('lets nobody in who has neither an account nor a part in a program by then', async () => {
    const email = await somebody();
    const token = await askOnServer(database, email, now);
    await database.accounts.remove(email, atMachine);
    expect(await useLink(database, token, undefined, now)).toEqual({ outcome: 'unknown' });
  });
});

describe('a session', () => {
  const begin = (email: Email) => beginSession(database, { email, means: 'mail', device: 'a browser' }, now);
  const days = (many: number) => minutes(many * 24 * 60);

  test('is known by what its browser holds, of which only the hash is kept', async () => {
    const email = await somebody();
    const token = await begin(email);
    expect(await visitorOf(database, token, now)).toMatchObject({ email, name: 'Kim' });
    const [kept] = await database.sessions.of(email, now);
    expect(kept?.hash).toBe(sha256(token));
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  test('ends two weeks after it was last used, and three months after it began', async () => {
    const token = await begin(await somebody());
    for (let day = 13; day < 90; day += 13) expect(await visitorOf(database, token, days(day))).toBeDefined();
    expect(await visitorOf(database, token, days(91))).toBeUndefined();
    const idle = await begin(await somebody());
    expect(await visitorOf(database, idle, days(14.1))).toBeUndefined();
  });

  test('ends at once with the account, and everywhere when its person says so', async () => {
    const email = await somebody();
    const [one, other] = [await begin(email), await begin(email)];
    expect(await database.sessions.endAll(email, sha256(one))).toBe(1);
    expect(await visitorOf(database, one, now)).toBeDefined();
    expect(await visitorOf(database, other, now)).toBeUndefined();
    await database.accounts.remove(email, atMachine);
    expect(await visitorOf(database, one, now)).toBeUndefined();
  });
});

test('secrets are made once, and are the same wherever they are asked for', async () => {
  const [one, two] = await Promise.all([database.secrets.get('some'), database.secrets.get('some')]);
  expect(one).toHaveLength(32);
  expect(two).toEqual(one);
  const again = await openDatabase(`sqlite:${folder}/test.db`);
  expect(await again.secrets.get('some')).toEqual(one);
  expect(await again.secrets.get('other')).not.toEqual(one);
  await again.close();
});
