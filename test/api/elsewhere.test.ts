import { randomUUID } from 'node:crypto';
import knex from 'knex';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { beginningNow } from '../workflows/support/people.ts';
import { programWorker } from './support/programWorker.ts';
import { begun, manager, owner, startBody, tellStory } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

quietRuntime();

const run = randomUUID().slice(0, 8);
const organization = `Example ${run}`;
const rating = { status: 'partial', priority: 'high', gap: 'So.', effortDays: 1 } as const;

let server: TestServer;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  const address = inject('temporalAddress');
  const taskQueue = `elsewhere-${run}`;
  server = await testServer({ address, taskQueue });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
  const rated = {
    command: { type: 'rateRequirement', requirementId: '4.1', ...rating, owner },
    actor: manager,
  } as const;
  await tellStory(server.database, { id: `security-${run}`, name: 'Security', organization }, [...begun, rated]);
  await tellStory(server.database, { id: `other-${run}`, name: 'Other', organization: 'Another' }, [...begun, rated]);
}, 120_000);

afterAll(async () => {
  await stopWorker?.();
  await server?.close();
});

const warnings = (body: { warnings: string[] }) => body.warnings.filter((text) => text.startsWith('independence'));

test('who owns requirements in one program and decides in another of the organization is warned of, and it is recorded', async () => {
  const others = startBody().people.filter(({ email }) => email !== owner);
  const [id, apart] = [`aims-${run}`, `apart-${run}`];
  const caller = server.as(manager);
  expect((await caller.post('/v1/programs', { ...startBody(), id, organization, people: others })).status).toBe(201);

  const dan = { email: owner, name: 'Olu', roles: ['decisionMaker'] };
  const { status, body } = await caller.post(`/v1/programs/${id}/people`, dan);
  expect([status, warnings(body).length]).toEqual([201, 1]);
  expect(warnings(body)[0]).toMatch(/Olu decides on certification here and owns 1 requirement in the program Security/);
  const shown = (await caller.get(`/v1/programs/${id}`)).body.warnings;
  expect(shown.filter(({ code }: { code: string }) => code === 'independence')).toHaveLength(1);
  expect(await server.database.register.verify(id)).toMatchObject({ ok: true });

  const started = await caller.post('/v1/programs', {
    ...startBody(),
    id: apart,
    organization: ` ${organization.toUpperCase()} `.trim(),
    people: [...others, dan],
  });
  expect([started.status, warnings(started.body).length]).toEqual([201, 1]);
}, 60_000);

test('programs of another organization, and rehearsals, do not matter', async () => {
  const id = `alone-${run}`;
  const people = startBody().people.map((one) =>
    one.email === owner ? { ...one, roles: ['decisionMaker' as const] } : one,
  );
  const alone = { ...startBody(), id, organization: `Nobody ${run}`, people };
  expect(warnings((await server.as(manager).post('/v1/programs', alone)).body)).toEqual([]);
  const rehearsed = { ...alone, id: `rehearsed-${run}`, organization, rehearsal: true };
  expect(warnings((await server.as(manager).post('/v1/programs', rehearsed)).body)).toEqual([]);
}, 60_000);

test('who comes to requirements because somebody else loses them is looked for too, though nobody names them', async () => {
  const [boss, second]: Email[] = [`boss-${run}@example.org`, `second-${run}@example.org`];
  const organization = `Handing ${run}`;
  const [id, audited] = [`handed-${run}`, `audited-${run}`];
  const chief = { email: boss!, name: 'Bea', roles: ['programManager' as const] };
  const others = startBody().people.filter(({ email }) => email !== manager && email !== owner);
  const asAuditor = { email: manager, name: 'Mia', roles: ['auditor' as const] };
  const there = { ...startBody(), id: audited, name: 'Audited', organization, people: [chief, asAuditor, ...others] };
  expect((await server.as(boss!).post('/v1/programs', there)).status).toBe(201);
  const here = startBody();
  // Both manage it; what nobody has anymore falls to the first of them, and the second sends the command.
  const people = [...here.people, { ...chief, email: second! }];
  const caller = server.as(manager);
  expect((await caller.post('/v1/programs', { ...here, id, organization, people, ...beginningNow() })).status).toBe(
    201,
  );
  const url = `/v1/programs/${id}`;
  const rated = await caller.put(`${url}/gap-assessment/4.1`, { ...rating, owner });
  expect([rated.status, warnings(rated.body)]).toEqual([200, []]);

  const { status, body } = await server.as(second!).patch(`${url}/people/${owner}`, { roles: ['viewer'] });
  expect([status, warnings(body)]).toEqual([
    200,
    [expect.stringMatching(/Mia owns requirements here and is auditor .*in another program/)],
  ]);
}, 60_000);

test('a command that names somebody whose other program cannot be read is carried out all the same', async () => {
  const [id, broken] = [`whole-${run}`, `broken-${run}`];
  await tellStory(server.database, { id: broken, name: 'Broken', organization }, begun);
  const tables = knex({
    client: 'sqlite3',
    connection: { filename: server.databaseUrl.slice('sqlite:'.length) },
    useNullAsDefault: true,
  });
  await tables('records')
    .where({ program_id: broken, seq: 2 })
    .update({ payload: '{' })
    .finally(() => tables.destroy());
  const dan = { email: owner, name: 'Olu', roles: ['decisionMaker' as const] };
  const people = [...startBody().people.filter(({ email }) => email !== owner), dan];
  expect((await server.as(manager).post('/v1/programs', { ...startBody(), id, organization, people })).status).toBe(
    201,
  );
}, 60_000);
