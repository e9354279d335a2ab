import { isDeepStrictEqual } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { createCourier } from '../../activities/courier.ts';
import { createGateway } from '../../api/gateway.ts';
import { introduce, prepareAll } from '../../bench/programs.ts';
import { retries } from '../../config/connection.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { fold } from '../../domain/fold.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { stateQuery, workflowIdOf } from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { seed as seedOfAll } from '../support/seed.ts';
import { accountForMails, accountForRecords, rowsThatDiffer } from './accounts.ts';
import { type Installation, type Kind, startInstallation } from './installation.ts';
import { startKiller } from './killer.ts';
import { startLoad } from './load.ts';
import { seeded } from './random.ts';
import { type Row, table } from './report.ts';

const commands = given('FAULTS_COMMANDS') ?? 300;
const seed = given('FAULTS_SEED') ?? seedOfAll;
const programCount = 8;
const openTasks = 24;
/** Few commands would be over before much is killed: they take their time. */
const restMs = commands <= 1_000 ? 300 : 20;
/** Each kills every kind of part once: as long as the commands take, but two are enough for few. */
const rounds = Math.ceil(commands / 150);
/** A second for two commands, which is slow, and five minutes. */
const timeoutMs = 300_000 + commands * 500;

let installation: Installation;
/** Of a run that failed, or with `FAULTS_KEEP=1`. */
let keepFolder = process.env.FAULTS_KEEP === '1';

beforeAll(async () => {
  installation = await startInstallation();
}, 120_000);

afterAll(() => installation?.stop({ keepFolder }), 180_000);

test(
  'the whole set is killed, cut off and filled up under load: every acknowledged command, record and mail is there once',
  async () => {
    onTestFailed(() => {
      keepFolder = true;
      console.log(`FAULTS_SEED=${seed}; logs and data are kept in ${installation.folder}`);
    });
    const { urls, databaseUrl, mail, log } = installation;
    const people = await introduce(urls[0], databaseUrl);
    const programs = await prepareAll(people, programCount, openTasks);
    expect(programs).toHaveLength(programCount);
    const ids = programs.map(({ id }) => id);
    const baseline = await withDatabase(databaseUrl, (database) => headsOf(database, ids));

    const startedAt = performance.now();
    const killer = startKiller(installation.mortals, { random: seeded(seed), rounds, log });
    // Where nobody may mount a disk, none can be full.
    const tried = () => Object.entries(killer.kills).filter(([kind]) => installation.mortals[kind as Kind].length > 0);
    const isEnough = (begun: number) => begun >= commands && tried().every(([, times]) => times > 0);
    const load = startLoad({ urls, tokens: people.tokens, programs, isEnough, restMs, log });
    try {
      await Promise.race([load.done, killer.failed]);
    } finally {
      await Promise.all([load.stop(), killer.stop()]);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    await installation.ready();
    const answeredOtherwise = await load.answeredOtherwise();

    await withDatabase(databaseUrl, async (database) => {
      const astray = await settledAstray(installation.temporalAddress, database, ids);
      await installation.closeShop();
      await deliverTheRest(database, mail.url);
      const records = await accountForRecords(database, load.acknowledged, baseline);
      const mails = await accountForMails(database, ids, mail.received());
      const differing = await rowsThatDiffer(database, databaseUrl);
      const rows: Row[] = [
        ['seed', seed],
        ['commands acknowledged', load.acknowledged.length],
        ['requests repeated', load.repeated()],
        ...tried().map(([kind, times]): Row => [`killed or away: ${kind}`, times]),
        ['processes that ended by themselves', installation.endedByThemselves()],
        ['commands lost', records.wrong.lost.length],
        ['commands doubled', records.wrong.doubled.length],
        ['records not asked for', records.wrong.unasked.length],
        ['answers that name other records', records.wrong.misplaced.length],
        ['chains verified', records.chainsVerified],
        ['records in them since the start', records.records],
        ['read tables: rows that a rebuild changes', differing.length],
        ['mails sent', mails.sent],
        ['  of these urgent', mails.urgent],
        ['mails lost', lengths(mails.wrong.untold, mails.wrong.missing, mails.wrong.unsent)],
        ['mails doubled', lengths(mails.wrong.toldTwice, mails.wrong.unfounded, mails.wrong.unknown)],
        ['  arrived again under the same Message-ID', mails.arrivedAgain],
        ['seconds', Math.round(seconds)],
      ];
      console.log(table(rows));

      expect(load.acknowledged.length).toBeGreaterThanOrEqual(commands);
      expect(records.wrong).toEqual({ lost: [], doubled: [], unasked: [], misplaced: [] });
      expect(records.brokenChains).toEqual([]);
      expect(answeredOtherwise).toEqual([]);
      expect(astray).toEqual([]);
      expect(differing).toEqual([]);
      expect(mails.wrong).toEqual({
        untold: [],
        toldTwice: [],
        unfounded: [],
        unsent: [],
        missing: [],
        unknown: [],
      });
      expect(mails.urgent).toBeGreaterThan(0);
    });
  },
  timeoutMs,
);

function given(variable: string): number | undefined {
  const text = process.env[variable];
  if (!text) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${variable} is ${text}: expected a whole number.`);
  return Number(text);
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function lengths(...lists: unknown[][]): number {
  return lists.flat().length;
}

/** The number of the last record of each program. */
async function headsOf({ read }: Database, ids: string[]): Promise<Map<string, number>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, (await read.program(id))!.seq] as const)));
}

/** Lets every program come to rest; gives those whose execution is not where their records are. */
async function settledAstray(address: string, database: Database, ids: string[]): Promise<string[]> {
  const connection = await Connection.connect({ address, interceptors: retries() });
  try {
    const client = new Client({ connection, dataConverter: dataConverter() });
    const gateway = createGateway({ keys, client, database });
    const astray: string[] = [];
    for (const id of ids) {
      await gateway.settle(id);
      const state = await client.workflow.getHandle(workflowIdOf(id)).query(stateQuery);
      const folded = fold(await database.register.records(id));
      if (!isDeepStrictEqual(plain(state), plain(folded))) astray.push(`${id} is at ${state.seq}, not ${folded.seq}`);
    }
    return astray;
  } finally {
    await connection.close();
  }
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/**
 * Delivers what is left: the digests, which are due in the morning, and what a killed courier had taken, which another takes
 * over when it has looked for a while. Its clock is a week ahead, and then an hour more.
 */
async function deliverTheRest(database: Database, smtpUrl: string): Promise<void> {
  let ahead = 7 * 86_400_000;
  const now = () => new Date(Date.now() + ahead);
  const courier = createCourier({
    outbox: database.outbox,
    smtpUrl,
    from: 'Certloop <certloop@localhost>',
    pages: plainPages('http://127.0.0.1'),
    intervalMs: 1_000,
    log: { info: () => undefined, warn: console.warn, error: console.error },
    now,
  });
  await courier.runOnce();
  ahead += 3_600_000;
  await courier.runOnce();
  await courier.stop();
  expect(await database.outbox.backlog(now().toISOString())).toMatchObject({ due: 0, failed: 0 });
}
