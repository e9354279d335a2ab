import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { atMachine } from '../../../db/installation.ts';
import { who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({ installed: 'implementation' });
}, 120_000);

afterEach(() => void vi.useRealTimers());

afterAll(() => web?.close());

const root = () => web.server.as('root@example.org', 'administrator');
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a token has a last day: 90 days from now when nothing is said, a year from now at most', async () => {
  // The date stays what it is until the end.
  vi.useFakeTimers({ toFake: ['Date'] });
  const made = await root().post('/v1/tokens', {});
  expect(made).toMatchObject({ status: 201, body: { expiresOn: inDays(90), madeBy: 'root@example.org' } });
  expect(await root().post('/v1/tokens', { expiresOn: inDays(366) })).toMatchObject({ status: 201 });
  const longer = await root().post('/v1/tokens', { expiresOn: inDays(367) });
  expect(longer).toMatchObject({ status: 422, body: { code: 'dates', detail: expect.stringContaining(inDays(366)) } });

  const visitor = await web.signedIn(who.manager);
  await visitor.open('/settings/tokens');
  await visitor.send('Make the token', { access: 'read', expiresOn: inDays(400) });
  expect([visitor.status, visitor.text]).toEqual([422, expect.stringContaining('a year at most')]);
  await visitor.send('Make the token', { access: 'read', expiresOn: '' });
  expect(visitor.text).toContain('It is shown now, and never again');
  const { items } = await web.server.database.tokens.list({ limit: 10 }, who.manager);
  expect(items.map(({ expiresOn }) => expiresOn)).toContain(inDays(90));
});

test('one of before, without a last day, stays good, and its page says what to do', async () => {
  await web.server.database.tokens.create({ email: who.owner, name: 'Olu' }, atMachine);
  const visitor = await web.signedIn(who.owner);
  await visitor.open('/settings/tokens');
  expect(visitor.text).toContain('It has no last day: make another, and revoke this one.');
});

test('who made tokens and accounts is read by administrators alone, over the API and on a page', async () => {
  const administrator = await web.signedIn('boss@example.org', 'administrator');
  await administrator.open('/installation');
  await administrator.send('Invite', { name: 'Kim', email: 'kim@example.org', right: 'administrator' });
  const { body: token } = await root().post('/v1/tokens', {});
  await root().delete(`/v1/tokens/${token.id}`);

  const { status, body } = await root().get('/v1/installation/records?limit=3');
  expect(status).toBe(200);
  expect(body.items).toMatchObject([
    { type: 'TokenRevoked', actor: 'root@example.org', through: 'api', tokenId: expect.any(String) },
    { type: 'TokenMade', data: { tokenId: token.id } },
    {
      type: 'AccountPut',
      actor: 'boss@example.org',
      through: 'page',
      data: { email: 'kim@example.org', installationRole: 'administrator' },
    },
  ]);
  expect(body.nextCursor).toEqual(expect.any(String));

  await administrator.open('/installation/records');
  expect(administrator.text).toMatch(/all \d+ records are as written/);
  expect(administrator.text).toContain('Account made for Kim (kim@example.org) Administrator.');
  expect(administrator.text).toContain('by boss@example.org on a page');
  expect(administrator.text).toMatch(/by root@example\.org over the API with the token/);
  expect(administrator.text).not.toContain('clp_');

  expect((await web.server.as(who.manager).get('/v1/installation/records')).status).toBe(403);
  const manager = await web.signedIn(who.manager);
  await manager.open('/installation/records');
  expect(manager.status).toBe(404);
});

test('a program’s token of an administrator reads none of it', async () => {
  const scope = { programId: 'installed', access: 'read' } as const;
  const { body } = await root().post('/v1/tokens', { scope, installationRole: 'administrator' });
  const headers = { authorization: `Bearer ${body.token}` };
  expect((await web.server.app.inject({ url: '/v1/installation/records', headers })).statusCode).toBe(403);
});
