import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { backupCommand } from '../../cli/backup.ts';
import { missingFiles } from '../../cli/files.ts';
import { rebuildCommand, verifyCommand } from '../../cli/register.ts';
import { openDatabase } from '../../db/connect.ts';
import type { FileRef } from '../../domain/registry/fields.ts';
import { openFileStore, readWhole, stateOf } from '../../files/open.ts';
import type { FileStore } from '../../files/store.ts';
import { folderStore } from '../../files/stores/folder.ts';
import { begun, manager, owner, type Told, tellStory } from '../api/support/story.ts';
import { fresh, streamOf } from '../files/support/contents.ts';
import { type S3Server, startS3 } from '../files/support/s3Server.ts';

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

/** Carries out a command on the data folder of a test; gives what it said, and the error with which it ended. */
async function certloop(work: () => Promise<void>): Promise<{ said: string; error: string }> {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
  const error = await work().then(
    () => '',
    (thrown: Error) => thrown.message,
  );
  spy.mockRestore();
  return { said: lines.join('\n'), error };
}

describe.each(['folder', 'bucket'])('with files in a %s', (kind) => {
  let folder: string;
  let store: FileStore;
  let files: Record<'submitted' | 'draft' | 'erased', FileRef>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certloop-cli-'));
    const url = kind === 'folder' ? `file:${folder}/files` : s3.url.replace('/files?', `/${Math.random()}?`);
    vi.stubEnv('CERTLOOP_DATA_DIR', folder);
    vi.stubEnv('CERTLOOP_FILES_URL', url);
    store = await openFileStore(url, join(folder, 'incoming'));
    files = { submitted: await put('policy.pdf'), draft: await put('draft.pdf'), erased: await put('people.csv') };
    const database = await openDatabase(`sqlite:${folder}/certloop.db`);
    for (const file of Object.values(files)) {
      await database.files.add('alpha', { ...file, uploadedBy: owner, uploadedAt: '2030-01-07T13:00:00.000Z' });
    }
    const asked: Told[] = [
      ...begun,
      { command: { type: 'openTask', title: 'Show it', assignee: owner, dueOn: '2030-02-01' }, actor: manager },
    ];
    const probe = await tellStory(database, { id: 'probe' }, asked);
    const taskId = Object.values(probe.tasks).find((task) => task.kind === 'manual')?.id ?? '';
    const evidence = { links: [], files: [files.submitted], note: '' };
    const erased = { sha256: files.erased.sha256, reason: 'It names people.' };
    await tellStory(database, { id: 'alpha' }, [
      ...asked,
      { command: { type: 'submitEvidence', taskId, ...evidence }, actor: owner },
      { command: { type: 'eraseFile', ...erased }, actor: manager },
    ]);
    await database.close();
    return async () => {
      vi.unstubAllEnvs();
      store.close();
      await rm(folder, { recursive: true, force: true });
    };
  });

  async function put(name: string): Promise<FileRef> {
    return { ...(await store.put(streamOf(fresh(30_000)))), name, mediaType: 'application/pdf' };
  }

  test('verify reads every file that records or the list name, but not what was erased', async () => {
    const { said, error } = await certloop(() => verifyCommand([]));
    expect(error).toBe('');
    expect(said).toContain('2 files read, all whole.');
    expect(said).not.toContain('MISSING');
  });

  test('verify tells of a file that is missing, and of one that was changed', async () => {
    await store.remove(files.draft.sha256);
    await change(files.submitted);
    const { said, error } = await certloop(() => verifyCommand(['alpha']));
    expect(said).toMatch(
      new RegExp(`alpha: "policy.pdf" \\(${files.submitted.sha256}\\), named in record \\d+: CHANGED`),
    );
    expect(said).toContain(`alpha: "draft.pdf" (${files.draft.sha256}), uploaded, in no record yet: MISSING`);
    expect(said).toContain('2 files read, 2 missing or changed.');
    expect(error).toContain('2 files missing or changed');
  });

  test('verify knows the files from the records alone', async () => {
    const database = await openDatabase(`sqlite:${folder}/certloop.db`);
    for (const { sha256 } of Object.values(files)) await database.files.drop('alpha', sha256);
    await database.close();
    await store.remove(files.submitted.sha256);
    const { said, error } = await certloop(() => verifyCommand(['alpha']));
    expect(said).toContain('policy.pdf');
    expect(error).toContain('1 file missing or changed');
  });

  test('verify counts files that no program has, and leaves them alone', async () => {
    const { sha256 } = await store.put(streamOf(fresh(100)));
    const { said, error } = await certloop(() => verifyCommand([]));
    expect(error).toBe('');
    expect(said).toContain('1 file kept that no program has');
    expect(await store.has(sha256)).toBe(true);
  });

  test('backup copies the files beside the database, and the next one what is new', async () => {
    const backups = `${folder}/backups/`;
    const first = await certloop(() => backupCommand(backups));
    expect(first.error).toBe('');
    expect(first.said).toContain('2 files, 2 of them new; each was read and has its hash');
    const copies = folderStore(join(backups, 'files'));
    for (const file of [files.submitted, files.draft]) expect(await stateOf(copies, file)).toBe('whole');
    expect(await copies.has(files.erased.sha256)).toBe(false);

    await appendFile(join(backups, 'files', files.draft.sha256.slice(0, 2), files.draft.sha256), 'damaged');
    const second = await certloop(() => backupCommand(join(backups, 'second.db')));
    expect(second.said).toContain('2 files, 1 of them new');
    expect(await stateOf(copies, files.draft)).toBe('whole');
    expect((await readdir(backups)).sort()).toEqual([expect.stringMatching(/^certloop-/), 'files', 'second.db']);
  });

  test('backup says which files it could not copy, and copies the others', async () => {
    await change(files.submitted);
    const { said, error } = await certloop(() => backupCommand(`${folder}/backups/`));
    expect(said).toContain(`${files.submitted.sha256}: CHANGED, not in the backup`);
    expect(error).toContain('1 file not in the backup');
    const copies = folderStore(join(folder, 'backups', 'files'));
    expect(await copies.has(files.submitted.sha256)).toBe(false);
    expect(await copies.has(files.draft.sha256)).toBe(true);
  });

  test('files are put back from a backup as they are, and nothing is missing then', async () => {
    await certloop(() => backupCommand(`${folder}/backups/`));
    await store.remove(files.submitted.sha256);
    const database = await openDatabase(`sqlite:${folder}/certloop.db`);
    expect((await missingFiles(database, store)).map(({ sha256 }) => sha256)).toEqual([files.submitted.sha256]);
    await store.put(await readWhole(folderStore(join(folder, 'backups', 'files')), files.submitted));
    expect(await missingFiles(database, store)).toEqual([]);
    await database.close();
  });

  test('rebuild notes again what records say of files', async () => {
    const database = await openDatabase(`sqlite:${folder}/certloop.db`);
    const listed = async () => (await database.files.list('alpha', {}, { limit: 10 }, () => true)).items;
    const before = await listed();
    expect(before.map(({ name, uses, erased }) => [name, uses.length, erased?.reason]).sort()).toEqual([
      ['draft.pdf', 0, undefined],
      ['people.csv', 0, 'It names people.'],
      ['policy.pdf', 1, undefined],
    ]);
    expect((await certloop(() => rebuildCommand(['alpha']))).error).toBe('');
    expect(await listed()).toEqual(before);
    await database.close();
  });

  /** Another content under the same hash, as no store of ours writes it. */
  async function change({ sha256 }: FileRef): Promise<void> {
    if (kind === 'folder') return writeFile(join(folder, 'files', sha256.slice(0, 2), sha256), fresh(30_000));
    await s3.overwrite(sha256, fresh(30_000));
  }
});
