import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { begun, tellStory } from '../api/support/story.ts';
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

test('one program whose row cannot be read is left out of lists over programs', async () => {
  await onTables(url, (tables) => tables('programs').where({ id: 'bad' }).update({ doc: 'no JSON' }));
  const viewer = { email: 'ops@example.org', installationRole: 'operations' } as const;
  const { items } = await database.read.programs(viewer, { limit: 50 });
  expect(items.map(({ id }) => id)).toEqual(['good']);
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
