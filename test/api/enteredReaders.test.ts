import { afterAll, beforeAll, expect, test } from 'vitest';
import { who } from '../domain/support.ts';
import { moments } from '../support/moments.ts';
import { record } from './support/recorded.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  const driver = moments.enteredOnBehalf();
  driver.as(who.lead).does({ type: 'objectToEntry', entryId: 'E-1', statement: 'It was wobserved.' });
  await record(server.database, driver, 'entered');
}, 120_000);

afterAll(() => server.close());

test('an objection is read by those who read what it is about, and by nobody else', async () => {
  const seen = async (email: (typeof who)[keyof typeof who]) =>
    JSON.stringify((await server.as(email).get('/v1/programs/entered/records?type=EntryObjectedTo')).body);
  for (const email of [who.manager, who.viewer, who.owner, who.lead, who.auditor])
    expect([email, await seen(email)]).toEqual([email, expect.stringContaining('wobserved')]);
  expect(await seen(who.second)).not.toContain('wobserved');
});
