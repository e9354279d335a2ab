import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest, InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atMachine } from '../../db/installation.ts';
import { commands } from '../../domain/registry.ts';
import { who } from '../domain/support.ts';
import { type WebServer, webServer } from '../web/support/webServer.ts';

interface Route {
  method: string;
  url: string;
}

let web: WebServer;
let app: FastifyInstance;
let cookie: string;
let bearer: string;
let csrf: string;
/** Every route of API and pages, as they were registered. */
const routes: Route[] = [];
/** The names that each route reads of its query. */
const asked = new Map<string, Set<string>>();

const keyOf = ({ method, url }: Route) => `${method} ${url}`;

/** Notes which names of a query a route reads, so that each of them can be sent something. */
function watched(request: FastifyRequest): void {
  const { method, routeOptions } = request;
  const names = asked.get(keyOf({ method, url: routeOptions.url ?? '' })) ?? new Set<string>();
  asked.set(keyOf({ method, url: routeOptions.url ?? '' }), names);
  request.query = new Proxy(request.query as object, {
    get(target, name) {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name);
    },
  });
}

function watch(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url });
  });
  fastify.addHook('preHandler', async (request) => watched(request));
}

beforeAll(async () => {
  subscribe('fastify.initialization', watch);
  web = await webServer(
    { hostile: 'stage2UnderWay' },
    { pages: { pagesPerMinute: 1_000_000, mailboxDir: await mkdtemp(join(tmpdir(), 'certloop-hostile-')) } },
  );
  unsubscribe('fastify.initialization', watch);
  app = web.server.app;
  const now = new Date().toISOString();
  await web.server.database.accounts.put(
    { email: who.manager, name: who.manager, installationRole: 'administrator', mayStart: true },
    now,
    atMachine,
  );
  const visitor = await web.signedIn(who.manager);
  cookie = visitor.cookieHeader;
  await visitor.open('/settings');
  [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(visitor.html) ?? [];
  bearer = `Bearer ${await web.server.as(who.manager, 'administrator').token()}`;
}, 120_000);

afterAll(() => web?.close());

/** Names that every object of JavaScript has or seems to have, and what numbers, texts and cursors must not be. */
const relatives = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
const strange = [' ', '1e1', '99999999999999999999', "' or 1=1 --", '../../etc/passwd', '\u0000', 'W10'];

async function call(
  given: InjectOptions & { url: string; method: string },
): Promise<{ status: number; body: string; type: string; what: string }> {
  const isApi = given.url.startsWith('/v1');
  const headers = {
    ...(isApi ? { authorization: bearer } : { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' }),
    ...given.headers,
  };
  const { statusCode, body, headers: answered } = await app.inject({ ...given, headers } as InjectOptions);
  return {
    status: statusCode,
    body,
    type: String(answered['content-type'] ?? ''),
    what: `${given.method} ${given.url} ${JSON.stringify(given.payload ?? '').slice(0, 200)}`,
  };
}

/** What is wrong with an answer: a defect of ours, or a refusal that is neither a problem document nor a page. */
function wrongWith({ status, body, type, what }: Awaited<ReturnType<typeof call>>): string[] {
  if (status === 500) return [`500 ${what}`];
  // That Temporal cannot be reached is so here, and says so in a shape of its own.
  if (status < 400 || / \/readyz/.test(what)) return [];
  const isProblem = type.startsWith('application/problem+json') && JSON.parse(body).status === status;
  // Scripts of a page ask for JSON, and say what is wrong at its place.
  const isPage = type.startsWith('text/html') || (type.startsWith('application/json') && 'detail' in JSON.parse(body));
  return isProblem || isPage ? [] : [`${status} ${type} ${what}`];
}

/** An address of a route, with its parts filled in: the program's own id and others, or `part` in each place. */
function addressOf(url: string, part?: string): string {
  return url
    .replace(':programId', part === undefined ? 'hostile' : ':programId')
    .replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(part ?? known[name] ?? '1'))
    .replace('*', encodeURIComponent(part ?? 'x'));
}

const known: Record<string, string> = {
  taskId: 'T-1',
  auditId: 'A-1',
  findingId: 'F-1',
  requirementId: '6.1.2',
  controlId: 'A.2.2',
  email: who.owner,
  standardId: 'iso-42001-2023',
  seq: '1',
  command: 'pause',
};

/** How many names of a query are tried each by itself. */
const most = 6;

/** What pages and forms read of a query, whichever reads it first. */
const fields = [
  'taskId',
  'auditId',
  'findingId',
  'requirementId',
  'controlId',
  'systemId',
  'id',
  'email',
  'sha256',
  'entryId',
];
const filters = [
  'task',
  'requirement',
  'audit',
  'finding',
  'system',
  'person',
  'type',
  'from',
  'to',
  'show',
  'sort',
  'owner',
  'cursor',
  'assignee',
  'filter',
  'list',
  'done',
  'phase',
  'limit',
  'after',
  'name',
];

const reading = () => routes.filter(({ method }) => method === 'GET');
const writing = () => routes.filter(({ method }) => method !== 'GET' && method !== 'OPTIONS');
const soon = (url: string) => !/sign-out|settings\/sessions/.test(url);

test('every address with a hostile part is answered with a refusal or a page', async () => {
  expect(routes.length).toBeGreaterThan(150);
  const wrong: string[] = [];
  for (const { url } of reading()) {
    wrong.push(...wrongWith(await call({ method: 'GET', url: addressOf(url) })));
    if (!/[:*]/.test(url)) continue;
    for (const part of [...relatives, ...strange.filter(Boolean)]) {
      wrong.push(
        ...wrongWith(
          await call({ method: 'GET', url: addressOf(url.replace(':programId', 'hostile'), part.toWellFormed()) }),
        ),
      );
      if (url.includes(':programId') && part === '__proto__')
        wrong.push(...wrongWith(await call({ method: 'GET', url: addressOf(url, part) })));
    }
  }
  expect(wrong).toEqual([]);
}, 300_000);

test('every name of every query takes hostile values, and is refused or answered', async () => {
  const wrong: string[] = [];
  for (const route of reading()) {
    const url = addressOf(route.url);
    const names = [...new Set([...(asked.get(keyOf(route)) ?? []), ...filters, '__proto__', 'constructor'])];
    const queries = [
      ...[...relatives, ...strange].map((value) =>
        names.map((name) => `${name}=${encodeURIComponent(value)}`).join('&'),
      ),
      ...names.slice(0, most).map((name) => `${name}=__proto__`),
      names.map((name) => `${name}=a&${name}=b&${name}[x]=1`).join('&'),
    ];
    for (const query of queries) wrong.push(...wrongWith(await call({ method: 'GET', url: `${url}?${query}` })));
  }
  expect(wrong).toEqual([]);
}, 300_000);

test('every form takes hostile ids and names in its query, and is shown or refused', async () => {
  const wrong: string[] = [];
  for (const command of Object.keys(commands))
    for (const name of fields)
      for (const value of ['__proto__', 'constructor', 'toString'])
        wrong.push(
          ...wrongWith(await call({ method: 'GET', url: `/programs/hostile/do/${command}?${name}=${value}` })),
        );
  expect(wrong).toEqual([]);
}, 300_000);

test('every call and every form takes hostile bodies, and is refused or answered', async () => {
  const wrong: string[] = [];
  const own = relatives.map((name) => `"${name}":{"${name}":1}`).join(',');
  const bodies: Omit<InjectOptions, 'url'>[] = [
    { payload: `{${own}}`, headers: { 'content-type': 'application/json' } },
    { payload: '{"__proto__":{"x":1}}', headers: { 'content-type': 'application/json' } },
    { payload: '[]', headers: { 'content-type': 'application/json' } },
    { payload: 'null', headers: { 'content-type': 'application/json' } },
    { payload: '{"reason":', headers: { 'content-type': 'application/json' } },
    { payload: `${'['.repeat(50_000)}`, headers: { 'content-type': 'application/json' } },
    {
      payload: `_csrf=${csrf}&${relatives.map((name) => `${name}=${name}&${name}[0]=1`).join('&')}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    {
      payload: `_csrf=${csrf}&_key=__proto__&_do=__proto__&done=constructor&list=constructor&act=toString&%=%`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { payload: '--x\r\nbroken', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    { payload: 'x', headers: { 'content-type': 'text/plain' } },
    { payload: 'x', headers: { 'content-type': '__proto__' } },
    {},
  ];
  for (const { method, url } of writing().filter(({ url: at }) => soon(at))) {
    for (const body of bodies) wrong.push(...wrongWith(await call({ method, url: addressOf(url), ...body })));
    wrong.push(
      ...wrongWith(
        await call({ method, url: addressOf(url.replace(':programId', 'hostile'), '__proto__'), ...bodies[0] }),
      ),
    );
  }
  expect(wrong).toEqual([]);
}, 300_000);

test('a form in parts passes nowhere without the token of its session: it is read where files are taken, and refused elsewhere', async () => {
  const reading = [
    'POST /programs/:programId/tasks/:taskId',
    'POST /programs/:programId/do/:command',
    'POST /answer/:token',
    'POST /unsubscribe/:token',
  ];
  const tokens = async () => (await web.server.database.tokens.list({ limit: 200 }, who.manager)).items.length;
  const before = await tokens();
  const payload = '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nMia\r\n--x--\r\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const pages = writing().filter(({ url }) => !url.startsWith('/v1'));
  expect(pages.length).toBeGreaterThan(20);
  for (const route of pages) {
    const { status, body, type } = await call({ method: route.method, url: addressOf(route.url), payload, headers });
    const key = keyOf(route);
    const expected = !reading.includes(key) ? [415] : key.includes(':token') ? [404] : [403];
    expect([key, status]).toEqual([key, ...expected]);
    expect([key, type, body.length > 0]).toEqual([key, 'text/html; charset=utf-8', true]);
  }
  expect(await tokens()).toBe(before);
  expect((await call({ method: 'GET', url: '/settings' })).status).toBe(200);
}, 60_000);

test.each([
  '1e1',
  '0x10',
  ' 5',
  '5 ',
  '5.0',
  '+5',
  '05',
  'NaN',
  'Infinity',
  '-1',
  '0',
  '',
  'true',
  '9007199254740993',
  '٥',
])('the number %j is refused, in the query of a call and of a page alike', async (number) => {
  const text = encodeURIComponent(number);
  const calls = ['/v1/programs?limit=', '/v1/programs/hostile/records?limit=', '/v1/programs/hostile/records/'];
  for (const url of calls.map((each) => each + text).filter((url) => !url.endsWith('records/'))) {
    const answered = await call({ method: 'GET', url });
    expect([url, answered.status]).toEqual([url, 400]);
    expect(wrongWith(answered)).toEqual([]);
  }
  if (number === '' || number === '0') return;
  expect((await call({ method: 'GET', url: `/mailbox?from=${text}` })).status).toBe(400);
});

test('whole numbers and booleans are read as JSON writes them', async () => {
  expect((await call({ method: 'GET', url: '/v1/programs?limit=5' })).status).toBe(200);
  for (const [overdue, status] of [
    ['true', 200],
    ['false', 200],
    ['1', 400],
    ['TRUE', 400],
    ['yes', 400],
  ] as const)
    expect((await call({ method: 'GET', url: `/v1/programs/hostile/tasks?overdue=${overdue}` })).status).toBe(status);
});
