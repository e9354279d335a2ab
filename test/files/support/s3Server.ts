import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server that speaks S3, with one bucket. */
export interface S3Server {
  /** The setting that names the bucket, with a prefix. */
  url: string;
  /** The names of the files in its folder that are objects, or halves of some. */
  objects(): Promise<string[]>;
  /** Damages an object behind the server's back. */
  overwrite(name: string, content: Uint8Array): Promise<void>;
  /** Ends it at once, as a failing machine does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const bucket = 'evidence';

/** Starts a server; its credentials are put where the AWS SDK looks for them. */
export async function startS3(): Promise<S3Server> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' });
  const folder = await mkdtemp(join(tmpdir(), 'certloop-s3-'));
  const program = fileURLToPath(new URL('./s3-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, folder, bucket], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url: `s3://${bucket}/certloop/files?region=eu-central-1&endpoint=http://127.0.0.1:${port}`,
    async objects() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      // Beside each object the server keeps what it knows of it.
      return names.filter((name) => !/_metadata|\.md5/.test(name)).map((name) => name.replace('._S3rver_object', ''));
    },
    async overwrite(name, content) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const object = entries.find((entry) => entry.name === `${name}._S3rver_object`);
      if (!object) throw new Error(`There is no object ${name}.`);
      await writeFile(join(object.parentPath, object.name), content);
    },
    kill: () => ended(child),
    async stop() {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
