import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { loadSettings } from '../../../config/settings.ts';

/** A Chromium that was found: what to run, and what has to be in its environment. */
export interface FoundChromium {
  path: string;
  env?: Record<string, string>;
}

const run = promisify(execFile);

/**
 * The Chromium in the npm package `@sparticuz/chromium`, unpacked once into the cache folder. The package is made for Amazon's
 * Lambda; we take from it what a bare Debian lacks as well: shared libraries and a font.
 */
export async function packagedChromium(env: Readonly<Record<string, string | undefined>>): Promise<FoundChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`it runs on linux x64 only, and this is ${process.platform} ${process.arch}`);
  const folder = join(loadSettings(env).cacheDir, `chromium-${await versionOf('@sparticuz/chromium')}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

/** Unpacked beside and then moved, so that nobody runs half of it; of two that unpack at once the first one counts. */
async function unpackInto(folder: string): Promise<void> {
  const beside = `${folder}.${process.pid}.part`;
  await mkdir(beside, { recursive: true });
  try {
    await unpack(beside);
    await writeFile(join(beside, 'fonts.conf'), fontsOf(folder));
    await rename(beside, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** The package unpacks into the folder for temporary files, and its libraries only where it takes the machine for a Lambda. */
async function unpack(folder: string): Promise<void> {
  const code = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await run(process.execPath, ['-e', code], { env, cwd: dirname(import.meta.filename) });
}

/** Without fonts Chromium shows no text at all. What the machine has comes after ours, for other scripts than Latin. */
function fontsOf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}

/** The package does not export its package.json, so it is read from above what it exports. */
async function versionOf(name: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(name);
  const top = entry.slice(0, entry.lastIndexOf(name) + name.length);
  return (JSON.parse(await readFile(join(top, 'package.json'), 'utf8')) as { version: string }).version;
}
