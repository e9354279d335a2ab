import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { restoreAll } from '../../cli/restore.ts';
import { genesisHash, hashOf } from '../../db/hashes.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { behindQuery } from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { toImplementation } from './support/paths.ts';
import { beginningNow, manager } from './support/people.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { TestProgram } from './support/testProgram.ts';

let stage: Stage;
let tables: Knex;

beforeAll(async () => {
  quietRuntime();
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
  const filename = stage.databaseUrl.replace('sqlite:', '');
  tables = knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });
});

afterAll(async () => {
  await tables?.destroy();
  await stage?.close();
});

interface Row {
  seq: number;
  payload: string;
  hash: string;
}

/** Writes the chain anew with another content in one record, as whoever knows how it is made can. */
async function forge(programId: string, rows: Row[], seq: number): Promise<void> {
  let hash = genesisHash;
  for (const row of rows) {
    const payload = row.seq === seq ? row.payload.replace('"type"', '"forged":true,"type"') : row.payload;
    hash = hashOf(hash, payload);
    await tables('records').where({ program_id: programId, seq: row.seq }).update({ payload, hash });
  }
  await tables('programs').where({ id: programId }).update({ head_hash: hash });
}

/** The command that finds it waits for the right register, and is told so; who comes after it is told at once. */
async function refusedAs(program: TestProgram, seq: number, command: UserCommand): Promise<void> {
  const told = { status: 503, message: expect.stringContaining(`has another record ${seq} than`) };
  const waiting = expect(program.send(manager, command, 'waiting')).rejects.toMatchObject(told);
  await expect.poll(() => program.handle.query(behindQuery)).toContain('changed or replaced');
  await expect(program.send(manager, command, 'later')).rejects.toMatchObject(told);
  await waiting;
}

test('a chain that was written anew is refused by the program that wrote the old one, until that is back', async () => {
  const program = await stage.start();
  // More than one run: the hash is handed on.
  await toImplementation(program);
  const rows: Row[] = await tables('records').where({ program_id: program.id }).orderBy('seq');
  await forge(program.id, rows, 2);
  expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });

  const pause = { type: 'pause', reason: 'Meanwhile' } as const;
  await refusedAs(program, rows.length, pause);
  const said = [];
  for await (const one of restoreAll(stage.client, stage.database, keys, stage.taskQueue)) said.push(one);
  expect(said).toMatchObject([{ outcome: 'replaced', detail: expect.stringContaining('changed or replaced') }]);
  expect(await program.records()).toHaveLength(rows.length);

  for (const { seq, payload, hash } of rows)
    await tables('records').where({ program_id: program.id, seq }).update({ payload, hash });
  await tables('programs')
    .where({ id: program.id })
    .update({ head_hash: rows.at(-1)!.hash });
  expect(await program.send(manager, pause, 'waiting')).toMatchObject({ firstSeq: rows.length + 1 });
  expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
}, 120_000);

test('a program that was restored knows where its chain ended from then on', async () => {
  const program = await stage.start(beginningNow());
  await program.handle.terminate('as if the service were empty');
  for await (const _ of restoreAll(stage.client, stage.database, keys, stage.taskQueue));
  const rows: Row[] = await tables('records').where({ program_id: program.id }).orderBy('seq');
  await forge(program.id, rows, 1);
  await refusedAs(program, rows.length, { type: 'pause', reason: 'Meanwhile' });
}, 60_000);
