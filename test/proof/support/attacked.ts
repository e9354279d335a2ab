import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { checkpointCommand } from '../../../cli/checkpoint.ts';
import { verifyCommand } from '../../../cli/register.ts';
import { genesisHash, hashOf } from '../../../db/hashes.ts';
import { atMachine } from '../../../db/installation.ts';
import { rebuild } from '../../../db/rebuild.ts';
import type { UserCommand } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { decideOne } from '../../../workflows/decided.ts';
import { begun, manager, tellStory } from '../../api/support/story.ts';
import { type Ran, said } from '../../cli/support/said.ts';
import type { Bench } from '../../db/databases.ts';

/** Every table that has rows of a program, with its column of the program; the program itself last. */
const tablesOf: readonly [string, string][] = [
  ...['tasks', 'audits', 'findings', 'people', 'record_names', 'records', 'files', 'file_uses', 'idempotency_keys'].map(
    (table): [string, string] => [table, 'program_id'],
  ),
  ['programs', 'id'],
];

/** An installation with two programs and two checkpoints, and somebody who can do everything with its database. */
export interface Attacked {
  folder: string;
  tables: Knex;
  /** The public key as it was printed. */
  key: string;
  /** The places of the checkpoints, as files by their numbers. */
  file(number: number): string;
  checkpoint(accept?: string): Promise<Ran>;
  /** `certloop verify`, with the checkpoints of the folder unless another place is named. */
  verify(against?: string | false, keys?: string[]): Promise<Ran>;
  /** Records of a program, by number. */
  records(id: string): Promise<RecordRow[]>;
  /** Writes the records of a program anew with a chain that is whole, and the read tables from them. */
  rewrite(id: string, payloads: string[]): Promise<void>;
  /** Removes everything of a program. */
  remove(id: string): Promise<void>;
  /** Gives a program another id, everywhere. */
  rename(id: string, to: string): Promise<void>;
  close(): Promise<void>;
}

export interface RecordRow {
  seq: number;
  command_id: string;
  payload: string;
  hash: string;
}

const task = (title: string): UserCommand => ({ type: 'openTask', title, assignee: manager, dueOn: '2031-01-06' });

/** Two programs, a checkpoint, two more records in each, and a second checkpoint. */
export async function attacked(bench: Bench): Promise<Attacked> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-proof-'));
  const tables = bench.tables();
  const env = {
    CERTLOOP_DATA_DIR: folder,
    CERTLOOP_DATABASE_URL: bench.url,
    CERTLOOP_CHECKPOINTS_URL: `file:${folder}/checkpoints`,
  };
  const checkpoint = (accept?: string) => said(() => checkpointCommand(accept === undefined ? {} : { accept }), env);

  for (const email of ['kim@example.org', 'pat@example.org'] as const)
    await bench.db.tokens.create({ email, name: 'Somebody' }, atMachine);
  const states = new Map<string, ProgramState>();
  for (const id of ['aims', 'blue']) states.set(id, await tellStory(bench.db, { id, name: `Program ${id}` }, begun));
  const first = await checkpoint();
  const key = /signed it: (\S+)/.exec(first.stdout)![1]!;
  for (const [id, state] of states) {
    let last = state;
    for (const title of ['One', 'Two']) last = await goOn(bench, last, `${id}-${title}`, task(title));
  }
  const second = await checkpoint();
  if (second.status !== 0) throw new Error(second.stderr);

  const records = (id: string): Promise<RecordRow[]> =>
    tables('records').where({ program_id: id }).orderBy('seq').select('seq', 'command_id', 'payload', 'hash');
  return {
    folder,
    tables,
    key,
    file: (number) => join(folder, 'checkpoints', `certloop-checkpoint-${String(number).padStart(6, '0')}.json`),
    checkpoint,
    verify: (against = `${folder}/checkpoints`, keys = [key]) =>
      said(() => verifyCommand([], against === false ? {} : { against, key: keys }), env),
    records,
    async rewrite(id, payloads) {
      await tables('records').where({ program_id: id }).delete();
      let hash = genesisHash;
      for (const [index, payload] of payloads.entries()) {
        hash = hashOf(hash, payload);
        const row = { program_id: id, seq: index + 1, command_id: JSON.parse(payload).commandId, payload, hash };
        await tables('records').insert(row);
      }
      await tables('programs').where({ id }).update({ head_seq: payloads.length, head_hash: hash });
      await rebuild(bench.db, id);
    },
    async remove(id) {
      const mails = tables('mails').where({ program_id: id }).select('id');
      await tables('mail_items').whereIn('mail_id', mails).delete();
      await tables('mails').where({ program_id: id }).delete();
      for (const [table, column] of tablesOf)
        await tables(table)
          .where({ [column]: id })
          .delete();
    },
    async rename(id, to) {
      const { id: _, ...row } = await tables('programs').where({ id }).first();
      await tables('programs').insert({ id: to, ...row });
      for (const [table, column] of [...tablesOf.slice(0, -1), ['mails', 'program_id'] as const])
        await tables(table)
          .where({ [column]: id })
          .update({ [column]: to });
      await tables('programs').where({ id }).delete();
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The names of the checkpoints that are there. */
export async function written({ folder }: Pick<Attacked, 'folder'>): Promise<string[]> {
  return (await readdir(join(folder, 'checkpoints'))).sort();
}

async function goOn(bench: Bench, state: ProgramState, commandId: string, command: UserCommand): Promise<ProgramState> {
  const decided = decideOne(state, { commandId, actor: { email: manager }, command }, '2030-01-07T13:00:00.000Z');
  await bench.db.register.append({ programId: state.id, expectedSeq: state.seq, commandId, ...decided.commit });
  return decided.state;
}
