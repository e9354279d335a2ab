import pLimit from 'p-limit';
import { openExistingDatabase } from '../db/connect.ts';
import { atMachine } from '../db/installation.ts';
import type { Email, IsoDate } from '../domain/basics.ts';
import { addDays, dateAt } from '../domain/calendar.ts';
import { standardOutline } from '../domain/standards/outline.ts';
import { type Api, createApi } from './api.ts';
import { lanes, sizes } from './sizes.ts';

const standard = 'iso-42001-2023';
const emails = { manager: 'manager@example.org', owner: 'owner@example.org' } as const;

/** The two who act in the programs of the benchmarks: one asks and reviews, the other submits. */
export interface People {
  manager: Api;
  owner: Api;
  tokens: { manager: string; owner: string };
}

/** A program in its implementation, with its open tasks by due date. */
export interface Prepared {
  id: string;
  tasks: string[];
}

/**
 * Gives both people their tokens, and the manager the right to start programs. Nobody makes tokens for others over HTTP:
 * they are made beside the installation, as `certloop token` does.
 */
export async function introduce(url: string, databaseUrl: string): Promise<People> {
  const database = await openExistingDatabase(databaseUrl);
  try {
    const tokenOf = async (email: Email) => (await database.tokens.create({ email, name: email }, atMachine)).token;
    const account = { email: emails.manager, name: emails.manager, mayStart: true };
    await database.accounts.put(account, new Date().toISOString(), atMachine);
    const tokens = { manager: await tokenOf(emails.manager), owner: await tokenOf(emails.owner) };
    return { manager: createApi(url, tokens.manager), owner: createApi(url, tokens.owner), tokens };
  } finally {
    await database.close();
  }
}

/**
 * Starts programs and brings them into their implementation with `open` tasks each; sixteen at a time. Gives those
 * that were ready in the time there is for it.
 */
export function prepareAll(people: People, count: number, open: number): Promise<Prepared[]> {
  return inTime(numbered('bench', count), (id) => prepare(people, id, open));
}

/** Does something for each, sixteen at a time, and begins with none after `sizes.prepareSeconds`. Gives what was done. */
export async function inTime<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const endsAt = performance.now() + sizes.prepareSeconds * 1_000;
  const done: R[] = [];
  await eachOf(all, async (one) => {
    if (performance.now() < endsAt) done.push(await work(one));
  });
  return done;
}

/** Does something for each, sixteen at a time. */
export function eachOf<T, R>(all: T[], work: (one: T, index: number) => Promise<R>): Promise<R[]> {
  return pLimit(lanes).map(all, work);
}

/** Ids such as `bench-7`. */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

/**
 * A time zone in which it was between 10 and 11 in the morning when the benchmarks began: programs there have begun
 * today, and nothing of theirs falls due while they are measured.
 */
export const quietZone = zoneAt(10);

/** The date in the quiet zone, some days on. */
export function dayAhead(days: number): IsoDate {
  return addDays(dateAt(new Date().toISOString(), quietZone), days);
}

/** The body that starts a program, today; `owner` answers for its requirements and tasks. */
export function startBody(id: string, owner: string = emails.owner, reminderDays = [14, 7, 1]) {
  return {
    id,
    name: `AI management ${id}`,
    organization: 'Example Ltd',
    standard,
    scope: { statement: 'The assistant that customers talk to, from its training to its use.' },
    aiSystems: [{ id: 'assistant', name: 'Assistant', role: 'provider', risk: 'high' }],
    people: [
      { email: emails.manager, name: 'Mia', roles: ['programManager', 'consultant'] },
      { email: 'sponsor@example.org', name: 'Sue', roles: ['sponsor', 'topManagement'] },
      { email: owner, name: 'Olu', roles: ['owner'] },
      { email: 'auditor@example.org', name: 'Ira', roles: ['internalAuditor'] },
      { email: 'lead@body.example', name: 'Lea', roles: ['leadAuditor'] },
      { email: 'decision@body.example', name: 'Dan', roles: ['decisionMaker'] },
    ],
    plan: { startsOn: dayAhead(0) },
    calendar: { timeZone: quietZone },
    certificationBody: { name: 'Example Body' },
    escalation: { reminderDays },
  };
}

/** Assesses the gaps of a program in one call, so that `open` tasks follow. */
export async function assess({ manager }: Pick<People, 'manager'>, id: string, open: number): Promise<void> {
  const commands = [...ratings(open - 1), { type: 'completeGapAssessment' }];
  await manager.call('POST', `/programs/${id}/commands`, { commands, atomic: true });
}

async function prepare(people: People, id: string, open: number): Promise<Prepared> {
  await people.manager.call('POST', '/programs', startBody(id));
  await assess(people, id, open);
  return { id, tasks: await openTasks(people.manager, id, open) };
}

/** Ratings that come to so many requests for evidence: documented clauses are always asked for, then other gaps. */
function ratings(requests: number) {
  const { requirements } = standardOutline(standard);
  const asked = [...requirements].sort((a, b) => Number(b.documented) - Number(a.documented)).slice(0, requests);
  const gaps = new Set(asked.map(({ id }) => id));
  return requirements.map(({ id }, index) => ({
    type: 'rateRequirement',
    requirementId: id,
    status: gaps.has(id) ? 'partial' : 'conforms',
    priority: (['critical', 'high', 'medium', 'low'] as const)[index % 4],
    gap: gaps.has(id) ? 'Practiced, but neither written down nor the same in every team.' : '',
    effortDays: (index % 5) + 1,
    owner: emails.owner,
  }));
}

/**
 * The open tasks that wait for no other, once there are as many open as there should be: the implementation is laid out
 * by the next run.
 */
async function openTasks(manager: Api, id: string, expected: number): Promise<string[]> {
  for (const deadline = performance.now() + 60_000; ; ) {
    const { items } = await manager.call<{ items: { id: string; dependsOn?: string[] }[] }>(
      'GET',
      `/programs/${id}/tasks?status=open&limit=200`,
    );
    if (items.length === expected) return items.filter((task) => !task.dependsOn?.length).map((task) => task.id);
    if (performance.now() > deadline)
      throw new Error(`Program ${id} has ${items.length} open tasks instead of ${expected}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function zoneAt(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
  return ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
