import type { Client } from '@temporalio/client';
import type { Database } from '../../db/types.ts';
import type { Instant } from '../../domain/basics.ts';
import { isEnded } from '../../domain/program/queries.ts';
import type { SigningKeys } from '../../signing/keys.ts';
import { type ExecutionTrouble, remedyWords, type StandsAs } from '../../words/executions.ts';
import { taskQueue as ourQueue } from '../../workflows/messages.ts';
import { createProgramStates } from '../programStates.ts';
import { beganAnew, beginFrom, bringClockBack, clockBefore, endRun } from './begin.ts';
import { standingOf } from './listing.ts';

/** After an attempt a program is left alone for so long, in milliseconds, and so often it is begun anew in a day. */
const restMs = 60_000;
const mostADay = 5;
const dayMs = 24 * 3_600_000;

/** What became of a program that was to heal: it was, it was `not` and is not tried again soon, or it is `later`'s. */
export type Healed = { is: 'healed' } | { is: 'not'; why: string } | { is: 'later' };

export interface Healer {
  /** Begins a program anew from the register, when its chain is whole. Never rejects. */
  heal(programId: string): Promise<Healed>;
}

export interface HealerOptions {
  client: Client;
  database: Pick<Database, 'register' | 'read'>;
  /** What a run begins with is signed with. */
  keys: SigningKeys;
  /** Where programs are started; the queue of the messages when absent. */
  taskQueue?: string;
}

/**
 * Whether a trouble heals by itself: the register knows all that the execution knew, and nobody meant it. One that is ahead, or came to
 * its end, may know more than the register; one that is stuck would be stuck again; what was held or paused was meant.
 */
export function maySelfHeal(trouble: ExecutionTrouble): boolean {
  return ['missing', 'cancelled', 'terminated', 'failed', 'timedOut', 'reset'].includes(trouble);
}

/** Within so many milliseconds what heals by itself has healed, unless something stands in its way. */
const healsWithinMs = 3 * 60_000;

/** How a program stands that has a finding, for those who steer it. */
export function standsAs(
  { trouble, remedy, since }: { trouble: ExecutionTrouble; remedy: string; since: Instant },
  now: Instant,
): StandsAs {
  if (trouble === 'held' || trouble === 'paused') return 'held';
  const mayStill = remedy === remedyWords[trouble] && Date.parse(now) - Date.parse(since) < healsWithinMs;
  return maySelfHeal(trouble) && mayStill ? 'returns' : 'waits';
}

/** Makes what heals. One program is begun anew at most once a minute and five times a day: then somebody has to look. */
export function createHealer({ client, database, keys, taskQueue }: HealerOptions): Healer {
  const triedAt = new Map<string, number>();
  const begunAt = new Map<string, number[]>();

  function lately(programId: string): number[] {
    return (begunAt.get(programId) ?? []).filter((at) => at > Date.now() - dayMs);
  }

  async function begin(programId: string): Promise<Healed> {
    const { ok, brokenAt } = await database.register.verify(programId);
    if (!ok) {
      const why = `Its chain is broken at record ${brokenAt?.seq} (${brokenAt?.reason}), so it is not begun anew: bring back a backup in which it is whole.`;
      return { is: 'not', why };
    }
    const reading = await createProgramStates(database).read(programId);
    if (!reading || isEnded(reading.state)) return { is: 'later' };
    const { is, runId, isReset } = await standingOf(client, programId, taskQueue ?? ourQueue);
    if (is === 'running' && isReset && runId) await endRun(client, programId, runId, beganAnew);
    const clockAt = await clockBefore(database, reading.state);
    // Another process may have been first.
    const begun = await beginFrom({ client, database, keys, queue: taskQueue }, reading.state);
    if (begun) begunAt.set(programId, [...lately(programId), Date.now()]);
    const behind = begun && (await bringClockBack(client, programId, clockAt));
    return behind ? { is: 'not', why: `It was begun anew, but ${behind}.` } : { is: 'healed' };
  }

  return {
    async heal(programId) {
      if (Date.now() - (triedAt.get(programId) ?? 0) < restMs) return { is: 'later' };
      // What could not be begun, as while the service is full, does not count: it is tried for as long as it takes.
      if (lately(programId).length >= mostADay) {
        const why = `It was begun anew ${mostADay} times within a day and does not stay: find out why, then run "certloop restore".`;
        return { is: 'not', why };
      }
      triedAt.set(programId, Date.now());
      try {
        return await begin(programId);
      } catch (error) {
        return { is: 'not', why: `It cannot be begun anew: ${error instanceof Error ? error.message : error}` };
      }
    },
  };
}
