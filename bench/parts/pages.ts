import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client, Connection } from '@temporalio/client';
import Fastify from 'fastify';
import { buildServer } from '../../api/server.ts';
import { openFiles } from '../../cli/run/files.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import { loadSettings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { atMachine } from '../../db/installation.ts';
import type { Database } from '../../db/types.ts';
import { askOnServer } from '../../identity/signIn.ts';
import { keys } from '../../test/support/keys.ts';
import { pages as webPages } from '../../web/pages.tsx';
import type { Bed } from '../bed.ts';
import { manager, program, startedAt, type Template, write } from '../fixtures/register.ts';
import { atMost, percentile, type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';

const fewPrograms = 10;
const openTasks = 70;
const requests = 1_500;
/** Before anything is measured: what is compiled and cached by then is so in every running service. */
const warmUps = 300;

/** How long pages take with a few programs and with many, beside a page that says nothing. */
export async function pages(bed: Bed): Promise<Row[]> {
  const template = program(openTasks);
  const few = await site(bed, 'few', fewPrograms, template);
  const many = await site(bed, 'many', sizes.written, template);
  const empty = await emptySite(bed);
  // In turns, so that what else the machine does meets all of them alike.
  const times = await inTurns({
    empty: () => get(`${empty}/`),
    fewProgram: () => few.get(few.program()),
    manyProgram: () => many.get(many.program()),
    newProgram: () => many.get(many.anyProgram()),
    fewInbox: () => few.get('/inbox'),
    manyInbox: () => many.get('/inbox'),
    fewPrograms: () => few.call('/v1/programs'),
    manyPrograms: () => many.call('/v1/programs'),
    fewTasks: () => few.call('/v1/tasks'),
    manyTasks: () => many.call('/v1/tasks'),
    fewOutbox: () => few.outbox(),
    manyOutbox: () => many.outbox(),
  });
  const growth = (few: keyof typeof times, many: keyof typeof times) => p99(many) / p99(few);
  const p50 = (name: keyof typeof times) => percentile(times[name], 0.5);
  const p99 = (name: keyof typeof times) => percentile(times[name], 0.99);
  const first = await many.firstVisit(many.program());
  const tasks = `${shown(sizes.written * openTasks)} tasks`;
  return [
    told('an empty page, p50', shown(p50('empty'), 'ms')),
    told(
      `program page with ${shown(sizes.written)} programs, p50 and p99`,
      both(p50('manyProgram'), p99('manyProgram')),
    ),
    told('  where nobody has opened it lately, p50 and p99', both(p50('newProgram'), p99('newProgram'))),
    told(`inbox over ${tasks}, p50 and p99`, both(p50('manyInbox'), p99('manyInbox'))),
    atMost('program page, many programs to few, p99', growth('fewProgram', 'manyProgram'), 2),
    atMost('inbox, many programs to few, p99', growth('fewInbox', 'manyInbox'), 2),
    atMost('list of programs (API), many to few, p99', growth('fewPrograms', 'manyPrograms'), 2),
    atMost('tasks over all programs (API), many to few, p99', growth('fewTasks', 'manyTasks'), 2),
    atMost('outbox, a look at what is due, many programs to few, p99', growth('fewOutbox', 'manyOutbox'), 2),
    atMost('program page that nobody has opened lately to an empty page, p50', p50('newProgram') / p50('empty'), 20),
    atMost('inbox to an empty page, p50', p50('manyInbox') / p50('empty'), 20),
    atMost('first page with all it loads, compressed', first.all / 1_000, 100, 'kB'),
    atMost('its scripts, compressed', first.scripts / 1_000, 50, 'kB'),
  ];
}

interface Site {
  /** The address of the page of one of the few programs that are often read, each time of another. */
  program(): string;
  /** That of any program, each time of another. */
  anyProgram(): string;
  get(path: string): Promise<string>;
  /** The same person by the API. */
  call(path: string): Promise<string>;
  /** What a courier asks when nothing is due, and an operator of what waits. */
  outbox(): Promise<unknown>;
  /** Bytes of a page and of what it loads, compressed. */
  firstVisit(path: string): Promise<{ all: number; scripts: number }>;
}

/** Pages over so many programs, for who takes part in all of them. */
async function site(bed: Bed, name: string, programs: number, template: Template): Promise<Site> {
  bed.say(`writing ${shown(programs)} programs with ${openTasks} open tasks each`);
  const settings = loadSettings({}, { dataDir: join(bed.folder, name) });
  const database = await openDatabase(settings.databaseUrl);
  bed.parts.add({ stop: () => database.close() });
  for (let number = 0; number < programs; number++) await write(database, `p${number}`, template);
  const files = await openFiles(settings);
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const server = await buildServer({
    database,
    client: new Client({ connection, dataConverter: dataConverter() }),
    keys,
    files,
    settings: { publicUrl: 'http://127.0.0.1' },
    pages: webPages({ pagesPerMinute: 1_000_000 }),
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  bed.parts.add({ stop: () => server.close() });
  const headers = { cookie: await signIn(url, database) };
  const { token } = await database.tokens.create({ email: manager, name: manager }, atMachine);
  let read = 0;
  let opened = 0;
  return {
    program: () => `/programs/p${read++ % fewPrograms}`,
    // A stride that visits all of them before one comes again.
    anyProgram: () => `/programs/p${(opened++ * 7_919) % programs}`,
    get: (path) => get(`${url}${path}`, headers),
    call: (path) => get(`${url}${path}`, { authorization: `Bearer ${token}` }),
    async outbox() {
      const { outbox } = database;
      await outbox.backlog(startedAt);
      return outbox.lease(startedAt, 40, 60);
    },
    async firstVisit(path) {
      const page = await get(`${url}${path}`, headers);
      const loaded = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, asset]) => asset!);
      const sizesOf = await Promise.all(
        loaded.map(async (asset) => [asset, gzipSync(await get(`${url}${asset}`)).length] as const),
      );
      const sum = (of: typeof sizesOf) => of.reduce((total, [, bytes]) => total + bytes, 0);
      return {
        all: gzipSync(page).length + sum(sizesOf),
        scripts: sum(sizesOf.filter(([asset]) => asset.endsWith('.js'))),
      };
    },
  };
}

async function signIn(url: string, database: Database): Promise<string> {
  const token = await askOnServer(database, manager, new Date().toISOString());
  const response = await fetch(`${url}/sign-in/link/${token}`, { method: 'POST', redirect: 'manual' });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function emptySite(bed: Bed): Promise<string> {
  const server = Fastify();
  server.get('/', async (_request, reply) => reply.type('text/html').send('<!doctype html><title>Empty</title>'));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  bed.parts.add({ stop: () => server.close() });
  return url;
}

async function inTurns<K extends string>(work: Record<K, () => Promise<unknown>>): Promise<Record<K, number[]>> {
  const names = Object.keys(work) as K[];
  const times = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<K, number[]>;
  for (let turn = 0; turn < warmUps + requests; turn++) {
    for (const name of names) {
      const startedAt = performance.now();
      await work[name]();
      if (turn >= warmUps) times[name].push(performance.now() - startedAt);
    }
  }
  return times;
}

async function get(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return text;
}

function both(p50: number, p99: number): string {
  return `${shown(p50)} and ${shown(p99, 'ms')}`;
}
