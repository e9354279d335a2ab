import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { surveillanceTopics } from '../../domain/audits/audit.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, addMonths, addYears, dateAt, yearOf } from '../../domain/calendar.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { mustPointAt } from './support/refused.ts';
import { manager, startBody } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let stopWorker: () => Promise<void>;
let program: string;

beforeAll(async () => {
  quietRuntime();
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  server = await testServer({ address, taskQueue });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
  const id = `p-${randomUUID().slice(0, 8)}`;
  await server.as(manager).post('/v1/programs', { ...startBody(), id, rehearsal: true });
  program = `/v1/programs/${id}`;
  await server.as(manager).post(`${program}/clock/advance`, { until: '2030-01-08' });
});

afterAll(async () => {
  await stopWorker?.();
  await server?.close();
});

const lead = 'lea@body.example';

test('the outcome of a surveillance says what it covered, and is answered with a warning of the rest', async () => {
  const today = dateAt(new Date().toISOString(), 'America/New_York');
  // Its second surveillance is owed in this year, whatever the day is.
  const decidedOn: IsoDate = `${yearOf(today) - 2}-12-20`;
  const certificate = {
    number: 'C-7',
    status: 'valid',
    decidedOn,
    lastDay: addDays(addYears(decidedOn, 3), -1),
    cycle: 1,
  };
  const adopt = { phase: 'surveillanceCycle', certificate };
  const id = `p-${randomUUID().slice(0, 8)}`;
  const plan = { startsOn: addMonths(today, -30) };
  await server.as(manager).post('/v1/programs', { ...startBody(), id, plan, adopt });
  const { items } = (await server.as(lead).get(`/v1/programs/${id}/audits`)).body;
  const { id: auditId } = items.find(({ kind }: { kind: string }) => kind === 'surveillance');
  const audit = `/v1/programs/${id}/audits/${auditId}`;
  await server.as(lead).post(`${audit}/schedule`, { startsOn: today, endsOn: today, team: [lead] });

  const outcome = { result: 'maintained', note: '' };
  const strange = await server.as(lead).post(`${audit}/outcome`, { ...outcome, covered: ['changes', 'weather'] });
  expect(strange).toMatchObject({ status: 400, body: { errors: [{ pointer: '/covered/1' }] } });
  const covered = surveillanceTopics.filter((topic) => topic !== 'marks');
  expect(await server.as(lead).post(`${audit}/outcome`, { ...outcome, covered })).toMatchObject({
    status: 200,
    body: {
      audit: { status: 'held', covered },
      warnings: [`R13: The outcome of the surveillance audit ${auditId} does not name as covered: use of marks.`],
    },
  });
  const { warnings } = (await server.as(manager).get(`/v1/programs/${id}`)).body;
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'R13' }));
});

describe('commands for a certificate that is not there', () => {
  test.each([
    ['R20', manager, 'certificate/transfer', { to: { name: 'Second Body' }, on: '2030-01-08', reason: 'Nearer' }],
    ['state', lead, 'certificate/reduce-scope', { statement: 'Less', exclusions: 'The chat', reason: 'It fails' }],
    ['state', lead, 'certificate/suspend', { reason: 'A failure', ground: 'failure' }],
    ['state', manager, 'significant-changes', { description: 'Two companies became one' }],
    ['R19', lead, 'audits', { kind: 'special', targetOn: '2030-02-04', occasion: 'complaint', reason: 'There is one' }],
  ] as const)('%s: %s sends %s and is refused with 409', async (code, person, path, body) => {
    expect(await server.as(person).post(`${program}/${path}`, body)).toMatchObject({ status: 409, body: { code } });
  });

  test('what is wrong in itself is told before, and whoever may not is told so', async () => {
    const special = { kind: 'special', targetOn: '2030-02-04', reason: 'There is one' };
    const lacking = await server.as(lead).post(`${program}/audits`, special);
    expect(lacking).toMatchObject({ status: 422, body: { code: 'R19' } });
    mustPointAt(lacking, '/occasion');
    const strange = await server.as(lead).post(`${program}/audits`, { ...special, occasion: 'mood' });
    expect(strange.status).toBe(400);
    const empty = await server.as(manager).post(`${program}/certificate/transfer`, { to: {}, reason: 'Nearer' });
    expect(empty.status).toBe(400);
    const reduced = { statement: 'Less', exclusions: 'The chat', reason: 'It fails' };
    expect((await server.as(manager).post(`${program}/certificate/reduce-scope`, reduced)).status).toBe(403);
  });
});
