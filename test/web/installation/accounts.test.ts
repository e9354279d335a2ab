import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { atMachine } from '../../../db/installation.ts';
import type { Email } from '../../../domain/basics.ts';
import type { Visitor } from '../support/visitor.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

const admin = 'admin@example.com';
const kim = 'kim@example.com';
const at = '2030-01-01T00:00:00.000Z';

let web: WebServer;
let visitor: Visitor;

beforeAll(async () => {
  web = await webServer({});
}, 120_000);

afterAll(async () => {
  await web?.close();
});

beforeEach(async () => {
  const { accounts } = web.server.database;
  for (const { email } of (await accounts.list({ limit: 200 })).items)
    if (email !== admin) await accounts.remove(email, atMachine);
  visitor = await web.signedIn(admin, 'administrator');
  await visitor.open('/installation');
});

const find = (email: Email) => web.server.database.accounts.find(email);
const page = (email: string) => `/installation/accounts/${encodeURIComponent(email)}`;

describe('an invitation', () => {
  test('gives an account with a right, and says by mail how to come in, without a password', async () => {
    await visitor.send('action="/installation"', { name: 'Kim <b>Lee', email: 'Kim@Example.com', right: 'start' });
    expect(visitor.url).toBe(`${page(kim)}?done=invited`);
    expect(visitor.html).not.toContain('<b>Lee');
    expect(await find(kim)).toEqual({ email: kim, name: 'Kim <b>Lee', mayStart: true });
    const letter = web.letters.at(-1)!;
    expect(letter).toMatchObject({ to: kim });
    expect(letter.text).toContain('http://certloop.test');
    expect(letter.text).toContain('There is no password');
    await visitor.send('action="/installation/accounts/kim%40example.com/invite"');
    expect(visitor.text).toContain('The invitation is sent');
    expect(web.letters.at(-1)).not.toBe(letter);
  });

  test('that could not be sent says so, and the account is there', async () => {
    await visitor.send('action="/installation"', { name: 'Una', email: 'unreachable@example.com' });
    expect(visitor.text).toContain('the invitation could not be sent');
    expect(await find('unreachable@example.com')).toBeDefined();
  });

  test.each([
    [{ name: '', email: kim }, 422, 'Type a name'],
    [{ name: 'Kim', email: 'kim at example' }, 422, 'Type an address'],
    [{ name: 'Admin', email: admin }, 409, 'has an account already'],
  ])('of %j is refused, and keeps what was typed', async (typed, status, said) => {
    await visitor.send('action="/installation"', typed);
    expect(visitor.status).toBe(status);
    expect(visitor.text).toContain(said);
    expect(visitor.html).toContain(`value="${typed.email}"`);
    expect(await find(kim)).toBeUndefined();
  });

  test('is bounded by how many people one person may bring in a day', async () => {
    const small = await webServer({});
    small.server.app.services.settings.addressesPerDay = 1;
    const other = await (await small.signedIn(admin, 'administrator')).open('/installation');
    await other.send('action="/installation"', { name: 'One', email: 'one@example.com' });
    await other.open('/installation');
    await other.send('action="/installation"', { name: 'Two', email: 'two@example.com' });
    expect(other.status).toBe(429);
    expect(other.text).toContain('bring in 1 addresses');
    await small.close();
  });
});

describe('what an account may do', () => {
  test('is changed, and tokens lose a role together with their person', async () => {
    const { accounts, tokens } = web.server.database;
    await accounts.put({ email: kim, name: 'Kim', installationRole: 'operations', mayStart: false }, at, atMachine);
    const withRole = await tokens.create({ email: kim, name: 'Kim', installationRole: 'operations' }, atMachine);
    const plain = await tokens.create({ email: kim, name: 'Kim' }, atMachine);
    await visitor.open(page(kim));
    await visitor.send('/rights"', { right: 'start' });
    expect(visitor.text).toContain('What they may do is saved');
    expect(await find(kim)).toEqual({ email: kim, name: 'Kim', mayStart: true });
    expect(await tokens.get(withRole.info.id)).toBeUndefined();
    expect(await tokens.get(plain.info.id)).toBeDefined();
    const own = await web.signedIn(kim);
    expect((await own.open('/programs/new')).status).toBe(200);
  });

  test('leaves one administrator, who is neither demoted nor removed', async () => {
    await visitor.open(page(admin));
    await visitor.send('/rights"', { right: 'nothing' });
    expect(visitor.status).toBe(409);
    expect(visitor.text).toContain('This is the last administrator');
    await visitor.send('/remove"', { sure: 'true' });
    expect(visitor.status).toBe(409);
    expect(await find(admin)).toMatchObject({ installationRole: 'administrator' });
  });

  test('of two administrators who demote each other at one moment, one stays', async () => {
    const { accounts } = web.server.database;
    await accounts.put({ email: kim, name: 'Kim', installationRole: 'administrator', mayStart: true }, at, atMachine);
    const outcomes = await Promise.all([accounts.remove(admin, atMachine), accounts.remove(kim, atMachine)]);
    expect(outcomes.sort()).toEqual(['done', 'last']);
    expect(await accounts.countAdministrators()).toBe(1);
  });
});

describe('removing an account', () => {
  test('asks first, then ends its sessions and tokens at once', async () => {
    const { accounts, tokens } = web.server.database;
    await accounts.put({ email: kim, name: 'Kim', mayStart: true }, at, atMachine);
    const { token } = await tokens.create({ email: kim, name: 'Kim' }, atMachine);
    const own = await (await web.signedIn(kim)).open('/settings');
    expect(own.url).toBe('/settings');
    await visitor.open(page(kim));
    await visitor.send('/remove"');
    expect(visitor.status).toBe(422);
    expect(await find(kim)).toBeDefined();
    await visitor.send('/remove"', { sure: 'true' });
    expect(visitor.text).toContain('The account is removed');
    expect((await own.open('/settings')).url).toMatch(/^\/sign-in/);
    const call = await web.server.app.inject({ url: '/v1/tokens', headers: { authorization: `Bearer ${token}` } });
    expect(call.statusCode).toBe(401);
    expect((await visitor.open(page(kim))).status).toBe(404);
  });
});

test('none of it is there for others, by whatever address', async () => {
  const { accounts } = web.server.database;
  await accounts.put({ email: kim, name: 'Kim', mayStart: true }, at, atMachine);
  const other = await web.signedIn(kim);
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await other.open('/settings')).html)![1]!;
  for (const path of ['/installation', page(admin)]) expect((await other.open(path)).status).toBe(404);
  const body = new URLSearchParams({
    _csrf: csrf,
    name: 'Eve',
    email: 'eve@example.com',
    right: 'administrator',
    sure: 'true',
  });
  for (const path of ['/installation', `${page(kim)}/rights`, `${page(admin)}/remove`, `${page(admin)}/invite`]) {
    await other.post(path, body.toString());
    expect([path, other.status]).toEqual([path, 404]);
  }
  expect(await find('eve@example.com')).toBeUndefined();
  expect(await find(kim)).toEqual({ email: kim, name: 'Kim', mayStart: true });
});
