import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atMachine } from '../../db/installation.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { mustPointAt } from './support/refused.ts';
import { begun, manager, owner, startBody, stranger, tellStory } from './support/story.ts';
import { calledOf, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

// None of these calls gets as far as Temporal, which is away.
beforeAll(async () => {
  server = await testServer();
  await tellStory(server.database, { id: 'alpha' }, begun);
  await tellStory(server.database, { id: 'over' }, [
    { command: { type: 'cancel', reason: 'No budget' }, actor: manager },
  ]);
});

afterAll(() => server.close());

const start = (overrides: object) => server.as(manager).post('/v1/programs', { ...startBody(), ...overrides });

describe('a token', () => {
  test('is needed, and said to be', async () => {
    const called = calledOf(await server.app.inject({ url: '/v1/programs' }));

    expect(called.status).toBe(401);
    expect(called.headers).toMatchObject({
      'www-authenticate': 'Bearer',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    expect(called.body).toMatchObject({ status: 401, title: 'Unauthorized', instance: '/v1/programs' });
  });

  test.each(['Bearer nonsense', 'Basic bWlhOm1pYQ==', 'Bearer ', 'nonsense'])(
    '%j is not one',
    async (authorization) => {
      expect((await server.app.inject({ url: '/v1/programs', headers: { authorization } })).statusCode).toBe(401);
    },
  );

  test('that has expired is not one any more', async () => {
    const { token } = await server.database.tokens.create(
      { email: manager, name: 'Mia', expiresOn: '2020-01-01' },
      atMachine,
    );
    const headers = { authorization: `Bearer ${token}` };

    expect((await server.app.inject({ url: '/v1/programs', headers })).statusCode).toBe(401);
  });

  test('is asked for before anything else is looked at', async () => {
    const called = await server.app.inject({ method: 'POST', url: '/v1/programs', payload: { nonsense: true } });
    expect(called.statusCode).toBe(401);
  });
});

describe('a body', () => {
  test.each([
    ['that is not JSON', '{"name":', 'application/json', 400, 'malformed'],
    ['that is text', 'name: x', 'text/plain', 415, 'mediaType'],
    ['that is a form', 'name=x', 'application/x-www-form-urlencoded', 415, 'mediaType'],
    ['that is too large', `"${'x'.repeat(1_100_000)}"`, 'application/json', 413, 'tooLarge'],
    ['that is missing', '', 'application/json', 400, 'validation'],
    ['that reaches for the prototype', '{"__proto__":{"x":1}}', 'application/json', 400, 'malformed'],
  ])('%s is a problem', async (_what, payload, contentType, status, code) => {
    const token = await server.as(manager).token();
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
    const called = calledOf(await server.app.inject({ method: 'POST', url: '/v1/programs', payload, headers }));

    expect(called.body).toMatchObject({ status, code });
    expect(called.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  test('with wrong fields is told each of them, by where it is', async () => {
    const { organization: _, ...rest } = startBody();
    const people = [{ email: 'not an address', name: 'Mia', roles: ['boss'] }];
    const { status, body } = await server.as(manager).post('/v1/programs', { ...rest, people, colour: {} });

    expect(status).toBe(400);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/organization', detail: 'is missing; send it.' },
        { pointer: '/colour', detail: 'is not known here; leave it out.' },
        { pointer: '/people/0/email', detail: 'must be an e-mail address.' },
        { pointer: '/people/0/roles/0', detail: expect.stringContaining('programManager') },
      ]),
    );
    expect(body.errors).toHaveLength(4);
  });

  test('is not bent into shape: a number in quotes is not a number', async () => {
    const rating = { status: 'partial', priority: 'high', gap: 'x', effortDays: '3', owner };
    const { body } = await server.as(manager).put('/v1/programs/alpha/gap-assessment/4.1', rating);

    expect(body).toMatchObject({ status: 400, errors: [{ pointer: '/effortDays', detail: 'must be a number.' }] });
  });
});

describe('a command without fields', () => {
  const complete = (payload: unknown) => server.as(manager).post('/v1/programs/alpha/gap-assessment/complete', payload);

  test.each([
    [{ type: 'pause', reason: 'x' }, ['/type', '/reason']],
    [{ type: 'constructor' }, ['/type']],
    [{ programId: 'over' }, ['/programId']],
  ])('takes none in its body: %j', async (sent, pointers) => {
    const { status, body } = await complete(sent);

    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'validation' } });
    expect(body.errors).toEqual(pointers.map((pointer) => ({ pointer, detail: 'is not known here; leave it out.' })));
  });

  test.each(['[]', 'null', '"pause"', '5'])('takes no body that is no object: %s', async (payload) => {
    const headers = { authorization: `Bearer ${await server.as(manager).token()}`, 'content-type': 'application/json' };
    const url = '/v1/programs/alpha/gap-assessment/complete';
    const called = calledOf(await server.app.inject({ method: 'POST', url, payload, headers }));
    expect(called).toMatchObject({ status: 400, body: { code: 'validation' } });
  });

  test('goes on to its program with an empty one, and without any', async () => {
    for (const sent of [{}, undefined]) expect((await complete(sent)).status).toBe(503);
  });

  test('nor does one that is sent in a query take any in its body', async () => {
    const url = '/v1/programs/alpha/ai-systems/scorer?reason=Replaced';
    expect(await server.as(manager).delete(url, { systemId: 'ranker' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/systemId' }] },
    });
    expect((await server.as(manager).delete(url)).status).toBe(503);
  });
});

test('no name that every object has brings duties from other programs: it is refused as what it is', async () => {
  const { gateway } = server.app.services;
  const command = { type: 'constructor' } as unknown as UserCommand;
  const sent = gateway.command('alpha', { commandId: 'strange', actor: { email: manager }, command });
  await expect(sent).rejects.toMatchObject({ status: 503 });
});

describe('a text with half of a character', () => {
  const half = 'Write \ud83d the policy';
  const dueOn = '2030-02-01';

  test('is told where it is, and nothing is sent that could not be recorded', async () => {
    const called = await server.as(manager).post('/v1/programs/alpha/tasks', { title: half, assignee: owner, dueOn });

    expect(called).toMatchObject({ status: 422, body: { code: 'text', errors: [{ pointer: '/title' }] } });
    expect(called.body.detail).toContain('/title has half of a character');
    expect(await start({ scope: { statement: half } })).toMatchObject({
      status: 422,
      body: { code: 'text', errors: [{ pointer: '/scope/statement' }] },
    });
  });

  test('or with a character that PostgreSQL does not take, is refused in the same way', async () => {
    const task = { title: 'Write\0', assignee: owner, dueOn };
    expect(await server.as(manager).post('/v1/programs/alpha/tasks', task)).toMatchObject({
      status: 422,
      body: { code: 'text', errors: [{ pointer: '/title' }] },
    });
  });

  test('is found in each of many commands', async () => {
    const commands = [
      { type: 'pause', reason: 'x' },
      { type: 'openTask', title: half, assignee: owner, dueOn },
    ];
    const called = await server.as(manager).post('/v1/programs/alpha/commands', { commands });

    expect(called).toMatchObject({ status: 422, body: { code: 'text', errors: [{ pointer: '/commands/1/title' }] } });
  });
});

describe('a field of one line', () => {
  const task = { title: 'Write', assignee: owner, dueOn: '2030-02-01' };

  test.each([
    ['a line break', 'Write\r\nBcc: x@example.com'],
    ['a control character', 'Write\u0007'],
    ['an override of direction', 'Write \u202Ecod.exe'],
    ['a separator of lines', 'Write\u2028it'],
    ['nothing to see', '\u200B\u2060'],
    ['blanks alone', '  '],
  ])('with %s is refused', async (_, title) => {
    expect(await server.as(manager).post('/v1/programs/alpha/tasks', { ...task, title })).toMatchObject({
      status: 422,
      body: { code: 'text', errors: [{ pointer: '/title' }] },
    });
  });

  test.each([
    ['/name', { name: 'A\nB' }],
    ['/organization', { organization: '\u200B' }],
    ['/people/0/name', { people: [{ email: manager, name: 'Mia\u202E', roles: ['programManager'] }] }],
    ['/aiSystems/0/id', { aiSystems: [{ id: 'a\tb', name: 'A', role: 'provider', risk: 'low' }] }],
  ])('%s of a program is one as well', async (pointer, given) => {
    expect(await start(given)).toMatchObject({ status: 422, body: { code: 'text', errors: [{ pointer }] } });
  });
});

test('the part of a request that is wrong is named in words', async () => {
  const token = await server.as(manager).token();
  const authorization = `Bearer ${token}`;
  const ask = async (url: string, headers = {}, method: 'GET' | 'POST' = 'GET') =>
    calledOf(await server.app.inject({ method, url, headers: { authorization, ...headers } })).body.detail;
  const program = '/v1/programs/alpha';
  expect(await ask(`${program}/tasks?limit=0`)).toMatch(/^The query is not valid/);
  expect(await ask(`${program}/tasks//waive`, {}, 'POST')).toMatch(/^The path is not valid/);
  const key = { 'idempotency-key': 'k'.repeat(300), 'content-type': 'application/json' };
  expect(await ask(`${program}/gap-assessment/complete`, key, 'POST')).toMatch(/^The headers are not valid/);
});

test('a link is an address of a document', async () => {
  for (const link of ['javascript:alert(1)', 'foo bar', 'https://x.example/a\nb']) {
    const evidence = { links: ['https://files.example.org/a', link], note: '' };
    expect(await server.as(owner).post('/v1/programs/alpha/tasks/T-1/evidence', evidence)).toMatchObject({
      status: 422,
      body: { code: 'text', errors: [{ pointer: '/links/1' }] },
    });
  }
});

test('an AI system is not added under an id of two lines', async () => {
  const system = { name: 'A', role: 'provider', risk: 'low' };
  expect(await server.as(manager).put('/v1/programs/alpha/ai-systems/a%0Ab', system)).toMatchObject({
    status: 422,
    body: { code: 'text', errors: [{ pointer: '/systemId' }] },
  });
});

describe('a date', () => {
  const task = { title: 'Write', assignee: owner };
  const open = (dueOn: string) => server.as(manager).post('/v1/programs/alpha/tasks', { ...task, dueOn });

  test.each(['2031-02-30', '2031-02-29', '2100-02-29', '2031-13-01', '2031-00-10', '2031-04-31'])(
    '%s is well-formed but wrong',
    async (dueOn) => {
      const { status, body } = await open(dueOn);

      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'dates', errors: [{ pointer: '/dueOn' }] });
      expect(body.detail).toContain('/dueOn');
    },
  );

  test.each(['30.02.2031', '2031-2-3', 'tomorrow', '2031-02-03T10:00:00Z', ''])('%j is malformed', async (dueOn) => {
    expect(await open(dueOn)).toMatchObject({
      status: 400,
      body: { code: 'validation', errors: [{ pointer: '/dueOn' }] },
    });
  });
});

describe('what the domain finds wrong in a start', () => {
  test.each([
    ['an unknown time zone', { calendar: { timeZone: 'Mars/Olympus' } }, 'calendar.timeZone', '/calendar/timeZone'],
    ['an unknown country', { calendar: { timeZone: 'UTC', country: 'XX' } }, 'calendar.country', '/calendar/country'],
    ['an unknown standard', { standard: 'iso-1' }, 'iso-1', undefined],
    ['a start in the past', { plan: { startsOn: '2020-01-06' } }, 'plan.startsOn', '/plan/startsOn'],
    [
      'a duration that is none',
      { plan: { startsOn: '2030-01-07', phases: { implementation: '4 months' } } },
      'P2M',
      '/plan/phases/implementation',
    ],
    [
      'nobody to escalate to',
      { people: [{ email: manager, name: 'Mia', roles: ['programManager'] }] },
      'sponsor',
      '/people',
    ],
  ])('%s is a 422 that names it', async (_what, overrides, named, pointer) => {
    const called = await start(overrides);

    expect(called.status).toBe(422);
    expect(called.body.detail).toContain(named);
    if (pointer) mustPointAt(called, pointer);
    else expect(called.body).not.toHaveProperty('errors');
  });
});

test('a calendar of a country that there is not is a 422 that names it, by itself and among many', async () => {
  const change = { country: 'XX', reason: 'A move' };
  const called = await server.as(manager).patch('/v1/programs/alpha/calendar', change);
  expect(called.status).toBe(422);
  expect(called.body.detail).toContain('no country "XX"');
  mustPointAt(called, '/country');
  const commands = [{ type: 'changeCalendar', ...change }];
  const many = await server.as(manager).post('/v1/programs/alpha/commands', { commands });
  expect(many.status).toBe(422);
  mustPointAt(many, '/commands/0/country');
});

test('a program is not started by someone who does not manage it', async () => {
  const called = await server.as(stranger).post('/v1/programs', startBody());
  expect(called).toMatchObject({ status: 403, body: { code: 'role' } });
});

test('a command to a program that the caller has no part in is a 404', async () => {
  const called = await server.as(stranger).post('/v1/programs/alpha/pause', { reason: 'Curious' });
  expect(called.status).toBe(404);
});

describe('many commands at once', () => {
  test('are checked each by its own type, and told by its place', async () => {
    const commands = [
      { type: 'pause', reason: 'x' },
      { type: 'openTask', title: 'x', assignee: owner },
      { type: 'waiveTask', taskId: 'T-1', reason: 'x', more: 1 },
    ];
    const { status, body } = await server.as(manager).post('/v1/programs/alpha/commands', { commands });

    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/commands/1/dueOn',
      '/commands/2/more',
    ]);
  });

  test.each([
    ['none', { commands: [] }],
    ['more than 200', { commands: Array(201).fill({ type: 'pause', reason: 'x' }) }],
    ['one that only the program itself sends', { commands: [{ type: 'tick' }] }],
    ['one without a type', { commands: [{ reason: 'x' }] }],
  ])('%s are refused', async (_what, body) => {
    expect((await server.as(manager).post('/v1/programs/alpha/commands', body)).status).toBe(400);
  });

  test('with a day that does not exist are wrong', async () => {
    const commands = [{ type: 'extendTask', taskId: 'T-1', dueOn: '2031-02-29', reason: 'x' }];
    const { status, body } = await server.as(manager).post('/v1/programs/alpha/commands', { commands });

    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/commands/0/dueOn' }]);
  });
});

describe('a page', () => {
  test.each(['limit=0', 'limit=201', 'limit=many'])('%s is refused', async (query) => {
    expect((await server.as(manager).get(`/v1/programs?${query}`)).status).toBe(400);
  });

  test.each([
    'programs',
    'programs/alpha/records',
    'programs/alpha/gap-assessment',
    'programs/alpha/tasks',
    'standards',
  ])('of %s after a cursor that was made up is refused', async (list) => {
    const called = await server.as(manager).get(`/v1/${list}?cursor=made-up`);
    expect(called).toMatchObject({ status: 400, body: { code: 'cursor' } });
  });
});

describe('the clock of a rehearsal', () => {
  const advance = (programId: string, body: object) =>
    server.as(manager).post(`/v1/programs/${programId}/clock/advance`, body);

  test('is asked for in one way', async () => {
    expect((await advance('alpha', {})).status).toBe(400);
    expect((await advance('alpha', { by: 'P1D', to: 'nextMoment' })).status).toBe(400);
    expect((await advance('alpha', { to: 'the moon' })).status).toBe(400);
  });

  test('is not one of a real program', async () => {
    expect(await advance('alpha', { by: 'P1D' })).toMatchObject({ status: 409, body: { code: 'rehearsal' } });
  });
});

test.each([
  [414, `/v1/programs/${'a'.repeat(2_001)}`, 'tooLong'],
  [400, '/v1/programs/%zz', 'malformed'],
])('an address that is refused early is a problem too: %i', async (status, url, code) => {
  const called = calledOf(await server.app.inject({ url }));
  expect(called.headers['content-type']).toContain('application/problem+json');
  expect(called).toMatchObject({ status, body: { status, code, instance: url } });
});

test('a method that an address does not have is told with those that it has', async () => {
  const called = calledOf(await server.app.inject({ method: 'PUT', url: '/v1/programs/alpha/tasks?limit=1' }));
  expect(called).toMatchObject({
    status: 405,
    headers: { allow: expect.stringMatching(/^(?=.*GET)(?=.*POST)[A-Z, ]+$/) },
  });
  expect(called.body).toMatchObject({ code: 'method', instance: '/v1/programs/alpha/tasks' });
});

test.each(['/v1/programs', '/v1/programs/alpha/tasks', '/v1/tasks', '/v1/programs/alpha', '/v1/standards'])(
  'a parameter that %s does not know is named',
  async (url) => {
    expect((await server.as(manager).get(url)).status).toBe(200);
    const { status, body } = await server.as(manager).get(`${url}?statsu=open&wat=1`);
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'validation' } });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/statsu', '/wat']);
  },
);

test('an address that does not exist is a problem too', async () => {
  const called = calledOf(await server.app.inject({ url: '/v2/programs' }));
  expect(called.body).toMatchObject({ status: 404, instance: '/v2/programs' });
});

test('an Idempotency-Key that is none is refused', async () => {
  const headers = { 'idempotency-key': 'two words' };
  const called = await server.as(manager).post('/v1/programs/alpha/clock/advance', { by: 'P1D' }, headers);
  expect(called.status).toBe(400);
});

describe('with an Idempotency-Key', () => {
  const advance = (key: string, by: string) =>
    server.as(manager).post('/v1/programs/alpha/clock/advance', { by }, { 'idempotency-key': key });

  test('a rejection is the same the second time', async () => {
    const first = await advance('again', 'P1D');
    const second = await advance('again', 'P1D');

    expect(first.status).toBe(409);
    expect(second.body).toEqual(first.body);
  });

  test('another body is refused', async () => {
    await advance('other', 'P1D');
    expect(await advance('other', 'P2D')).toMatchObject({ status: 422, body: { code: 'idempotencyKey' } });
  });

  test('another call with the same body is refused, too', async () => {
    await advance('elsewhere', 'P1D');
    const body = { by: 'P1D' };
    const rest = [body, { 'idempotency-key': 'elsewhere' }] as const;
    expect((await server.as(manager).post('/v1/programs/alpha/clock/advance?x=1', ...rest)).status).toBe(422);
  });

  test('the same key of another person is another key', async () => {
    const headers = { 'idempotency-key': 'shared' };
    await server.as(manager).post('/v1/programs/alpha/clock/advance', { by: 'P1D' }, headers);
    const called = await server.as(owner).post('/v1/programs/alpha/clock/advance', { by: 'P2D' }, headers);
    expect(called).toMatchObject({ status: 409, body: { code: 'rehearsal' } });
  });
});
