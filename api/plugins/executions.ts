import fp from 'fastify-plugin';
import type { ExecutionWatch } from '../executions/watch.ts';
import type {} from '../services.ts';

/** Between two comparisons, with some chance in it so that several processes do not all look at once. */
const everyMs = 20_000;
const firstMs = 2_000;

/** Compares open programs with their executions at the start, and about every twenty seconds. */
export const executionSweeps = fp<{ watch: ExecutionWatch }>(
  async (app, { watch }) => {
    let timer: NodeJS.Timeout | undefined;
    let sweeping = Promise.resolve();
    let away = false;

    async function sweep(): Promise<void> {
      try {
        await watch.sweep();
        away = false;
      } catch (error) {
        if (!away)
          app.log.warn({ err: error }, 'Executions could not be compared with the register; it is tried again.');
        away = true;
      }
    }

    function next(inMs: number): void {
      timer = setTimeout(() => {
        sweeping = sweep().finally(() => {
          if (timer) next(everyMs * (0.75 + Math.random() / 2));
        });
      }, inMs);
      timer.unref();
    }

    app.addHook('onReady', async () => next(firstMs));
    app.addHook('onClose', async () => {
      clearTimeout(timer);
      timer = undefined;
      await sweeping;
    });
  },
  { name: 'executionSweeps', dependencies: ['services'] },
);
