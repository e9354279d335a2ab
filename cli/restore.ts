import { type Client, isGrpcServiceError, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import pLimit from 'p-limit';
import { createProgramStates } from '../api/programStates.ts';
import { staticSummaryOf } from '../api/staticSummary.ts';
import { advanceClock } from '../api/timeSkipping.ts';
import { loadSettings } from '../config/settings.ts';
import { openExistingDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import type { Instant } from '../domain/basics.ts';
import { isEnded } from '../domain/program/queries.ts';
import { behindText } from '../domain/registerBehind.ts';
import type { ProgramState } from '../domain/state.ts';
import { type ProgramCarry, stateQuery, taskQueue, workflowIdOf } from '../workflows/messages.ts';
import { count } from './register.ts';
import { connectService, Parts } from './run/parts.ts';

/** How many programs are restored at the same time. */
const atOnce = 16;

/** How long a rehearsal's clock may take to come to where it was. */
const catchUpMs = 60_000;

/** How long a program that runs already is asked how far it is. */
const askedMs = 5_000;

/**
 * What became of one program: it was `restored`, `runs` already, has `ended`, its chain is `broken`, it is restored with
 * its clock `behind`, its execution is `ahead` of the register, or it `failed` and was not started.
 */
export interface Restored {
  programId: string;
  outcome: 'restored' | 'runs' | 'ended' | 'broken' | 'behind' | 'ahead' | 'failed';
  detail: string;
}

/** `certloop restore`: every open program again on an empty Temporal service; ends with status 1 when one is not. */
export async function restoreCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const parts = new Parts();
  try {
    const database = await openExistingDatabase(settings.databaseUrl);
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
  const left = results.filter(({ outcome }) => outcome in advice);
  if (left.length === 0) return;
  const why = [...new Set(left.map(({ outcome }) => advice[outcome]))].filter(Boolean);
  throw new Error(
    [
      `${count(left.length, 'program')} not restored: ${left.map(({ programId }) => programId).join(', ')}.`,
      ...why,
      'What was restored runs; running this again leaves it alone.',
    ].join(' '),
  );
}

/** The outcomes that leave something to do, and what that is where the program's own line does not say it. */
const advice: Partial<Record<Restored['outcome'], string>> = {
  broken:
    'A program with a broken chain is not restored: bring back a backup in which it is whole ("certloop verify").',
  ahead:
    'A program whose execution is ahead of the register records nothing until the newest database is back, or its ' +
    'execution was terminated and it was restored from the older one.',
  failed: '',
};

const summaries: [Restored['outcome'], string][] = [
  ['restored', 'restored'],
  ['behind', 'restored with its clock behind'],
  ['runs', 'left alone, for it runs already'],
  ['ended', 'closed or cancelled'],
  ['broken', 'refused for a broken chain'],
  ['ahead', 'ahead of the register'],
  ['failed', 'failed'],
];

/**
 * Starts each open program in its phase, with the state that its records fold to; its timers follow from the state. A
 * program that runs already, or has ended, is left alone, and told of when it is ahead of the register; one whose chain is
 * broken is refused, one that cannot be read fails alone. A rehearsal's clock is brought to where its last record was written. Throws when the service cannot be
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
    return running(client, database, state);
  }
  const detail = `restored in ${state.phase} with ${count(state.seq, 'record')}`;
  const program = await database.read.program(programId);
  const behind = state.rehearsal && program && (await catchUp(client, programId, program.clockAt));
  if (behind) return { programId, outcome: 'behind', detail: `${detail}; ${behind}` };
  return { programId, outcome: 'restored', detail };
}

/** A program that runs already is left alone; whether it knows more than the register, only itself can say. */
async function running(
  client: Client,
  { register }: Database,
  { id: programId, seq }: ProgramState,
): Promise<Restored> {
  const executionSeq = await seqOf(client, programId);
  // It may have recorded more since the register was read.
  const isAhead =
    executionSeq && (await register.records(programId, { after: executionSeq - 1, limit: 1 })).length === 0;
  if (isAhead) {
    return { programId, outcome: 'ahead', detail: `AHEAD, left as it is: ${behindText(programId, seq, executionSeq)}` };
  }
  const unsure = executionSeq === undefined ? '; it did not say how far it is: let a worker run and ask again' : '';
  const detail = `runs already; left alone (the register has ${count(seq, 'record')}${unsure})`;
  return { programId, outcome: 'runs', detail };
}

/** The last record of a program that runs, as it knows it; undefined when it does not answer, as without a worker. */
async function seqOf(client: Client, programId: string): Promise<number | undefined> {
  const handle = client.workflow.getHandle(workflowIdOf(programId));
  try {
    return (await client.withDeadline(Date.now() + askedMs, () => handle.query(stateQuery))).seq;
  } catch {
    return undefined;
  }
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
      staticSummary: staticSummaryOf(state),
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
    return `its clock is not yet at ${lastAt} (${reason}): run a worker, and advance it`;
  }
}
