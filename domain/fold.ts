import { dateAt, todayIn } from './calendar.ts';
import { inOneGo } from './changing.ts';
import { emptyState } from './program/start.ts';
import { applied } from './registry/applied.ts';
import { type Meta, type RecordDefinition, upcastData } from './registry/record.ts';
import { type ProgramRecord, records } from './registry.ts';
import type { ProgramState } from './state.ts';

/** The definitions of records by type, as they are looked up. */
const definitions: Record<string, AnyRecord | undefined> = records;

type AnyRecord = Pick<RecordDefinition, 'version' | 'upcasts'> & {
  apply(state: ProgramState, data: never, meta: Meta): ProgramState;
};

/**
 * The state after a record. Never refuses: what is recorded has happened. Throws only when the records do not belong
 * together (a gap in the sequence, a first record that is not the start), which is a damaged register.
 */
export function apply(state: ProgramState | undefined, stored: ProgramRecord): ProgramState {
  const expected = (state?.seq ?? 0) + 1;
  if (stored.seq !== expected) {
    throw new Error(`Record ${stored.seq} does not follow record ${expected - 1}; run certloop verify.`);
  }
  const record = upcast(stored);
  if (record.type === 'ProgramStarted') {
    if (state) throw new Error(`Record ${record.seq} starts ${state.id} a second time.`);
    const { definition } = record.data;
    return { ...emptyState(definition), lastActOn: dateAt(record.at, definition.calendar.timeZone), seq: 1 };
  }
  if (!state) throw new Error(`The first record is ${record.type}, not ProgramStarted.`);
  const meta = { at: record.at, today: todayIn(state.calendar, record.at), actor: record.actor };
  const definition = definitionOf(record);
  if (!definition || (record.version ?? 1) > definition.version) throw unknown(record);
  // The union ties data to its type; the table forgets which is which.
  return applied(definition, state, record.data as never, { ...meta, seq: record.seq });
}

/** The state of a program: the fold of its records, beginning with the first, or after those of `from`. */
export function fold(stored: ProgramRecord[], from?: ProgramState): ProgramState {
  const state = inOneGo(() => stored.reduce<ProgramState | undefined>(apply, from));
  if (!state) throw new Error('A program without records has no state.');
  return state;
}

/**
 * A record in the shape of this version, whatever earlier version wrote it; one of a newer version as it is. The stored one
 * is never changed: its hash covers it.
 */
export function upcast(stored: ProgramRecord): ProgramRecord {
  const { version = 1 } = stored;
  const definition = definitionOf(stored);
  if (!definition || version >= definition.version) return stored;
  const data = upcastData(definition, version, stored.data);
  // What the upcasts give is the data of the newest version.
  return { ...stored, data, version: definition.version } as ProgramRecord;
}

function definitionOf({ type }: { type: string }) {
  return Object.hasOwn(definitions, type) ? definitions[type] : undefined;
}

function unknown({ seq, type, version = 1 }: ProgramRecord): Error {
  const what = version === 1 ? type : `${type} of version ${version}`;
  return new Error(`Record ${seq} is ${what}, which this version does not know; run a newer.`);
}
