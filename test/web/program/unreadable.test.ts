import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rebuild } from '../../../db/rebuild.ts';
import { who } from '../../domain/support.ts';
import { onTables, rewriteChain } from '../../support/rewriteChain.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

beforeEach(async () => {
  web = await webServer({ bad: 'implementation', good: 'implementation' });
}, 120_000);

afterEach(() => web?.close());

const damage = (table: string, change: object) =>
  onTables(web.server.databaseUrl, (tables) => tables(table).where({ program_id: 'bad' }).update(change));

async function seen() {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/bad');
  const called = await web.server.as(who.manager).get('/v1/programs/bad');
  return { manager, called };
}

test('a program whose row is damaged says so, with what brings it back, and that does', async () => {
  await onTables(web.server.databaseUrl, (tables) =>
    tables('programs').where({ id: 'bad' }).update({ doc: 'no JSON' }),
  );
  const { manager, called } = await seen();
  expect(manager.status).toBe(503);
  expect(manager.text).toContain('This program cannot be read');
  expect(manager.text).toContain('Its records are whole, so nothing is lost.');
  expect(manager.text).toContain('certloop rebuild bad');
  expect(manager.headers['retry-after']).toBe('60');
  expect(called).toMatchObject({
    status: 503,
    body: {
      code: 'unreadable',
      detail: expect.stringContaining('Write its rows anew from its records: "certloop rebuild bad".'),
    },
  });

  await manager.open('/programs/good');
  expect(manager.status).toBe(200);
  await rebuild(web.server.database, 'bad');
  await manager.open('/programs/bad');
  expect(manager.status).toBe(200);
});

describe('one program whose rows are damaged', () => {
  const inPrograms = (change: object) =>
    onTables(web.server.databaseUrl, (tables) => tables('programs').where({ id: 'bad' }).update(change));

  test.each([{ doc: '{bad' }, { doc: 'null' }, { doc: '{}' }, { clock_at: 'bad' }])(
    'takes no list away from the others, and says what it is until it is rebuilt: %j',
    async (change) => {
      await inPrograms(change);
      const { manager, called } = await seen();
      expect([manager.status, manager.text]).toEqual([503, expect.stringContaining('certloop rebuild bad')]);
      expect(called).toMatchObject({ status: 503, body: { code: 'unreadable' } });
      const administrator = web.server.as('adam@example.org', 'administrator');
      expect(await administrator.get('/v1/programs/bad')).toMatchObject({ status: 503, body: { code: 'unreadable' } });

      for (const caller of [web.server.as(who.manager), administrator]) {
        const { status, body } = await caller.get('/v1/programs');
        expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([200, ['good']]);
      }
      expect((await web.server.as(who.manager).get('/v1/tasks')).status).toBe(200);
      for (const url of ['/programs', '/inbox?list=team', '/inbox', '/settings/tokens']) {
        await manager.open(url);
        expect([url, manager.status]).toEqual([url, 200]);
      }
      await rebuild(web.server.database, 'bad');
      expect((await web.server.as(who.manager).get('/v1/programs')).body.items).toHaveLength(2);
      expect((await web.server.as(who.manager).get('/v1/programs/bad')).status).toBe(200);
    },
  );

  test('in who somebody is there lets nobody into it by a list, and spoils none', async () => {
    await damage('people', { doc: 'null' });
    const { status, body } = await web.server.as(who.manager).get('/v1/programs');
    expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([200, ['good']]);
    const manager = await web.signedIn(who.manager);
    for (const url of ['/programs', '/inbox']) {
      await manager.open(url);
      expect([url, manager.status]).toEqual([url, 200]);
    }
    await manager.open('/programs/bad');
    expect([manager.status, manager.text]).toEqual([503, expect.stringContaining('certloop rebuild bad')]);
  });
});

test('so does the page of a task whose row is damaged, and the one behind the link of a mail', async () => {
  const { items } = await web.server.database.read.tasks(
    'bad',
    { status: 'open', now: '2030-01-08T09:00:00.000Z' },
    { limit: 1 },
  );
  const { id: taskId, assignee: email } = items[0]!;
  await onTables(web.server.databaseUrl, (tables) =>
    tables('tasks').where({ program_id: 'bad', id: taskId }).update({ doc: '{"id":' }),
  );
  const owner = await web.signedIn(email);
  await owner.open(`/programs/bad/tasks/${taskId}`);
  expect([owner.status, owner.text]).toEqual([503, expect.stringContaining('certloop rebuild bad')]);
  const visitor = web.visitor();
  await visitor.open(await web.answerUrl({ programId: 'bad', taskId, email }));
  expect([visitor.status, visitor.text]).toEqual([503, expect.stringContaining('certloop rebuild bad')]);
});

test('one whose records were changed names the record, and sends to a backup', async () => {
  await damage('records', { payload: 'no JSON' });
  const { manager, called } = await seen();
  expect(manager.status).toBe(503);
  expect(manager.text).toContain('record 1 was changed');
  expect(manager.text).toContain('bring back the newest backup');
  expect(manager.text).not.toContain('certloop rebuild');
  expect(called).toMatchObject({ status: 503, body: { code: 'unreadable' } });
});

test('one whose chain is whole, and of which no state can be made, sends to the version that wrote it', async () => {
  await rewriteChain(web.server.databaseUrl, 'bad', (payload, seq) => (seq === 1 ? '{"seq":1}' : payload));
  const { manager } = await seen();
  expect([manager.status, manager.text]).toEqual([503, expect.stringContaining('Start the version that wrote')]);
});

test('who is not in the program is told nothing of it', async () => {
  await onTables(web.server.databaseUrl, (tables) =>
    tables('programs').where({ id: 'bad' }).update({ doc: 'no JSON' }),
  );
  expect((await web.server.as('stranger@example.org').get('/v1/programs/bad')).status).toBe(404);
  const stranger = await web.signedIn('stranger@example.org');
  await stranger.open('/programs/bad');
  expect(stranger.status).toBe(404);
});
