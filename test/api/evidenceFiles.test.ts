import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { receiveFile } from '../../api/files.ts';
import { restoreAll } from '../../cli/restore.ts';
import { retries } from '../../config/connection.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import type { Email } from '../../domain/basics.ts';
import { fold } from '../../domain/fold.ts';
import type { FileRef } from '../../domain/registry/fields.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { rowsChanged } from '../../domain/views.ts';
import { FileGone } from '../../files/errors.ts';
import { folderStore } from '../../files/stores/folder.ts';
import { type RunningWorker, startWorker } from '../../worker/worker.ts';
import { fresh, streamOf } from '../files/support/contents.ts';
import { keys } from '../support/keys.ts';
import { moments } from '../support/moments.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { mustPointAt } from './support/refused.ts';
import { type Called, type TestServer, testServer } from './support/testServer.ts';

quietRuntime();

const taskQueue = 'evidence-files';
const people = moments.implementation().state.people;
const withRole = (role: string) => people.find(({ roles }) => roles.some((each) => each === role))!.email;
const manager = withRole('programManager');

let folder: string;
let server: TestServer;
let connection: Connection;
let native: NativeConnection;
let worker: RunningWorker;

beforeAll(async () => {
  const address = inject('temporalAddress');
  folder = await mkdtemp(join(tmpdir(), 'certloop-evidence-'));
  server = await testServer({ address, taskQueue, files: { store: folderStore(folder) } });
  connection = await Connection.connect({ address, interceptors: retries() });
  native = await NativeConnection.connect({ address });
  const bundle = inject('workflowBundle');
  const { database } = server;
  worker = await startWorker({
    connection: native,
    namespace: 'default',
    database,
    keys,
    taskQueue,
    bundle,
    maxCachedWorkflows: 50,
  });
});

afterAll(async () => {
  await worker?.stop();
  await native?.close();
  await connection?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A running program in its implementation, in which T-2 asks somebody for evidence. */
async function implementation(): Promise<{ id: string; base: string; assignee: Email }> {
  const id = `files-${randomUUID().slice(0, 8)}`;
  const driver = moments.implementation();
  const records = driver.records.map((record): ProgramRecord => {
    if (record.type !== 'ProgramStarted') return record;
    return { ...record, data: { ...record.data, definition: { ...record.data.definition, id, rehearsal: true } } };
  });
  const state = fold(records);
  const rows = rowsChanged(undefined, state, driver.now);
  await server.database.register.append({
    programId: id,
    expectedSeq: 0,
    commandId: 'before',
    records,
    rows,
    notices: [],
  });
  for await (const { outcome, detail } of restoreAll(
    new Client({ connection, dataConverter: dataConverter() }),
    server.database,
    keys,
    taskQueue,
  )) {
    if (outcome !== 'restored' && outcome !== 'runs' && outcome !== 'ended') throw new Error(detail);
  }
  return { id, base: `/v1/programs/${id}`, assignee: state.tasks['T-2']!.assignee };
}

type Program = Awaited<ReturnType<typeof implementation>>;

async function uploaded({ base, assignee }: Program, name = 'policy.pdf', content = fresh(2_000)): Promise<FileRef> {
  const { body } = await server
    .as(assignee)
    .post(`${base}/files?name=${name}`, content, { 'content-type': 'image/png' });
  return body.file;
}

function submit({ base, assignee }: Program, fields: object, headers?: Record<string, string>): Promise<Called> {
  return server.as(assignee).post(`${base}/tasks/T-2/evidence`, { links: [], note: '', ...fields }, headers);
}

function erase({ base }: Program, { sha256 }: FileRef, as = manager): Promise<Called> {
  return server.as(as).delete(`${base}/files/${sha256}?reason=${encodeURIComponent('They asked to be forgotten.')}`);
}

describe('evidence', () => {
  test('of files alone is submitted, read by its reviewer, and told of by name', async () => {
    const program = await implementation();
    const files = [await uploaded(program, 'policy.pdf'), await uploaded(program, 'minutes.pdf')];
    const before = await server.as(manager).get(`${program.base}/files/${files[0]!.sha256}`);
    const { status, body } = await submit(program, { files, effectiveOn: '2030-02-01' });

    expect(status).toBe(200);
    expect(body.task.evidence).toMatchObject({ files, effectiveOn: '2030-02-01', links: [], note: '' });
    // Before it was submitted it was nobody's but its uploader's.
    expect(before.status).toBe(404);
    expect((await server.as(manager).get(`${program.base}/files/${files[0]!.sha256}`)).status).toBe(200);
    const listed = (await server.as(manager).get(`${program.base}/files?name=minutes.pdf`)).body.items;
    expect(listed).toMatchObject([{ uses: [{ record: 'EvidenceSubmitted', taskId: 'T-2', seq: body.firstSeq }] }]);
    const timeline = await server.as(manager).get(`${program.base}/timeline?limit=200`);
    expect(JSON.stringify(timeline.body)).toContain('with 2 files (policy.pdf, minutes.pdf)');
    const [record] = await server.database.register.records(program.id, { after: body.firstSeq - 1, limit: 1 });
    expect(record?.data).toMatchObject({ evidence: { files } });
    expect(await server.database.register.verify(program.id)).toMatchObject({ ok: true });
  });

  test('that names a file which was not uploaded here is refused at its field, and says what to do', async () => {
    const program = await implementation();
    const file = await uploaded(program);
    for (const wrong of [{ sha256: '0'.repeat(64) }, { bytes: file.bytes + 1 }, { mediaType: 'application/pdf' }]) {
      const called = await submit(program, {
        files: [file, { ...file, sha256: '1'.repeat(64) }, { ...file, ...wrong }].slice(2),
      });
      expect(called.status).toBe(422);
      mustPointAt(called, '/files/0');
    }
    const { body } = await submit(program, { files: [{ ...file, sha256: '0'.repeat(64) }] });
    expect(body.detail).toContain(`upload it first, with POST ${program.base}/files`);
  });

  test('among many commands is refused with its place', async () => {
    const program = await implementation();
    const missing = { sha256: '0'.repeat(64), name: 'a', bytes: 1, mediaType: 'image/png' };
    const note = { type: 'submitEvidence', taskId: 'T-2', links: [], note: 'Here.' };
    const commands = [note, { ...note, files: [missing] }];
    const called = await server.as(program.assignee).post(`${program.base}/commands`, { commands, atomic: true });
    expect(called.status).toBe(422);
    mustPointAt(called, '/commands/1/files/0');
  });

  test('that names a file which only somebody else may read is refused as if there were none', async () => {
    const program = await implementation();
    const { body } = await server
      .as(manager)
      .post(`${program.base}/files?name=a.bin`, fresh(10), { 'content-type': 'image/png' });
    expect((await submit(program, { files: [body.file] })).status).toBe(422);
  });

  test('that names a file twice, shows nothing, or ends before it begins is refused', async () => {
    const program = await implementation();
    const file = await uploaded(program);
    expect((await submit(program, { files: [file, file] })).body.detail).toContain('named twice');
    expect((await submit(program, { files: [] })).body.detail).toContain('note: write something');
    const dates = { files: [file], effectiveOn: '2032-01-01', validUntil: '2031-01-01' };
    mustPointAt(await submit(program, dates), '/validUntil');
  });

  test('that was submitted gets its first answer again, also when its file was erased since', async () => {
    const program = await implementation();
    const files = [await uploaded(program)];
    const key = { 'idempotency-key': randomUUID() };
    const first = await submit(program, { files }, key);
    await erase(program, files[0]!);
    expect(await submit(program, { files }, key)).toMatchObject({
      status: 200,
      body: { commandId: first.body.commandId },
    });
  });
});

describe('a file that is erased', () => {
  test('is gone, and its hash and the reason stay', async () => {
    const program = await implementation();
    const file = await uploaded(program);
    await submit(program, { files: [file] });
    const { status, body } = await erase(program, file);

    expect(status).toBe(200);
    const [record] = await server.database.register.records(program.id, { after: body.firstSeq - 1, limit: 1 });
    expect(record).toMatchObject({
      type: 'FileErased',
      actor: manager,
      data: { sha256: file.sha256, reason: 'They asked to be forgotten.' },
    });
    await expect(server.files.store.get(file.sha256)).rejects.toThrow(FileGone);
    const download = await server.as(manager).get(`${program.base}/files/${file.sha256}`);
    expect(download).toMatchObject({
      status: 410,
      body: { code: 'erased', detail: expect.stringContaining('They asked to be forgotten.') },
    });
    const [listed] = (await server.as(manager).get(`${program.base}/files`)).body.items;
    expect(listed).toMatchObject({ sha256: file.sha256, erased: { by: manager } });
  });

  test('is not taken again, nor named again, nor erased again', async () => {
    const program = await implementation();
    const content = fresh(500);
    const file = await uploaded(program, 'a.bin', content);
    await erase(program, file);
    const again = await server
      .as(program.assignee)
      .post(`${program.base}/files?name=a.bin`, content, { 'content-type': 'image/png' });
    expect(again).toMatchObject({ status: 409, body: { code: 'erased' } });
    expect(await server.files.store.has(file.sha256)).toBe(false);
    expect((await submit(program, { files: [file] })).body).toMatchObject({ status: 422, code: 'erased' });
    expect((await erase(program, file)).status).toBe(409);
  });

  test('stays where another program uses it', async () => {
    const [one, other] = [await implementation(), await implementation()];
    const content = fresh(500);
    const file = await uploaded(one, 'a.bin', content);
    await uploaded(other, 'b.bin', content);
    await erase(one, file);
    expect((await server.as(one.assignee).get(`${one.base}/files/${file.sha256}`)).status).toBe(410);
    expect((await server.as(other.assignee).get(`${other.base}/files/${file.sha256}`)).status).toBe(200);
    await erase(other, file);
    expect(await server.files.store.has(file.sha256)).toBe(false);
  });

  test('is erased by a program manager or an administrator, and by nobody else', async () => {
    const program = await implementation();
    const [one, other] = [await uploaded(program), await uploaded(program)];
    expect((await erase(program, one, program.assignee)).status).toBe(403);
    expect((await erase(program, { ...one, sha256: '0'.repeat(64) })).status).toBe(404);
    expect((await erase(program, one)).status).toBe(200);
    const administrator = server.as('root@example.net', 'administrator');
    const answer = await administrator.delete(`${program.base}/files/${other.sha256}?reason=Law`);
    expect(answer.status).toBe(200);
    expect((await administrator.delete(`${program.base}/files/${other.sha256}?reason=`)).status).toBe(400);
  });

  test('can be erased after the program has ended', async () => {
    const program = await implementation();
    const file = await uploaded(program);
    expect((await server.as(manager).post(`${program.base}/cancel`, { reason: 'No budget' })).status).toBe(200);
    const { status, body } = await erase(program, file);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    expect(await server.files.store.has(file.sha256)).toBe(false);
    expect(await server.database.register.verify(program.id)).toMatchObject({ ok: true });
    const later = await server.as(manager).post(`${program.base}/pause`, { reason: 'x' });
    expect(later.status).toBe(409);
  });

  test('is removed later when its place is away at that moment', async () => {
    const program = await implementation();
    const file = await uploaded(program);
    const shard = join(folder, file.sha256.slice(0, 2));
    await rename(shard, `${shard}.away`);
    await writeFile(shard, 'A file where a folder should be.');
    expect((await erase(program, file)).status).toBe(200);
    expect((await server.as(program.assignee).get(`${program.base}/files/${file.sha256}`)).status).toBe(410);
    await rm(shard);
    await rename(`${shard}.away`, shard);
    expect(await server.files.store.has(file.sha256)).toBe(true);

    await erase(program, await uploaded(program));
    expect(await server.files.store.has(file.sha256)).toBe(false);
  });
});

test('pages take files by the same service, whatever stream brings them', async () => {
  const program = await implementation();
  const content = fresh(100_000);
  const upload = { programId: program.id, email: program.assignee, name: 'x/part.bin', stream: streamOf(content) };
  const { remarks, ...file } = await receiveFile(server.app.services, upload);
  expect(remarks).toEqual([]);
  expect((await submit(program, { files: [file] })).status).toBe(200);
});
