import { dateAt } from '../calendar.ts';
import type { ProgramRecord, ProgramState, RecordMap, RecordType, Task } from '../types/index.ts';

/** What a record needs of its envelope to be applied. */
export interface Meta {
  at: string;
  /** The program's date at `at`. */
  today: string;
  actor: string;
}

/** How each type of record changes the state; none may refuse, for what is recorded has happened. */
export type Appliers<T extends RecordType> = {
  [K in T]: (state: ProgramState, data: RecordMap[K], meta: Meta) => ProgramState;
};

export function metaOf(state: ProgramState, record: ProgramRecord): Meta {
  return { at: record.at, today: dateAt(record.at, state.calendar.timeZone), actor: record.actor };
}

/** The state with one entry of a keyed part changed. An entry that is not there is a defect of the register. */
export function change<K extends 'tasks' | 'audits' | 'findings'>(
  state: ProgramState,
  part: K,
  id: string,
  with_: (entry: ProgramState[K][string]) => ProgramState[K][string],
): ProgramState {
  const entry = state[part][id] as ProgramState[K][string] | undefined;
  if (!entry)
    throw new Error(`The register of ${state.id} names ${id} before it was recorded (after record ${state.seq}).`);
  return { ...state, [part]: { ...state[part], [id]: with_(entry) } };
}

export function changeTask(state: ProgramState, id: string, changes: Partial<Task>): ProgramState {
  return change(state, 'tasks', id, (task) => ({ ...task, ...changes }));
}

/** The counters with the number in an id such as `T-12` taken. */
export function counted(state: ProgramState, id: string): Record<string, number> {
  const [letter, number] = id.split('-') as [string, string];
  return { ...state.counters, [letter]: Math.max(state.counters[letter] ?? 0, Number(number)) };
}
