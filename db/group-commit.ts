import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Work } from './connection.ts';
import { underway } from './strays.ts';
import { inItsTrace } from './tracing.ts';

/** Most jobs in one transaction: bounds how long the first of them waits for the others. */
const mostTogether = 64;

/** How long to wait for another process that writes to the same file. */
const patienceMs = 10_000;

interface Job {
  run(db: Knex): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * A queue for a database with one writer, whose pool holds one connection that is never given up, and refuses strays. Jobs that arrive
 * while a transaction runs are executed together in the next one, so that one fsync serves all. Every answer is given
 * after the commit.
 *
 * @param inPlace throws while what is written would be written to a file that nobody finds again
 */
export function createGroupCommit(
  writer: Knex,
  inPlace: () => void = () => undefined,
): <T>(work: Work<T>) => Promise<T> {
  const waiting: Job[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) await commit(writer, waiting.splice(0, mostTogether), inPlace);
    running = false;
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ run: inItsTrace(work), resolve: resolve as Job['resolve'], reject });
      if (!running) void drain();
    });
}

/**
 * When one of several jobs fails, the transaction is undone and each is run alone, so that it fails only itself.
 * That is rare; savepoints, which would spare it, cost every job two statements.
 */
async function commit(writer: Knex, jobs: Job[], inPlace: () => void): Promise<void> {
  let answers: unknown[];
  try {
    inPlace();
    answers = await transaction(writer, jobs);
    inPlace();
  } catch (error) {
    // Undone also when COMMIT itself failed (disk full); when BEGIN did, there is nothing to undo.
    await writer.raw('rollback').catch(() => {});
    if (jobs.length === 1) jobs[0]!.reject(error);
    else for (const job of jobs) await commit(writer, [job], inPlace);
    return;
  }
  for (const [index, job] of jobs.entries()) job.resolve(answers[index]);
}

/**
 * `begin immediate` takes the right to write at once; knex would begin without it, and its first write after a read be
 * refused for good when another process wrote in between.
 */
async function transaction(writer: Knex, jobs: Job[]): Promise<unknown[]> {
  await whileBusy(() => writer.raw('begin immediate'));
  await writer.raw(underway.begins);
  const answers: unknown[] = [];
  for (const job of jobs) answers.push(await job.run(writer));
  await writer.raw(underway.ends);
  await writer.raw('commit');
  return answers;
}

/** While another process writes we wait here: SQLite's own waiting would block one of Node's four file threads. */
export async function whileBusy<T>(attempt: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() > giveUpAt) throw error;
      await sleep(1 + Math.random() * 10);
    }
  }
}
