import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import pLimit from 'p-limit';
import { count } from './count.ts';

/** How long what all programs rest on is waited for when it went away, in milliseconds. */
const patienceMs = 30_000;
const pauseMs = 1_000;
const answersMs = 5_000;

/** What became of one program; `failed` and `untried` leave something to do, whatever was done. */
export interface Outcome<T extends string = string> {
  programId: string;
  outcome: T | 'failed' | 'untried';
  detail: string;
}

export interface Round<T extends string> {
  programIds: readonly string[];
  /** How many programs are worked on at the same time. */
  atOnce: number;
  work(programId: string): Promise<Outcome<T>>;
  /** What all programs rest on; rejects while it is away. */
  reachable(): Promise<unknown>;
  /** How long that is waited for, in milliseconds; 30 seconds when absent. */
  waitMs?: number;
}

/**
 * Does something with every program, and gives what became of each, in their order. One that fails, whatever it fails of,
 * stops no other. Only when what all of them rest on is away, and stays away, are the rest left `untried`; a program that
 * failed while it was away is tried again when it is back.
 */
export async function* eachProgram<T extends string>(round: Round<T>): AsyncGenerator<Outcome<T>> {
  const { programIds, atOnce, waitMs = patienceMs } = round;
  const limit = pLimit(atOnce);
  let away: string | undefined;
  let looking: Promise<Looked> | undefined;

  /** Many fail at the same time when a service goes away: it is waited for once. */
  function look(): Promise<Looked> {
    looking ??= untilReachable(round.reachable, waitMs).finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function one(programId: string): Promise<Outcome<T>> {
    for (;;) {
      if (away !== undefined) return { programId, outcome: 'untried', detail: `NOT TRIED: ${away}` };
      try {
        return await round.work(programId);
      } catch (error) {
        const looked = await look();
        if (looked === 'there') return { programId, outcome: 'failed', detail: `FAILED: ${reasonOf(error)}` };
        if (looked !== 'back') away ??= looked.away;
      }
    }
  }

  const all = programIds.map((programId) => limit(() => one(programId)));
  try {
    for (const each of all) yield await each;
  } finally {
    limit.clearQueue();
  }
}

/** Both of what programs rest on, each asked for a few seconds at most. */
export function bothReachable(client: Client, database: { ping(): Promise<void> }): () => Promise<unknown> {
  const { namespace } = client.options;
  return () =>
    Promise.all([
      client.withDeadline(Date.now() + answersMs, () => client.workflowService.describeNamespace({ namespace })),
      database.ping(),
    ]);
}

/** How the outcomes of a command are told: in which order and words they are counted, and what to do about those that are left. */
export interface Telling<T extends string> {
  /** The outcomes that are counted at the end, each with its words. */
  counted: [T | 'failed' | 'untried', string][];
  /** Those that leave something to do, and what that is where the program's own line does not say it. */
  left: Partial<Record<T | 'failed' | 'untried', string>>;
  /** What those that are left are not: "restored". */
  done: string;
  /** What is said when there is no program. */
  nothing: string;
  /** That it can be done again, and what that comes to. */
  again: string;
  /** Outcomes of which no line is said for each program. */
  silent?: readonly T[];
}

/**
 * Says what became of each program, and what of all; also when it ends in the middle.
 *
 * @throws Error that names what is left and says what to do, when something is
 */
export async function tellOutcomes<T extends string>(
  outcomes: AsyncIterable<Outcome<T>>,
  telling: Telling<T>,
  say: (line: string) => void,
): Promise<void> {
  const results: Outcome<T>[] = [];
  try {
    for await (const result of outcomes) {
      results.push(result);
      if (!telling.silent?.includes(result.outcome as T)) say(`${result.programId}: ${result.detail}`);
    }
  } finally {
    say(`${count(results.length, 'program')}: ${counted(results, telling) || telling.nothing}.`);
  }
  const left = results.filter(({ outcome }) => outcome in telling.left);
  if (left.length === 0) return;
  const why = [...new Set(left.map(({ outcome }) => telling.left[outcome]))];
  const names = left.map(({ programId }) => programId).join(', ');
  throw new Error(
    [`${count(left.length, 'program')} not ${telling.done}: ${names}.`, ...why, telling.again]
      .filter(Boolean)
      .join(' '),
  );
}

function counted<T extends string>(results: Outcome<T>[], telling: Telling<T>): string {
  return telling.counted
    .map(([which, words]) => [results.filter(({ outcome }) => outcome === which).length, words] as const)
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ');
}

type Looked = 'there' | 'back' | { away: string };

async function untilReachable(reachable: () => Promise<unknown>, waitMs: number): Promise<Looked> {
  const giveUpAt = Date.now() + waitMs;
  for (let first = true; ; first = false) {
    try {
      await reachable();
      return first ? 'there' : 'back';
    } catch (error) {
      if (Date.now() >= giveUpAt) return { away: reasonOf(error) };
      await sleep(pauseMs);
    }
  }
}

/** What is left to do of something that throws it in the end, so that what comes after it is done all the same. */
export async function problemsOf(done: Promise<void>): Promise<string[]> {
  return done.then(
    () => [],
    (error: unknown) => [reasonOf(error)],
  );
}

/** What an error says; Temporal's client wraps what the service said, which is what helps. */
export function reasonOf(error: unknown): string {
  if (error instanceof ServiceError && error.cause) return reasonOf(error.cause);
  if (isGrpcServiceError(error)) return error.details || error.message;
  return error instanceof Error ? error.message : String(error);
}
