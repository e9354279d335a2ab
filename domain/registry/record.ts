import { type Static, type TObject, type TProperties, Type } from 'typebox';
import type { Email, Instant, IsoDate } from '../basics.ts';
import type { ProgramState } from '../state.ts';
import type { TaskStatus } from '../tasks/task.ts';

/** What a record needs of its envelope to be applied. */
export interface Meta {
  at: Instant;
  /** The program's date at `at`. */
  today: IsoDate;
  actor: Email | 'system';
}

/** What happened to a program, as the register keeps it for ever. */
export interface RecordSpec<D extends TProperties> {
  data: D;
  /** The status in which it leaves the task that its data names; `false` when it leaves each as it was. */
  leavesTask: TaskStatus | false;
  /** The state after it. Never refuses: what is recorded has happened. */
  apply(state: ProgramState, data: Static<TObject<D>>, meta: Meta): ProgramState;
  /** The id of what it creates, under the name that answers give it: `{ taskId: 'T-12' }`. */
  creates?(data: Static<TObject<D>>): Record<string, string>;
  /** 1 when absent. It grows when the shape of `data` changes, and `upcasts` gets a step. */
  version?: number;
  /** For each earlier version, what makes its data that of the next. */
  upcasts?: { [version: number]: (data: Record<string, unknown>) => Record<string, unknown> };
}

/** A type of record: its name, and what is known of it. */
export interface RecordDefinition<T extends string = string, D extends TProperties = TProperties>
  extends Omit<RecordSpec<D>, 'data' | 'version'> {
  type: T;
  version: number;
  data: TObject<D>;
}

/**
 * Defines a type of record. It gets a line in `domain/registry.ts` and an entry in `words/`; without them it does not
 * compile.
 */
export function record<const T extends string, D extends TProperties>(
  type: T,
  { data, version = 1, ...spec }: RecordSpec<D>,
): RecordDefinition<T, D> {
  return { type, version, data: Type.Object(data), ...spec };
}

/** Data of an earlier version of a record, in the shape of the present one. */
export function upcastData(
  { version, upcasts = {} }: Pick<RecordDefinition, 'version' | 'upcasts'>,
  writtenBy: number,
  stored: object,
): object {
  let data: Record<string, unknown> = { ...stored };
  for (let from = writtenBy; from < version; from++) data = upcasts[from]?.(data) ?? data;
  return data;
}
