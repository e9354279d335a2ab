import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atMachine } from '../../db/installation.ts';
import type { TokenInfo } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { mustPointAt } from './support/refused.ts';
import { begun, manager, owner, stranger, tellStory, viewer } from './support/story.ts';
import { type Called, calledOf, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
const root = () => server.as('root@example.org', 'administrator');

// None of these calls gets as far as Temporal, which is away.
beforeAll(async () => {
  server = await testServer();
  await tellStory(server.database, { id: 'alpha' }, begun);
  await tellStory(server.database, { id: 'beta' }, begun);
  await tellStory(server.database, { id: 'played', rehearsal: true }, begun);
});

afterAll(() => server.close());

/** Calls with a token that the test made. */
async function withToken(
  token: string,
  url: string,
  method: 'GET' | 'POST' = 'GET',
  payload?: object,
): Promise<Called> {
  const headers = { authorization: `Bearer ${token}` };
  return calledOf(await server.app.inject({ method, url, headers, payload }));
}

/** A token as the database makes it. */
const tokenOf = async (given: Partial<TokenInfo> & { email: Email }) =>
  (await server.database.tokens.create({ name: 'Somebody', ...given }, atMachine)).token;

describe('a token is made', () => {
  test('by everybody for themselves, with their name and nothing more', async () => {
    const { status, body } = await server.as(owner).post('/v1/tokens', {});

    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      token: expect.stringMatching(/^clp_/),
      email: owner,
      name: owner,
      expiresOn: expect.stringMatching(/^\d{4}-/),
      madeAt: expect.stringMatching(/Z$/),
      madeBy: owner,
    });
    expect((await withToken(body.token, '/v1/programs')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      'alpha',
      'beta',
      'played',
    ]);
  });

  test('for nobody else: not by managers, and not by administrators', async () => {
    for (const caller of [server.as(manager), root(), server.as('ops@example.org', 'operations')]) {
      for (const scope of [undefined, { access: 'read' }, { programId: 'alpha', access: 'write' }]) {
        const { status, body } = await caller.post('/v1/tokens', {
          email: owner,
          name: 'Olu',
          ...(scope && { scope }),
        });
        expect({ status, body }).toMatchObject({ status: 403, body: { code: 'role' } });
        expect(body.detail).toContain(`A token is for yourself alone: ${owner} makes one in the settings`);
      }
    }
  });

  test('for the people of a rehearsal, by its program manager and by administrators, for that rehearsal alone', async () => {
    const asked = { email: owner, name: 'Olu', scope: { programId: 'played', access: 'write' } };
    for (const caller of [server.as(manager), root()]) {
      const { status, body } = await caller.post('/v1/tokens', asked);
      expect({ status, body }).toMatchObject({ status: 201, body: { email: owner, scope: asked.scope } });
      expect((await withToken(body.token, '/v1/programs/played')).status).toBe(200);
      expect((await withToken(body.token, '/v1/programs/alpha')).status).toBe(404);
    }
    for (const caller of [server.as(viewer), server.as(stranger), server.as('ops@example.org', 'operations')])
      expect((await caller.post('/v1/tokens', asked)).status).toBe(403);
    const nobody = await root().post('/v1/tokens', { ...asked, email: stranger });
    expect(nobody.status).toBe(422);
    mustPointAt(nobody, '/email');
    expect((await root().post('/v1/tokens', { ...asked, installationRole: 'administrator' })).status).toBe(403);
  });

  test('with no more than its maker has', async () => {
    const asRole = (caller: ReturnType<TestServer['as']>, installationRole: string) =>
      caller.post('/v1/tokens', { installationRole });
    expect((await asRole(server.as(manager), 'administrator')).status).toBe(403);
    expect((await asRole(server.as('ops@example.org', 'operations'), 'administrator')).status).toBe(403);
    expect((await asRole(server.as('ops@example.org', 'operations'), 'operations')).status).toBe(201);
    expect((await asRole(root(), 'administrator')).status).toBe(201);

    const narrow = await tokenOf({ email: manager, scope: { programId: 'played', access: 'write' } });
    const wider = [{}, { scope: { access: 'read' } }, { scope: { programId: 'alpha', access: 'read' } }];
    for (const body of wider)
      expect(await withToken(narrow, '/v1/tokens', 'POST', body)).toMatchObject({
        status: 403,
        body: { code: 'scope', detail: expect.stringContaining('the program played alone') },
      });
    const within = { email: owner, scope: { programId: 'played', access: 'read' } };
    expect((await withToken(narrow, '/v1/tokens', 'POST', within)).status).toBe(201);
  });

  test('not for days that are past, nor for a scope that is none', async () => {
    const past = await server.as(manager).post('/v1/tokens', { expiresOn: '2020-01-01' });
    expect(past).toMatchObject({ status: 422, body: { code: 'dates' } });
    mustPointAt(past, '/expiresOn');
    const { status, body } = await server.as(manager).post('/v1/tokens', { scope: { access: 'all' } });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ pointer: '/scope/access' }] } });
  });
});

describe('a token with a scope', () => {
  test('knows one program, as if there were no other', async () => {
    const token = await tokenOf({ email: manager, scope: { programId: 'alpha', access: 'write' } });
    const ids = async (url: string) => (await withToken(token, url)).body.items.map((one: { id: string }) => one.id);

    expect(await ids('/v1/programs')).toEqual(['alpha']);
    expect((await withToken(token, '/v1/programs/alpha')).status).toBe(200);
    const other = await withToken(token, '/v1/programs/beta');
    const unknown = await withToken(token, '/v1/programs/omega');
    expect([other.status, unknown.status]).toEqual([404, 404]);
    expect(other.body.detail.replace('beta', 'omega')).toBe(unknown.body.detail);
    const inbox = (await withToken(token, '/v1/tasks')).body.items;
    expect(new Set(inbox.map(({ programId }: { programId: string }) => programId))).toEqual(new Set(['alpha']));
    expect((await withToken(token, '/v1/programs', 'POST', {})).status).toBe(400);
  });

  test('takes no file of another program', async () => {
    const token = await tokenOf({ email: manager, scope: { programId: 'alpha', access: 'write' } });
    const body = { fromProgram: 'beta', sha256: 'a'.repeat(64) };
    const hidden = await withToken(token, '/v1/programs/alpha/files/reuse', 'POST', body);
    const absent = await server.as(manager).post('/v1/programs/alpha/files/reuse', body);
    expect(hidden).toMatchObject({ status: 404, body: absent.body });
  });

  test('of an administrator is no way to what belongs to the installation', async () => {
    const scope = { programId: 'alpha', access: 'write' } as const;
    const token = await tokenOf({ email: 'adam@example.org', installationRole: 'administrator', scope });

    expect((await withToken(token, '/v1/programs')).body.items).toHaveLength(1);
    expect((await withToken(token, '/v1/programs/beta')).status).toBe(404);
    expect((await withToken(token, '/v1/accounts')).status).toBe(403);
    const { items } = (await withToken(token, '/v1/tokens')).body;
    expect(new Set(items.map((one: TokenInfo) => one.email))).toEqual(new Set(['adam@example.org']));
  });

  test('of one program sees and revokes those of its person for that program alone', async () => {
    const email = 'both@example.org';
    const make = (scope?: TokenInfo['scope'], of: Email = email) =>
      server.database.tokens.create({ email: of, name: 'Bo', ...(scope && { scope }) }, atMachine);
    const { token, info: own } = await make({ programId: 'alpha', access: 'write' });
    const [{ info: same }, ...others] = await Promise.all([
      make({ programId: 'alpha', access: 'read' }),
      make(),
      make({ access: 'write' }),
      make({ programId: 'beta', access: 'write' }),
      make({ programId: 'alpha', access: 'write' }, 'other@example.org'),
    ]);
    const headers = { authorization: `Bearer ${token}` };
    const revoke = async (id: string) =>
      calledOf(await server.app.inject({ method: 'DELETE', url: `/v1/tokens/${id}`, headers }));

    const { items } = (await withToken(token, '/v1/tokens')).body;
    expect(new Set(items.map(({ id }: TokenInfo) => id))).toEqual(new Set([own.id, same.id]));
    const absent = await revoke('none');
    for (const { info } of others) {
      const hidden = await revoke(info.id);
      expect([hidden.status, hidden.body.detail.replace(info.id, 'none')]).toEqual([404, absent.body.detail]);
      expect(await server.database.tokens.get(info.id)).toBeDefined();
    }
    expect([(await revoke(same.id)).status, (await revoke(own.id)).status]).toEqual([204, 204]);
  });

  test('that reads changes nothing, and says so', async () => {
    const token = await tokenOf({ email: manager, scope: { access: 'read' } });

    expect((await withToken(token, '/v1/programs/alpha')).status).toBe(200);
    for (const url of ['/v1/programs/alpha/pause', '/v1/programs', '/v1/tokens', '/v1/programs/omega/pause']) {
      const { status, body } = await withToken(token, url, 'POST', { reason: 'Because' });
      expect({ status, body }).toMatchObject({ status: 403, body: { code: 'scope' } });
      expect(body.detail).toContain('only reads');
    }
  });
});

describe('tokens', () => {
  test('are listed and revoked by their own person, and by administrators all of them', async () => {
    const { body: made } = await server.as(viewer).post('/v1/tokens', {});
    const listed = async (caller: ReturnType<TestServer['as']>) =>
      (await caller.get('/v1/tokens?limit=200')).body.items as TokenInfo[];

    expect((await listed(server.as(viewer))).map(({ email }) => email)).toEqual([viewer, viewer]);
    expect((await listed(root())).map(({ id }) => id)).toContain(made.id);
    expect(JSON.stringify(await listed(root()))).not.toContain('clp_');
    for (const other of [server.as(manager), server.as('ops@example.org', 'operations')]) {
      expect((await listed(other)).map(({ id }) => id)).not.toContain(made.id);
      const hidden = await other.delete(`/v1/tokens/${made.id}`);
      const absent = await other.delete('/v1/tokens/none');
      expect(hidden.status).toBe(404);
      expect(hidden.body.detail.replace(made.id, 'none')).toBe(absent.body.detail);
    }
    expect((await withToken(made.token, '/v1/programs')).status).toBe(200);
    expect(await server.as(viewer).delete(`/v1/tokens/${made.id}`)).toMatchObject({ status: 204, body: '' });
    expect((await withToken(made.token, '/v1/programs')).status).toBe(401);

    const { body: another } = await server.as(viewer).post('/v1/tokens', {});
    expect((await root().delete(`/v1/tokens/${another.id}`)).status).toBe(204);
    expect((await withToken(another.token, '/v1/programs')).status).toBe(401);
    expect((await root().delete(`/v1/tokens/${another.id}`)).status).toBe(404);
  });

  test('tell when they were used last, noted once a minute at most', async () => {
    const { body: made } = await server.as(viewer).post('/v1/tokens', {});
    const used = async () => (await server.database.tokens.get(made.id))?.lastUsedAt;
    expect(await used()).toBeUndefined();
    await withToken(made.token, '/v1/programs');
    await expect.poll(used).toEqual(expect.stringMatching(/^\d{4}-.*Z$/));
    const first = await used();
    await sleep(20);
    await withToken(made.token, '/v1/programs');
    await sleep(50);
    expect(await used()).toBe(first);
  });

  test('of the last administrator stay: one for a program alone could not make another', async () => {
    const alone = await testServer();
    try {
      const caller = alone.as('root@example.org', 'administrator');
      const [own] = (await caller.get('/v1/tokens')).body.items;
      const scope = { programId: 'alpha', access: 'write' } as const;
      const narrow = { email: 'root@example.org', name: 'Root', installationRole: 'administrator', scope } as const;
      await alone.database.tokens.create(narrow, atMachine);
      const { status, body } = await caller.delete(`/v1/tokens/${own.id}`);
      expect({ status, body }).toMatchObject({ status: 409, body: { code: 'lastAdministrator' } });
      expect(body.detail).toContain('certloop token --role administrator');
    } finally {
      await alone.close();
    }
  });
});
