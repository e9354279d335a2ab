import { afterAll, beforeAll, expect, test } from 'vitest';
import { certified, kept } from '../../domain/journey.ts';
import { who } from '../../domain/support.ts';
import { moments } from '../../support/moments.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

const told = {
  onBehalfOf: who.lead,
  document: { title: 'Audit report', links: ['https://docs.example.com/report'] },
};

beforeAll(async () => {
  web = await webServer({
    entered() {
      const driver = moments.stage2UnderWay().until('2030-03-05').as(who.manager);
      const outcome = { type: 'recordOutcome', auditId: 'A-3', result: 'completed', on: '2030-03-04' } as const;
      driver.does({ ...outcome, note: 'All was seen.', ...told });
      const decision = {
        type: 'recordDecision',
        auditId: 'A-3',
        decision: 'granted',
        certificateNumber: 'C-1',
      } as const;
      driver
        .until('2030-03-20')
        .does({ ...decision, basis: 'The report.', on: '2030-03-12', ...told, onBehalfOf: who.decider });
      return driver;
    },
    expiring() {
      const driver = kept(certified('2030-06-03'), '2033-03-01').until('2033-03-10');
      driver.as(who.decider).does({ type: 'suspendCertificate', reason: 'Refused.', ground: 'auditRefused' });
      return driver;
    },
    reopened() {
      const driver = moments.decisionDue();
      driver.as(who.lead).does({ type: 'reopenOutcome', auditId: 'A-3', reason: 'A finding was forgotten.' });
      return driver;
    },
  });
}, 120_000);

afterAll(() => web?.close());

test('what the body did is said as the act of who did it, on its day, beside who entered it', async () => {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/entered/certificate');
  expect(manager.text).toMatch(/Granted after A-3 ?, decided by Dan Tue, Mar 12 ?, entered by Mia Wed, Mar 20/);
  expect(manager.text).not.toMatch(/Mia decided/);
  await manager.open('/programs/entered/audits/A-3');
  expect(manager.text).toMatch(/Outcome: completed, by Lea Mon, Mar 4 ?, entered by Mia Tue, Mar 5 All was seen\. Lea/);
});

test('an outcome that was reopened is not shown as if it held', async () => {
  const lead = await web.signedIn(who.lead);
  await lead.open('/programs/reopened/audits/A-3');
  expect(lead.text).toMatch(/Outcome: completed, by Lea .*it was reopened, and does not count/);
});

test('a refusal says days as people do', async () => {
  const owner = await web.signedIn(who.owner);
  await owner.open('/programs/entered/do/delegate');
  const days = { deputy: who.second, startsOn: '2029-01-01', endsOn: '2029-02-01' };
  await owner.send('data-command="delegate"', days, '_do=preview');
  expect(owner.status).toBe(422);
  expect(owner.text).toMatch(/Monday, January 1, 2029 is in the past/);
});

test('a certificate that expires before its suspension ends is said to lapse, not to be withdrawn', async () => {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/expiring/certificate');
  expect(manager.text).toMatch(/is suspended since .* It lapses after Thu, Jun 2/);
});
