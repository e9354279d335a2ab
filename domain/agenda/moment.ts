import type { Instant } from '../basics.ts';
import type { Draft } from '../draft.ts';
import type { Text } from '../say.ts';
import type { ProgramState } from '../state.ts';

/** Something that happens at a moment. */
export interface Moment {
  at: Instant;
  /** What it is, in a word: `begin`, `reminder`, `review`, `audit`, `preparation`, `expiry`, … */
  kind: string;
  title: Text;
  /** The task, audit or finding it is about. */
  ref?: string;
}

/** A moment at which the program acts by itself; the others are only shown. */
export interface Due extends Moment {
  act?: (draft: Draft) => void;
}

/** One source of moments: looks at the state and gives what lies ahead, and what is due and not yet done. */
export type Source = (state: ProgramState) => Due[];
