import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FileGone, StoreError } from '../../files/errors.ts';
import { openFileStore, readWhole, stateOf } from '../../files/open.ts';
import type { FileStore, StoredFile } from '../../files/store.ts';
import { brokenOff, fresh, sha256Of, streamOf } from './support/contents.ts';
import { type S3Server, startS3 } from './support/s3Server.ts';

let folder: string;
let s3: S3Server;
let store: FileStore;

beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-store-'));
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

const spools = () => join(folder, 'incoming');
const filesIn = async (of: string) => {
  const entries = await readdir(of, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

describe.each(['folder', 'bucket'])('a %s', (kind) => {
  const open = () => openFileStore(kind === 'folder' ? `file:${folder}/files` : s3.url, spools());
  /** All that is anywhere: kept, half kept, or on its way. */
  const everything = async () => [...(await filesIn(folder)), ...(kind === 'bucket' ? await s3.objects() : [])].sort();

  beforeEach(async () => {
    store = await open();
  });

  test('keeps a file by its hash, and gives it back', async () => {
    const content = fresh(300_000);
    const stored = await store.put(streamOf(content));
    expect(stored).toEqual({ sha256: sha256Of(content), bytes: content.length });
    expect(await store.has(stored.sha256)).toBe(true);
    expect(await buffer(await readWhole(store, stored))).toEqual(content);
    expect(await everything()).toContain(stored.sha256);
  });

  test('keeps the same content once, also when it comes twice at one moment', async () => {
    const content = fresh(100_000);
    const [one, other] = await Promise.all([store.put(streamOf(content)), store.put(streamOf(content))]);
    expect(one).toEqual(other);
    expect((await everything()).filter((name) => name.includes(one.sha256))).toHaveLength(1);
  });

  test('lists what it keeps, and removes it', async () => {
    const stored = await store.put(streamOf(fresh(1_000)));
    const listed = async () => {
      const files: StoredFile[] = [];
      for await (const file of store.list()) files.push(file);
      return files;
    };
    expect(await listed()).toContainEqual(stored);
    await store.remove(stored.sha256);
    await store.remove(stored.sha256);
    expect(await listed()).not.toContainEqual(stored);
    expect(await store.has(stored.sha256)).toBe(false);
    await expect(store.get(stored.sha256)).rejects.toThrow(FileGone);
  });

  test('is left as it was by content that breaks off', async () => {
    const before = await everything();
    await expect(store.put(brokenOff(fresh(100_000)))).rejects.toThrow('aborted');
    expect(await everything()).toEqual(before);
  });

  test.each(['../../etc/passwd', '', 'A'.repeat(64), '0'.repeat(63)])('takes %j for no hash', async (hash) => {
    for (const work of [store.get, store.has, store.remove]) await expect(work(hash)).rejects.toThrow('no SHA-256');
  });

  test('says of each file whether it is whole, missing or changed', async () => {
    const stored = await store.put(streamOf(fresh(200_000)));
    expect(await stateOf(store, stored)).toBe('whole');
    expect(await stateOf(store, { ...stored, bytes: stored.bytes - 1 })).toBe('changed');
    expect(await stateOf(store, { ...stored, sha256: '0'.repeat(64) })).toBe('missing');
  });
});

describe('a folder', () => {
  beforeEach(async () => {
    store = await openFileStore(`file:${folder}/files`, spools());
  });

  test('is read by nobody else', async () => {
    const { sha256 } = await store.put(streamOf(fresh(100)));
    const shard = join(folder, 'files', sha256.slice(0, 2));
    expect((await stat(join(shard, sha256))).mode & 0o777).toBe(0o600);
    for (const each of [shard, join(folder, 'files')]) expect((await stat(each)).mode & 0o777).toBe(0o700);
  });

  test('puts a file that was damaged right when it comes again', async () => {
    const content = fresh(1_000);
    const stored = await store.put(streamOf(content));
    await writeFile(join(folder, 'files', stored.sha256.slice(0, 2), stored.sha256), 'damaged');
    expect(await stateOf(store, stored)).toBe('changed');
    await store.put(streamOf(content));
    expect(await stateOf(store, stored)).toBe('whole');
  });

  test('is cleared of what a process that was killed left half-written, and of nothing that still comes', async () => {
    const incoming = join(folder, 'files', 'incoming');
    await mkdir(incoming, { recursive: true });
    for (const name of ['old', 'young']) await writeFile(join(incoming, name), 'half');
    const anHourAgo = new Date(Date.now() - 3_700_000);
    await utimes(join(incoming, 'old'), anHourAgo, anHourAgo);
    await store.put(streamOf(fresh(100)));
    expect(await readdir(incoming)).toEqual(['young']);
  });

  test('that cannot be made says so, and can be used once it can', async () => {
    await writeFile(join(folder, 'files'), 'in the way');
    const content = fresh(100);
    const failure = await store.put(streamOf(content)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({ is: 'away', message: expect.stringContaining(`${folder}/files`) });
    await rm(join(folder, 'files'));
    expect((await store.put(streamOf(content))).sha256).toBe(sha256Of(content));
  });

  test('on a disk that is full in mid-upload says so, and is left as it was', () => {
    // The shell bounds what its child may write to a file, which fails as a full disk does: in the middle.
    const script = `trap '' XFSZ; ulimit -f 200; exec "$0" "$1" "$2"`;
    const program = fileURLToPath(new URL('./support/put-large.mjs', import.meta.url));
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, program, `${folder}/files`], {
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).toContain('StoreError full: There is no room left');
    expect(stdout).toContain('left: []');
  });
});

describe('a bucket', () => {
  test('whose server is killed in mid-upload says so, and nothing is left, neither here nor there', async () => {
    const mortal = await startS3();
    store = await openFileStore(mortal.url, spools());
    const content = fresh(8 * 2 ** 20);
    // Killed when all but the last piece was read, as the first bytes are about to leave.
    async function* untilKilled() {
      yield content;
      await mortal.kill();
      yield content;
    }
    const failure = await store.put(untilKilled()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({ is: 'away', message: expect.stringContaining('bucket evidence') });
    expect(await filesIn(folder)).toEqual([]);
    expect(await mortal.objects()).toEqual([]);
    await mortal.stop();
  });

  test('that is not there, or not ours, says so', async () => {
    store = await openFileStore(s3.url.replace('//evidence', '//elsewhere'), spools());
    await expect(store.put(streamOf(fresh(100)))).rejects.toThrow(/bucket elsewhere cannot be used/);
    expect(await filesIn(folder)).toEqual([]);
  });

  test('never has an upload on disk under a name', async () => {
    store = await openFileStore(s3.url, spools());
    let names: string[] | undefined;
    async function* watched() {
      yield fresh(100_000);
      names = await filesIn(folder);
      yield fresh(100_000);
    }
    await store.put(watched());
    expect(names).toEqual([]);
  });

  test('that refuses to be written on our side says so', async () => {
    await writeFile(spools(), 'in the way');
    store = await openFileStore(s3.url, spools());
    await expect(store.put(streamOf(fresh(100)))).rejects.toThrow(StoreError);
    await chmod(spools(), 0o600);
  });
});
