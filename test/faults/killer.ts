import { setTimeout as sleep } from 'node:timers/promises';
import { type Kind, kinds } from './installation.ts';
import type { Mortal } from './mortal.ts';
import type { Random } from './random.ts';

/** Milliseconds from when a killed part was started again to the next kill, and for which it stays dead. */
const pauseMs = [2_000, 6_000] as const;
const deadMs = [200, 1_500] as const;

export interface Killer {
  /** How often a part of each kind was killed, or was away, by now. */
  kills: Record<Kind, number>;
  /** Rejects when a part could not be started again. */
  failed: Promise<never>;
  /** Ends the killing, with everything started again. */
  stop(): Promise<void>;
}

/**
 * Kills one part after the other with SIGKILL, and starts it again; in each round every kind once, in random order.
 * After so many `rounds` it leaves them alone. A kind of which there is no part is left out.
 */
export function startKiller(
  mortals: Record<Kind, Mortal[]>,
  { random, rounds, log }: { random: Random; rounds: number; log: (line: string) => void },
): Killer {
  const stopping = new AbortController();
  const kills = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;

  async function killOnAndOn(): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      for (const kind of random.shuffled(kinds)) {
        const [part] = random.shuffled(mortals[kind]);
        if (!part) continue;
        const [pause, dead] = [random.between(...pauseMs), random.between(...deadMs)];
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) return;
        log(`killing ${kind}`);
        await part.kill();
        kills[kind]++;
        await sleep(dead);
        await part.start();
        log(`${kind} was started again`);
      }
    }
  }

  const killing = killOnAndOn();
  const failed = new Promise<never>((_, reject) => killing.catch(reject));
  failed.catch(() => undefined);
  return {
    kills,
    failed,
    async stop() {
      stopping.abort();
      await killing;
    },
  };
}
