import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenced, implemented } from '../../domain/journey.ts';
import { program, who } from '../../domain/support.ts';
import { type WebServer, webServer } from '../support/webServer.ts';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({
    implementation: 'implementation',
    stage2: 'stage2UnderWay',
    answered() {
      const driver = implemented(program().until('2030-01-08'));
      driver
        .as(who.manager)
        .does({ type: 'openTask', title: 'Write a page', assignee: who.owner, dueOn: '2030-07-01' });
      evidenced(driver, driver.task('manual').id);
      return driver.until('2030-01-20');
    },
  });
}, 120_000);

afterAll(() => web?.close());

test('what happened to a task is told with names, and with days as people say them', async () => {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/answered/tasks');
  await manager.open('/programs/answered/tasks/T-3');
  const [, history = ''] = /What happened so far([\s\S]*)<\/details>/.exec(manager.html) ?? [];
  const told = history.replace(/<[^>]+>/g, ' ');
  expect(told).toMatch(/opened for Olu/);
  expect(told).not.toMatch(/\w@\w|\b\d{4}-\d\d-\d\d\b/);
});

test('of several forms on a page each label leads to the field of its own form', async () => {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/implementation/tasks/T-3');
  expect(manager.html.match(/name="reason"/g)?.length).toBeGreaterThan(1);
  const ids = [...manager.html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  for (const [, target] of manager.html.matchAll(/<label for="([^"]+)"/g)) expect(ids).toContain(target);
});

test('a manager who leaves out whose act it is hears so in words of the page', async () => {
  const manager = await web.signedIn(who.manager);
  await manager.open('/programs/stage2/do/recordOutcome?auditId=A-3');
  await manager.send('data-command="recordOutcome"', { result: 'completed', note: 'Done.' }, '_do=preview');
  expect(manager.status).toBe(422);
  expect(manager.text).toMatch(/“[^”]+” can be sent by .*lead auditor.*say whose act it is/);
  expect(manager.text).not.toMatch(/recordOutcome can|leadAuditor|onBehalfOf/);
});
