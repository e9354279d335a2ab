import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { methodOf, parametersOf } from '../../api/calls.ts';
import { restoreAll } from '../../cli/restore.ts';
import { retries } from '../../config/connection.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import { decide } from '../../domain/decide.ts';
import { fold } from '../../domain/fold.ts';
import type { SampleMoment } from '../../domain/registry/command.ts';
import { type CommandType, commands, type ProgramRecord, type UserCommand } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { rowsChanged } from '../../domain/views.ts';
import { speak } from '../../words/sayings/index.ts';
import { mustBeEnvelope } from '../../workflows/envelope.ts';
import { senderOf } from '../support/examples.ts';
import { keys } from '../support/keys.ts';
import { moments } from '../support/moments.ts';
import { programWorker } from './support/programWorker.ts';
import { type TestServer, testServer } from './support/testServer.ts';

const taskQueue = 'examples';
const types = Object.keys(commands) as CommandType[];

let server: TestServer;
let connection: Connection;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  const address = inject('temporalAddress');
  server = await testServer({ address, taskQueue });
  connection = await Connection.connect({ address, interceptors: retries() });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
  for (const type of types) await register(type);
  for await (const restored of restoreAll(
    new Client({ connection, dataConverter: dataConverter() }),
    server.database,
    keys,
    taskQueue,
  )) {
    if (restored.outcome !== 'restored') throw new Error(`${restored.programId}: ${restored.detail}`);
  }
}, 300_000);

afterAll(async () => {
  await stopWorker?.();
  await connection?.close();
  await server?.close();
});

/** The records of the sample program up to a moment, as those of a rehearsal of its own. */
function sampleAt(moment: SampleMoment, id: string): { state: ProgramState; records: ProgramRecord[] } {
  const driver = moments[moment]();
  const records = driver.records.map((record): ProgramRecord => {
    if (record.type !== 'ProgramStarted') return record;
    const definition = { ...record.data.definition, id, rehearsal: true };
    return { ...record, data: { ...record.data, definition } };
  });
  return { state: fold(records), records };
}

const programOf = (type: CommandType) => `example-${type.toLowerCase()}`;

async function register(type: CommandType): Promise<void> {
  const programId = programOf(type);
  const { at } = commands[type].example;
  const { state, records } = sampleAt(at, programId);
  const rows = rowsChanged(undefined, state, moments[at]().now);
  const commandId = 'as it came to be';
  await server.database.register.append({ programId, expectedSeq: 0, commandId, records, rows, notices: [] });
  if (type === 'eraseFile') await addFile(programId);
}

/** The file that is to be erased must have been uploaded. */
async function addFile(programId: string): Promise<void> {
  const { sha256 } = commands.eraseFile.example.payload;
  const file = { sha256, bytes: 4, mediaType: 'text/plain', name: 'people.txt' };
  const uploadedAt = '2030-01-07T13:00:00.000Z';
  await server.database.files.add(programId, { ...file, uploadedBy: 'mia@example.org', uploadedAt });
}

describe.each(types)('the example of %s', (type) => {
  const { example } = commands[type];

  it('is sent by somebody who may, and is taken at every door', () => {
    expect(commands[type].roles).toContain(example.by);
    const { state } = sampleAt(example.at, programOf(type));
    const email = senderOf(type, state);
    const command = { type, ...example.payload } as UserCommand;
    expect(() => mustBeEnvelope({ commandId: 'c-1', actor: { email }, command })).not.toThrow();
    const decision = decide(state, command, { email }, moments[example.at]().now, speak);
    expect(decision.ok ? '' : `${decision.refusal.code}: ${speak(decision.refusal.saying)}`).toBe('');
    expect(decision.ok && decision.records.length).toBeGreaterThan(0);
  });

  it('is carried out over HTTP, and recorded', async () => {
    const programId = programOf(type);
    const { state } = sampleAt(example.at, programId);
    const { address: place } = commands[type];
    const body = { ...example.payload } as Record<string, string>;
    let path = place.path;
    for (const { param, field } of parametersOf(place)) {
      path = path.replace(`:${param}`, encodeURIComponent(body[field] as string));
      delete body[field];
    }
    const method = methodOf(place);
    const caller = server.as(senderOf(type, state));
    const query = method === 'DELETE' ? `?${new URLSearchParams(body)}` : '';
    const call = caller[method.toLowerCase() as 'post'];
    const url = `/v1/programs/${programId}${path}${query}`;
    const answer = await call(url, method === 'DELETE' || Object.keys(body).length === 0 ? undefined : body);
    expect(answer.body.detail ?? '').toBe('');
    expect(answer.status).toBe(commands[type].address.does === 'create' ? 201 : 200);
    expect(answer.body.firstSeq).toBeGreaterThan(state.seq);
    const records = await server.database.register.command(programId, answer.body.commandId);
    expect(records?.length).toBeGreaterThan(0);
    expect(await server.database.register.verify(programId)).toMatchObject({ ok: true });
  });
});
