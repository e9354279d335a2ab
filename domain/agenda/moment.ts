import type { Instant } from '../basics.ts';
import type { Draft } from '../draft.ts';
import type { Round } from '../rules/cadence.ts';
import type { Text } from '../say.ts';
import type { ProgramState } from '../state.ts';

/** What happens at a moment, in a word; what comes around is named by its cadence. */
export type MomentKind =
  | 'begin'
  | 'reminder'
  | 'escalation'
  | 'review'
  | 'waiting'
  | 'audit'
  | 'latest'
  | 'missedAudit'
  | 'preparation'
  | 'deadline'
  | 'effectiveness'
  | 'suspension'
  | 'expiry'
  | 'restoration'
  | 'progress'
  | 'holidays'
  | 'absence'
  | 'proposal'
  | Round['cadence'];

/** Something that happens at a moment. */
export interface Moment {
  at: Instant;
  kind: MomentKind;
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
