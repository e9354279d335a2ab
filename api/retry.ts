import { setTimeout as sleep } from 'node:timers/promises';

const firstDelayMs = 50;
const longestDelayMs = 2_000;

/**
 * Does work, and does it again while `worthAgain` says so of its error, with growing pauses, until `deadline`
 * (milliseconds since the epoch). Throws the last error.
 */
export async function retryUntil<T>(
  deadline: number,
  work: () => Promise<T>,
  worthAgain: (error: unknown) => boolean | Promise<boolean>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt) * (0.5 + Math.random());
      if (Date.now() + delay >= deadline || !(await worthAgain(error))) throw error;
      await sleep(delay);
    }
  }
}
