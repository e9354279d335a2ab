import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Client, Connection } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createExecutionWatch } from '../../api/executions/watch.ts';
import { atMachine } from '../../db/installation.ts';
import type { Email } from '../../domain/basics.ts';
import { mostBytesHeld } from '../../domain/carried/bounds.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { type Driver, who } from '../domain/support.ts';
import { keys } from '../support/keys.ts';
import { moments } from '../support/moments.ts';
import { onTables } from '../support/rewriteChain.ts';
import { expectNoViolations, smallTargets, tooWide } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { type LivePages, startLivePages } from './support/livePages.ts';
import { openWindow, type Window } from './support/page.ts';

const administrator: Email = 'root@example.org';
const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau 認証担当者';
const longAddress: Email = `${'donaudampfschifffahrt'.repeat(3)}@${'elektrizitaeten'.repeat(4)}.example`;

// To look for violations may take a minute, and some tests look more than once.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let web: LivePages;
let connection: Connection;

beforeAll(async () => {
  browser = await openBrowser();
  subscribe('fastify.initialization', withFaults);
  web = await startLivePages({
    held: 'implementation',
    bad: 'implementation',
    near: () => filled(0.8),
    full: () => filled(1),
  });
  unsubscribe('fastify.initialization', withFaults);
  const { database, app } = web.server;
  for (const email of [administrator, longAddress])
    await database.accounts.put(
      { email, name: longName, installationRole: 'administrator', mayStart: true },
      new Date().toISOString(),
      atMachine,
    );
  await database.tokens.create(
    { email: longAddress, name: longName, scope: { programId: 'held-'.repeat(12), access: 'read' } },
    { actor: longAddress, through: 'page' },
  );
  connection = await Connection.connect({ address: inject('temporalAddress') });
  const { log } = app;
  app.services.executions = createExecutionWatch({ client: new Client({ connection }), database, keys, log });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await connection?.close();
  await web?.close();
});

/** A program that holds a part of what it can, as an earlier version filled it: by a text that the pages here do not show. */
function filled(part: number): Driver {
  const driver = moments.implementation();
  const [first] = driver.records;
  if (first?.type !== 'ProgramStarted') throw new Error('A program begins with its start.');
  first.data.definition.scope.exclusions = 'Not the tools of employees. '.repeat((part * mostBytesHeld) / 28);
  return driver;
}

/** What databases throw, in place of a page that asks for it. */
const faults: Record<string, Error> = {
  readOnly: Object.assign(new Error('update x - cannot execute UPDATE in a read-only transaction'), {
    code: '25006',
    severity: 'ERROR',
  }),
  full: Object.assign(new Error('insert - could not extend file "base/16384/16402": No space left on device'), {
    code: '53100',
    severity: 'ERROR',
  }),
};

function withFaults(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('preHandler', async ({ query }) => {
    const error = faults[(query as { fault?: string }).fault ?? ''];
    if (error) throw error;
  });
}

/** Looks at a page on a phone in the dark and wide in the light, as `everyPage.test.ts` does. */
async function mustBeGood({ page }: Window): Promise<void> {
  for (const [width, colorScheme] of [
    [360, 'dark'],
    [1440, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
    expect(await tooWide(page)).toBe(0);
    if (width === 360) expect(await smallTargets(page)).toEqual([]);
  }
}

async function windowOf(email: Email): Promise<Window> {
  const window = await openWindow(browser, { url: web.url, width: 360 });
  await web.signIn(window, email);
  return window;
}

test.each([
  ['/programs?fault=readOnly', 503, 'Nothing can be saved just now', 'Try again'],
  ['/programs?fault=full', 503, 'Nothing can be saved just now', 'an administrator has to make room'],
  ['/programs/held/tasks/T-9999', 404, 'Not found', 'Go to your start page'],
  [`/programs/${'x'.repeat(2_100)}`, 414, 'This address is too long', 'Go to your start page'],
])('everybody can use the page of an error: %s', async (at, status, title, says) => {
  const window = await windowOf(who.manager);
  const response = await window.page.goto(at);
  expect(response?.status()).toBe(status);
  expect(await window.page.innerText('h1')).toBe(title);
  expect(await window.page.innerText('main')).toContain(says);
  await mustBeGood(window);
  await window.context.close();
});

test('who is not signed in is led from an error to the sign-in, and a full disk keeps its words for operations apart', async () => {
  const window = await openWindow(browser, { url: web.url, width: 360 });
  const { page } = window;
  await page.goto('/sign-in?fault=full');
  expect(await page.locator('main p').first().innerText()).not.toContain('base/16384');
  expect(await page.innerText('main .aside')).toContain('No space left on device');
  await expect(page.getByRole('link', { name: 'Sign in' }).count()).resolves.toBe(1);
  await mustBeGood(window);
  await window.context.close();
});

test('a program that nearly holds what it can says so, with where room can be made, and a full one that it is', async () => {
  const window = await windowOf(who.manager);
  const { page } = window;
  for (const [id, title] of [
    ['near', /^This program holds 8\d% of what it can$/],
    ['full', /^This program is full$/],
  ] as const) {
    await page.goto(`/programs/${id}`);
    const notice = page.getByLabel(title);
    expect(await notice.innerText()).toContain('To make room');
    await mustBeGood(window);
    // What it says has the color of all text; only its title has that of its tone.
    const [said, ink] = await notice
      .locator('p')
      .last()
      .evaluate((line) => {
        const colorOf = (of: Element) => line.ownerDocument.defaultView!.getComputedStyle(of).color;
        return [colorOf(line), colorOf(line.ownerDocument.body)];
      });
    expect(said).toBe(ink);
  }
  await page.getByLabel('This program is full').getByRole('link', { name: 'people' }).click();
  await page.waitForURL('**/programs/full/people');
  await window.close();
});

test('a program that is held in Temporal says so, and to an administrator what brings it back', async () => {
  const watch = web.server.app.services.executions!;
  await new Client({ connection }).workflow.getHandle(workflowIdOf('held')).terminate('hold: we look into it');
  await expect.poll(() => watch.sweep().then(() => watch.of('held')?.trouble), { timeout: 60_000 }).toBe('held');
  for (const [email, tells] of [
    [who.manager, false],
    [administrator, true],
  ] as const) {
    const window = await windowOf(email);
    await window.page.goto('/programs/held');
    const told = await window.page.getByLabel('This program is held').innerText();
    expect(told).toContain('Nothing that was recorded is lost.');
    expect(told.includes('certloop restore')).toBe(tells);
    await mustBeGood(window);
    await window.close();
  }
});

test('a program that cannot be read says what is wrong and what brings it back', async () => {
  await onTables(web.server.databaseUrl, (tables) =>
    tables('programs').where({ id: 'bad' }).update({ doc: 'no JSON' }),
  );
  const window = await windowOf(who.manager);
  const response = await window.page.goto('/programs/bad');
  expect(response?.status()).toBe(503);
  expect(await window.page.locator('code').allInnerTexts()).toEqual(['certloop rebuild bad', 'certloop verify bad']);
  await mustBeGood(window);
  await window.context.close();
});

test('the records of the installation can be read with the longest names, and say from where they cannot be relied on', async () => {
  const window = await windowOf(administrator);
  const { page } = window;
  await page.goto('/installation/records');
  expect(await page.innerText('main')).toContain(`Account made for ${longName} (${longAddress})`);
  await mustBeGood(window);
  await onTables(web.server.databaseUrl, (tables) =>
    tables('installation_records')
      .where({ seq: 2 })
      .update({ payload: '{"seq":2,"type":"AccountRemoved","data":{},"at":"2030-01-07T09:00:00.000Z"}' }),
  );
  await page.reload();
  expect(await page.getByRole('alert').innerText()).toContain(
    'Those up to record 1 are, later ones cannot be relied on',
  );
  await mustBeGood(window);
  await window.close();
});
