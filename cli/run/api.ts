import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { ensureAdministrator } from '../../api/administrator.ts';
import { apiChecks } from '../../api/plugins/health.ts';
import { buildServer } from '../../api/server.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../db/types.ts';
import type { Metrics } from '../../operations/metrics.ts';
import type { Check } from '../../operations/readiness.ts';
import { pages } from '../../web/pages.tsx';
import { openFiles } from './files.ts';
import { signingKeys } from './keys.ts';
import { listeningPort } from './listening.ts';
import type { Parts } from './parts.ts';
import { createPostman } from './postman.ts';
import { providerOf } from './provider.ts';
import { techServe } from './techServe.ts';

/** The API and the pages as they are reached. */
export interface RunningApi {
  /** On this machine. */
  url: string;
  /** By people. */
  publicUrl: string;
  /** Undefined when the token's file was removed from the data folder. */
  administratorToken: string | undefined;
  tokenFile: string;
  /** What it rests on. */
  checks: Check[];
  /** Whether it was made by this start. */
  tokenIsNew: boolean;
}

/**
 * The HTTP API and the pages, listening. Gives their address and the administrator's token, where the data folder has it.
 *
 * @param more - what counts requests and commands; and what there is only where all parts run in one process: the folder of the
 * local mailbox, and the worked example
 */
export async function startApi(
  settings: Settings,
  database: Database,
  client: Client,
  log: Logger,
  parts: Parts,
  more: { metrics?: Metrics; mailboxDir?: string; example?: boolean } = {},
): Promise<RunningApi> {
  const port = await listeningPort(settings);
  const { token, file, created } = await ensureAdministrator(database, settings.dataDir);
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  const publicUrl = settings.publicUrl.replace(/:0$/, `:${port}`);
  const { trustedProxies, answerDays, programsPerDay, addressesPerDay } = settings;
  const logger = log.child({ part: 'api' });
  const postman = createPostman({ ...settings, publicUrl });
  parts.add({ stop: async () => postman.close() });
  const files = await openFiles(settings);
  parts.add({ stop: async () => files.store.close() });
  const server = await buildServer({
    database,
    client,
    keys: signingKeys(settings, (line) => log.info(line)),
    watches: true,
    files,
    settings: { publicUrl, trustedProxies, answerDays, programsPerDay, addressesPerDay },
    logger,
    metrics: more.metrics,
    pages: pages({
      postman,
      mailboxDir: more.mailboxDir,
      oidc: providerOf(settings, publicUrl),
      example: more.example ? techServe(database, url) : undefined,
    }),
  });
  await server.listen({ host: settings.host, port });
  parts.add({ stop: () => server.close() });
  return {
    url,
    publicUrl,
    administratorToken: token,
    tokenFile: file,
    tokenIsNew: created,
    checks: apiChecks(server.services),
  };
}
