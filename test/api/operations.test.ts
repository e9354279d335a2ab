import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCommit, aProgram } from '../support/builders.ts';
import { begun, manager, tellStory } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  await tellStory(server.database, { id: 'alpha' }, begun);
  await tellStory(server.database, { id: 'beta' });
  for (const [seq, phase] of (['implementation', 'internalAudit'] as const).entries())
    await server.database.register.append(aCommit('gamma', seq, { rows: { program: aProgram('gamma', { phase }) } }));
});

afterAll(() => server.close());

const metrics = async () => (await server.app.inject({ url: '/metrics' })).body;

test('metrics tell programs by phase, mails that wait, and how long requests took by route', async () => {
  await server.as(manager).get('/v1/programs/alpha');
  await server.as(manager).get('/v1/programs/omega');
  await server.app.inject({ url: '/nowhere/at/all' });
  const told = await metrics();

  expect(told).toContain('certloop_programs{phase="gapAssessment"} 2');
  expect(told).toContain('certloop_programs{phase="implementation"} 0');
  expect(told).toContain('certloop_programs{phase="internalAudit"} 1');
  expect(told).toContain('certloop_programs{phase="closed"} 0');
  expect(told).toMatch(/certloop_mails\{state="due"\} \d+/);
  const count = 'certloop_http_request_duration_seconds_count';
  expect(told).toContain(`${count}{method="GET",route="/v1/programs/:programId",status="200"} 1`);
  expect(told).toContain(`${count}{method="GET",route="/v1/programs/:programId",status="404"} 1`);
  // One series for all that is not there: an address is not a label.
  expect(told).toContain(`${count}{method="GET",route="none",status="404"} 1`);
});

test('metrics name nobody', async () => {
  expect(await metrics()).not.toMatch(/@|alpha|beta|gamma/);
});
