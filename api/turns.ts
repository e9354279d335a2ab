import pLimit, { type LimitFunction } from 'p-limit';
import { Problem } from './problem.ts';

const mostWaiting = 500;

/** Runs work for a key when its turn comes. Throws a 429 problem when too many wait already. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Makes turns: at most `atOnce` pieces of work of one key run at the same time, the others wait in order. */
export function createTurns(atOnce: number): Turns {
  const limits = new Map<string, LimitFunction>();
  return async (key, work) => {
    const limit = limits.get(key) ?? pLimit(atOnce);
    limits.set(key, limit);
    if (limit.pendingCount >= mostWaiting) throw tooMany(key);
    try {
      return await limit(work);
    } finally {
      if (limit.activeCount === 0 && limit.pendingCount === 0) limits.delete(key);
    }
  };
}

function tooMany(key: string): Problem {
  return new Problem(
    429,
    'busy',
    `${mostWaiting} commands of ${key} are waiting for their turn; try again later, or send many at once with POST commands.`,
    { headers: { 'retry-after': '2' } },
  );
}
