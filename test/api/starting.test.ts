import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usualBounds, withinBounds } from '../../api/bounds.ts';
import { Rejected } from '../../api/problem.ts';
import type { Services } from '../../api/services.ts';
import { atMachine } from '../../db/installation.ts';
import type { TokenInfo } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { begun, manager, owner, startBody, tellStory } from './support/story.ts';
import { type TestServer, type TestServerOptions, testServer } from './support/testServer.ts';

let server: TestServer;

/** It is noon: what is counted by the day is not to be counted anew within a test. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date().setUTCHours(12), shouldAdvanceTime: true });
});

afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

async function opened(settings: TestServerOptions['settings'] = {}): Promise<void> {
  server = await testServer({ settings });
}

const caller: TokenInfo = { id: 't', email: manager, name: 'Mia' };
const services = (settings: Partial<Services['settings']>) =>
  ({ database: server.database, settings }) as unknown as Services;

test('whoever may not start programs is told who can change that; administrators may, and give the right', async () => {
  await opened();
  const { email } = caller;
  await server.database.accounts.put({ email, name: 'Mia', mayStart: false }, '2030-01-01T00:00:00.000Z', atMachine);
  const start = () => server.as(manager).post('/v1/programs', startBody());
  const root = server.as('root@example.org', 'administrator');

  const refused = await start();
  expect(refused).toMatchObject({ status: 403, body: { code: 'role' } });
  expect(refused.body.detail).toContain(`PUT /v1/accounts/${manager}`);
  expect((await server.as(owner).put(`/v1/accounts/${manager}`, { mayStart: true })).status).toBe(403);
  expect((await server.as(owner).get('/v1/accounts')).status).toBe(403);
  expect(await root.put(`/v1/accounts/${manager}`, { mayStart: true })).toMatchObject({
    status: 200,
    body: { email: manager, name: 'Mia', mayStart: true },
  });
  expect((await root.get('/v1/accounts')).body.items).toContainEqual({ email: manager, name: 'Mia', mayStart: true });
  // It gets as far as Temporal, which is away.
  expect((await start()).status).toBe(503);
  expect((await root.post('/v1/programs', startBody())).status).toBe(503);
});

test('a token for one program starts no other', async () => {
  await opened();
  const scope = { programId: 'alpha', access: 'write' } as const;
  const { token } = await server.database.tokens.create(
    { ...caller, installationRole: 'administrator', scope },
    atMachine,
  );
  const headers = { authorization: `Bearer ${token}` };
  const called = await server.app.inject({ method: 'POST', url: '/v1/programs', headers, payload: startBody() });
  expect(called.statusCode).toBe(403);
  expect(called.json()).toMatchObject({ code: 'scope' });
});

test('a person starts so many programs a day and no more, rehearsals apart', async () => {
  await opened({ programsPerDay: 1 });
  const start = (more = {}) => server.as(manager).post('/v1/programs', { ...startBody(), ...more });
  expect((await start()).status).toBe(503);
  const { status, body, headers } = await start();
  expect({ status, body }).toMatchObject({ status: 429, body: { code: 'bound' } });
  expect(body.detail).toMatch(/start 1 programs a day.*tomorrow.*CERTLOOP_PROGRAMS_PER_DAY/);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(86_400);
  expect((await start({ rehearsal: true })).status).toBe(503);
});

test('a person brings in so many addresses a day that nobody knew, known ones apart', async () => {
  await opened({ addressesPerDay: 3 });
  await tellStory(server.database, { id: 'alpha' }, begun);
  await tellStory(server.database, { id: 'played', rehearsal: true }, begun);
  const { people } = startBody();
  const someone = (n: number) => ({ email: `new${n}@example.org`, name: `New ${n}`, roles: ['viewer'] });
  const put = (id: string, count: number) =>
    server.as(manager).put(`/v1/programs/${id}/people`, {
      people: [...people, ...Array.from({ length: count }, (_, n) => someone(n))],
    });

  expect((await put('alpha', 4)).status).toBe(429);
  expect((await put('played', 4)).status).toBe(503);
  expect((await put('alpha', 3)).status).toBe(503);
  expect((await put('alpha', 1)).status).toBe(429);
  expect((await put('alpha', 0)).status).toBe(503);
  const commands = [{ type: 'setPeople', people: [...people, someone(7)] }];
  const many = await server.as(manager).post('/v1/programs/alpha/commands', { commands });
  expect(many).toMatchObject({ status: 429, body: { code: 'bound' } });
});

test('what is refused is not counted, and what may have been done is', async () => {
  await opened();
  const people: Email[] = ['a@example.org', 'b@example.org'];
  const bounded = (act: () => Promise<string>) =>
    withinBounds(services({ addressesPerDay: 2 }), caller, { people }, act);
  const refused = () => Promise.reject(new Rejected({ kind: 'invalid', code: 'dates', detail: 'No.' }));

  await expect(bounded(refused)).rejects.toThrow('No.');
  await expect(bounded(refused)).rejects.toThrow('No.');
  await expect(bounded(() => Promise.reject(new Error('Away.')))).rejects.toThrow('Away.');
  await expect(bounded(async () => 'done')).rejects.toMatchObject({ status: 429 });
  expect(usualBounds).toEqual({ programsPerDay: 100, addressesPerDay: 1_000 });
});
