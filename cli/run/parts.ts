import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { createCourier } from '../../activities/courier.ts';
import { ensureAdministrator } from '../../api/administrator.ts';
import { callOf } from '../../api/calls.ts';
import { buildServer } from '../../api/server.ts';
import { connectClient, connectWorker } from '../../config/connection.ts';
import { checkService, ensureSearchAttributes } from '../../config/serviceCheck.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../db/types.ts';
import { freePort } from '../../worker/service/ports.ts';
import { startWorker } from '../../worker/worker.ts';

/** Something that runs and can be stopped. */
export interface Part {
  stop(): Promise<void>;
}

/** Parts that are stopped in the opposite order of their start; also those started before a later one failed. */
export class Parts implements Part {
  private readonly started: Part[] = [];

  add<T extends Part>(part: T): T {
    this.started.push(part);
    return part;
  }

  async stop(): Promise<void> {
    for (let part = this.started.pop(); part; part = this.started.pop()) await part.stop();
  }
}

/** A checked connection to the Temporal service, with the search attributes that programs use. */
export async function connectService(settings: Settings, parts: Parts): Promise<Client> {
  const { connection, client } = await connectClient(settings);
  parts.add({ stop: () => connection.close() });
  await checkService(connection);
  await ensureSearchAttributes(connection, settings.temporal.namespace);
  return client;
}

/** The worker and the courier: all that happens to programs by themselves. */
export async function startWork(
  settings: Settings,
  database: Database,
  log: Logger,
  parts: Parts,
): Promise<{ failed: Promise<never> }> {
  const connection = await connectWorker(settings);
  parts.add({ stop: () => connection.close() });
  const worker = parts.add(
    await startWorker({
      connection,
      namespace: settings.temporal.namespace,
      database,
      maxCachedWorkflows: settings.maxCachedWorkflows,
      buildId: settings.buildId,
    }),
  );
  const courier = parts.add(
    createCourier({
      outbox: database.outbox,
      smtpUrl: settings.smtpUrl ?? `smtp://127.0.0.1:${settings.smtpPort}`,
      from: settings.mailFrom,
      publicUrl: settings.publicUrl,
      callOf,
      intervalMs: settings.courierSeconds * 1000,
      log: log.child({ part: 'courier' }),
      standardOf: async (programId) => (await database.read.program(programId))?.standardId,
    }),
  );
  courier.start();
  return { failed: worker.stopped.then(() => new Promise<never>(() => undefined)) };
}

/** The HTTP API, listening. Gives its address and the administrator's token, where the data folder has it. */
export async function startApi(
  settings: Settings,
  database: Database,
  client: Client,
  log: Logger,
  parts: Parts,
): Promise<{ url: string; administratorToken: string | undefined; tokenFile: string }> {
  const port = await freePort(settings.port, 'CERTLOOP_PORT', settings.host);
  const { token, file } = await ensureAdministrator(database, settings.dataDir);
  const publicUrl = settings.publicUrl.replace(/:0$/, `:${port}`);
  const { answerDays } = settings;
  const logger = log.child({ part: 'api' });
  const server = await buildServer({ database, client, settings: { publicUrl, answerDays }, logger });
  await server.listen({ host: settings.host, port });
  parts.add({ stop: () => server.close() });
  const shownHost = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return { url: `http://${shownHost}:${port}`, administratorToken: token, tokenFile: file };
}
