import { afterAll, beforeAll, expect, test } from 'vitest';
import { who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

const programs = { 'entered-finding': 'stage2UnderWay', 'entered-preview': 'findingRaised' } as const;

beforeAll(async () => {
  web = await webServer(programs, { live: true });
}, 300_000);

afterAll(() => web?.close());

const last = async (id: keyof typeof programs, type: string) =>
  (await web.server.database.register.records(id)).filter((record) => record.type === type).at(-1);

const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');

test('a manager enters a finding from the report of the body, and the auditor objects', async () => {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/entered-finding/audits/A-3');
  expect(manager.html).toContain('/do/raiseFinding?auditId=A-3');
  await manager.open('/programs/entered-finding/do/raiseFinding?auditId=A-3');
  expect(manager.text).toMatch(/Whose act it is/);
  const filled = { requirementId: '7.2', grade: 'minor', statement: 'No record of training.', on: '2030-03-01' };
  const lea = { onBehalfOf: who.lead, 'document.title': 'Audit report of March 1' };
  await manager.send('data-command="raiseFinding"', { ...filled, onBehalfOf: who.lead });
  expect(manager.status).toBe(422);
  expect(manager.text).toMatch(/document of the certification body/i);
  const report = { field: '_upload:document.files', name: 'report.pdf', type: 'application/pdf', content: pdf };
  await manager.sendFiles('data-command="raiseFinding"', { ...filled, ...lea }, [report]);
  expect(manager.status).toBe(200);
  const record = await last('entered-finding', 'FindingRaised');
  expect(record).toMatchObject({
    actor: who.manager,
    data: {
      finding: { raisedBy: who.lead },
      onBehalfOf: who.lead,
      document: { title: 'Audit report of March 1', files: [{ name: 'report.pdf', mediaType: 'application/pdf' }] },
    },
  });

  const auditor = await web.signedIn(who.lead);
  await auditor.open(`/programs/entered-finding/records/${record?.seq}`);
  expect(auditor.text).toMatch(/Whose act Lea/);
  expect(auditor.html).toContain('report.pdf');
  const [, file = ''] = /href="([^"]+\/files\/[0-9a-f]{64})[?"]/.exec(auditor.html) ?? [];
  const readers = [who.lead, who.viewer, who.owner, who.second];
  const answers = await Promise.all(readers.map(async (one) => (await (await web.signedIn(one)).open(file)).status));
  expect(answers).toEqual([200, 200, 200, 404]);
  const [, href = ''] = /href="([^"]+objectToEntry[^"]*)"/.exec(auditor.html) ?? [];
  await auditor.open(href.replaceAll('&amp;', '&'));
  await auditor.send('data-command="objectToEntry"', { statement: 'It was an observation.' });
  expect(auditor.status).toBe(200);
  expect(await last('entered-finding', 'EntryObjectedTo')).toMatchObject({ actor: who.lead });
  await manager.open('/programs/entered-finding/tasks');
  expect(manager.text).toMatch(/Clear up with Lea/);
}, 60_000);

test('who acts for themselves is not asked whose act it is', async () => {
  const auditor = await web.signedIn(who.lead);
  await auditor.open('/programs/entered-finding/do/raiseFinding?auditId=A-3');
  expect(auditor.text).toMatch(/This happened on/);
  expect(auditor.text).not.toMatch(/Whose act/);
});

test('what would follow is seen before it is done, and nothing is recorded by looking', async () => {
  const auditor = await web.signedIn(who.lead);
  const before = (await web.server.database.register.records('entered-preview')).length;
  await auditor.open('/programs/entered-preview/do/correctFinding?findingId=F-1');
  const filled = { grade: 'observation', reason: 'The records were shown.' };
  await auditor.send('data-command="correctFinding"', filled, '_do=preview');
  expect(auditor.status).toBe(200);
  expect(auditor.text).toMatch(/What would follow/);
  expect(auditor.text).toMatch(/observation instead of minor nonconformity/);
  expect(auditor.text).toMatch(/T-\d+ (was )?cancelled/i);
  expect(auditor.html).toContain('The records were shown.');
  expect((await web.server.database.register.records('entered-preview')).length).toBe(before);
  await auditor.send('data-command="correctFinding"', { grade: 'concern', reason: 'So.' }, '_do=preview');
  expect(auditor.status).toBe(422);
  await auditor.send('data-command="correctFinding"', filled);
  expect(await last('entered-preview', 'FindingCorrected')).toMatchObject({ actor: who.lead });
});
