import type { Logger } from 'pino';
import { encryptionKeys } from '../../config/connection.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../db/types.ts';
import type { Check } from '../../operations/readiness.ts';
import { programsInMemory } from '../../worker/cache.ts';
import { connectWorker } from '../../worker/connection.ts';
import { startWorker } from '../../worker/worker.ts';
import { startCheckpoints } from './checkpoints.ts';
import { courierOf } from './courier.ts';
import { signingKeys } from './keys.ts';
import type { Parts } from './parts.ts';

/** The worker and the courier: all that happens to programs by themselves. */
export async function startWork(
  settings: Settings,
  database: Database,
  log: Logger,
  parts: Parts,
  bundle?: string,
): Promise<{ failed: Promise<never>; check: Check }> {
  const connection = await connectWorker(settings);
  parts.add({ stop: () => connection.close() });
  const worker = parts.add(
    await startWorker({
      connection,
      namespace: settings.temporal.namespace,
      database,
      keys: signingKeys(settings, (line) => log.info(line)),
      encryption: encryptionKeys(settings),
      maxCachedWorkflows: settings.maxCachedWorkflows ?? programsInMemory(),
      bundle,
      buildId: settings.buildId,
    }),
  );
  const { due } = await database.outbox.backlog(new Date().toISOString());
  if (due > 0 && settings.smtpUrl) log.info({ due }, 'Mails that waited are sent to the mail server that is set now');
  parts.add(await startCheckpoints(settings, database, log.child({ part: 'checkpoints' })));
  parts.add(await courierOf(settings, database, log)).start();
  const look = () => (worker.state() === 'RUNNING' ? 'ok' : worker.state().toLowerCase());
  return {
    failed: worker.stopped.then(() => new Promise<never>(() => undefined)),
    check: { name: 'worker', look, needed: true },
  };
}
