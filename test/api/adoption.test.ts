import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { addDays, addMonths, addYears, dateAt } from '../../domain/calendar.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { mustPointAt } from './support/refused.ts';
import { manager, owner, startBody } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  server = await testServer({ address, taskQueue });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
});

afterAll(async () => {
  await stopWorker?.();
  await server?.close();
});

/** When the tests begin: what is to lie ahead does so by two days, for it may become midnight meanwhile. */
const today = dateAt(new Date().toISOString(), 'America/New_York');
const decidedOn = addMonths(today, -16);
/** One day short where a certificate was decided on 29 February. */
const lastDay = addDays(addYears(decidedOn, 3), -1);
const certificate = { number: 'C-7', status: 'valid', decidedOn, lastDay, cycle: 1 };
const adopt = { phase: 'surveillanceCycle', certificate };

const agreed = (on: string) => ({ kind: 'surveillance', startsOn: on, endsOn: on, team: ['lea@body.example'] });

async function start(adoption: object, headers = {}) {
  const id = `p-${randomUUID().slice(0, 8)}`;
  const body = { ...startBody(), id, plan: { startsOn: addMonths(today, -30) }, adopt: adoption };
  return { id, called: await server.as(manager).post('/v1/programs', body, headers) };
}

describe('POST /v1/programs with adopt', () => {
  test('takes a certificate over into its cycle, and asks for what is missing', async () => {
    const { id, called } = await start(adopt);
    expect(called).toMatchObject({
      status: 201,
      body: { program: { id, phase: 'surveillanceCycle', status: 'active', certificateStatus: 'valid' } },
    });

    const program = `/v1/programs/${id}`;
    const api = server.as(manager);
    expect((await api.get(`${program}/certificate`)).body).toMatchObject({ number: 'C-7', lastDay });
    const { items: tasks } = (await api.get(`${program}/tasks?status=open`)).body;
    expect(tasks.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'adoption',
      'adoption',
      'earlierAudit',
      'gapAssessment',
      'impactAssessment',
      'managementReview',
    ]);
    const { past } = (await api.get(`${program}/timeline`)).body;
    expect(past[1].text).toBe(
      `Program taken over while under way, in its surveillance cycle, with certificate C-7 (valid, last day ${lastDay})`,
    );

    const day = addMonths(today, -7);
    const held = { startsOn: day, endsOn: day, team: ['ira@example.org'] };
    expect((await server.as(owner).post(`${program}/audits/earlier`, held)).status).toBe(403);
    const entered = await api.post(`${program}/audits/earlier`, held);
    expect(entered).toMatchObject({ status: 201, body: { audit: { kind: 'internal', status: 'held', endsOn: day } } });
    expect((await api.post(`${program}/audits/earlier`, held)).status).toBe(409);
  });

  test('takes an audit over that is agreed and not held yet', async () => {
    const on = addMonths(decidedOn, 23);
    const { id, called } = await start({ ...adopt, agreedAudits: [agreed(on)] });

    expect(called.status).toBe(201);
    const { items } = (await server.as(manager).get(`/v1/programs/${id}/audits`)).body;
    expect(items.filter(({ kind }: { kind: string }) => kind === 'surveillance')).toEqual([
      expect.objectContaining({ status: 'scheduled', startsOn: on, endsOn: on, team: ['lea@body.example'] }),
    ]);
  });

  test.each([
    [
      'a certificate that has expired',
      { certificate: { ...certificate, lastDay: addDays(today, -1) } },
      'R16',
      'certificate',
    ],
    [
      'a decision that is to come',
      { certificate: { ...certificate, decidedOn: addDays(today, 2) } },
      'dates',
      'certificate/decidedOn',
    ],
    [
      'more years than the body gives',
      { certificate: { ...certificate, lastDay: addDays(lastDay, 2) } },
      'R12',
      'certificate/lastDay',
    ],
    [
      'an agreed audit that is past',
      { agreedAudits: [agreed(addDays(today, -1))] },
      'dates',
      'agreedAudits/0/startsOn',
    ],
    ['a phase that it cannot be in', { phase: 'implementation' }, 'R1', 'phase'],
  ])('refuses %s, and nothing is there', async (_what, changes, code, field) => {
    const { id, called } = await start({ ...adopt, ...changes });

    expect(called).toMatchObject({ status: 422, body: { code, detail: expect.stringContaining('adopt.') } });
    mustPointAt(called, `/adopt/${field}`);
    expect((await server.as(manager).get(`/v1/programs/${id}`)).status).toBe(404);
    expect(await server.database.register.programIds()).not.toContain(id);
  });

  test('refuses what is not known here, and where it is', async () => {
    const { called } = await start({ ...adopt, certificate: { ...certificate, cycle: 0, color: 'gold' } });

    expect(called.status).toBe(400);
    expect(called.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/adopt/certificate/color',
      '/adopt/certificate/cycle',
    ]);
  });
});
