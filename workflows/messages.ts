import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, BulkAnswer } from '../domain/answers.ts';
import type { Email, Instant } from '../domain/basics.ts';
import type { ProgramDefinition } from '../domain/program/definition.ts';
import type { BulkEnvelope, Envelope } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';

/** Workflow id of a program: one for life, through every phase and cycle. */
export const workflowIdOf = (programId: string): string => `program/${programId}`;

/** The task queue on which programs live. */
export const taskQueue = 'certloop';

/** What the first run of a program is started with. */
export interface ProgramStart {
  definition: ProgramDefinition;
  startedBy: Email;
  commandId: string;
}

/** What a run hands to the next: the state, and the answers it gave, for callers who ask on both sides. */
export interface ProgramCarry {
  state: ProgramState;
  known: Record<string, Answer | BulkAnswer>;
}

/**
 * A command is an Update: the caller gets what was recorded, or an `ApplicationFailure` of type `Rejected` whose
 * first detail is a `Rejection`, and then nothing is in the history.
 */
export const commandUpdate = defineUpdate<Answer, [Envelope]>('command');

/** Many commands, one Update, one commit. */
export const commandsUpdate = defineUpdate<BulkAnswer, [BulkEnvelope]>('commands');

/**
 * Answers when everything that fell due until now is recorded; gives the program's clock, and whether the program is about
 * to continue in its next run, where more may follow.
 */
export const settleUpdate = defineUpdate<{ now: Instant; seq: number; continues: boolean }>('settle');

/** For systems that can only signal: a refused command leaves a `CommandRejected` record. */
export const commandSignal = defineSignal<[Envelope | BulkEnvelope]>('command');

/** Why the program can record nothing, while its register ends before what it has recorded; null otherwise. */
export const behindQuery = defineQuery<string | null>('behind');

/** The live state. Its `now` is not live: a query sees the clock of the last workflow task. */
export const stateQuery = defineQuery<ProgramState>('state');
