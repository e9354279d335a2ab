import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { atMachine } from '../../../db/installation.ts';
import { usualPreferences } from '../../../domain/people/mailPreferences.ts';
import { createUnsubscribeLinks } from '../../../identity/unsubscribeLinks.ts';
import type { Visitor } from '../support/visitor.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

const kim = 'kim@example.com';
const owner = 'owner@example.com';

let web: WebServer;
let visitor: Visitor;

beforeAll(async () => {
  web = await webServer({ aims: 'implementation' });
}, 120_000);

afterAll(async () => {
  await web?.close();
});

beforeEach(async () => {
  const { accounts, sessions, mailPreferences } = web.server.database;
  await accounts.put({ email: kim, name: 'Kim', mayStart: false }, '2030-01-01T00:00:00.000Z', atMachine);
  await sessions.endAll(kim);
  await mailPreferences.set(kim, usualPreferences);
  visitor = await (await web.signedIn(kim)).open('/settings');
});

const asBearer = (token: string, url: string, method: 'GET' | 'POST' = 'GET') =>
  web.server.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(method === 'POST' && { payload: {} }),
  });

describe('the name', () => {
  test('is saved, and shown as it is', async () => {
    await visitor.send('action="/settings/name"', { name: 'Kim <i>Lee</i>' });
    expect(visitor.text).toContain('Your name is saved');
    expect(visitor.html).not.toContain('<i>Lee');
    expect((await web.server.database.accounts.find(kim))?.name).toBe('Kim <i>Lee</i>');
  });

  test('is not empty', async () => {
    await visitor.send('action="/settings/name"', { name: ' ' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Type a name');
  });

  test('is that of the programs for who has no account', async () => {
    const other = await (await web.signedIn(owner)).open('/settings');
    expect(other.html).not.toContain('action="/settings/name"');
  });
});

describe('how mails come', () => {
  test('is chosen', async () => {
    const chosen = { digest: 'weekly', weekday: '5', quietFrom: '20:00', quietUntil: '07:00', timeZone: 'Asia/Tokyo' };
    await visitor.send('action="/settings/mails"', chosen);
    expect(visitor.text).toContain('What you chose for mails is saved');
    expect(visitor.html).toContain('value="20:00"');
    expect(await web.server.database.mailPreferences.get(kim)).toEqual({ ...chosen, weekday: 5 });
  });

  test.each([
    [{ digest: 'daily', quietFrom: '20:00' }, 'quietUntil', 'give both'],
    [{ digest: 'daily', quietFrom: '08:00', quietUntil: '07:00' }, 'quietUntil', 'at most 16 hours'],
    [{ digest: 'daily', timeZone: 'Moon/Base' }, 'timeZone', 'no time zone that is known'],
    [{ digest: 'hourly' }, 'digest', 'Choose one of these'],
    [{ digest: 'daily', quietFrom: 'night', quietUntil: '07:00' }, 'digest', 'write times as 20:00'],
  ])('refuses %j at its field', async (typed, field, said) => {
    await visitor.send('action="/settings/mails"', typed);
    expect(visitor.status).toBe(422);
    expect(visitor.html).toContain(`href="#f-${field}"`);
    expect(visitor.text).toContain(said);
    expect(await web.server.database.mailPreferences.get(kim)).toEqual(usualPreferences);
  });
});

describe('where somebody is signed in', () => {
  test('is listed, and ended one by one, everywhere else, and everywhere', async () => {
    const phone = await web.signedIn(kim);
    const tablet = await web.signedIn(kim);
    await visitor.open('/settings');
    expect(visitor.html.match(/name="session"/g)).toHaveLength(2);
    expect(visitor.text).toContain('this one');
    await visitor.send('name="session"');
    expect(visitor.text).toContain('That device is signed out');
    const left = [await phone.open('/settings'), await tablet.open('/settings')].filter(
      (one) => one.url === '/settings',
    );
    expect(left).toHaveLength(1);
    await visitor.send('value="others"', {}, 'which=others');
    expect((await left[0]!.open('/settings')).url).toMatch(/^\/sign-in/);
    await visitor.send('value="all"', {}, 'which=all');
    expect(visitor.url).toBe('/sign-in');
    expect((await visitor.open('/settings')).url).toMatch(/^\/sign-in/);
  });

  test('of another person is not ended from here', async () => {
    const other = await web.signedIn(owner);
    const [session] = await web.server.database.sessions.of(owner, new Date().toISOString());
    await web.signedIn(kim);
    await visitor.open('/settings');
    await visitor.send('name="session"', { session: session!.hash });
    expect((await other.open('/settings')).url).toBe('/settings');
  });
});

describe('API tokens', () => {
  /** Makes a token and gives what the page shows of it. */
  async function make(as: Visitor, typed: Record<string, string> = {}): Promise<string> {
    await as.open('/settings/tokens');
    await as.send('name="access"', typed);
    return /<code class="secret">(clp_[^<]+)</.exec(as.html)?.[1] ?? '';
  }

  test('are shown once, and listed with their use', async () => {
    const token = await make(visitor, { access: 'write' });
    expect((await asBearer(token, '/v1/tokens')).statusCode).toBe(200);
    await visitor.open('/settings/tokens');
    expect(visitor.html).not.toContain(token);
    expect(visitor.text).toContain('Reads and writes all your programs');
    await expect.poll(async () => (await visitor.open('/settings/tokens')).text).toContain('Last used');
  });

  test('read where they were made to read, in the one program that they are for', async () => {
    const as = await web.signedIn(owner);
    const reads = await make(as, { access: 'read', programId: 'aims' });
    expect((await asBearer(reads, '/v1/programs/aims')).statusCode).toBe(200);
    expect((await asBearer(reads, '/v1/programs/aims/tasks/T-1/acknowledge', 'POST')).statusCode).toBe(403);
    expect(as.text).toContain('Reads');
  });

  test('end when they are revoked, by their own person alone', async () => {
    const as = await web.signedIn(owner);
    const token = await make(as, { access: 'write' });
    const [mine] = (await web.server.database.tokens.list({ limit: 1 }, owner)).items;
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await visitor.open('/settings/tokens')).html)![1]!;
    await visitor.post(`/settings/tokens/${mine!.id}/revoke`, `_csrf=${csrf}`);
    expect(await web.server.database.tokens.get(mine!.id)).toBeDefined();
    await as.open('/settings/tokens');
    while (as.html.includes('/revoke"')) await as.send('/revoke"');
    expect((await asBearer(token, '/v1/programs/aims')).statusCode).toBe(401);
  });

  test.each([
    [{ expiresOn: '2020-01-01' }, 'has passed'],
    [{ expiresOn: 'soon' }, 'calendar date'],
    [{ access: 'all' }, 'Must be one of'],
  ])('are not made of %j', async (typed, said) => {
    await visitor.open('/settings/tokens');
    await visitor.send('name="access"', typed);
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain(said);
    expect((await web.server.database.tokens.list({ limit: 200 }, kim)).items.length).toBeLessThanOrEqual(1);
  });

  test('carry no role in the installation that their person has not', async () => {
    await make(visitor, { access: 'write', withRole: 'true' });
    const { items } = await web.server.database.tokens.list({ limit: 200 }, kim);
    expect(items.filter(({ installationRole }) => installationRole)).toEqual([]);
  });
});

describe('the link of a digest', () => {
  const url = async (email = kim) => {
    const links = createUnsubscribeLinks(await web.server.database.secrets.get('unsubscribeLinks'));
    return `/unsubscribe/${links.issue(email as typeof kim)}`;
  };
  const chosen = () => web.server.database.mailPreferences.get(kim);

  test('changes nothing when it is opened, and says what was chosen', async () => {
    const reader = await web.visitor().open(await url());
    expect(reader.status).toBe(200);
    expect(reader.text).toContain(`Digests for ${kim}`);
    expect(await chosen()).toEqual(usualPreferences);
    await reader.send('name="digest"', { digest: 'weekly' });
    expect(reader.text).toContain('Digests come once a week from now on');
    expect(await chosen()).toEqual({ digest: 'weekly' });
  });

  test('ends them with the one click of a mail program, in both forms that RFC 8058 knows', async () => {
    const to = await url();
    const encoded = await web.server.app.inject({
      method: 'POST',
      url: to,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect([encoded.statusCode, await chosen()]).toEqual([200, { digest: 'none' }]);
    await web.server.database.mailPreferences.set(kim, { digest: 'daily', quietFrom: '20:00', quietUntil: '07:00' });
    const multipart = await web.server.app.inject({
      method: 'POST',
      url: to,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    });
    expect(multipart.statusCode).toBe(200);
    expect(await chosen()).toEqual({ digest: 'none', quietFrom: '20:00', quietUntil: '07:00' });
  });

  test('is refused when it was not written here, or asks for nothing that there is', async () => {
    const to = await url();
    const [, signature] = (await url('owner@example.com')).split('.');
    expect((await web.visitor().open(to.replace(/[^.]+$/, signature!))).status).toBe(404);
    expect((await web.visitor().post(to, 'digest=hourly')).status).toBe(422);
    expect(await chosen()).toEqual(usualPreferences);
  });
});
