import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { type FoundChromium, packagedChromium } from './packagedChromium.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** No step gave a Chromium that runs; the message names each step and its error. */
export class ChromiumNotFoundError extends Error {
  override readonly name = 'ChromiumNotFoundError';

  constructor(failures: string[]) {
    super(
      'No Chromium could be found or installed for the browser tests:\n' +
        `${failures.map((failure) => `  ${failure}`).join('\n')}\n` +
        'Install Chromium or Google Chrome on PATH, or set CERTLOOP_CHROMIUM to the path of one.',
    );
  }
}

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Each way to a Chromium, in the order in which they are tried. */
const steps: [string, (env: Environment) => Promise<FoundChromium>][] = [
  ['PATH', onPath],
  ['npm package @sparticuz/chromium', packagedChromium],
  ["Debian's package", byDebian],
];

/**
 * Starts a browser: the one that `CERTLOOP_CHROMIUM` names, or else the first that runs of one on PATH, the one in the npm
 * package, and Debian's. Close it when done.
 *
 * @throws ChromiumNotFoundError when none runs. A test that needs a browser fails then, it is never skipped.
 */
export async function openBrowser(env: Environment = process.env): Promise<Browser> {
  const named = env.CERTLOOP_CHROMIUM;
  const ways: typeof steps = named ? [[`CERTLOOP_CHROMIUM=${named}`, async () => ({ path: named })]] : steps;
  const failures: string[] = [];
  for (const [name, step] of ways) {
    try {
      return await start(await step(env), env);
    } catch (error) {
      failures.push(`${name}: ${briefly(error)}`);
    }
  }
  throw new ChromiumNotFoundError(failures);
}

function start({ path, env: own }: FoundChromium, env: Environment): Promise<Browser> {
  return chromium.launch({ executablePath: path, env: { ...env, ...own }, timeout: 60_000 });
}

async function onPath({ PATH = '' }: Environment): Promise<FoundChromium> {
  for (const folder of PATH.split(delimiter).filter(Boolean))
    for (const name of names) if (await isExecutable(join(folder, name))) return { path: join(folder, name) };
  throw new Error(`there is no ${names.join(', ')}`);
}

/** Installs Debian's package, which only root may. */
async function byDebian({ PATH = '' }: Environment): Promise<FoundChromium> {
  if (process.getuid?.() !== 0) throw new Error('only root may install it');
  const env = { ...process.env, PATH, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['-qq', 'update'], { env });
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', ['-qq', ...wait, 'install', '-y', '--no-install-recommends', 'chromium'], { env });
  return { path: '/usr/bin/chromium' };
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What went wrong without the pages of options that a browser is started with. */
function briefly(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/<launching>|Call log|╔|║|╚/.test(line));
  return lines.slice(0, 6).join('\n    ');
}
