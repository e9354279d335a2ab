import type { Draft } from '../decide/draft.ts';
import type { Instant, ProgramState } from '../types/index.ts';

/** Something that happens at a moment. */
export interface Moment {
  at: Instant;
  /** What it is, in a word: `begin`, `reminder`, `review`, `audit`, `preparation`, `expiry`, … */
  kind: string;
  title: string;
  /** The task, audit or finding it is about. */
  ref?: string;
}

/** A moment at which the program acts by itself; the others are only told. */
export interface Due extends Moment {
  act?: (draft: Draft) => void;
}

/** One source of moments: looks at the state and gives what lies ahead, and what is due and not yet done. */
export type Source = (state: ProgramState) => Due[];
