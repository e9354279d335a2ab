import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { versionOf } from '../../cli/upgrade.ts';
import { connectClient, withService } from '../../config/connection.ts';
import { packageRoot } from '../../config/packageRoot.ts';
import { loadSettings } from '../../config/settings.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { searchAttributeKeys } from '../../workflows/searchAttributes.ts';
import { findProgram } from '../support/debian.ts';
import { type MailServer, startMailServer } from '../support/mailServer.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { testProgram } from '../support/service.ts';
import { commandsOf } from './files.ts';
import {
  plainEnvironment,
  type Running,
  runCertloop,
  runScript,
  runService,
  start,
  startService,
} from './processes.ts';
import { program } from './program.ts';

/** The parts of docker-compose.yml as processes of this machine, one after the other as compose starts them. */
const folder = mkdtempSync(join(tmpdir(), 'certloop-set-'));
const secrets = join(folder, 'secrets');
const secret = (name: string) => readFileSync(join(secrets, name), 'utf8').trim();
const namespace = `set-${process.pid}`;
const address = inject('temporalAddress');

let postgres: TestPostgres;
let mailServer: MailServer;
let database: { PGHOST: string; PGPORT: string; PATH: string };
const running: Running[] = [];

beforeAll(async () => {
  [postgres, mailServer] = await Promise.all([startPostgres(), startMailServer()]);
  const { hostname, port } = new URL(await postgres.database('unused'));
  database = { PGHOST: hostname, PGPORT: port, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  mkdirSync(join(folder, 'bin'));
  symlinkSync(await testProgram(), join(folder, 'bin/temporal'));
  execFileSync('sh', [join(packageRoot(), 'docker/make-secrets.sh'), secrets]);
  for (const name of ['database-url', 'scratch-database-url']) {
    const url = secret(name).replace('postgres:5432', `${hostname}:${port}`);
    rmSync(join(secrets, name));
    writeFileSync(join(secrets, name), `${url}\n`);
  }
  writeFileSync(join(secrets, 'smtp-url'), `${mailServer.url}\n`);
});

afterAll(async () => {
  await Promise.all(running.map((process) => process.stop()));
  await mailServer?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const query = async (user: string, password: string, name: string, sql: string) => {
  const client = new pg.Client({
    host: database.PGHOST,
    port: Number(database.PGPORT),
    user,
    password,
    database: name,
  });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

test('roles and databases are made, each with its password and its own databases', async () => {
  // From here on the server asks for passwords, as that of the image does.
  await query('test', '', 'postgres', `alter role test password '${secret('postgres-password')}'`);
  const [{ hba_file: rules }] = await query('test', '', 'postgres', 'show hba_file');
  writeFileSync(rules, 'host all all 127.0.0.1/32 scram-sha-256\n');
  await query('test', '', 'postgres', 'select pg_reload_conf()');
  await expect.poll(() => query('test', 'wrong', 'postgres', 'select 1').catch(() => 'refused')).toBe('refused');

  const roles = () =>
    runScript('postgres-roles', 'postgres/roles.sh', { ...database, PGUSER: 'test', SECRETS: secrets });
  await roles();
  await roles();
  const as = (role: string, name: string, sql = 'show server_encoding') =>
    query(role, secret(`${role}-password`), name, sql);
  for (const name of ['certloop', 'certloop_scratch'])
    expect(await as('certloop', name)).toEqual([{ server_encoding: 'UTF8' }]);
  for (const name of ['temporal', 'temporal_visibility']) await as('temporal', name, 'create table t (); drop table t');
  await expect(as('certloop', 'temporal')).rejects.toThrow('permission denied for database');
  await expect(as('temporal', 'certloop')).rejects.toThrow('permission denied for database');
  await expect(as('certloop', 'certloop', 'create role other')).rejects.toThrow('permission denied');
});

test('the namespace is made with its retention and search attributes, and may be there already', async () => {
  const here = { ...database, SECRETS: secrets, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  await runScript('temporal-namespace', 'temporal/namespace.sh', here);
  await runScript('temporal-namespace', 'temporal/namespace.sh', here);
  const { connection } = await connectClient(withService(loadSettings({}), address));
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(7 * 24 * 3600);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(searchAttributeKeys.map(({ name }) => name)));
  await connection.close();
});

const ports = { 'api-1': 0, 'api-2': 0 };
const parts = new Map<string, Running>();

/** What stands for other containers, and for the image's own environment. */
const here = (): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  CERTLOOP_DATA_DIR: join(folder, 'data'),
  CERTLOOP_HOST: '127.0.0.1',
  CERTLOOP_DATABASE_URL_FILE: join(secrets, 'database-url'),
  CERTLOOP_SMTP_URL_FILE: join(secrets, 'smtp-url'),
  CERTLOOP_MAIL_FROM: 'certloop@example.org',
  CERTLOOP_PUBLIC_URL: 'https://localhost',
  CERTLOOP_BUILD_ID: '0.1.0',
  CERTLOOP_TRUSTED_PROXIES: 'loopback',
  CERTLOOP_METRICS_HOST: '127.0.0.1',
  TEMPORAL_ADDRESS: address,
  TEMPORAL_NAMESPACE: namespace,
});

/** What the health check of a container prints; undefined when it fails. */
const health = (port: number) => {
  try {
    const env = { ...plainEnvironment(), CERTLOOP_METRICS_PORT: String(port) };
    const script = join(packageRoot(), 'docker/healthcheck.mjs');
    return execFileSync(process.execPath, [script, 'readyz'], { env, stdio: 'pipe' }).toString();
  } catch {
    return undefined;
  }
};

test('two APIs and two workers come up, and say so to their health checks', async () => {
  expect(await runService('migrate', here())).toContain('The database is up to date');
  const metrics: number[] = [];
  for (const [name, service] of [['api-1'], ['api-2'], ['worker-1', 'worker'], ['worker-2', 'worker']] as const) {
    const port = await anyFreePort();
    metrics.push(port);
    const own = { CERTLOOP_METRICS_PORT: String(port), CERTLOOP_PORT: String(await anyFreePort()) };
    if (name in ports) ports[name as keyof typeof ports] = Number(own.CERTLOOP_PORT);
    const process = startService(service ?? name, { ...here(), ...own });
    parts.set(name, process);
    running.push(process);
  }
  const readiness = (port: number) =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.text(),
      () => '',
    );
  for (const port of metrics)
    await expect.poll(() => readiness(port), { timeout: 150_000 }).toContain('"database":"ok"');
  expect(await runService('upgrade', here())).toContain('New programs are now run by version 0.1.0.');
  for (const port of metrics) await expect.poll(() => readiness(port), { timeout: 150_000 }).toContain('"status":"ok"');
  for (const port of metrics) expect(health(port)).toContain('"status":"ok"');
  expect(health(await anyFreePort())).toBeUndefined();
}, 400_000);

const caddy = await findProgram('caddy');

test('the proxy brings calls with TLS to whichever API is there', async (context) => {
  if (!caddy) return context.skip("There is no Caddy on this machine, and Debian's package could not be fetched.");
  const port = await anyFreePort();
  const env = {
    ...plainEnvironment(),
    XDG_DATA_HOME: join(folder, 'caddy'),
    XDG_CONFIG_HOME: join(folder, 'caddy'),
    SITE: `https://localhost:${port}`,
    TLS: 'tls internal',
    UPSTREAMS: `127.0.0.1:${ports['api-1']} 127.0.0.1:${ports['api-2']}`,
    CADDY_ADMIN: 'off',
  };
  running.push(start(caddy, ['run', '--config', join(packageRoot(), 'docker/Caddyfile')], env));
  const token = readFileSync(join(folder, 'data/administrator.token'), 'utf8').trim();
  const ask = (path: string, body?: object) => call(port, path, token, body);
  await expect
    .poll(() => ask('/readyz').catch(() => ({ status: 0 })), { timeout: 90_000 })
    .toMatchObject({ status: 200 });

  expect(await ask('/v1/programs', program)).toMatchObject({ status: 201 });
  expect((await ask('/sign-in')).headers['strict-transport-security']).toContain('max-age');
  // One API is replaced: nobody notices.
  const stopped = parts.get('api-1')!.stop();
  for (let calls = 0; calls < 20; calls++) expect((await ask('/v1/programs/aims')).status).toBe(200);
  expect(await stopped).toBe(0);
  for (let calls = 0; calls < 20; calls++) expect((await ask('/v1/programs/aims')).status).toBe(200);
}, 200_000);

test('a backup is made, restored into the scratch database, and verified there', async () => {
  const backups = join(folder, 'backups');
  mkdirSync(backups);
  mkdirSync(join(folder, 'data/files'), { recursive: true });
  const env = { ...database, SECRETS: secrets, BACKUPS: backups, FILES: join(folder, 'data/files'), KEEP: '2' };
  const backUp = (...args: string[]) => runScript('backup', 'backup/backup.sh', env, ...args);
  await expect(backUp('check')).rejects.toThrow();
  for (const kept of [1, 2, 2]) {
    expect(await backUp('once')).toMatch(new RegExp(`${kept} kept`));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  await backUp('check');
  const restore = (more: NodeJS.ProcessEnv = {}) =>
    runScript('restore-newest', 'backup/restore-newest.sh', { ...env, ...more });
  expect(await restore()).toContain('is restored');
  expect(await restore()).toContain('is restored');
  await expect(restore({ PGDATABASE: 'certloop' })).rejects.toThrow('nothing was touched');
  const scratch = {
    ...here(),
    CERTLOOP_DATABASE_URL_FILE: join(secrets, 'scratch-database-url'),
    CERTLOOP_FILES_URL: `file:${backups}/files`,
  };
  const found = await runService('restore-test', scratch);
  if (caddy) expect(found).toMatch(/aims: \d+ records, unbroken/);
  expect(found).toMatch(/1 program: 1 whole|nothing to check/);
  // A backup whose chain was broken does not pass.
  await query(
    'certloop',
    secret('certloop-password'),
    'certloop_scratch',
    "update records set hash = repeat('0', 64) where seq = 1",
  );
  if (caddy) await expect(runService('restore-test', scratch)).rejects.toThrow(/broken/);
}, 200_000);

test('a new version comes by the order of operations.md, and a program answers after each of its steps', async () => {
  const service = withService(loadSettings({ TEMPORAL_NAMESPACE: namespace }), address);
  const { client, connection } = await connectClient(service);
  const administrator = readFileSync(join(folder, 'data/administrator.token'), 'utf8').trim();
  const made = await runCertloop(['token', '--email', 'ada@example.com', '--name', 'Ada'], here());
  expect(await post('/v1/programs', administrator, { ...program, id: 'moving' })).toBe(201);
  expect(await versionOf(client, 'moving')).toBe('0.1.0');

  const said: string[] = [];
  for (const command of commandsOf('docker compose', 'worker-before')) {
    said.push(await carriedOut(command, { before: '0.1.0', next: '0.2.0' }));
    const somebody = { email: `p${said.length}@example.com`, name: 'Lin', roles: ['owner'] };
    expect(await post('/v1/programs/moving/people', made.trim(), somebody), command).toBeLessThan(300);
  }
  expect(said.join('\n')).toContain('workers of older versions can be stopped');
  expect(await versionOf(client, 'moving')).toBe('0.2.0');
  expect(said).toHaveLength(8);
  await connection.close();
}, 400_000);

test('each ends in order when it is asked to', async () => {
  for (const [name, process] of parts) expect(await process.stop(), `${name}: ${process.output()}`).toBe(0);
}, 200_000);

/** What a command of docker compose does, with processes of this machine; gives what was said. */
async function carriedOut(command: string, { before, next }: { before: string; next: string }): Promise<string> {
  const service = command.split(' ').at(-1)!;
  if (service === 'build') return '';
  if (command.startsWith('run ')) return runService(service, { ...here(), CERTLOOP_BUILD_ID: next });
  for (const [name, process] of parts) {
    if (name !== service && (service !== 'worker' || !/^worker-\d$/.test(name))) continue;
    expect(await process.stop(), name).toBe(0);
    parts.delete(name);
  }
  if (command.includes(' rm ')) return '';
  const metrics = await anyFreePort();
  const process = startService(service, {
    ...here(),
    CERTLOOP_BUILD_ID: service === 'worker-before' ? before : next,
    CERTLOOP_METRICS_PORT: String(metrics),
    ...(service in ports && { CERTLOOP_PORT: String(ports[service as keyof typeof ports]) }),
  });
  parts.set(service, process);
  running.push(process);
  await expect.poll(() => health(metrics), { timeout: 150_000 }).toBeDefined();
  return process.output();
}

async function post(path: string, token: string, body: object): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const url = `http://127.0.0.1:${ports['api-2']}${path}`;
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

function call(port: number, path: string, token: string, body?: object) {
  const agent = new Agent({ rejectUnauthorized: false });
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const sent = request({ host: 'localhost', port, path, method: body ? 'POST' : 'GET', headers, agent }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers }));
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}
