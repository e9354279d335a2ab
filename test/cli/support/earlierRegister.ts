import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '../../../db/connect.ts';
import type { Database, Mail, Page } from '../../../db/types.ts';
import { firstMoment } from '../../../domain/agenda/index.ts';
import { percentReady } from '../../../domain/assessment/readiness.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { wordsOf } from '../../../words/sayings/index.ts';

/** A register that a released version wrote, unpacked and opened by the present one. */
export interface EarlierRegister {
  database: Database;
  /** The records of each program as they were found, by its id. */
  written: Record<string, ProgramRecord[]>;
  close(): Promise<void>;
}

/** What the version that wrote a register says of what is in it. */
export interface Said {
  administratorToken: string;
  idempotency: {
    scope: Parameters<Database['idempotency']['claim']>[0];
    bodyHash: string;
    claim: Awaited<ReturnType<Database['idempotency']['claim']>>;
  }[];
  /** How many mails there are, by their status. */
  mails: Record<string, number>;
  programs: ReturnType<typeof standing>[];
}

const registers = new URL('../../fixtures/registers/', import.meta.url);

/** Reads what a released version says of its register. */
export async function whatItSaid(version: string): Promise<Said> {
  return JSON.parse(await readFile(new URL(`${version}.json`, registers), 'utf8'));
}

/** Unpacks the register of a released version into a folder of its own and opens it, which migrates it. */
export async function openEarlier(version: string): Promise<EarlierRegister> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-earlier-'));
  const file = join(folder, 'certloop.db');
  await writeFile(file, gunzipSync(await readFile(new URL(`${version}.db.gz`, registers))));
  const database = await openDatabase(`sqlite:${file}`);
  const written: EarlierRegister['written'] = {};
  for (const id of await database.register.programIds()) written[id] = await database.register.records(id);
  return {
    database,
    written,
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a program comes to, in the terms of what the earlier version said of it. */
export function standing(state: ProgramState) {
  const { id, phase, status, seq, certificate, tasks, audits, findings } = state;
  const first = firstMoment(state);
  return {
    id,
    phase,
    status,
    seq,
    certificate: certificate
      ? { status: certificate.status, lastDay: certificate.lastDay, cycle: certificate.cycle }
      : null,
    readiness: percentReady(state),
    openTasks: idsOf(tasks, (task) => !('closedOn' in task)),
    comingAudits: idsOf(audits, (audit) => audit.status === 'planned' || audit.status === 'scheduled'),
    openFindings: idsOf(
      findings,
      ({ grade, status: is }) => (grade === 'major' || grade === 'minor') && is !== 'verified' && is !== 'closed',
    ),
    firstMoment: first ? { at: first.at, kind: first.kind } : null,
  };
}

/** All rows of the read tables, as the API reads them: what is due next in words, as an earlier version kept it. */
export async function rowsOf({ read }: Database, programIds: string[]) {
  const programOf = async (id: string) => {
    const program = (await read.program(id))!;
    const { nextDue } = program;
    return { ...program, nextDue: nextDue && { ...nextDue, title: wordsOf(nextDue.title) } };
  };
  const programs = programIds.map(async (id) => ({
    program: await programOf(id),
    tasks: await all((page) => read.tasks(id, { now: '2030-06-01T00:00:00.000Z' }, page)),
    audits: await all((page) => read.audits(id, page)),
    findings: await all((page) => read.findings(id, page)),
  }));
  return { byPhase: Object.fromEntries(await read.programsByPhase()), programs: await Promise.all(programs) };
}

/** Every mail of a program, whenever it is due. */
export function mailsOf({ outbox }: Database, programId: string): Promise<Mail[]> {
  return all((page) => outbox.list(programId, '9999-12-31T23:59:59.999Z', page));
}

/** How often each name is among them. */
export function count(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** As it travels: what is undefined is not there. */
export function plain(state: ProgramState): unknown {
  return JSON.parse(JSON.stringify(state));
}

function idsOf<T extends { id: string }>(all: Record<string, T>, which: (one: T) => boolean): string[] {
  return Object.values(all)
    .filter(which)
    .map(({ id }) => id);
}

async function all<T>(pageOf: (page: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await pageOf({ limit: 200, cursor });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}
