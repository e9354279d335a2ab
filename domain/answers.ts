import type { Instant } from './basics.ts';
import type { RefusalKind } from './refusal.ts';

/** Why a command was refused, in words for the person who sent it. */
export interface Rejection {
  kind: RefusalKind;
  /** A rule's name (`R8`) or a short word (`state`, `role`, `dates`, `unknown`, …). */
  code: string;
  /** What is wrong, and what to do. */
  detail: string;
  /** The field of the payload that is wrong, where it is one. */
  field?: string;
}

/** The answer to a command that was recorded. */
export interface Answer {
  commandId: string;
  at: Instant | '';
  /** Sequence numbers of the first and last record; both 0 when nothing had to be recorded. */
  firstSeq: number;
  lastSeq: number;
  /** What was created: for example `{ taskId: 'T-12' }`. */
  ids: Record<string, string>;
  warnings: string[];
  /** Set while the program goes over into its next phase: the work of that phase is laid out a moment later. */
  continues?: true;
}

/** The answer to a bulk envelope: one result for each command, in its order. */
export interface BulkAnswer extends Answer {
  results: ({ ok: true; ids: Record<string, string>; warnings: string[] } | { ok: false; rejection: Rejection })[];
}
