import { deserialize, serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import type { Database } from '../db/types.ts';
import type { Instant } from '../domain/basics.ts';
import { fold } from '../domain/fold.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { type Ties, tiesAfter } from '../identity/reading/ties.ts';
import { type Names, namesAfter } from './everybody.ts';

/** Programs that are kept as they are; those before them are kept packed, which takes a fifth of the memory. */
const mostPrograms = 200;
const packedBytes = 128 * 1024 * 1024;
const atOnce = 1_000;

export interface Warning {
  at: Instant;
  code: string;
  text: string;
}

/** A program as its register tells it: its state, the warnings that were noted on the way, who is tied to what, and what everybody is called. */
export interface ProgramReading {
  state: ProgramState;
  warnings: Warning[];
  ties: Ties;
  names: Names;
}

/** A reading as bytes, and the record up to which it goes. */
interface Packed {
  seq: number;
  bytes: Buffer;
}

/** The states of programs, for reading. They come from the register, so that reading goes on without Temporal. */
export interface ProgramStates {
  /** A program up to its last record, or undefined when it has none. */
  read(programId: string): Promise<ProgramReading | undefined>;
}

/**
 * Makes the states. Those of programs that were read lately are kept, and brought up to date with the records after them: a
 * page of one of a thousand programs must not wait until its years are folded again.
 */
export function createProgramStates({ register }: Pick<Database, 'register'>): ProgramStates {
  const packed = new LRUCache<string, Packed>({ maxSize: packedBytes, sizeCalculation: ({ bytes }) => bytes.length });
  const known = new LRUCache<string, ProgramReading>({
    max: mostPrograms,
    dispose: (reading, programId, why) => {
      const { seq } = reading.state;
      // What was unpacked and has not changed since is packed already.
      if (why === 'evict' && packed.peek(programId)?.seq !== seq)
        packed.set(programId, { seq, bytes: serialize(reading) });
    },
  });

  function kept(programId: string): ProgramReading | undefined {
    const reading = known.get(programId);
    if (reading) return reading;
    const found = packed.get(programId);
    if (!found) return undefined;
    const unpacked: ProgramReading = deserialize(found.bytes);
    known.set(programId, unpacked);
    return unpacked;
  }

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
      const before = kept(programId);
      const records = await recordsAfter(programId, before?.state.seq ?? 0);
      if (records.length === 0) return before;
      const reading = {
        state: fold(records, before?.state),
        warnings: withThoseOf(records, before?.warnings ?? []),
        ties: tiesAfter(records, before?.ties),
        names: namesAfter(records, before?.names),
      };
      known.set(programId, reading);
      return reading;
    },
  };
}

function withThoseOf(records: ProgramRecord[], warnings: Warning[]): Warning[] {
  const more = records.flatMap((record) => (record.type === 'WarningNoted' ? [{ at: record.at, ...record.data }] : []));
  return [...warnings, ...more];
}
