import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ScannerError, UploadRefused } from '../../files/errors.ts';
import { type Files, receive } from '../../files/receive.ts';
import { clamd } from '../../files/scan/clamd.ts';
import { folderStore } from '../../files/stores/folder.ts';
import { type ClamdServer, eicar, startClamd } from './support/clamdServer.ts';
import { brokenOff, fresh, pdf, sha256Of, streamOf } from './support/contents.ts';

let folder: string;
let files: Files;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-receive-'));
  files = { store: folderStore(folder), mostBytes: 1_000_000 };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function kept(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** What an upload is refused with; that it leaves nothing is checked. */
async function refused(stream: Readable, to: Files = files, name = 'a.bin'): Promise<unknown> {
  const before = await kept().catch(() => []);
  const failure = await receive(to, stream, { name }).then(
    () => 'taken',
    (error: unknown) => error,
  );
  expect(await kept().catch(() => [])).toEqual(before);
  return failure;
}

describe('an upload', () => {
  test('is taken with its hash, its type and its name', async () => {
    const received = await receive(files, streamOf(pdf, 7), { name: 'a/policy.pdf' });
    const expected = { sha256: sha256Of(pdf), bytes: pdf.length, mediaType: 'application/pdf', name: 'policy.pdf' };
    expect(received).toEqual({ ...expected, remarks: [] });
  });

  test('that is too large is refused, whatever it announces', async () => {
    expect(await refused(streamOf(fresh(1_000_001)))).toMatchObject({ because: 'tooLarge' });
    const announced = { name: 'a.bin', announcedBytes: 10 * 2 ** 30 };
    await expect(receive(files, streamOf(fresh(10)), announced)).rejects.toMatchObject({ because: 'tooLarge' });
  });

  test('that a form has cut off is not taken for whole', async () => {
    const part = Object.assign(streamOf(fresh(1_000)), { truncated: true });
    expect(await refused(part)).toMatchObject({ because: 'tooLarge' });
  });

  test('that is empty, breaks off, or has no name is refused', async () => {
    expect(await refused(streamOf(Buffer.alloc(0)))).toMatchObject({ because: 'empty' });
    expect(await refused(brokenOff(fresh(50_000)))).toMatchObject({ because: 'stopped' });
    expect(await refused(streamOf(fresh(10)), files, '..')).toMatchObject({ because: 'name' });
  });

  test('that stops coming is given up after a minute', async () => {
    const stream = new PassThrough();
    stream.write(fresh(100));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failure = refused(stream);
    try {
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), { timeout: 30_000 });
      await vi.advanceTimersByTimeAsync(61_000);
    } finally {
      vi.useRealTimers();
    }
    expect(await failure).toMatchObject({ because: 'stalled' });
    expect(stream.destroyed).toBe(true);
  });

  test('that is refused has what is left of it thrown away, so that what comes after it can be read', async () => {
    const stream = new PassThrough({ highWaterMark: 1_000 });
    const failure = refused(stream);
    for (let sent = 0; sent < 2_000_000; sent += 100_000) {
      if (!stream.write(fresh(100_000))) await new Promise((resolve) => stream.once('drain', resolve));
    }
    stream.end();
    expect(await failure).toBeInstanceOf(UploadRefused);
    stream.destroy(new Error('broken off later: no harm'));
  });
});

describe.each(['port', 'socket'])('with clamd on a %s', (where) => {
  const started: ClamdServer[] = [];
  const scanned = async (options: Parameters<typeof startClamd>[0] = {}): Promise<[Files, ClamdServer]> => {
    const path = where === 'socket' ? join(folder, `clamd-${started.length}.sock`) : undefined;
    const server = await startClamd({ ...options, ...(path && { path }) });
    started.push(server);
    return [{ ...files, scanner: clamd(server.url) }, server];
  };
  afterAll(() => Promise.all(started.map((server) => server.stop())));

  test('a clean file is taken, and was scanned as a whole', async () => {
    const [scanning, server] = await scanned();
    const content = fresh(900_000);
    expect((await receive(scanning, streamOf(content), { name: 'a.bin' })).sha256).toBe(sha256Of(content));
    expect(server.scanned.map(sha256Of)).toEqual([sha256Of(content)]);
  });

  test('an infected file is refused with the name of what was found, and nothing is left', async () => {
    const [scanning] = await scanned();
    const failure = await refused(streamOf(Buffer.concat([fresh(200_000), eicar])), scanning);
    expect(failure).toMatchObject({ because: 'infected', message: expect.stringContaining('Eicar-Test-Signature') });
  });

  test.each([
    ['takes less than the file has', { mostBytes: 50_000 }, 'StreamMaxLength'],
    ['says that it failed', { answer: 'stream: Can not allocate memory ERROR' }, 'allocate memory'],
    ['says something else', { answer: 'stream: NOT OK' }, 'NOT OK'],
  ])('that %s, nothing is taken', async (_what, options, words) => {
    const [scanning] = await scanned(options);
    const failure = await refused(streamOf(fresh(800_000)), scanning);
    expect(failure).toBeInstanceOf(ScannerError);
    expect((failure as Error).message).toContain(words);
  });

  test('that is away, or goes away before its verdict, nothing is taken', async () => {
    const [scanning, server] = await scanned({ answer: '' });
    const waiting = refused(streamOf(fresh(1_000)), scanning);
    await vi.waitFor(() => expect(server.scanned).toHaveLength(1), { timeout: 30_000 });
    await server.stop();
    started.splice(started.indexOf(server), 1);
    expect(await waiting).toBeInstanceOf(ScannerError);
    expect(await refused(streamOf(fresh(1_000)), scanning)).toBeInstanceOf(ScannerError);
  });
});
