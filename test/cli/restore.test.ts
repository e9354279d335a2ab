import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex from 'knex';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createGateway } from '../../api/gateway.ts';
import { backUpTo } from '../../cli/backup.ts';
import { type Restored, report, restoreAll } from '../../cli/restore.ts';
import { openDatabase } from '../../db/connect.ts';
import { agenda } from '../../domain/agenda/index.ts';
import type { Instant } from '../../domain/basics.ts';
import { fold } from '../../domain/fold.ts';
import { behindQuery } from '../../workflows/messages.ts';
import { aCommit, aRecord } from '../support/builders.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { toImplementation } from '../workflows/support/paths.ts';
import { beginningNow, manager } from '../workflows/support/people.ts';
import { openStage, type Stage } from '../workflows/support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  quietRuntime();
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
});

afterAll(() => stage?.close());

async function restoreEverything(): Promise<Record<string, Restored>> {
  const results: Record<string, Restored> = {};
  for await (const one of restoreAll(stage.client, stage.database, keys, stage.taskQueue)) results[one.programId] = one;
  return results;
}

test('programs that the service has lost begin again where they were, and what still runs is left alone', async () => {
  const lost = await stage.start();
  await toImplementation(lost);
  const running = await stage.start();
  const cancelled = await stage.start();
  await cancelled.send(manager, { type: 'cancel', reason: 'No longer wanted.' });
  const before = await lost.state();
  await lost.handle.terminate('as if the service were empty');

  // Whoever asks it something is told what has to be done.
  await expect(lost.send(manager, { type: 'pause', reason: 'x' })).rejects.toMatchObject({
    status: 503,
    message: expect.stringContaining('certloop restore'),
  });

  const results = await restoreEverything();

  expect(results[lost.id]).toMatchObject({ outcome: 'restored' });
  expect(results[running.id]).toMatchObject({ outcome: 'runs' });
  expect(results[cancelled.id]).toMatchObject({ outcome: 'ended' });
  const after = await lost.state();
  expect(JSON.parse(JSON.stringify(after))).toEqual(JSON.parse(JSON.stringify(before)));
  expect(agenda(after)).toEqual(agenda(before));

  const reminder = agenda(after).find(({ kind }) => kind === 'reminder');
  await lost.advanceTo(reminder?.at as Instant);
  const since = (await lost.records()).slice(before.seq);
  expect(since[0]?.seq).toBe(before.seq + 1);
  const reminded = since.filter(({ type, data }) => type === 'TaskReminded' && data.taskId === reminder?.ref);
  expect(reminded).toHaveLength(1);
  expect(await stage.database.register.verify(lost.id)).toMatchObject({ ok: true });
});

test('a broken chain is refused, with the record at which it breaks', async () => {
  const program = await stage.start();
  await program.handle.terminate('as if the service were empty');
  const db = knex({
    client: 'sqlite3',
    connection: stage.databaseUrl.replace('sqlite:', ''),
    useNullAsDefault: true,
  });
  const changed = db.raw("replace(payload, 'ProgramStarted', 'ProgramStartet')");
  await db('records').where({ program_id: program.id, seq: 1 }).update({ payload: changed });
  await db.destroy();

  const results = await restoreEverything();

  expect(results[program.id]).toMatchObject({ outcome: 'broken', detail: expect.stringContaining('record 1') });
  await expect(program.handle.describe()).resolves.toMatchObject({ status: { name: 'TERMINATED' } });
});

test('a program that cannot be read fails alone, is told of, and is not started', async () => {
  const future = await stage.start();
  const lost = await stage.start();
  for (const { handle } of [future, lost]) await handle.terminate('as if the service were empty');
  const { length } = await future.records();
  const record = { ...aRecord(length + 1), type: 'OfALaterVersion' } as unknown as ReturnType<typeof aRecord>;
  await stage.database.register.append(aCommit(future.id, length, { records: [record] }));

  const said: string[] = [];
  const restoring = restoreAll(stage.client, stage.database, keys, stage.taskQueue);
  await expect(report(restoring, (line) => said.push(line))).rejects.toThrow(future.id);

  expect(said.find((line) => line.startsWith(future.id))).toContain('FAILED: Record');
  expect(said.find((line) => line.startsWith(future.id))).toContain(
    'OfALaterVersion, which this version does not know',
  );
  expect(said.find((line) => line.startsWith(lost.id))).toContain('restored in gapAssessment');
  expect(said.at(-1)).toMatch(/^\d+ programs: .*1 failed/);
  await expect(future.handle.describe()).resolves.toMatchObject({ status: { name: 'TERMINATED' } });
  await expect(lost.handle.describe()).resolves.toMatchObject({ status: { name: 'RUNNING' } });
});

test('a backup that was made while everything ran is restored on an empty service: what was in it goes on', async () => {
  const place = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  const folder = await mkdtemp(join(tmpdir(), 'certloop-restore-'));
  const worker = await place.work();
  const program = await place.start();
  await toImplementation(program);
  const busy = program.send(manager, { type: 'openTask', title: 'Meanwhile', assignee: manager, dueOn: '2031-01-01' });
  const { file } = await backUpTo(place.databaseUrl, folder, new Date());
  await busy;
  await program.send(manager, { type: 'cancel', reason: 'After the backup' });
  await worker.stop();

  const copy = await openDatabase(`sqlite:${file}`);
  const before = fold(await copy.register.records(program.id));
  await place.work(copy);
  const restored = [];
  for await (const one of restoreAll(place.client, copy, keys, place.taskQueue)) restored.push(one);
  expect(restored).toMatchObject([{ programId: program.id, outcome: 'restored' }]);
  const state = await program.state();
  expect(JSON.parse(JSON.stringify(state))).toEqual(JSON.parse(JSON.stringify(before)));
  expect(agenda(state)).toEqual(agenda(before));

  const gateway = createGateway({ keys, client: place.client, database: copy, taskQueue: place.taskQueue });
  const command = { type: 'pause' as const, reason: 'It goes on' };
  const answer = await gateway.command(program.id, { commandId: 'after', actor: { email: manager }, command });
  expect(answer).toMatchObject({ firstSeq: before.seq + 1 });
  expect(await copy.register.verify(program.id)).toMatchObject({ ok: true, records: before.seq + 1 });
  await place.close();
  await copy.close();
  await rm(folder, { recursive: true, force: true });
});

test('a register older than what runs is told of by every command and by restore, and nothing is lost by it', async () => {
  const place = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  const folder = await mkdtemp(join(tmpdir(), 'certloop-restore-'));
  const worker = await place.work();
  const program = await place.start(beginningNow());
  const { file } = await backUpTo(place.databaseUrl, folder, new Date());
  await program.send(manager, { type: 'pause', reason: 'After the backup' });
  await program.send(manager, { type: 'resume', reason: 'Also' });
  const { seq } = await program.state();
  await worker.stop();

  const copy = await openDatabase(`sqlite:${file}`);
  const onCopy = await place.work(copy);
  const remedy = {
    status: 503,
    message: expect.stringMatching(new RegExp(`ends at record ${seq - 2}, .* at record ${seq}: .*"certloop restore"`)),
  };
  const pause = { type: 'pause' as const, reason: 'Waits for the newest database' };
  const waiting = expect(program.send(manager, pause, 'waiting')).rejects.toMatchObject(remedy);
  await expect.poll(() => program.handle.query(behindQuery)).toContain('certloop restore');
  await expect(program.send(manager, { type: 'pause', reason: 'At once' })).rejects.toMatchObject(remedy);
  const said: string[] = [];
  const restoring = restoreAll(place.client, copy, keys, place.taskQueue);
  await expect(report(restoring, (line) => said.push(line))).rejects.toThrow(
    `1 program not restored: ${program.id}. A`,
  );
  expect(said[0]).toMatch(/AHEAD, left as it is: .* terminate --workflow-id program/);
  await waiting;
  await onCopy.stop();

  await place.work();
  const answer = await program.send(manager, pause, 'waiting');
  expect(answer).toMatchObject({ firstSeq: seq + 1 });
  await expect(report(restoreAll(place.client, place.database, keys, place.taskQueue), () => undefined)).resolves.toBe(
    undefined,
  );
  await place.close();
  await copy.close();
  await rm(folder, { recursive: true, force: true });
}, 150_000);
