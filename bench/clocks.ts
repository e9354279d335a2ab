import type { Client } from '@temporalio/client';
import { advanceClock, clockOf } from '../api/timeSkipping.ts';
import { workflowIdOf } from '../workflows/messages.ts';
import { eachOf } from './programs.ts';

/** A moment of many programs' clocks that comes on this machine's clock at once. */
export interface Appointment {
  /** When it comes, in milliseconds since the epoch, by this machine's clock. */
  at: number;
  /** By how much the programs' clocks are ahead of this machine's. */
  aheadMs: number;
  /** The furthest that a program's clock is off, in milliseconds, of some that were asked. */
  spreadMs: number;
}

const sampled = 20;

/**
 * Moves the clocks of programs ahead, all by the same, so that a moment of theirs is `leadMs` away on this machine's
 * clock. From then on they run at its pace: their timers fire by themselves at the same time, as those of programs
 * whose clock was never moved. Needs no worker, as long as nothing is due before the moment.
 *
 * @throws Error when it took longer than `leadMs`
 */
export async function meetAt(client: Client, programs: string[], moment: string, leadMs: number): Promise<Appointment> {
  const at = Date.now() + leadMs;
  const aheadMs = Date.parse(moment) - at;
  const isAhead = async (workflowId: string) => Date.parse(await clockOf(client, workflowId)) - Date.now();
  await eachOf(programs.map(workflowIdOf), async (workflowId) => {
    await advanceClock(client, workflowId, { durationMs: aheadMs - (await isAhead(workflowId)) });
  });
  if (Date.now() > at) {
    throw new Error(`The clocks of ${programs.length} programs were not set within ${Math.round(leadMs / 1_000)} s.`);
  }
  const step = Math.ceil(programs.length / sampled);
  const some = programs.filter((_, index) => index % step === 0).map(workflowIdOf);
  const off = await eachOf(some, async (workflowId) => Math.abs((await isAhead(workflowId)) - aheadMs));
  return { at, aheadMs, spreadMs: Math.max(...off) };
}
