import { databaseCheck } from '../operations/databaseCheck.ts';
import { measured } from '../operations/measured.ts';
import { temporalCheck } from '../operations/serviceGauges.ts';
import { keepHeapsTight } from '../worker/heap.ts';
import { installRuntime } from '../worker/runtime.ts';
import { runAlone } from './run/alone.ts';
import { sdkMetricsAddress } from './run/operations.ts';
import { startWork } from './run/work.ts';

/** `certloop worker`: a worker and a courier alone. Any number of them share the work. */
export function workerCommand(): Promise<void> {
  return runAlone('worker', async (settings, database, client, log, parts, { metrics, watch }) => {
    keepHeapsTight();
    // Of workers only: the runtime ends with its last worker, and would keep a process alive that never has one.
    installRuntime(log, await sdkMetricsAddress());
    if (!settings.smtpUrl) {
      log.warn(
        `CERTLOOP_SMTP_URL is not set: mails go to 127.0.0.1:${settings.smtpPort}, the mailbox of "certloop start".`,
      );
    }
    const own = measured(database, metrics);
    const work = await startWork(settings, own.database, log, parts);
    watch(databaseCheck(database), temporalCheck(client));
    watch(work.check, own.courier);
    log.info('The worker runs');
    return work;
  });
}
