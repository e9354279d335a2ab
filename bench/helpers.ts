import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of ours that does what it is asked. */
export interface Helper {
  pid: number;
  /** Has a handler of the process carried out; rejects with its error, or when the process ends. */
  ask<T>(name: string, input?: unknown): Promise<T>;
  /** Lets the process clean up and end. */
  stop(): Promise<void>;
}

/** What a helper can be asked, by name. */
export type Handlers = Record<string, (input: never) => Promise<unknown>>;

interface Question {
  id: number;
  name: string;
  input: unknown;
}
interface Reply {
  id: number;
  result?: unknown;
  error?: string;
}

/** Starts a file of `fixtures/` as a process, in a group of its own so that Ctrl-C reaches us first. */
export function startHelper(name: string, env: NodeJS.ProcessEnv, execArgv: string[] = []): Helper {
  const file = fileURLToPath(new URL(`./fixtures/${name}.js`, import.meta.url));
  const child = fork(file, { env, execArgv, detached: true });
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  child.on('message', ({ id, result, error }: Reply) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (error === undefined) resolve(result as never);
    else reject(new Error(`${name}: ${error}`));
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended (${signal ?? code}).`));
    waiting.clear();
  });
  return {
    pid: child.pid!,
    ask: (handler, input) =>
      new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, { resolve, reject });
        child.send({ id, name: handler, input } satisfies Question, (error) => error && reject(error));
      }),
    stop: () => ended(child, () => child.disconnect()),
  };
}

/** Answers the process that started this one, until it lets go of us or ends; then `close` cleans up. */
export function serveParent(handlers: Handlers, close: () => Promise<void>): void {
  process.on('message', async ({ id, name, input }: Question) => {
    const reply = (answer: Omit<Reply, 'id'>) => process.connected && process.send!({ id, ...answer });
    try {
      reply({ result: await handlers[name]!(input as never) });
    } catch (error) {
      reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once('disconnect', async () => {
    // Whatever `close` waits for may have ended before us.
    setTimeout(() => process.exit(1), 15_000).unref();
    try {
      await close();
    } finally {
      process.exit();
    }
  });
}

/** Asks a process to end, and makes it when it has not after fifteen seconds. */
export async function ended(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const overdue = setTimeout(() => child.kill('SIGKILL'), 15_000);
  ask();
  await exit;
  clearTimeout(overdue);
}
