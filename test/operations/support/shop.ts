import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { administratorEmail } from '../../../api/administrator.ts';
import { packageRoot } from '../../../config/packageRoot.ts';
import { type EmbeddedService, startService } from '../../../worker/service/embedded.ts';
import { anyFreePort } from '../../../worker/service/ports.ts';
import { workflowIdOf } from '../../../workflows/messages.ts';
import { type Supervised, supervise } from '../../faults/processes.ts';
import { type MailServer, startMailServer } from '../../support/mailServer.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { testProgram } from '../../support/service.ts';
import { postgresTools } from './pages.ts';

/** An installation in parts, each a process of its own, as the runbook knows it. */
export interface Shop {
  /** What the commands of the runbook find in their environment. */
  env: NodeJS.ProcessEnv &
    Record<
      | 'API'
      | 'API_METRICS'
      | 'WORKER_METRICS'
      | 'CERTLOOP_DATABASE_URL'
      | 'BACKUP'
      | 'SIGNING_KEYS'
      | 'ENCRYPTION_KEYS',
      string
    >;
  postgres: TestPostgres;
  api: Supervised;
  worker: Supervised;
  mailServer: MailServer;
  startTemporal(): Promise<void>;
  killTemporal(): Promise<void>;
  /** Takes all data from the service that was killed. */
  emptyTemporal(): Promise<void>;
  /** Calls the API as its administrator. */
  get(path: string): Promise<Response>;
  post(path: string, body: object): Promise<Response>;
  /** Sends a program a command that nobody signed, past the API. */
  signalUnsigned(program: string): Promise<void>;
  metrics(of: 'API_METRICS' | 'WORKER_METRICS'): Promise<string>;
  stop(): Promise<void>;
}

/** Opens it, with settings beside those that it needs. */
export async function openShop(more: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-shop-'));
  const program = await testProgram();
  const [port, metricsPort, workerPort, temporalPort] = await Promise.all([1, 2, 3, 4].map(() => anyFreePort()));
  const mailServer = await startMailServer();
  const postgres = await startPostgres();
  const encryptionKeys = join(folder, 'encryption.keys');
  const databaseUrl = await postgres.database('certloop');
  let service: EmbeddedService | undefined;
  const startTemporal = async () => {
    service = await startService({
      program,
      dataDir: folder,
      port: temporalPort!,
      uiPort: null,
      rehearsals: false,
      log: () => undefined,
    });
  };
  await startTemporal();
  const bin = await shim(folder);
  const others = Object.entries(process.env).filter(([name]) => !/^(CERTLOOP|TEMPORAL|OTEL)_/.test(name));
  const env = {
    ...Object.fromEntries(others),
    PATH: [bin, process.env.PATH, await postgresTools()].join(delimiter),
    CERTLOOP_DATA_DIR: folder,
    CERTLOOP_DATABASE_URL: databaseUrl,
    CERTLOOP_PORT: String(port),
    CERTLOOP_SMTP_URL: mailServer.url,
    CERTLOOP_COURIER_SECONDS: '0.3',
    CERTLOOP_ENCRYPTION_KEYS_FILE: encryptionKeys,
    TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
    API: `http://127.0.0.1:${port}`,
    API_METRICS: `http://127.0.0.1:${metricsPort}`,
    WORKER_METRICS: `http://127.0.0.1:${workerPort}`,
    SERVER_URL: databaseUrl.replace(/certloop$/, 'postgres'),
    BACKUP: join(folder, 'backup'),
    SIGNING_KEYS: join(folder, 'signing.key'),
    ENCRYPTION_KEYS: encryptionKeys,
    TOKEN: '',
    ...more,
  };
  await mkdir(env.BACKUP);
  await writeFile(encryptionKeys, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const api = supervise('api', 'api', { ...env, CERTLOOP_METRICS_PORT: String(metricsPort) }, folder);
  const worker = supervise('worker', 'worker', { ...env, CERTLOOP_METRICS_PORT: String(workerPort) }, folder);
  await Promise.all([api.start(), worker.start()]);
  const killTemporal = async () => {
    if (!service) return;
    process.kill(-service.pid, 'SIGKILL');
    await service.stop();
    service = undefined;
  };
  const token = async () => (await readFile(join(folder, 'administrator.token'), 'utf8')).trim();

  return {
    env,
    postgres,
    api,
    worker,
    mailServer,
    startTemporal,
    killTemporal,
    async emptyTemporal() {
      for (const ending of ['', '-wal', '-shm']) await rm(join(folder, `temporal.db${ending}`), { force: true });
    },
    get: async (path) => fetch(`${env.API}/v1${path}`, { headers: { authorization: `Bearer ${await token()}` } }),
    async post(path, body) {
      env.TOKEN = await token();
      return fetch(`${env.API}/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${env.TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    },
    async signalUnsigned(programId) {
      const connection = await Connection.connect({ address: env.TEMPORAL_ADDRESS });
      const command = { type: 'cancelProgram', reason: 'No longer wanted' };
      const envelope = { commandId: 'unsigned', actor: { email: administratorEmail }, command };
      await new Client({ connection }).workflow.getHandle(workflowIdOf(programId)).signal('command', envelope);
      await connection.close();
    },
    metrics: async (of) => (await fetch(`${env[of]}/metrics`)).text(),
    async stop() {
      await Promise.allSettled([api.stop(), worker.stop()]);
      await killTemporal();
      await Promise.all([postgres.stop(), mailServer.close()]);
      await sleep(100);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `certloop` as the runbook calls it. */
async function shim(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const main = join(packageRoot(), 'dist/cli/main.js');
  await writeFile(join(bin, 'certloop'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  await chmod(join(bin, 'certloop'), 0o755);
  return bin;
}
