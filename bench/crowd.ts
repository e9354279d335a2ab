import { setTimeout as sleep } from 'node:timers/promises';
import type { Lane } from './lane.ts';
import { percentile, shown } from './report.ts';
import { lanes } from './sizes.ts';

/** One command: when it was sent, in milliseconds since the process began, and how long it took. */
export interface Sample {
  sentAt: number;
  ms: number;
}

/** People at work, of whom none may be refused. */
export interface Crowd {
  /** The commands that were sent while something was done. Throws when one of them failed. */
  during(act: () => Promise<unknown>): Promise<Sample[]>;
  stop(): Promise<void>;
}

/** Sixteen people who act in whichever program nobody is at, one after the other. */
export function startCrowd(free: Lane[]): Crowd {
  const samples: Sample[] = [];
  let stopping = false;
  const work = async () => {
    while (!stopping) {
      const lane = free.shift()!;
      const sentAt = performance.now();
      await lane.command();
      samples.push({ sentAt, ms: performance.now() - sentAt });
      free.push(lane);
    }
  };
  const working = Promise.all(Array.from({ length: lanes }, work));
  return {
    async during(act) {
      const from = performance.now();
      await Promise.race([act(), working]);
      const until = performance.now();
      // Those that are still waited for belong to it too.
      await Promise.race([sleep(1_000), working]);
      return samples.filter(({ sentAt }) => sentAt >= from && sentAt < until);
    },
    async stop() {
      stopping = true;
      await working;
    },
  };
}

export function times(samples: Sample[]): number[] {
  return samples.map(({ ms }) => ms);
}

export function quantiles(samples: Sample[]): string {
  return [0.5, 0.99].map((p) => shown(percentile(times(samples), p), 'ms')).join('; ');
}

export function longest(samples: Sample[]): string {
  return shown(Math.max(...times(samples)) / 1_000, 's');
}
