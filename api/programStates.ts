import { LRUCache } from 'lru-cache';
import type { Database } from '../db/types.ts';
import type { Instant } from '../domain/basics.ts';
import { fold } from '../domain/fold.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';

const mostPrograms = 200;
const atOnce = 1_000;

export interface Warning {
  at: Instant;
  code: string;
  text: string;
}

/** A program as its register tells it: its state, and the warnings that were noted on the way. */
export interface ProgramReading {
  state: ProgramState;
  warnings: Warning[];
}

/** The states of programs, for reading. They come from the register, so that reading goes on without Temporal. */
export interface ProgramStates {
  /** A program up to its last record, or undefined when it has none. */
  read(programId: string): Promise<ProgramReading | undefined>;
}

/** Makes the states. Those of the last 200 programs are kept, and brought up to date with the records after them. */
export function createProgramStates({ register }: Pick<Database, 'register'>): ProgramStates {
  const known = new LRUCache<string, ProgramReading>({ max: mostPrograms });

  async function recordsAfter(programId: string, seq: number): Promise<ProgramRecord[]> {
    const records: ProgramRecord[] = [];
    for (let after = seq; ; ) {
      const page = await register.records(programId, { after, limit: atOnce });
      records.push(...page);
      if (page.length < atOnce) return records;
      after = page.at(-1)!.seq;
    }
  }

  return {
    async read(programId) {
      const before = known.get(programId);
      const records = await recordsAfter(programId, before?.state.seq ?? 0);
      if (records.length === 0) return before;
      const reading = { state: fold(records, before?.state), warnings: withThoseOf(records, before?.warnings ?? []) };
      known.set(programId, reading);
      return reading;
    },
  };
}

function withThoseOf(records: ProgramRecord[], warnings: Warning[]): Warning[] {
  const more = records.flatMap((record) => (record.type === 'WarningNoted' ? [{ at: record.at, ...record.data }] : []));
  return [...warnings, ...more];
}
