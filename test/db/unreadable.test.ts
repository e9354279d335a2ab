import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { rebuild } from '../../db/rebuild.ts';
import type { Database } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { begun, manager, tellStory } from '../api/support/story.ts';
import { aCommit, aNotice } from '../support/builders.ts';
import { onTables } from '../support/rewriteChain.ts';

let folder: string;
let url: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-unreadable-'));
  url = `sqlite:${folder}/test.db`;
  database = await openDatabase(url);
  for (const id of ['good', 'bad']) await tellStory(database, { id }, begun);
});

afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

test('one mail that cannot be read is given up with the reason, and the others are taken', async () => {
  const now = '2031-01-07T12:00:00.000Z';
  await onTables(url, async (tables) => {
    const [mail] = await tables('mails').where({ program_id: 'bad' }).limit(1);
    await tables('mail_items').where({ mail_id: mail.id }).update({ doc: 'no JSON' });
  });
  const leased = await database.outbox.lease(now, 40, 60);
  expect(leased.flatMap(({ parts }) => parts.map(({ programId }) => programId))).toContain('good');
  const { items } = await database.outbox.list('good', now, { limit: 50 });
  expect(items.every(({ status }) => status === 'sending')).toBe(true);
  await onTables(url, async (tables) => {
    const given = await tables('mails').where({ program_id: 'bad', status: 'failed' });
    expect(given).toEqual([expect.objectContaining({ last_error: expect.stringContaining('cannot be read') })]);
  });
});

describe('one program whose row is damaged', () => {
  const whole = { doc: '', clock_at: '' };

  beforeAll(() =>
    onTables(url, async (tables) => {
      Object.assign(whole, await tables('programs').where({ id: 'bad' }).first('doc', 'clock_at'));
    }),
  );

  afterAll(() => change('programs', whole));

  const change = (table: string, to: object) =>
    onTables(url, (tables) =>
      tables(table)
        .where(table === 'programs' ? { id: 'bad' } : { program_id: 'bad' })
        .update(to),
    );

  test.each([{ doc: 'no JSON' }, { doc: '{bad' }, { doc: 'null' }, { doc: '[]' }, { doc: '{}' }, { clock_at: 'bad' }])(
    'is left out of lists over programs, of inboxes and of what is late, and said to be damaged: %j',
    async (damage) => {
      await change('programs', { ...whole, ...damage });
      const viewer = { email: 'ops@example.org', installationRole: 'operations' } as const;
      const { items } = await database.read.programs(viewer, { limit: 50 });
      expect(items.map(({ id }) => id)).toEqual(['good']);
      await expect(database.read.program('bad')).rejects.toThrow(SyntaxError);

      const now = '2099-01-07T12:00:00.000Z';
      const inbox = await database.inbox.of({ email: manager, now });
      const tasks = (await inbox.list('team', { limit: 50 })).items;
      expect(new Set(tasks.map(({ program }) => program.id))).toEqual(new Set(['good']));
      expect((await database.moments.late(now)).programs).toBe(1);
    },
  );

  test.each([{ doc: '{bad' }, { doc: 'null' }])(
    'in its people is left out of who is what where: %j',
    async (damage) => {
      await change('programs', whole);
      await onTables(url, async (tables) => {
        await tables('people').where({ program_id: 'bad', email: manager }).update(damage);
      });
      expect([...(await database.read.rolesIn(['good', 'bad'], manager)).keys()]).toEqual(['good']);
      expect((await database.read.partsOf([manager])).map(({ programId }) => programId)).toEqual(['good']);
      await expect(database.read.rolesOf('bad', manager)).rejects.toThrow(SyntaxError);
    },
  );

  test('gets its clock back by a rebuild, also that of a rehearsal, and is found by a comparison before', async () => {
    await tellStory(database, { id: 'played', rehearsal: true }, begun);
    const { clockAt } = (await database.read.program('played'))!;
    const differences = async () => {
      const comparison = await database.comparison();
      try {
        return await comparison.differences('played');
      } finally {
        await comparison.close();
      }
    };
    expect(await differences()).toEqual([]);
    await onTables(url, (tables) => tables('programs').where({ id: 'played' }).update({ clock_at: 'bad' }));
    expect(await differences()).toEqual([expect.stringContaining('clock_at')]);
    await rebuild(database, 'played');
    expect((await database.read.program('played'))?.clockAt).toBe(clockAt);
    expect(await differences()).toEqual([]);
  });
});

test('one program whose row cannot be read keeps no other from recording', async () => {
  let email: Email | undefined;
  await onTables(url, async (tables) => {
    await tables('programs').where({ id: 'bad' }).update({ doc: 'no JSON' });
    ({ email } = await tables('people').where({ program_id: 'bad' }).first('email'));
  });
  // Another process, which does not know yet where people are.
  const other = await openDatabase(url);
  const [{ seq = 0 } = {}] = await other.read.heads('good');
  const program = (await other.read.program('good'))!;
  const notices = [aNotice(seq + 1, { to: email! })];
  const commit = aCommit('good', seq, { notices, rows: { program } });
  await expect(other.register.append(commit)).resolves.toMatchObject({ appended: true });
  await other.close();
});
