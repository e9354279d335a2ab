import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import { certified, scheduled } from '../domain/journey.ts';
import { type Driver, who } from '../domain/support.ts';
import { record } from './support/recorded.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

afterAll(() => server.close());

/** Decided on 3 June, so that the grace of the body's people ends with 3 July. */
const decided = () => certified('2030-06-03');

/** Whether people get into a program as it stands, and have it in their list. */
async function seenBy(driver: Driver, id: string, ...people: Email[]): Promise<[number, boolean][]> {
  await record(server.database, driver, id);
  return Promise.all(
    people.map(async (email): Promise<[number, boolean]> => {
      const caller = server.as(email);
      const { status } = await caller.get(`/v1/programs/${id}`);
      const { body } = await caller.get('/v1/programs?limit=100');
      return [status, body.items.some((one: { id: string }) => one.id === id)];
    }),
  );
}

test('the body’s people get in for thirty days after the decision', async () => {
  expect(await seenBy(decided().until('2030-07-03'), 'grace', who.lead, who.decider, who.owner)).toEqual([
    [200, true],
    [200, true],
    [200, true],
  ]);
});

test('and then no longer: the program does not exist for them, in lists too', async () => {
  expect(await seenBy(decided().until('2030-07-04'), 'over', who.lead, who.decider, who.owner, who.viewer)).toEqual([
    [404, false],
    [404, false],
    [200, true],
    [200, true],
  ]);
  const paths = ['/tasks', '/audits', '/timeline', '/mails', '/applicability'];
  for (const path of paths) expect((await server.as(who.lead).get(`/v1/programs/over${path}`)).status, path).toBe(404);
  const suspension = await server
    .as(who.lead)
    .post('/v1/programs/over/certificate/suspend', { reason: 'No.' }, { 'idempotency-key': 'k' });
  expect(suspension.status).toBe(404);
});

test('until they are on the team of an audit again', async () => {
  const driver = decided().until('2030-09-02');
  scheduled(driver, 'surveillance', '2031-03-03');
  expect(await seenBy(driver, 'again', who.lead, who.auditor)).toEqual([
    [200, true],
    [404, false],
  ]);
});
