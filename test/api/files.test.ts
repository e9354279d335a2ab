import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'content-disposition';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programFile } from '../../api/schemas/files.ts';
import { pageOf } from '../../api/schemas/pages.ts';
import type { Email } from '../../domain/basics.ts';
import { folderStore } from '../../files/stores/folder.ts';
import { fresh, pdf, png, sha256Of } from '../files/support/contents.ts';
import { begun, manager, owner, stranger, tellStory, viewer } from './support/story.ts';
import { type Called, type TestServer, testServer } from './support/testServer.ts';

const base = '/v1/programs/alpha/files';
const mebibyte = 2 ** 20;

let folder: string;
let server: TestServer;
let port: number;

// Temporal is away for all of these: files are uploaded and read all the same.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-files-'));
  server = await testServer({ files: { store: folderStore(folder), mostBytes: mebibyte } });
  for (const id of ['alpha', 'beta']) await tellStory(server.database, { id }, begun);
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = server.app.server.address() as AddressInfo);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function upload(content: Buffer, name: string, { as = owner, type = '', to = base } = {}): Promise<Called> {
  const headers = { 'content-type': type || 'application/octet-stream' };
  return server.as(as as Email).post(`${to}?name=${encodeURIComponent(name)}`, content, headers);
}

/** The names of all that is in the folder of the files, also of what is on its way. */
async function kept(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('an upload', () => {
  test('is answered with the hash, the size and the type of what was sent', async () => {
    const { status, body, headers } = await upload(pdf, 'policy.pdf', { type: 'application/pdf' });

    const file = { sha256: sha256Of(pdf), name: 'policy.pdf', bytes: pdf.length, mediaType: 'application/pdf' };
    expect({ status, body }).toEqual({ status: 201, body: { file, remarks: [] } });
    expect(headers.location).toBe(`${base}/${file.sha256}`);
    expect(await kept()).toContain(file.sha256);
  });

  test('of JSON is a file like any other', async () => {
    const content = Buffer.from('{"accuracy": 0.93}');
    const { status, body } = await upload(content, 'metrics.json', { type: 'application/json' });
    expect(status).toBe(201);
    expect(body.file).toMatchObject({ sha256: sha256Of(content), mediaType: 'application/json' });
  });

  test('of the same content again is the same file, kept once', async () => {
    const content = fresh(5_000);
    const first = (await upload(content, 'first.bin')).body.file;
    const again = (await upload(content, 'again.bin', { as: manager })).body.file;
    expect(again).toEqual({ ...first, name: 'again.bin' });
    expect((await kept()).filter((name) => name === first.sha256)).toHaveLength(1);
  });

  test.each([
    ['a path', '../../etc/passwd', 'passwd'],
    ['a path of Windows', 'C:\\Users\\olu\\policy.pdf', 'policy.pdf'],
    ['an encoded path', '..%2f..%2fpolicy.pdf', '..%2f..%2fpolicy.pdf'],
    ['Japanese', '情報セキュリティ方針.pdf', '情報セキュリティ方針.pdf'],
    ['German', 'Größenmaßstäbe für Übungen.pdf', 'Größenmaßstäbe für Übungen.pdf'],
    ['letters with their marks apart', 'Gro\u0308\u00dfe.pdf', 'Grö\u00dfe.pdf'],
    ['an emoji of several', '👩‍🔬 results.pdf', '👩‍🔬 results.pdf'],
    ['half an emoji', 'half \ud83d.pdf', 'half \ufffd.pdf'],
    ['255 characters', `${'n'.repeat(251)}.pdf`, `${'n'.repeat(251)}.pdf`],
    ['more than 255 characters', `${'😀'.repeat(200)}.pdf`, `${'😀'.repeat(125)}.pdf`],
    ['blanks around it', '  policy.pdf  ', 'policy.pdf'],
  ])('keeps of a name with %s what people can read', async (_what, given, name) => {
    const query = new URLSearchParams({ name: given });
    const { status, body } = await server
      .as(owner)
      .post(`${base}?${query}`, fresh(100), { 'content-type': 'image/png' });
    expect({ status, name: body.file?.name }).toEqual({ status: 201, name });
    const sent = await server.as(owner).get(`${base}/${body.file.sha256}`);
    expect(parse(sent.headers['content-disposition'] ?? '')).toMatchObject({
      type: 'attachment',
      parameters: { filename: name },
    });
  });

  test.each(['', '..', '/', ' \u200b ', 'a\u0000b.pdf', 'two\nlines.pdf', 'invoice\u202Efdp.exe'])(
    'of the name %j is refused',
    async (name) => {
      const { status, body } = await upload(fresh(10), name);
      expect([400, 422]).toContain(status);
      expect(body.detail).toMatch(/name/);
    },
  );

  test('that is not what it is called is told so, and kept as what it is', async () => {
    const { body } = await upload(png, 'policy.pdf', { type: 'application/pdf' });
    expect(body.file.mediaType).toBe('image/png');
    expect(body.remarks).toEqual([
      'The file is not what it is called: it says application/pdf, and is kept as image/png.',
    ]);
  });

  test('of a web page that is called a PDF is kept for download only', async () => {
    const content = Buffer.from('<!DOCTYPE html><script>alert(1)</script>');
    const { body } = await upload(content, 'report.pdf', { type: 'application/pdf' });
    expect(body.file.mediaType).toBe('application/octet-stream');
    expect(body.remarks[0]).toContain('a web page');
    expect((await server.as(owner).get(`${base}/${body.file.sha256}/preview`)).status).toBe(404);
  });

  test('of an empty file is refused, and leaves nothing', async () => {
    const before = await kept();
    const { status, body } = await upload(Buffer.alloc(0), 'empty.pdf');
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'empty' });
    expect(await kept()).toEqual(before);
  });

  test('of a form is refused, for the form would be kept with the file', async () => {
    const { status, body } = await upload(Buffer.from('--x--'), 'a.pdf', { type: 'multipart/form-data; boundary=x' });
    expect({ status, code: body.code }).toEqual({ status: 415, code: 'mediaType' });
    expect(body.detail).toContain('--data-binary');
  });

  test('by somebody who can name a file in nothing is refused', async () => {
    expect((await upload(fresh(10), 'a.bin', { as: viewer })).status).toBe(403);
  });

  test('into a program of others is as if there were none', async () => {
    expect((await upload(fresh(10), 'a.bin', { as: stranger })).status).toBe(404);
  });

  test('of exactly the most is taken', async () => {
    expect((await upload(fresh(mebibyte), 'large.bin')).status).toBe(201);
  });
});

/** A request as it goes over the wire. */
async function raw(headers: Record<string, string>, send: (call: ReturnType<typeof request>) => void) {
  const token = await server.as(owner).token();
  const path = `${base}?name=large.bin`;
  const call = request({
    port,
    host: '127.0.0.1',
    path,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const ended = new Promise<{ answer?: IncomingMessage; body?: string; error?: Error }>((resolve) => {
    call.on(
      'response',
      (answer) =>
        void text(answer).then(
          (body) => resolve({ answer, body }),
          () => resolve({ answer }),
        ),
    );
    call.on('error', (error) => resolve({ error }));
  });
  send(call);
  return { call, ended };
}

describe('an upload over the wire', () => {
  test('that announces 10 GB is refused before a byte of it is sent', async () => {
    const before = await kept();
    const { call, ended } = await raw({ 'content-length': String(10 * 2 ** 30) }, (sent) => sent.flushHeaders());
    const { answer, body } = await ended;
    expect(answer?.statusCode).toBe(413);
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'tooLarge', detail: expect.stringContaining('1 MiB') });
    call.destroy();
    expect(await kept()).toEqual(before);
  });

  test('that turns out to be too large is stopped early, and its connection does not go on', async () => {
    const before = await kept();
    let sent = 0;
    const { call, ended } = await raw({ 'transfer-encoding': 'chunked' }, (upload) => {
      const more = (): void => {
        if (upload.destroyed) return;
        sent += 65_536;
        if (upload.write(Buffer.alloc(65_536, 7))) setImmediate(more);
        else upload.once('drain', more);
      };
      more();
    });
    const closed = new Promise((resolve) => call.once('close', resolve));
    const { answer } = await ended;
    expect(answer?.statusCode).toBe(413);
    // It would go on for ever; the server ends it.
    await closed;
    expect(sent).toBeGreaterThan(mebibyte);
    expect(await kept()).toEqual(before);
  });

  test('that breaks off half-way leaves nothing', async () => {
    const before = await kept();
    const { call, ended } = await raw({ 'content-length': '500000' }, (sent) => sent.write(fresh(200_000)));
    await expect.poll(async () => (await kept()).length).toBe(before.length + 1);
    call.destroy();
    await ended;
    await expect.poll(kept).toEqual(before);
  });
});

describe('a place of files that fails', () => {
  test('answers 503, says nothing of folders, and leaves nothing', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'A file where a folder should be.');
    const failing = await testServer({ files: { store: folderStore(join(blocked, 'files')) } });
    await tellStory(failing.database, { id: 'alpha' }, begun);
    const { status, body } = await failing
      .as(owner)
      .post(`${base}?name=a.bin`, fresh(100), { 'content-type': 'image/png' });
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
    expect(body.detail).not.toContain(folder);
    expect((await failing.as(owner).get(base)).body.items).toEqual([]);
    await failing.close();
    await rm(blocked);
  });
});

describe('a download', () => {
  test('is an attachment that runs nowhere', async () => {
    const content = Buffer.from('<html><script>alert(document.domain)</script>');
    const { sha256 } = (await upload(content, 'page.html')).body.file;
    const { status, body, headers } = await server.as(owner).get(`${base}/${sha256}`);
    expect({ status, body }).toEqual({ status: 200, body: content.toString() });
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(content.length),
      'content-disposition': 'attachment; filename=page.html',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('has the name under which it is asked for, cleaned as that of an upload', async () => {
    const { sha256 } = (await upload(fresh(100), 'one.bin')).body.file;
    const { headers } = await server.as(owner).get(`${base}/${sha256}?name=${encodeURIComponent('../two.bin')}`);
    expect(headers['content-disposition']).toBe('attachment; filename=two.bin');
  });

  test('of what was changed since ends before its last byte', async () => {
    const content = fresh(200_000);
    const { sha256 } = (await upload(content, 'changed.bin')).body.file;
    const file = join(folder, sha256.slice(0, 2), sha256);
    await chmod(file, 0o600);
    await writeFile(file, Buffer.concat([content.subarray(1), Buffer.from('x')]));
    const token = await server.as(owner).token();
    const fetched = fetch(`http://127.0.0.1:${port}${base}/${sha256}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await expect(fetched.then((answer) => answer.arrayBuffer())).rejects.toThrow();
    await rm(file);
  });

  test('of what is missing says what to do', async () => {
    const { sha256 } = (await upload(fresh(100), 'lost.bin')).body.file;
    await rm(join(folder, sha256.slice(0, 2), sha256));
    const { status, body } = await server.as(owner).get(`${base}/${sha256}`);
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'fileMissing' });
    expect(body.detail).toContain('certloop verify');
  });

  test.each(['..%2f..%2fadministrator.token', 'ABC', `${'a'.repeat(63)}G`, '%00'])('of %s is no hash', async (hash) => {
    expect((await server.as(owner).get(`${base}/${hash}`)).status).toBe(400);
  });

  test('of a hash that is unknown, or of a file that nobody submitted, is 404 for everybody but who uploaded it', async () => {
    const { sha256 } = (await upload(fresh(100), 'draft.bin')).body.file;
    expect((await server.as(owner).get(`${base}/${sha256}`)).status).toBe(200);
    for (const other of [manager, viewer, stranger] as const) {
      expect((await server.as(other).get(`${base}/${sha256}`)).status).toBe(404);
    }
    expect((await server.as(owner).get(`${base}/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

describe('a preview', () => {
  test.each([
    ['a PDF', pdf, 'application/pdf'],
    ['an image', png, 'image/png'],
  ])('of %s is shown without loading or running anything', async (_what, content, mediaType) => {
    const { sha256 } = (await upload(content, 'shown')).body.file;
    const { status, headers } = await server.as(owner).get(`${base}/${sha256}/preview`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': mediaType, 'x-content-type-options': 'nosniff' });
    expect(headers['content-disposition']).toMatch(/^inline; filename=/);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/script-src|https?:|\*/);
    expect(policy.includes('sandbox')).toBe(mediaType === 'image/png');
  });

  test('of anything else is refused', async () => {
    const { sha256 } = (await upload(Buffer.from('a,b\n1,2\n'), 'table.csv')).body.file;
    const { status, body } = await server.as(owner).get(`${base}/${sha256}/preview`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'noPreview' });
  });
});

describe('the list of files', () => {
  test('has for everybody what they read, and for who may erase all', async () => {
    const { sha256 } = (await upload(fresh(100), 'mine.bin')).body.file;
    const hashes = async (email: Email) => {
      const { body } = await server.as(email).get(`${base}?limit=200`);
      expect(Value.Errors(pageOf(programFile), body)).toEqual([]);
      return body.items.map((file: { sha256: string }) => file.sha256);
    };
    expect(await hashes(owner)).toContain(sha256);
    expect(await hashes(manager)).toContain(sha256);
    expect(await hashes(viewer)).toEqual([]);
  });

  test('gives the versions of a document by its name, the last first, page by page', async () => {
    const versions: string[] = [];
    for (let version = 1; version <= 3; version++) {
      versions.unshift((await upload(fresh(100), 'handbook.pdf')).body.file.sha256);
    }
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await server.as(owner).get(`${base}?name=handbook.pdf&limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...body.items.map((file: { sha256: string }) => file.sha256));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(found).toEqual(versions);
  });
});

describe('a file of another program', () => {
  const reuse = (as: Email, body: object) => server.as(as).post('/v1/programs/beta/files/reuse', body);

  test('is taken by who may read it there', async () => {
    const { sha256, bytes } = (await upload(pdf, 'policy.pdf')).body.file;
    const { status, body } = await reuse(owner, { fromProgram: 'alpha', sha256, name: 'same/policy.pdf' });
    expect(status).toBe(201);
    expect(body.file).toEqual({ sha256, name: 'policy.pdf', bytes, mediaType: 'application/pdf' });
    expect((await server.as(owner).get(`/v1/programs/beta/files/${sha256}`)).status).toBe(200);
  });

  test('is as if it were not there for who may not', async () => {
    const { sha256 } = (await upload(fresh(100), 'secret.bin')).body.file;
    expect((await reuse(manager, { fromProgram: 'alpha', sha256 })).status).toBe(404);
    expect((await reuse(owner, { fromProgram: 'gamma', sha256 })).status).toBe(404);
  });
});
