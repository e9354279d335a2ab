import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { loadSettings } from '../../config/settings.ts';

const run = promisify(execFile);

/**
 * A program from PATH, from the cache folder, or from Debian's package of the name, which is unpacked there and not installed. Undefined
 * where none can be had.
 */
export async function findProgram(program: string, debianPackage = program): Promise<string | undefined> {
  const folder = join(loadSettings(process.env).cacheDir, debianPackage);
  const unpacked = join(folder, 'usr/bin', program);
  for (const file of [...(process.env.PATH ?? '').split(delimiter).map((path) => join(path, program)), unpacked]) {
    if (await isThere(file)) return file;
  }
  try {
    await mkdir(folder, { recursive: true });
    const options = { cwd: folder, timeout: 60_000 };
    const download = `apt-get download ${debianPackage}`;
    const get = () => run('sh', ['-c', `${download} || { apt-get update -q && ${download}; }`], options);
    await get().catch(get);
    await run('sh', ['-c', `dpkg -x ${debianPackage}_*.deb . && rm ${debianPackage}_*.deb`], options);
    return unpacked;
  } catch {
    return undefined;
  }
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
