import type { Metrics } from '../../operations/metrics.ts';
import type { ExecutionWatch } from './watch.ts';

/** Tells how many open programs have executions that are not as the register has them, and whether anybody looks. */
export function addExecutionGauges(metrics: Metrics, watch: ExecutionWatch): void {
  const begunAt = Date.now();
  metrics.gauge({
    name: 'certloop_executions_in_trouble',
    help: 'Open programs whose execution is not as the register has it, by what is wrong.',
    label: 'trouble',
    read: () => new Map(Object.entries(watch.counts())),
  });
  metrics.gauge({
    name: 'certloop_executions_compared_seconds',
    help: 'How long ago executions were last compared with the register.',
    read() {
      const sweptAt = watch.sweptAt();
      return (Date.now() - (sweptAt ? Date.parse(sweptAt) : begunAt)) / 1_000;
    },
  });
}
