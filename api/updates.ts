import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { Database } from '../db/types.ts';
import type { ProgramSummary } from '../domain/views.ts';
import { statusLabels } from '../words/labels.ts';
import { behindQuery, workflowIdOf } from '../workflows/messages.ts';
import { asProblem, Problem, Rejected, unavailable } from './problem.ts';
import { retryUntil } from './retry.ts';
import { judge } from './temporalErrors.ts';
import { createTurns } from './turns.ts';

/** How long a call is tried before its caller is told to ask again. */
export const boundMs = 30_000;

/** How long a program that did not answer is asked why. */
const askedMs = 2_000;

/** How long no run of a program may be open: one run follows the other at once. */
const betweenRunsMs = 10_000;

/** Temporal refuses an eleventh Update in flight to one execution; at eight, none was seen to fail. */
const inFlight = 8;

/** Sends an Update to a program and gives its result. */
export type SendUpdate = <R, A extends unknown[]>(
  programId: string,
  definition: UpdateDefinition<R, A>,
  updateId: string,
  args: A,
) => Promise<R>;

/**
 * Makes the sender of Updates: at most eight at once for each program, each tried again with the same id while it
 * did not get through, for 30 seconds in all. It throws `Rejected` when the program refuses or is over, and a 503
 * problem when the service cannot be reached; the Update may still be carried out then.
 */
export function createUpdates({ client, database }: { client: Client; database: Database }): SendUpdate {
  const inTurn = createTurns(inFlight);

  /** Between two runs there is none for a moment; after the last there is none for ever. */
  function patience(programId: string): (error: unknown) => Promise<boolean> {
    let goneUntil: number | undefined;
    return async (error) => {
      const { kind } = judge(error);
      if (kind !== 'gone') return kind === 'again';
      await mustBeOpen(database, programId);
      goneUntil ??= Date.now() + betweenRunsMs;
      return Date.now() < goneUntil;
    };
  }

  return async <R, A extends unknown[]>(
    programId: string,
    { name }: UpdateDefinition<R, A>,
    updateId: string,
    args: A,
  ) => {
    const deadline = Date.now() + boundMs;
    const handle = client.workflow.getHandle(workflowIdOf(programId));
    // The id of the Update is the id of the command, so that Temporal itself knows a repeated one within a run.
    const send = () => handle.executeUpdate<R, [unknown]>(name, { updateId, args: args as unknown[] as [unknown] });
    const sent = translated(programId, () =>
      inTurn(programId, () => retryUntil(deadline, () => client.withDeadline(deadline, send), patience(programId))),
    );
    return sent
      .catch((error: unknown) => unlessLost(database, programId, error))
      .catch((error: unknown) => unlessBehind(client, programId, error));
  };
}

/** Makes a call to Temporal, and throws what its error means: `Rejected`, or a 503 problem. */
export async function translated<T>(programId: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (asProblem(error)) throw error;
    const verdict = judge(error);
    if (verdict.kind === 'refused') throw new Rejected(verdict.rejection);
    if (verdict.kind === 'behind' || verdict.kind === 'notSigned') throw unavailable(verdict.detail, error);
    if (verdict.kind === 'unexpected') throw error;
    throw unavailable(
      `The program ${programId} did not answer in time. What was asked may still be carried out: ask again with the ` +
        'same Idempotency-Key to find out whether it was.',
      error,
    );
  }
}

/** Whether a program is over for ever, so that no run of it is open. */
export function hasEnded(program: ProgramSummary | undefined): boolean {
  return program?.status === 'closed' || program?.status === 'cancelled';
}

/**
 * Throws the error of a call again; says what to do when Temporal knows no run of a program that the register has open:
 * its service was emptied, or is another one.
 */
async function unlessLost({ read }: Database, programId: string, error: unknown): Promise<never> {
  const gone = error instanceof Problem && judge(error.cause).kind === 'gone';
  if (!gone || !(await read.program(programId))) throw error;
  throw unavailable(
    `The program ${programId} is in the register, but the Temporal service runs no program of that id. If the service is ` +
      'new or was emptied, have an administrator run "certloop restore": it starts every open program again.',
    error,
  );
}

/** Throws the error of a call again; says what to do when the program waits for a newer register than there is. */
async function unlessBehind(client: Client, programId: string, error: unknown): Promise<never> {
  const unanswered = error instanceof Problem && ['unreachable', 'again'].includes(judge(error.cause).kind);
  const why = unanswered && (await behindOf(client, programId));
  throw why ? unavailable(why, error) : error;
}

/** Why a program can record nothing; undefined when it can, and when it does not answer soon. */
async function behindOf(client: Client, programId: string): Promise<string | undefined> {
  const handle = client.workflow.getHandle(workflowIdOf(programId));
  try {
    return (await client.withDeadline(Date.now() + askedMs, () => handle.query(behindQuery))) ?? undefined;
  } catch {
    return undefined;
  }
}

async function mustBeOpen({ read }: Database, programId: string): Promise<void> {
  const program = await read.program(programId);
  if (!program || !hasEnded(program)) return;
  const detail = `The program ${programId} is ${statusLabels[program.status]}: it can be read, but nothing can be added to it.`;
  throw new Rejected({ kind: 'conflict', code: 'state', detail });
}
