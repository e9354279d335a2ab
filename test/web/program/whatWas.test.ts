import { afterAll, beforeAll, expect, test } from 'vitest';
import { left, longLived } from '../../api/support/longLived.ts';
import { record } from '../../api/support/recorded.ts';
import { who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({});
  // Commit by commit, as it ran: with the rows of what it closed.
  await record(web.server.database, longLived(), 'long');
}, 120_000);

afterAll(() => web?.close());

const visit = async (path: string, email: (typeof who)[keyof typeof who] = who.manager) =>
  (await web.signedIn(email)).open(`/programs/long${path}`);

test('reviews, incidents and complaints are read in full, long after the program forgot them', async () => {
  const page = await visit('/reports');
  expect(page.status).toBe(200);
  const first = await visit(/href="\/programs\/long(\/reports\?cursor=[^"]+)"/.exec(page.html)?.[1] ?? '/reports');
  for (const words of ['wincident', 'wcomplaint', 'wminutes', 'Incident I-1: react'])
    expect(first.text).toContain(words);
  const owner = await visit('/reports', who.owner);
  expect(owner.text).toContain('wincident');
  expect(owner.text).not.toContain('wminutes');
});

test('a finding, its audit and its requirement show what was done and said, with the names of who left', async () => {
  const finding = await visit('/findings/F-1');
  expect(finding.text).toMatch(/Found effective.*Looked at it\./);
  expect(finding.text).toMatch(/Tasks .*Accepted/);
  const requirement = await visit('/requirements/7.2');
  expect(requirement.text).toMatch(/Findings F-1: It is lacking/);
  const records = await visit(`/records?person=${left}`);
  expect(records.text).toContain('Ova');
  const people = await visit('/people');
  expect(people.text).toMatch(/Took part before Ova/);
  const away = await visit('/records?type=DutiesDelegated,DelegationEnded');
  expect(away.text).toMatch(/waway/);
  expect(records.text).toMatch(/ \(before\)/);
});

test('the cycles before have their audits', async () => {
  const { text } = await visit('/certificate');
  expect(text).toMatch(/Cycles before Cycle 2, .* Recertification audit .* Cycle 1, .* Stage 2 audit/);
});

test('records are looked for without scripts, and a bad day is said at its field', async () => {
  const page = await visit('/records');
  const lines = (html: string) => html.match(/class="when"/g)?.length ?? 0;
  expect(page.text).toContain('Look for something');
  const found = await visit('/records?about=f-1&type=FindingVerified');
  expect([lines(found.html), found.status]).toEqual([1, 200]);
  expect(found.html).toContain('<option value="FindingVerified" selected');
  expect(found.html).toContain('value="f-1"');
  const days = await visit('/records?requirement=7.2&person=&from=2030-06-01&to=2031-12-31');
  expect(lines(days.html)).toBeGreaterThan(3);
  const wrong = await visit('/records?from=2030-02-02&to=2030-01-01');
  expect(wrong.text).toMatch(/One thing needs a change/);
  expect([lines(wrong.html), wrong.status]).toEqual([0, 200]);
  expect((await visit('/records?type=Nothing')).text).toMatch(/no type of record called Nothing/);
  expect((await visit('/records?about=T-9999')).text).toContain('Nothing that you can see was recorded of that.');
});

test('an administrator finds how to put others in charge of a program that nobody can steer', async () => {
  const adam = await web.signedIn('adam@example.org', 'administrator');
  expect((await adam.open('/installation')).text).toContain('put others in charge');
  await adam.open('/programs/long/people');
  expect(adam.text).toContain('Put others in charge');
  await adam.open('/programs/long/do/putInCharge');
  expect(adam.status).toBe(200);
  expect(adam.html).toContain('data-command="putInCharge"');
  expect(adam.text).toMatch(/Who has no part anymore/);
});

test('what was accepted for a task opened by hand is no evidence of its requirement', async () => {
  const { html, text } = await visit('/requirements/7.4');
  const section = /<section aria-labelledby="evidence">[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
  expect(section).not.toContain('wmanual');
  expect(text).toContain('Write a page');
});
