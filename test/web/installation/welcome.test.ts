import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { administratorEmail, ensureAdministrator, isUnclaimed } from '../../../api/administrator.ts';
import { linkFor } from '../../../cli/signIn.ts';
import { atMachine } from '../../../db/installation.ts';
import type { Visitor } from '../support/visitor.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

const ada = { name: 'Ada <b>Byron</b>', email: 'Ada@example.com' };

let web: WebServer;
let dataDir: string;
let token: string;

beforeEach(async () => {
  web = await webServer({});
  dataDir = await mkdtemp(join(tmpdir(), 'certloop-welcome-'));
  token = (await ensureAdministrator(web.server.database, dataDir)).token as string;
});

afterEach(async () => {
  await web.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Opens the link that the first start prints. */
async function firstVisit(): Promise<{ visitor: Visitor; path: string }> {
  const { link } = await linkFor(web.server.database, administratorEmail, 'http://certloop.test');
  const path = new URL(link).pathname;
  return { visitor: await web.visitor().open(path), path };
}

describe('the link of the first start', () => {
  test('signs the administrator in and offers the ways to begin; the example only where it can be played', async () => {
    const { visitor } = await firstVisit();
    expect(visitor.url).toBe('/welcome');
    expect(visitor.html).toContain('href="/programs/new"');
    expect(visitor.html).toContain('href="/programs/new?under-way"');
    expect(visitor.html).not.toContain('action="/example"');
    await visitor.open('/example');
    expect(visitor.status).toBe(404);
  });

  test('works once, and whoever opened it stays in', async () => {
    const { visitor, path } = await firstVisit();
    await visitor.open(path);
    expect(visitor.url).toBe('/welcome');
    const other = await web.visitor().open(path);
    expect(other.status).toBe(410);
    expect(other.text).toContain('It was used before, and works once.');
  });

  test('is not known when a letter of it is another', async () => {
    const { path } = await firstVisit();
    const other = await web.visitor().open(path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
    expect(other.status).toBe(410);
    expect(other.text).toContain('not known here');
  });
});

describe('saying who you are', () => {
  test('moves the account, the session and the tokens to the own address', async () => {
    const { visitor } = await firstVisit();
    const { database } = web.server;
    expect(await isUnclaimed(database)).toBe(true);
    await visitor.send('action="/welcome"', ada);
    expect(visitor.url).toBe('/welcome?done=named');
    expect(visitor.text).toContain('Sign in with ada@example.com');
    expect(visitor.html).toContain('Ada &lt;b>Byron&lt;/b>');
    expect(visitor.html).not.toContain('<b>Byron');
    expect(await isUnclaimed(database)).toBe(false);
    expect(await database.accounts.find(administratorEmail)).toBeUndefined();
    expect(await database.accounts.find('ada@example.com')).toMatchObject({ installationRole: 'administrator' });
    expect((await database.tokens.list({ limit: 10 }, 'ada@example.com')).items).toMatchObject([
      { name: ada.name, installationRole: 'administrator' },
    ]);
    const accounts = await web.server.app.inject({
      url: '/v1/accounts',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(accounts.json().items).toMatchObject([{ email: 'ada@example.com' }]);
  });

  test('is asked for once', async () => {
    const { visitor } = await firstVisit();
    const stale = visitor.html;
    await visitor.send('action="/welcome"', ada);
    expect(visitor.html).not.toContain('action="/welcome"');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(stale)![1]!;
    await visitor.post(
      '/welcome',
      new URLSearchParams({ _csrf: csrf, name: 'Eve', email: 'eve@example.com' }).toString(),
    );
    expect(visitor.status).toBe(409);
    expect(await web.server.database.accounts.find('eve@example.com')).toBeUndefined();
  });

  test.each([
    [{ name: '', email: 'ada@example.com' }, 'Type a name'],
    [{ name: 'Ada', email: 'ada' }, 'Type an address such as kim@example.com'],
    [{ name: 'Ada\u202Eslived', email: 'ada@example.com' }, 'on one line'],
    [{ name: 'Ada', email: administratorEmail }, 'Type an address that mail reaches'],
  ])('refuses %j at its field, and keeps what was typed', async (typed, said) => {
    const { visitor } = await firstVisit();
    await visitor.send('action="/welcome"', typed);
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain(said);
    if (typed.email) expect(visitor.html).toContain(`value="${typed.email}"`);
    expect(await isUnclaimed(web.server.database)).toBe(true);
  });

  test('takes no address that has an account', async () => {
    const kim = { email: 'kim@example.com', name: 'Kim', mayStart: false } as const;
    await web.server.database.accounts.put(kim, '2030-01-01T00:00:00.000Z', atMachine);
    const { visitor } = await firstVisit();
    await visitor.send('action="/welcome"', { name: 'Kim', email: kim.email });
    expect(visitor.status).toBe(409);
    expect(visitor.text).toContain('has an account already');
    expect(await web.server.database.accounts.find(kim.email)).toEqual(kim);
  });

  test('takes no form of another site, nor one without the token of the session', async () => {
    const { visitor } = await firstVisit();
    const body = new URLSearchParams(ada).toString();
    await visitor.post('/welcome', body);
    expect(visitor.status).toBe(403);
    await visitor.post('/welcome', body, { 'sec-fetch-site': 'cross-site' });
    expect(visitor.status).toBe(403);
    expect(await isUnclaimed(web.server.database)).toBe(true);
  });
});

test('who may start programs is offered that and no more; who may not finds nothing there', async () => {
  const { database } = web.server;
  const at = '2030-01-01T00:00:00.000Z';
  await database.accounts.put({ email: 'mia@example.com', name: 'Mia', mayStart: true }, at, atMachine);
  await database.accounts.put({ email: 'kim@example.com', name: 'Kim', mayStart: false }, at, atMachine);
  const mia = await web.signedIn('mia@example.com');
  expect((await mia.open('/welcome')).html).toContain('href="/programs/new"');
  expect(mia.html).not.toContain('action="/welcome"');
  const kim = await web.signedIn('kim@example.com');
  for (const path of ['/welcome', '/programs/new', '/mailbox', '/installation', '/example']) {
    expect([path, (await kim.open(path)).status]).toEqual([path, 404]);
  }
});
