import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createGateway, type Gateway } from '../../api/gateway.ts';
import { type Restored, restoreAll } from '../../cli/restore.ts';
import { rebuild } from '../../db/rebuild.ts';
import type { Database } from '../../db/types.ts';
import { fold } from '../../domain/fold.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import { tell } from '../../words/records/index.ts';
import { stateQuery, workflowIdOf } from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { openStage, type Stage } from '../workflows/support/stage.ts';
import { continued } from './support/continued.ts';
import {
  count,
  type EarlierRegister,
  mailsOf,
  openEarlier,
  plain,
  rowsOf,
  standing,
  whatItSaid,
} from './support/earlierRegister.ts';

const said = await whatItSaid('0.1.0');
const open = said.programs.filter(({ status }) => status !== 'cancelled' && status !== 'closed');

let earlier: EarlierRegister;
let database: Database;
let written: EarlierRegister['written'];

beforeAll(async () => {
  earlier = await openEarlier('0.1.0');
  ({ database, written } = earlier);
});

afterAll(() => earlier?.close());

describe('a register that version 0.1.0 wrote', () => {
  test('has its programs, each with a whole chain', async () => {
    expect(await database.register.programIds()).toEqual(said.programs.map(({ id }) => id));
    for (const { id: programId, seq } of said.programs)
      expect(await database.register.verify(programId)).toEqual({ programId, ok: true, records: seq });
  });

  test.each(said.programs)('is read as that version read it: $id', async (program) => {
    expect(standing(fold(written[program.id]!))).toEqual(program);
    const { id, phase, status, seq, readiness, certificate } = program;
    const certificateStatus = certificate?.status ?? 'none';
    expect(await database.read.program(id)).toMatchObject({ phase, status, seq, readiness, certificateStatus });
  });

  test('is told in words, record by record', () => {
    const lines = Object.values(written).flat().map(tell);
    expect(lines).toHaveLength(said.programs.reduce((sum, { seq }) => sum + seq, 0));
    for (const line of lines) mustRead(line);
  });

  test('has its mails, and each can be written', async () => {
    const mails = (await Promise.all(said.programs.map(({ id }) => mailsOf(database, id)))).flat();
    expect(count(mails.map(({ status }) => status))).toEqual(said.mails);
    for (const mail of mails) {
      const { standardId } = (await database.read.program(mail.programId))!;
      const { subject, text, html } = renderMail(mail, {
        pages: plainPages('https://certloop.example.org'),
        standardId,
      });
      for (const part of [subject, text, html]) mustRead(part);
    }
  });

  test('knows its token and its idempotency keys', async () => {
    const administrator = { email: 'ada@example.com', installationRole: 'administrator' };
    expect(await database.tokens.find(said.administratorToken, '2026-12-01')).toMatchObject(administrator);
    for (const { scope, bodyHash, claim } of said.idempotency)
      expect(await database.idempotency.claim(scope, bodyHash, '2030-06-01T00:00:00.000Z')).toEqual(claim);
  });

  test('has its tokens and accounts in the chain of the installation', async () => {
    const { items } = await database.installation.records({ limit: 100 });
    expect(count(items.map(({ type }) => type))).toEqual({ TokenKnown: 2, AccountKnown: 2 });
    expect(await database.installation.verify()).toEqual({ ok: true, records: 4 });
    expect(await database.installation.differences()).toEqual([]);
  });

  test('has the rows that its records give', async () => {
    const ids = said.programs.map(({ id }) => id);
    const before = await rowsOf(database, ids);
    expect(before.byPhase).toEqual(count(said.programs.map(({ phase }) => phase)));
    for (const { id, seq } of said.programs) expect(await rebuild(database, id)).toEqual({ records: seq });
    const comparison = await database.comparison();
    for (const { id } of said.programs) expect(await comparison.differences(id)).toEqual([]);
    await comparison.close();
    expect(asThen(await rowsOf(database, ids))).toEqual(asThen(before));
  });
});

describe('programs of a register that version 0.1.0 wrote', () => {
  let stage: Stage;
  let gateway: Gateway;
  const restored: Restored[] = [];

  beforeAll(async () => {
    quietRuntime();
    stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
    await stage.work(database);
    gateway = createGateway({ keys, client: stage.client, database, taskQueue: stage.taskQueue });
    for await (const one of restoreAll(stage.client, database, keys, stage.taskQueue)) restored.push(one);
  }, 150_000);

  afterAll(async () => {
    await Promise.allSettled(open.map(({ id }) => handleOf(id).terminate('The test is over')));
    await stage?.close();
  });

  const handleOf = (id: string) => stage.client.workflow.getHandle(workflowIdOf(id));
  const stateOf = (id: string): Promise<ProgramState> => handleOf(id).query(stateQuery);

  /** What was recorded since that version; what it wrote is as it was, and the chain goes on from it. */
  async function recordedSince(id: string): Promise<ProgramRecord[]> {
    const records = await database.register.records(id);
    expect(records.slice(0, written[id]!.length)).toEqual(written[id]);
    expect(await database.register.verify(id)).toEqual({ programId: id, ok: true, records: records.length });
    return records.slice(written[id]!.length);
  }

  test('are restored unless they have ended', () => {
    const outcomes = said.programs.map(({ id }) => [id, open.some((one) => one.id === id) ? 'restored' : 'ended']);
    expect(restored.map(({ programId, outcome }) => [programId, outcome])).toEqual(outcomes);
  });

  test.each(open)('go on where they were: $id', async ({ id, firstMoment: first }) => {
    const { now } = await gateway.settle(id);
    const since = await recordedSince(id);
    if (first && first.at <= now) expect(since[0]).toMatchObject({ seq: written[id]!.length + 1, actor: 'system' });
    else expect(since).toEqual([]);
    expect(plain(await stateOf(id))).toEqual(plain(fold([...written[id]!, ...since])));
  });

  test.each(continued)('carry out commands: $id, $command.type', async ({ id, by, command, gives }) => {
    await gateway.settle(id);
    const { seq } = await stateOf(id);
    const answer = await gateway.command(id, { commandId: crypto.randomUUID(), actor: { email: by }, command });
    expect(answer.firstSeq).toBe(seq + 1);
    const records = (await recordedSince(id)).filter((record) => record.seq > seq);
    expect(records.map(({ type }) => type)).toEqual(expect.arrayContaining(gives));
    const state = await stateOf(id);
    expect(plain(state)).toEqual(plain(fold(await database.register.records(id))));
    const { phase, status, readiness } = standing(state);
    expect(await database.read.program(id)).toMatchObject({ phase, status, readiness, seq: state.seq });
  });

  test('do what falls due when the clock of a rehearsal goes on', async () => {
    const id = 'rehearsal-implementation';
    const { at } = open.find((program) => program.id === id)!.firstMoment!;
    await gateway.advance(id, () => at);
    const since = await recordedSince(id);
    expect(since.map(({ type }) => type)).toContain('TaskReminded');
    expect(since[0]).toMatchObject({ seq: written[id]!.length + 1, actor: 'system' });
  });
});

/** Text without a trace of a value that was not there. */
function mustRead(text: string): void {
  expect(text).toMatch(/\S/);
  expect(text).not.toMatch(/\b(undefined|null|NaN)\b|\[object/);
}

/** What rows say now that they did not say then. */
const saidSince = new Set(['outcomeOn', 'doneOn', 'acceptedOn', 'notBefore', 'tookPart', 'reinstatedOn']);

function asThen<T>(rows: T): T {
  return JSON.parse(
    JSON.stringify(rows, (key, value) => {
      if (saidSince.has(key)) return undefined;
      // What is owed to the body is due on its day since, also where that is a day off.
      return key === 'nextDue' && value ? { title: value.title } : value;
    }),
  );
}
