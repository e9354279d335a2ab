import { type Client, isGrpcServiceError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import pLimit from 'p-limit';
import { createProgramStates } from '../api/programStates.ts';
import { advanceClock } from '../api/timeSkipping.ts';
import { loadSettings } from '../config/settings.ts';
import { openDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import { isEnded } from '../domain/progress.ts';
import type { Instant, ProgramState } from '../domain/types/index.ts';
import { type ProgramCarry, taskQueue, workflowIdOf } from '../workflows/messages.ts';
import { count } from './register.ts';
import { connectService, Parts } from './run/parts.ts';

/** How many programs are restored at the same time. */
const atOnce = 16;

/** How long a rehearsal's clock may take to come to where it was. */
const catchUpMs = 60_000;

/**
 * What became of one program: it was `restored`, `runs` already, has `ended`, its chain is `broken`, it is restored with
 * its clock `behind`, or it `failed` and was not started.
 */
export interface Restored {
  programId: string;
  outcome: 'restored' | 'runs' | 'ended' | 'broken' | 'behind' | 'failed';
  detail: string;
}

/** `certloop restore`: every open program again on an empty Temporal service; ends with status 1 when one is not. */
export async function restoreCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const parts = new Parts();
  try {
    const database = await openDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const client = await connectService(settings, parts);
    await report(restoreAll(client, database), (line) => console.log(line));
  } finally {
    await parts.stop();
  }
}

/**
 * Says what became of each program, and what of all. Throws when something is left to do: a chain that is broken, a
 * program that could not be started, or a service that went away.
 */
export async function report(restoring: AsyncIterable<Restored>, say: (line: string) => void): Promise<void> {
  const results: Restored[] = [];
  try {
    for await (const restored of restoring) {
      results.push(restored);
      say(`${restored.programId}: ${restored.detail}`);
    }
  } finally {
    const told = [...summaries].map(([outcome, text]) => [
      results.filter((one) => one.outcome === outcome).length,
      text,
    ]);
    const summary = told.filter(([number]) => number !== 0).map(([number, text]) => `${number} ${text}`);
    say(`${count(results.length, 'program')}: ${summary.join(', ') || 'nothing to restore'}.`);
  }
  const left = results.filter(({ outcome }) => outcome === 'broken' || outcome === 'failed');
  if (left.length === 0) return;
  throw new Error(
    `${count(left.length, 'program')} not restored: ${left.map(({ programId }) => programId).join(', ')}. A broken chain ` +
      'is not carried on: bring back a backup in which it is whole ("certloop verify"). What was restored runs; asking ' +
      'again leaves it alone.',
  );
}

const summaries: [Restored['outcome'], string][] = [
  ['restored', 'restored'],
  ['behind', 'restored with its clock behind'],
  ['runs', 'left alone, for it runs already'],
  ['ended', 'closed or cancelled'],
  ['broken', 'refused for a broken chain'],
  ['failed', 'failed'],
];

/**
 * Starts each open program in its phase, with the state that its records fold to; its timers follow from the state. A
 * program that runs already, or has ended, is left alone; one whose chain is broken is refused, one that cannot be read
 * fails alone. A rehearsal's clock is brought to where its last record was written. Throws when the service cannot be
 * reached, and begins no further one; what was restored until then runs.
 */
export async function* restoreAll(
  client: Client,
  database: Database,
  queue: string = taskQueue,
): AsyncGenerator<Restored> {
  const limit = pLimit(atOnce);
  const restoring = (await database.register.programIds()).map((programId) =>
    limit(() => restore(client, database, queue, programId).catch((error: unknown) => failed(programId, error))),
  );
  for (const one of restoring) one.catch(() => undefined);
  try {
    for (const one of restoring) yield await one;
  } finally {
    limit.clearQueue();
  }
}

async function restore(client: Client, database: Database, queue: string, programId: string): Promise<Restored> {
  const { ok, brokenAt } = await database.register.verify(programId);
  if (!ok) {
    const detail = `REFUSED: the chain is broken at record ${brokenAt?.seq}: ${brokenAt?.reason}`;
    return { programId, outcome: 'broken', detail };
  }
  const reading = await createProgramStates(database).read(programId);
  if (!reading) throw new Error(`The register holds no records of ${programId}.`);
  const { state } = reading;
  if (isEnded(state)) return { programId, outcome: 'ended', detail: `${state.status}; nothing to restore` };
  if (!(await started(client, queue, state))) {
    return {
      programId,
      outcome: 'runs',
      detail: `runs already; left alone (the register has ${count(state.seq, 'record')})`,
    };
  }
  const detail = `restored in ${state.phase} with ${count(state.seq, 'record')}`;
  const program = await database.read.program(programId);
  const behind = state.rehearsal && program && (await catchUp(client, programId, program.clockAt));
  if (behind) return { programId, outcome: 'behind', detail: `${detail}; ${behind}` };
  return { programId, outcome: 'restored', detail };
}

/** A defect of one program stops none of the others; a service that went away stops all. */
function failed(programId: string, error: unknown): Restored {
  const reason = error instanceof Error ? error.message : String(error);
  if (isGrpcServiceError(error) || isGrpcServiceError((error as Error).cause)) {
    throw new Error(
      `Stopped at ${programId}, which was not restored: the Temporal service failed (${reason}). Ask again when it is back.`,
      { cause: error },
    );
  }
  return { programId, outcome: 'failed', detail: `FAILED, not started: ${reason}` };
}

async function started(client: Client, queue: string, state: ProgramState): Promise<boolean> {
  const carry: ProgramCarry = { state, known: {} };
  try {
    await client.workflow.start(state.phase, {
      workflowId: workflowIdOf(state.id),
      workflowIdConflictPolicy: 'FAIL',
      taskQueue: queue,
      args: [carry],
      staticSummary: `${state.name} (${state.organization})`,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** A rehearsal begins again at the world's time, which may lie years before its last record. Says why it stays there. */
async function catchUp(client: Client, programId: string, lastAt: Instant): Promise<string | undefined> {
  const durationMs = Date.parse(lastAt) - Date.now();
  if (durationMs <= 0) return undefined;
  try {
    await advanceClock(client, workflowIdOf(programId), { durationMs, timeoutMs: catchUpMs });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `its clock is not yet at ${lastAt} (${reason}): run a worker, and advance it with POST clock/advance`;
  }
}
