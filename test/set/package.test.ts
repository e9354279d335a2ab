import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../config/packageRoot.ts';
import { loadSettings } from '../../config/settings.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { environment, fillIn, layOut, manifest, packagesIn, run } from './packed.ts';
import { program } from './program.ts';

/** What `npm pack` makes of this folder, installed in an empty one by somebody else. */
const folder = mkdtempSync(join(tmpdir(), 'certloop-package-'));
const source = join(folder, 'source');
const empty = join(folder, 'empty');
const modules = join(empty, 'node_modules');
const tarball = join(folder, 'certloop.tgz');
let said: string;

beforeAll(async () => {
  mkdirSync(source);
  mkdirSync(empty);
  layOut(source);
  const before = readFileSync(join(source, 'package.json'), 'utf8');
  const { stdout } = await run(source, 'npm', ['pack', '--silent', '--pack-destination', folder]);
  expect(readFileSync(join(source, 'package.json'), 'utf8')).toBe(before);
  cpSync(join(folder, stdout.trim().split('\n').at(-1)!), tarball);
  // sqlite3 is not built again.
  const install = () => run(empty, 'npm', ['install', '--ignore-scripts', '--prefer-offline', tarball]);
  const installation = await install().catch(install);
  said = installation.stdout + installation.stderr;
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('npm warns of nothing: no peers, no engines, nothing deprecated', () => {
  expect(said).toMatch(/added \d+ packages/);
  expect(said).not.toMatch(/peer|deprecated|EBADENGINE|ERESOLVE/i);
});

test('what was tested travels with it, all but sqlite3', () => {
  const bundled = packagesIn(join(modules, 'certloop/node_modules'));
  expect(bundled).toEqual(expect.arrayContaining(['@temporalio/worker', 'fastify', 'knex']));
  expect(bundled).not.toContain('sqlite3');
  expect(packagesIn(modules)).toContain('sqlite3');
});

test('a pack that fails leaves package.json as it was', async () => {
  const read = () => readFileSync(join(source, 'package.json'), 'utf8');
  const before = read();
  for (const name of ['dist', 'node_modules']) rmSync(join(source, name), { recursive: true });
  const failing = run(source, 'npm', ['pack', '--pack-destination', join(folder, 'nowhere')]);
  const failed = expect(failing).rejects.toThrow('ENOENT');
  await expect.poll(() => read() === before).toBe(false);
  await failed;
  await expect.poll(() => read() === before).toBe(true);
  expect(existsSync(join(source, 'package.json.unpacked'))).toBe(false);
});

describe('installed', () => {
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    fillIn(modules);
    const [api, temporal, metrics, smtp] = await Promise.all([1, 2, 3, 4].map(() => anyFreePort()));
    env = environment({
      CERTLOOP_PORT: String(api),
      CERTLOOP_TEMPORAL_PORT: String(temporal),
      CERTLOOP_METRICS_PORT: String(metrics),
      CERTLOOP_SMTP_PORT: String(smtp),
      CERTLOOP_CACHE_DIR: loadSettings(process.env).cacheDir,
    });
  });

  test('says its version, and names a mistyped setting', async () => {
    const { stdout } = await run(empty, 'npx', ['certloop', '--version'], env);
    expect(stdout.trim()).toBe(manifest().version);
    const mistyped = run(empty, 'npx', ['certloop', 'migrate'], { ...env, CERTLOOP_PROT: '1' });
    await expect(mistyped).rejects.toThrow('CERTLOOP_PROT is no setting: probably CERTLOOP_PORT is meant.');
  });

  test('has types and code behind each of its exports', async () => {
    const names = Object.keys(manifest().exports).map((name) => name.replace('.', 'certloop'));
    const code = names.filter((name) => !name.endsWith('.json'));
    const imports = code.map((name, n) => `import * as part${n} from '${name}';`);
    const parts = code.map((_, n) => `part${n}`);
    writeFileSync(join(empty, 'parts.mts'), [...imports, `console.log([${parts}].map(Object.keys));`].join('\n'));
    writeFileSync(
      join(empty, 'parts.mjs'),
      [...imports, `console.log(JSON.stringify([${parts}].map(Object.keys)));`].join('\n'),
    );
    cpSync(join(packageRoot(), 'examples/embedding/worker.mjs'), join(empty, 'worker.mjs'));
    writeFileSync(join(empty, 'wrong.mts'), "import { connect } from 'certloop/client';\nawait connect('nowhere');\n");
    expect(await typeErrors('parts.mts', 'worker.mjs', 'wrong.mts')).toEqual(['wrong.mts(2,15): error TS2345']);
    const { stdout } = await run(empty, process.execPath, ['parts.mjs'], env);
    const found = JSON.parse(stdout) as string[][];
    expect(found).toHaveLength(code.length);
    for (const exported of found) expect(exported).not.toEqual([]);
  });

  test('starts, answers, runs a worker of somebody else with an activity of theirs, and stops with Ctrl-C', async () => {
    const child = spawn('npx', ['certloop', 'start'], {
      cwd: empty,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    onTestFinished(() => end(child.pid!));
    await expect.poll(() => output, { timeout: 60_000 }).toContain('Certloop is ready.');
    const url = `http://127.0.0.1:${env.CERTLOOP_PORT}`;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const link = /http\S+\/sign-in\S+/.exec(output)?.[0];
    expect((await fetch(link!, { redirect: 'manual', headers: { 'sec-fetch-dest': 'document' } })).status).toBe(303);

    const token = readFileSync(join(empty, 'data/administrator.token'), 'utf8').trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const started = await fetch(`${url}/v1/programs`, { method: 'POST', headers, body: JSON.stringify(program) });
    expect(started.status, await started.text()).toBe(201);
    expect((await run(empty, process.execPath, ['worker.mjs'], env)).stdout).toContain('aims: 0 overdue');

    process.kill(-child.pid!, 'SIGINT');
    await ended;
    expect(output).toContain('Stopped.');
    expect(output).not.toMatch(/warn/i);
  }, 240_000);
});

/** What is wrong with files beside the package: where, and the number of the error. */
async function typeErrors(...files: string[]): Promise<string[]> {
  const tsc = join(packageRoot(), 'node_modules/typescript/bin/tsc');
  const types = ['--types', 'node', '--typeRoots', join(packageRoot(), 'node_modules/@types'), '--skipLibCheck'];
  const how = ['--strict', '--noEmit', '--allowJs', '--checkJs', '--target', 'es2022', '--module', 'nodenext'];
  const check = run(empty, process.execPath, [tsc, ...how, ...types, ...files]);
  const { stdout } = await check.catch((error: { stdout: string }) => error);
  return stdout.match(/^\S.*?: error TS\d+/gm) ?? [];
}

/** Nothing is left of a group of processes, whatever became of the test. */
function end(group: number) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {}
}
