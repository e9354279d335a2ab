import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../../api/support/recorded.ts';
import { who } from '../../domain/support.ts';
import { moments } from '../../support/moments.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

type Reader = (typeof who)[keyof typeof who];

const reason = 'The log shows it.';
let web: WebServer;

beforeAll(async () => {
  web = await webServer({});
  const driver = moments.incidentReported().as(who.manager);
  driver.does({ type: 'correctIncident', incidentId: 'I-1', description: 'Two customers saw it.', reason });
  driver.does({ type: 'correctComplaint', complaintId: 'C-1', from: 'Dan Reyes', reason });
  await record(web.server.database, driver, 'told');
}, 120_000);

afterAll(() => web?.close());

const reports = async (email: Reader) => (await web.signedIn(email)).open('/programs/told/reports');

test('what was put right stands beside what was told, for whoever told it too, and leads to where more is put right', async () => {
  for (const reader of [who.manager, who.owner]) {
    const { text } = await reports(reader);
    expect(text).toContain('Incident I-1 put right: "Two customers saw it."');
    expect(text).toContain('Complaint C-1 put right: it came from Dan Reyes');
    expect(text).toContain('The assistant showed a customer the order of another.');
  }
  const page = await reports(who.manager);
  expect(page.html).toContain('href="/programs/told/do/correctIncident?incidentId=I-1"');
  expect((await reports(who.owner)).html).not.toContain('/do/correctIncident');
  expect((await reports(who.second)).text).not.toContain('I-1');
});

test('the API gives corrections with what they correct, to whoever reads it', async () => {
  const get = async (email: Reader, path: string) =>
    (await web.server.as(email).get(`/v1/programs/told${path}`)).body.items;
  for (const reader of [who.manager, who.owner]) {
    expect(await get(reader, '/incidents')).toMatchObject([
      {
        id: 'I-1',
        occurredOn: '2030-01-07',
        corrections: [{ by: who.manager, description: 'Two customers saw it.', reason }],
      },
    ]);
    expect(await get(reader, '/complaints')).toMatchObject([
      { id: 'C-1', from: 'Dana Reyes, customer', corrections: [{ by: who.manager, from: 'Dan Reyes', reason }] },
    ]);
  }
  expect(await get(who.second, '/incidents')).toEqual([]);
});
