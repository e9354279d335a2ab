import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { createProgramStates } from '../api/programStates.ts';
import { advanceClock } from '../api/timeSkipping.ts';
import { loadSettings } from '../config/settings.ts';
import { openDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import { isEnded } from '../domain/progress.ts';
import type { Instant, ProgramState } from '../domain/types/index.ts';
import { type ProgramCarry, taskQueue, workflowIdOf } from '../workflows/messages.ts';
import { connectService, Parts } from './run/parts.ts';

/** What became of one program. */
export interface Restored {
  programId: string;
  outcome: 'restored' | 'runs' | 'ended' | 'broken';
  detail: string;
}

/** `certloop restore`: every open program again on an empty Temporal service, from the register alone. */
export async function restoreCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const parts = new Parts();
  try {
    const database = await openDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const client = await connectService(settings, parts);
    const results: Restored[] = [];
    for await (const restored of restoreAll(client, database)) {
      results.push(restored);
      console.log(`${restored.programId}: ${restored.detail}`);
    }
    const broken = results.filter(({ outcome }) => outcome === 'broken').length;
    const count = results.filter(({ outcome }) => outcome === 'restored').length;
    console.log(`${count} of ${results.length} programs restored.`);
    if (broken > 0) throw new Error(`${broken} not restored: a broken chain is not carried on; see "certloop verify".`);
  } finally {
    await parts.stop();
  }
}

/**
 * Starts each open program in its phase, with the state that its records fold to; its timers follow from the state. A
 * program that runs already, or has ended, is left alone; one whose chain is broken is refused. A rehearsal's clock is
 * brought to where its last record was written.
 */
export async function* restoreAll(
  client: Client,
  database: Database,
  queue: string = taskQueue,
): AsyncGenerator<Restored> {
  for (const programId of await database.register.programIds()) yield await restore(client, database, queue, programId);
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
  if (!(await started(client, queue, state))) return { programId, outcome: 'runs', detail: 'runs already; left alone' };
  const program = await database.read.program(programId);
  if (state.rehearsal && program) await catchUp(client, programId, program.clockAt);
  return { programId, outcome: 'restored', detail: `restored in ${state.phase} with ${state.seq} records` };
}

async function started(client: Client, queue: string, state: ProgramState): Promise<boolean> {
  const carry: ProgramCarry = { state, known: {} };
  try {
    await client.workflow.start(state.phase, {
      workflowId: workflowIdOf(state.id),
      workflowIdConflictPolicy: 'FAIL',
      taskQueue: queue,
      args: [carry],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** A rehearsal begins again at the world's time, which may lie years before its last record. */
async function catchUp(client: Client, programId: string, lastAt: Instant): Promise<void> {
  const durationMs = Date.parse(lastAt) - Date.now();
  if (durationMs > 0) await advanceClock(client, workflowIdOf(programId), { durationMs });
}
