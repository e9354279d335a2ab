import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, BulkAnswer } from '../domain/answers.ts';
import type { Email, Instant } from '../domain/basics.ts';
import type { PartElsewhere } from '../domain/people/elsewhere.ts';
import type { ProgramDefinition } from '../domain/program/definition.ts';
import type { BulkEnvelope as BareBulkEnvelope, Envelope as BareEnvelope } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { statusAttribute } from './searchAttributes.ts';
import type { Stumbled } from './stumbles.ts';
import type { UnsignedNoted } from './unsigned.ts';

export { workflowIdOf } from '../domain/workflowId.ts';

/** The status that a program shows in Temporal's lists while its register ends before what it has recorded. */
export const aheadStatus = 'ahead';

/** The search attribute in which a program shows its status. */
export const statusAttributeName = statusAttribute.name;

/** The task queue on which programs live. */
export const taskQueue = 'certloop';

/**
 * Events after which a program begins a new run. Whoever takes a program over from a worker that stopped or died replays the
 * run's history, at six events a command, while people wait for it. Measured by `npm run bench workers`; the service
 * itself suggests a new run after thousands.
 */
export const runLength = 200;

/**
 * How long a worker may be at one task of a program before another gets it: that long people wait for what a worker was at that
 * was killed. Not shorter, or forty programs that one worker replays at once would be taken from it as if it were gone. A task
 * that waits, as for a commit, tells of it meanwhile.
 */
export const taskTimeout = '4s';

/** What the first run of a program is started with. */
export interface ProgramStart {
  definition: ProgramDefinition;
  startedBy: Email;
  /** The id of the token by which the start came. */
  tokenId?: string;
  commandId: string;
  /** What its people are in other programs of the organization. */
  elsewhere?: PartElsewhere[];
  /** Events after which it begins its next run; absent where an earlier version began it. */
  runLength?: number;
  /** By a key of the installation, over all of it. */
  signature?: string;
}

/** What a run hands to the next: the state, and the answers it gave, for callers who ask on both sides. */
export interface ProgramCarry {
  state: ProgramState;
  /** The hash of the state's last record, where it is known. */
  headHash?: string | undefined;
  known: Record<string, Answer | BulkAnswer>;
  /** Events after which it begins its next run; absent where an earlier version began it. */
  runLength?: number;
  /** What the program could not do by itself, where there is any of it. */
  stumbled?: Stumbled | undefined;
  /** The messages that nobody signed, of which not too many are noted a day. */
  unsigned?: UnsignedNoted;
  /** By a key of the installation, over all of it: of who restores it, or of the worker whose run hands it on. */
  signature?: string;
}

/** Envelopes as they are sent: signed by a key of the installation (`signing/sign.ts`). */
export type Envelope = BareEnvelope & { signature?: string };
export type BulkEnvelope = BareBulkEnvelope & { signature?: string };

/**
 * A command is an Update: the caller gets what was recorded, or an `ApplicationFailure` of type `Rejected` whose
 * first detail is a `Rejection`, and then nothing is in the history.
 */
export const commandUpdate = defineUpdate<Answer, [Envelope]>('command');

/** Many commands, one Update, one commit. */
export const commandsUpdate = defineUpdate<BulkAnswer, [BulkEnvelope]>('commands');

/** A program's clock, the number of its last record, and whether it is about to continue in its next run, where more may follow. */
export interface Settled {
  now: Instant;
  seq: number;
  continues: boolean;
}

/** Answers when everything that fell due until now is recorded. */
export const settleUpdate = defineUpdate<Settled>('settle');

/** Has a program take over what the register has and it does not know, as when its worker was killed right after a commit. */
export const catchUpUpdate = defineUpdate<void>('catchUp');

/** For systems that can only signal: a refused command leaves a `CommandRejected` record. */
export const commandSignal = defineSignal<[Envelope | BulkEnvelope]>('command');

/** Why the program can record nothing, while its register ends before what it has recorded; null otherwise. */
export const behindQuery = defineQuery<string | null>('behind');

/** The number of the program's last record and its hash, where it is known, as the program remembers them. */
export const headQuery = defineQuery<{ seq: number; hash: string | null }>('head');

/** The live state. Its `now` is not live: a query sees the clock of the last workflow task. */
export const stateQuery = defineQuery<ProgramState>('state');
