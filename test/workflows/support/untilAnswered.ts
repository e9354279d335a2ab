import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../../api/problem.ts';

/** Asks again, with the same id, as long as the answer is that it did not get through (503). */
export async function untilAnswered<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Problem && error.status === 503)) throw error;
      await sleep(200);
    }
  }
}
