import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { onPlainPayload } from '../../config/encryption.ts';
import { packageRoot } from '../../config/packageRoot.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../db/types.ts';
import { addDatabaseGauges } from '../../operations/databaseGauges.ts';
import { desertedPrograms } from '../../operations/deserted.ts';
import { Metrics } from '../../operations/metrics.ts';
import type { Check } from '../../operations/readiness.ts';
import { sdkMetrics } from '../../operations/sdkMetrics.ts';
import { startOperationsServer } from '../../operations/server.ts';
import { addServiceGauges } from '../../operations/serviceGauges.ts';
import { startTraces } from '../../operations/traces.ts';
import { deployment } from '../../worker/deployment.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { taskQueue } from '../../workflows/messages.ts';
import type { Parts } from './parts.ts';

/** What operations see of this process. */
export interface Operations {
  metrics: Metrics;
  /** Where it is asked for; undefined where the port was taken. */
  url: string | undefined;
  /** Adds parts on which the process rests. */
  watch(...checks: Check[]): void;
  /** Shows what database and Temporal tell. */
  show(database: Database, client: Client): void;
  /** To be called once all parts run: until then the process is not ready. */
  begun(): void;
}

/** Where the SDK of Temporal is to give its own metrics, which are then given with ours. */
export async function sdkMetricsAddress(): Promise<string> {
  return `127.0.0.1:${await anyFreePort()}`;
}

/** Begins to trace, where the environment asks for it; what it has to say goes into the log. To be called first. */
export async function traceTo(log: Logger, part: string, parts: Parts): Promise<void> {
  const warn = (message: string) => log.warn({ part: 'traces' }, message);
  const traces = await startTraces(process.env, { part, version: version(), warn });
  if (traces) parts.add(traces);
}

function version(): string {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;
}

type OperationsSettings =
  | 'metricsHost'
  | 'metricsPort'
  | 'buildId'
  | 'checkpointsUrl'
  | 'checkpointHours'
  | 'encryptionKeysFile';

/** Begins to answer on the port for operations. A port that is taken keeps nobody from working: the log says so. */
export async function startOperations(
  settings: Pick<Settings, OperationsSettings>,
  part: string,
  log: Logger,
  parts: Parts,
): Promise<Operations> {
  const { metricsHost: host, metricsPort: port, buildId, checkpointsUrl, checkpointHours } = settings;
  const metrics = new Metrics({ part, version: version(), buildId });
  const server = await startOperationsServer({ host, port, metrics, others: [sdkMetrics] }).catch((error: unknown) => {
    log.warn(
      { err: error },
      `There are no metrics of this process: ${host}:${port} cannot be listened on. Set CERTLOOP_METRICS_PORT to a free port, ` +
        'one for each process on a machine.',
    );
    return undefined;
  });
  if (server) {
    parts.add(server);
    log.info({ url: server.url }, 'Metrics and readiness are answered');
  }
  return {
    metrics,
    url: server?.url,
    watch: (...checks) => server?.watch(checks),
    show(database, client) {
      if (settings.encryptionKeysFile !== null) {
        const plain = metrics.counter({
          name: 'certloop_unencrypted_payloads_total',
          help: 'Payloads that Temporal handed out unencrypted, where there are encryption keys.',
        });
        onPlainPayload(() => plain.inc());
      }
      addDatabaseGauges(metrics, database, checkpointsUrl === null ? null : checkpointHours);
      addServiceGauges(metrics, client, taskQueue);
      metrics.gauge({
        name: 'certloop_programs_deserted',
        help: 'Programs on a version of the workers (CERTLOOP_BUILD_ID) of which no worker runs.',
        read: () => desertedPrograms(client, taskQueue, deployment),
      });
    },
    begun: () => server?.begun(),
  };
}
