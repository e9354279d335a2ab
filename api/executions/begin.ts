import { type Client, QueryNotRegisteredError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Database } from '../../db/types.ts';
import type { Instant } from '../../domain/basics.ts';
import type { ProgramState } from '../../domain/state.ts';
import type { SigningKeys } from '../../signing/keys.ts';
import { sign } from '../../signing/sign.ts';
import {
  headQuery,
  type ProgramCarry,
  runLength,
  stateQuery,
  taskQueue,
  taskTimeout,
  workflowIdOf,
} from '../../workflows/messages.ts';
import { staticSummaryOf } from '../staticSummary.ts';
import { advanceClock } from '../timeSkipping.ts';

/** Why a run was ended that began anew with what the register has. */
export const beganAnew = 'Certloop begins it anew with what the register has';

/** How long the start of one program may take, and how long one that runs is asked how far it is, in milliseconds. */
const startMs = 30_000;
const askedMs = 5_000;

/** How long a rehearsal's clock may take to come to where it was. */
const clockMs = 60_000;

/** Where programs are begun, and what with. */
export interface Place {
  client: Client;
  database: Pick<Database, 'register'>;
  /** What a run begins with is signed with. */
  keys: SigningKeys;
  /** The queue of the messages when absent. */
  queue?: string;
}

/**
 * Starts an execution of a program in its phase, with the state that its records fold to; its timers follow from the state.
 * Gives whether it did: where an execution runs already, that one is left alone.
 */
export async function beginFrom(
  { client, database, keys, queue = taskQueue }: Place,
  state: ProgramState,
): Promise<boolean> {
  const headHash = await database.register.hashOf(state.id, state.seq);
  const carry: ProgramCarry = { state, headHash, known: {}, runLength };
  const signed = sign('start', workflowIdOf(state.id), carry, keys);
  try {
    await client.withDeadline(Date.now() + startMs, () =>
      client.workflow.start(state.phase, {
        workflowId: workflowIdOf(state.id),
        workflowIdConflictPolicy: 'FAIL',
        taskQueue: queue,
        workflowTaskTimeout: taskTimeout,
        args: [signed],
        staticSummary: staticSummaryOf(state),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** The clock of a rehearsal, to be read before it begins again: what it does then, it does in the world's time. */
export async function clockBefore(
  { read }: Pick<Database, 'read'>,
  { id, rehearsal }: ProgramState,
): Promise<Instant | undefined> {
  return rehearsal ? (await read.program(id))?.clockAt : undefined;
}

/**
 * Brings the clock of a rehearsal to where it was: it begins again at the world's time, which may lie years before its last
 * record. Gives why it did not get there, as without a worker.
 */
export async function bringClockBack(
  client: Client,
  programId: string,
  clockAt: Instant | undefined,
): Promise<string | undefined> {
  const durationMs = clockAt ? Date.parse(clockAt) - Date.now() : 0;
  if (durationMs <= 0) return undefined;
  try {
    await advanceClock(client, workflowIdOf(programId), { durationMs, timeoutMs: clockMs });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    return `its clock is not yet where it was, ${clockAt} (${reason}): run a worker, and advance it`;
  }
}

/** Ends one run of a program, and no other; one that has ended meanwhile is no error. */
export async function endRun(client: Client, programId: string, runId: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowIdOf(programId), runId).terminate(reason);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/**
 * The last record of a program that runs, as it knows it; undefined when it does not answer, as without a worker. One that runs
 * on a worker of an earlier version tells its number alone.
 */
export async function headOf(
  client: Client,
  programId: string,
): Promise<{ seq: number; hash: string | null } | undefined> {
  const handle = client.workflow.getHandle(workflowIdOf(programId));
  try {
    return await client.withDeadline(Date.now() + askedMs, () =>
      handle.query(headQuery).catch(async (error: unknown) => {
        if (!(error instanceof QueryNotRegisteredError)) throw error;
        return { seq: (await handle.query(stateQuery)).seq, hash: null };
      }),
    );
  } catch {
    return undefined;
  }
}
