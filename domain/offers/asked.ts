import type { IsoDate } from '../basics.ts';
import type { Told } from '../registry/told.ts';
import type { CommandMap, CommandType } from '../registry.ts';
import type { ProgramState } from '../state.ts';

/** What is known of a payload from where it is asked for: `{ taskId: 'T-7' }`. */
export type Known = Readonly<Record<string, string>>;

/** A moment of a program, and what is known already of what somebody might send. */
export interface Asked {
  state: ProgramState;
  today: IsoDate;
  known: Known;
  /** What says that it is entered for somebody of the certification body. */
  entered?: Told;
}

/** For some commands, parts of payloads that belong together, the most usual first. */
export type Fitting = { [T in CommandType]?: (asked: Asked) => Iterable<Partial<CommandMap[T]>> };
