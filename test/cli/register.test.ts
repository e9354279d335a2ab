import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { backupCommand } from '../../cli/backup.ts';
import { rebuildCommand, verifyCommand } from '../../cli/register.ts';
import { rehearseCommand } from '../../cli/rehearse.ts';
import { restoreCommand } from '../../cli/restore.ts';
import { tokenCommand, tokenListCommand, tokenRevokeCommand } from '../../cli/token.ts';
import { retries } from '../../config/connection.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import { openDatabase } from '../../db/connect.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { begun, manager, tellStory } from '../api/support/story.ts';
import { type Ran, said } from './support/said.ts';

/** Whole, cancelled, and with a record that somebody changed; ids of their own, for the service is shared. */
const [whole, over, broken] = ['whole', 'over', 'broken'].map((name) => `${name}-${randomUUID().slice(0, 8)}`) as [
  string,
  string,
  string,
];
let folder: string;
let tables: Knex;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-cli-'));
  const database = await openDatabase(`sqlite:${folder}/certloop.db`);
  await tellStory(database, { id: whole }, begun);
  await tellStory(database, { id: over }, [{ command: { type: 'cancel', reason: 'No budget' }, actor: manager }]);
  await tellStory(database, { id: broken }, begun);
  await database.close();
  tables = knex({ client: 'sqlite3', connection: { filename: `${folder}/certloop.db` }, useNullAsDefault: true });
  const changed = tables.raw("replace(payload, 'ProgramBegan', 'ProgramBegun')");
  await tables('records').where({ program_id: broken, seq: 2 }).update({ payload: changed });
});

afterAll(async () => {
  await tables?.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** Carries out a command on the register of this test. */
function certloop(work: () => Promise<void>, env: Record<string, string> = {}): Promise<Ran> {
  return said(work, { CERTLOOP_DATA_DIR: folder, ...env });
}

const row = (id: string) => tables('programs').where({ id }).first('doc');

describe('certloop', () => {
  test('verify says of each chain whether it is whole and where not, and its status says it too', async () => {
    const all = await certloop(() => verifyCommand([]));
    expect(all.stdout).toContain(`${whole}: 4 records, unbroken\n`);
    expect(all.stdout).toMatch(new RegExp(`${broken}: BROKEN at record 2: record 2 was changed`));
    expect(all.stdout).toContain('3 programs: 2 whole, 1 broken.\n');
    expect(all).toMatchObject({ status: 1, stderr: expect.stringContaining('A broken chain: restore the database') });
    expect(await certloop(() => verifyCommand([whole]))).toMatchObject({ status: 0, stderr: '' });
    expect(await certloop(() => verifyCommand(['nobody']))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nobody'),
    });
  });

  test('rebuild makes the read tables anew, except from a broken chain', async () => {
    const right = await row(whole);
    await tables('programs').where({ id: whole }).update({ doc: '{}' });
    await tables('programs').where({ id: broken }).update({ doc: '{"id":"as it was"}' });
    const rebuilt = await certloop(() => rebuildCommand([]));

    expect(rebuilt).toMatchObject({ status: 1, stderr: expect.stringContaining('1 program not rebuilt') });
    expect(rebuilt.stdout).toContain(`${whole}: read tables rebuilt from 4 records\n`);
    expect(rebuilt.stdout).toContain('3 programs: 2 rebuilt, 1 refused for a broken chain.\n');
    expect(rebuilt.stdout).toContain(`${broken}: REFUSED, left as it is: BROKEN at record 2`);
    expect(JSON.parse((await row(whole)).doc)).toEqual(JSON.parse(right.doc));
    expect(await row(broken)).toEqual({ doc: '{"id":"as it was"}' });
  });

  test('backup says what it copied, and that the register it copied is damaged', async () => {
    const made = await certloop(() => backupCommand(`${folder}/backups/`));
    expect(made.stdout).toMatch(/backups\/certloop-\d{8}T\d{6}Z\.db: 3 programs with \d+ records\n/);
    expect(made.stdout).toContain(`${broken}: BROKEN at record 2`);
    expect(made).toMatchObject({ status: 1, stderr: expect.stringContaining('register itself is damaged') });
    expect(await readdir(`${folder}/backups`)).toHaveLength(1);

    const onPostgres = await certloop(() => backupCommand(folder), {
      CERTLOOP_DATABASE_URL: 'postgres://x@db.example/certloop',
    });
    expect(onPostgres).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('pg_dump') });
  });

  test('restore starts what is open and whole, refuses a broken chain, and says both', async () => {
    const address = inject('temporalAddress');
    const env = { TEMPORAL_ADDRESS: address };
    const first = await certloop(restoreCommand, env);
    const again = await certloop(restoreCommand, env);
    const connection = await Connection.connect({ address, interceptors: retries() });
    const { workflow } = new Client({ connection, dataConverter: dataConverter() });
    const { status } = await workflow.getHandle(workflowIdOf(whole)).describe();
    const absent = workflow.getHandle(workflowIdOf(broken)).describe();

    expect(status.name).toBe('RUNNING');
    await expect(absent).rejects.toThrow();
    expect(first.stdout).toContain(`${whole}: restored in gapAssessment with 4 records\n`);
    expect(first.stdout).toContain(`${over}: cancelled; nothing to restore\n`);
    expect(first.stdout).toContain(`${broken}: REFUSED: the chain is broken at record 2`);
    expect(first.stdout).toContain('3 programs: 1 restored, 1 closed or cancelled, 1 refused for a broken chain.\n');
    expect(first).toMatchObject({ status: 1, stderr: expect.stringContaining(`1 program not restored: ${broken}`) });
    expect(again.stdout).toContain(`${whole}: runs already; left alone`);
    await workflow.getHandle(workflowIdOf(whole)).terminate('The test is over');
    await connection.close();
  });

  test.each([
    ['verify', () => verifyCommand([])],
    ['rebuild', () => rebuildCommand([])],
    ['backup', () => backupCommand(folder)],
    ['token', () => tokenCommand({ email: 'ada@example.com', name: 'Ada' })],
    ['restore', restoreCommand],
  ])('%s refuses a database that is not there, and makes none', async (_, command) => {
    const mistyped = join(folder, 'mistyped');
    const { status, stderr } = await certloop(command, { CERTLOOP_DATA_DIR: mistyped });
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining(`${mistyped}/certloop.db`) });
    expect(existsSync(mistyped)).toBe(false);
  });

  test('token is checked as the API checks it, is listed, and revoked', async () => {
    const token = (given: object) => certloop(() => tokenCommand({ email: 'ada@example.com', name: 'Ada', ...given }));
    const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const wrong = [
      [{ expiresOn: '2099-12-31' }, '--expires-on: a token is good for a year at most'],
      [{ expiresOn: '2020-02-20' }, '--expires-on: 2020-02-20 has passed'],
      [{ expiresOn: '2030-02-30' }, '--expires-on: '],
      [{ name: '' }, '--name: '],
      [{ name: 'A'.repeat(5_000) }, '--name: '],
      [{ name: undefined }, '--name: '],
      [{ email: 'ada' }, '--email: '],
      [{ role: 'king' }, '--role: must be one of'],
      [{ program: '' }, '--program: '],
    ] as const;
    for (const [given, told] of wrong) {
      expect(await token(given)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(told) });
    }
    const made = await token({ email: 'Ada@Example.com', role: 'administrator' });
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^clp_\S+\n$/) });
    const { stdout } = await certloop(tokenListCommand);
    expect(stdout).toMatch(
      /^\S+ {2}ada@example.com {2}Ada {2}administrator {2}made on \S+ {2}good through \S+ {2}never used\n1 token\.\n$/,
    );
    const id = stdout.split(' ')[0] as string;
    const revoked = await certloop(() => tokenRevokeCommand([id]));
    expect(revoked.stdout).toContain(`${id}: the token of ada@example.com is revoked`);
    expect(revoked.stdout).toContain('No token of an administrator is left: make one with "certloop token');
    const again = await certloop(() => tokenRevokeCommand([id]));
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining(`no token ${id}`) });

    expect(await token({ program: 'aims', readOnly: true, expiresOn: soon })).toMatchObject({ status: 0 });
    expect((await certloop(tokenListCommand)).stdout).toMatch(
      new RegExp(
        `^\\S+ {2}ada@example.com {2}Ada {2}aims {2}read only {2}made on \\S+ {2}good through ${soon} {2}never used\n1 token\\.\n$`,
      ),
    );
  });

  test('rehearse names a first day that is none before it starts anything', async () => {
    const { status, stdout, stderr } = await certloop(() => rehearseCommand({ startsOn: 'foo' }));
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('--starts-on: foo'),
    });
  });

  test('backup makes one folder, and none above it', async () => {
    const { status, stderr } = await certloop(() => backupCommand(join(folder, 'mistyped', 'backups', 'one.db')));
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`no folder ${folder}/mistyped`),
    });
    expect(existsSync(join(folder, 'mistyped'))).toBe(false);
  });

  test('restore without a Temporal service says so, and does nothing', async () => {
    const { status, stdout, stderr } = await certloop(restoreCommand, { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('127.0.0.1:1');
  });
});
