import { createHash } from 'node:crypto';
import type { Instant } from '../domain/basics.ts';
import { type Connection, portions } from './connection.ts';
import type { Secrets } from './secrets.ts';

/** What the installation's own chain is called among those of programs, whose ids have no spaces. */
export const ownChain = 'the installation';

/** Where a program's chain ends; or the installation's own, under its name. */
export interface ProgramHead {
  id: string;
  seq: number;
  hash: string;
}

/** A checkpoint as it was made, in the text that is written for others to keep. */
export interface KeptCheckpoint {
  number: number;
  madeAt: Instant;
  text: string;
}

/** What checkpoints are made from, and those that were made. */
export interface CheckpointTable {
  /** What tells this installation from others: 32 hexadecimal digits, the same for ever. */
  installation(): Promise<string>;
  /** Where the chains of all programs end at one moment, by id, and last the installation's own. */
  heads(): Promise<ProgramHead[]>;
  /** The hashes of some records of a program as the register has them, by their numbers. */
  hashes(programId: string, seqs: readonly number[]): Promise<Map<number, string>>;
  /** The last one that was made. */
  last(): Promise<KeptCheckpoint | undefined>;
  /** All of them, by number. */
  all(): Promise<KeptCheckpoint[]>;
  /** Keeps one that was just made; false when another of its number is there. */
  add(checkpoint: KeptCheckpoint): Promise<boolean>;
  /** Those that were made before a moment and not written yet, by number. */
  unwritten(before: Instant): Promise<KeptCheckpoint[]>;
  written(number: number, at: Instant): Promise<void>;
}

interface Row {
  number: number;
  made_at: Instant;
  doc: string;
}

/** The checkpoints of an installation. They are kept here to go on from; what they prove, copies elsewhere prove. */
export function createCheckpoints({ reader, write, snapshot }: Connection, secrets: Secrets): CheckpointTable {
  return {
    async installation() {
      const secret = await secrets.get('installation');
      return createHash('sha256').update(secret).digest('hex').slice(0, 32);
    },
    heads: () =>
      snapshot(async (trx) => {
        const programs = await trx('programs').orderBy('id').select('id', 'head_seq as seq', 'head_hash as hash');
        const own = await trx('installation_head').where({ id: 1 }).first('seq', 'hash');
        return [...programs, ...(own ? [{ id: ownChain, ...own }] : [])];
      }),
    async hashes(programId, seqs) {
      const found = new Map<number, string>();
      for (const part of portions(seqs)) {
        const of =
          programId === ownChain ? reader('installation_records') : reader('records').where({ program_id: programId });
        const rows: Omit<ProgramHead, 'id'>[] = await of.whereIn('seq', part).select('seq', 'hash');
        for (const { seq, hash } of rows) found.set(seq, hash);
      }
      return found;
    },
    async last() {
      const row: Row | undefined = await reader('checkpoints').orderBy('number', 'desc').first();
      return row && kept(row);
    },
    all: async () => (await reader('checkpoints').orderBy('number')).map(kept),
    async add({ number, madeAt, text }) {
      const row = { number, made_at: madeAt, doc: text };
      const made = await write((trx) =>
        trx('checkpoints').insert(row).onConflict('number').ignore().returning('number'),
      );
      return made.length > 0;
    },
    async unwritten(before) {
      const rows: Row[] = await reader('checkpoints')
        .whereNull('written_at')
        .where('made_at', '<=', before)
        .orderBy('number');
      return rows.map(kept);
    },
    async written(number, at) {
      await write((trx) => trx('checkpoints').where({ number }).update({ written_at: at }));
    },
  };
}

function kept({ number, made_at, doc }: Row): KeptCheckpoint {
  return { number, madeAt: made_at, text: doc };
}
