import { randomBytes, randomUUID } from 'node:crypto';
import type { Connection } from './connection.ts';
import { ofDatabase } from './faults.ts';

/** Asked more often, it is taken for still possible. */
const restMs = 1_000;
const patienceMs = 5_000;

/** About what a small commit writes; of noise, which takes the same room in every database. */
const fillerBytes = 4_096;

/**
 * Makes what tries whether the database can be written: a row is put and taken away again in one transaction, which goes to
 * disk as every commit does, and the tables of commits are there. Whoever asks while it is tried, or within a second after it was done, gets the same answer.
 */
export function createProbe({ write }: Pick<Connection, 'write'>): () => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY;
  let underway: Promise<void> | undefined;

  const attempt = () =>
    write(async (trx) => {
      const id = randomUUID();
      await trx('probes').insert({ id, filler: randomBytes(fillerBytes / 2).toString('hex') });
      await trx('probes').where({ id }).delete();
      // One without its tables takes nothing either.
      await trx.raw('select 1 from records, programs, mails, idempotency_keys where 1 = 0');
    });

  async function tried(): Promise<void> {
    try {
      await inTime(attempt());
      doneAt = performance.now();
    } finally {
      underway = undefined;
    }
  }

  return async () => {
    if (performance.now() - doneAt < restMs) return;
    underway ??= tried();
    await underway;
  };
}

/** A server that says nothing is away, however long its connection lasts. */
async function inTime(attempt: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tell = () => reject(ofDatabase(new Error(`no answer within ${patienceMs / 1000} seconds`)));
    timer = setTimeout(tell, patienceMs);
  });
  try {
    await Promise.race([attempt, late]);
  } finally {
    clearTimeout(timer);
    attempt.catch(() => undefined);
  }
}
