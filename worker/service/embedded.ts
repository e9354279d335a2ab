import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { ownRights } from '../../db/rights.ts';
import { type ServerOptions, serverArguments } from './arguments.ts';
import { freePort } from './ports.ts';

/** How long the service may take to answer, in milliseconds: a large database takes a while. */
const startTimeoutMs = 60_000;

/** How long the service may take to stop before it is killed, in milliseconds. */
const stopTimeoutMs = 10_000;

export interface StartServiceOptions extends Omit<ServerOptions, 'namespace'> {
  /** The `temporal` program, as `locateProgram` gives it. */
  program: string;
  /** Namespace to create; `default` when absent. */
  namespace?: string;
  /** Takes the warnings and errors of the service, a JSON document each. */
  log: (line: string) => void;
  /** Called when the service ends without `stop()`. */
  onExit?: (reason: string) => void;
}

/** An embedded service that answers. */
export interface EmbeddedService {
  /** `host:port`, for clients and workers. */
  address: string;
  /** Temporal's own pages, where they were asked for. */
  uiUrl: string | undefined;
  pid: number;
  /** Ends the service, by force after ten seconds. Can be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a Temporal service on this machine and waits until it answers.
 *
 * The service is a process group of its own: Ctrl-C in a terminal does not reach it, so that the worker can finish
 * before it. It ends when this process does, even if this one is killed (not on Windows).
 *
 * A port can be lost to another program between the look at it and the service's own start, and so can those that the
 * service finds for its parts: then it is started again, twice at most.
 *
 * @param options - ports may be 0: any free one.
 * @throws PortBusyError when a port is in use.
 * @throws Error when the service ends or does not answer within a minute; with its last words.
 */
export async function startService(options: StartServiceOptions): Promise<EmbeddedService> {
  for (let attemptsLeft = 2; ; attemptsLeft--) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!attemptsLeft || !/address already in use/.test(String(error))) throw error;
    }
  }
}

async function startOnce(options: StartServiceOptions): Promise<EmbeddedService> {
  const port = await freePort(options.port, 'CERTLOOP_TEMPORAL_PORT');
  const uiPort = options.uiPort === null ? null : await freePort(options.uiPort, 'CERTLOOP_TEMPORAL_UI_PORT');
  if (options.dataDir !== null) await mkdir(options.dataDir, { recursive: true, mode: ownRights.folder });
  const namespace = options.namespace ?? 'default';
  const child = launch(options.program, serverArguments({ ...options, port, uiPort, namespace }));
  const ended = endOf(child);
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= end(child, ended));

  const lastWords: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > 5) lastWords.shift();
      if (!stopping && line.startsWith('{')) options.log(line);
    });
  }

  const address = `127.0.0.1:${port}`;
  try {
    await answersBefore(ended, address, namespace);
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error([`The embedded Temporal service did not start: ${reason}.`, ...lastWords].join('\n  '));
  }
  void ended.then((reason) => stopping || options.onExit?.(`The embedded Temporal service ended: ${reason}.`));
  return { address, uiUrl: uiPort === null ? undefined : `http://127.0.0.1:${uiPort}`, pid: child.pid!, stop };
}

type ServiceProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * The shell leaves a watcher that waits for the end of our pipe, which comes with our own end however that happens,
 * and then becomes the service. What that writes is for this user alone.
 */
const watchedLaunch = `
  umask 077
  service=$$
  exec 3<&0 </dev/null
  (read -r _ <&3; kill -INT $service) >/dev/null 2>&1 &
  exec "$@" 3<&-
`;

function launch(program: string, args: string[]): ServiceProcess {
  const [command, ...rest] =
    process.platform === 'win32' ? [program, ...args] : ['/bin/sh', '-c', watchedLaunch, 'sh', program, ...args];
  return spawn(command!, rest, { detached: true, env: environment(), stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Temporal's variables are meant for clients; the service must not take its configuration from them. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/** Resolves with the reason when the process has ended or could not be started. */
function endOf(child: ServiceProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      // The watcher goes first: after the pipe has closed it would signal a process that is no more.
      killGroup(child);
      child.stdin.destroy();
      resolve(signal ? `ended by ${signal}` : `ended with exit code ${code}`);
    });
  });
}

async function end(child: ServiceProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGINT');
  const overdue = new AbortController();
  const killed = sleep(stopTimeoutMs, undefined, { signal: overdue.signal }).then(() => killGroup(child));
  await Promise.race([ended, killed.catch(() => undefined)]);
  overdue.abort();
  await ended;
}

function killGroup(child: ServiceProcess): void {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended.
  }
}

/** Resolves when the service answers and knows the namespace. Throws when it ends instead, or takes too long. */
async function answersBefore(ended: Promise<string>, address: string, namespace: string): Promise<void> {
  let end: string | undefined;
  void ended.then((reason) => {
    end = reason;
  });
  const deadline = Date.now() + startTimeoutMs;
  // The pauses between attempts that suit a distant service would triple the time that a start takes.
  const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 200 };
  const connection = Connection.lazy({ address, channelArgs, interceptors: [] });
  try {
    for (;;) {
      let cause: unknown;
      try {
        await connection.withDeadline(Date.now() + 2_000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
        if (!end) return;
      } catch (error) {
        cause = error;
      }
      if (end) throw new Error(end, { cause });
      if (Date.now() > deadline) throw new Error(`no answer within ${startTimeoutMs / 1000} s`, { cause });
      await sleep(50);
    }
  } finally {
    await connection.close();
  }
}
