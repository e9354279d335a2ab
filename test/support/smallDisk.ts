import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of a size, mounted at a folder. */
export interface SmallDisk {
  folder: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  /** Takes away what filled it. */
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
}

/** Mounts a disk in memory. Throws where this user may not mount one, because a skipped test proves nothing. */
export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-disk-'));
  await asRoot('mount', '-t', 'tmpfs', '-o', `size=${bytes},mode=777`, 'tmpfs', folder);
  const filler = join(folder, 'filler');
  return {
    folder,
    async fill() {
      // In steps, for a write that does not fit is not carried out in part.
      for (let size = bytes, data = Buffer.alloc(0); size >= 512; size = Math.floor(size / 2)) {
        for (let fits = true; fits; ) {
          const more = Buffer.concat([data, Buffer.alloc(size)]);
          fits = await writeFile(filler, more).then(
            () => true,
            () => false,
          );
          if (fits) data = more;
        }
        await writeFile(filler, data);
      }
      await chmod(filler, 0o666);
    },
    makeRoom: () => rm(filler, { force: true }),
    async remove() {
      await asRoot('umount', '-l', folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function asRoot(command: string, ...args: string[]): Promise<void> {
  if (process.getuid?.() === 0) await run(command, args);
  else await run('sudo', ['-n', command, ...args]);
}
