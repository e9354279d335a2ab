import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WebServer, webServer } from '../support/webServer.ts';

const admin = 'admin@example.com';

let web: WebServer;

beforeAll(async () => {
  web = await webServer({ aims: 'implementation' });
}, 120_000);

afterAll(async () => {
  await web?.close();
});

test('the start leads to what is asked of somebody; an administrator of nothing yet to the ways to begin', async () => {
  const owner = await web.signedIn('owner@example.com');
  expect((await owner.open('/')).url).toBe('/inbox');
  const administrator = await web.signedIn(admin, 'administrator');
  expect((await administrator.open('/')).url).toBe('/inbox');
  const empty = await webServer({});
  expect((await (await empty.signedIn(admin, 'administrator')).open('/')).url).toBe('/welcome');
  await empty.close();
});

test('who is not signed in is asked to, and comes back', async () => {
  const visitor = await web.visitor().open('/programs');
  expect(visitor.url).toBe('/sign-in?to=%2Fprograms');
});

test('who may start programs does so from there', async () => {
  const administrator = await (await web.signedIn(admin, 'administrator')).open('/programs');
  expect(administrator.html).toContain('href="/programs/new"');
  expect(administrator.html).toContain('href="/programs/new?under-way"');
});
