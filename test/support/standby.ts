import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { anyFreePort } from '../../worker/service/ports.ts';
import { findBinaries, query, serverOwner, type TestPostgres, untilReady } from './postgres.ts';

const run = promisify(execFile);

/** A hot standby of a throw-away server: it can be read, and takes nothing to be written. */
export interface Standby {
  port: number;
  /** Makes it the new primary; settles when it takes what is written. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/** Copies a server, which is killed for it and started again, and has the copy follow it. */
export async function startStandby(primary: TestPostgres): Promise<Standby> {
  const bin = await findBinaries();
  const owner = await serverOwner();
  const folder = await mkdtemp(path.join(tmpdir(), 'certloop-standby-'));
  const data = path.join(folder, 'data');
  await primary.kill();
  await run('cp', ['-a', primary.data, data]);
  await primary.startAgain();
  await rm(path.join(data, 'postmaster.pid'), { force: true });
  await writeFile(path.join(data, 'standby.signal'), '');
  if (owner.uid !== undefined) await run('chown', ['-R', `${owner.uid}:${owner.gid}`, folder]);

  const port = await anyFreePort();
  const follow = `primary_conninfo=host=127.0.0.1 port=${primary.port} user=test`;
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'hot_standby=on', follow];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, ...flags], { ...owner, cwd: folder });
  const end = () => server.kill('SIGQUIT');
  process.once('exit', end);
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  await untilReady(url, server);
  return {
    port,
    promote: () => query(url, 'select pg_promote()'),
    async stop() {
      process.off('exit', end);
      const ended = once(server, 'exit');
      if (server.kill('SIGINT')) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
