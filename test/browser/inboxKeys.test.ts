import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { expectNoViolations } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { goByKeys } from './support/keys.ts';
import { type LivePages, startLivePages } from './support/livePages.ts';
import { openWindow, type Window } from './support/page.ts';

const manager = 'pm@example.com';

// To look for violations may take a minute, and some tests look more than once.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let pages: LivePages;
let window: Window;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  pages = await startLivePages({
    'keys-sent': 'evidenceSubmitted',
    'keys-taken': 'evidenceSubmitted',
    'keys-many': 'evidenceSubmitted',
    'keys-open': 'implementation',
  });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

beforeEach(async () => {
  window = await openWindow(browser, pages);
  page = window.page;
  await pages.signIn(window, manager);
});

afterEach(() => window?.close());

/** What has the focus, by its text or its name. */
const focused = () =>
  page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.getAttribute('name'));

/** Presses keys one after the other. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** The program of the row that has the focus. */
const rowProgram = () => page.evaluate(() => document.activeElement?.getAttribute('href')?.split('/')[2]);

/** Goes down the queue to the row of a program. */
async function goTo(program: string): Promise<void> {
  await page.goto('/inbox/review');
  for (let row = 0; row < 10; row++) {
    await press('j');
    if ((await rowProgram()) === program) return;
  }
  throw new Error(`The queue has no row of ${program}.`);
}

const taskOf = (program: string) => pages.server.database.read.task(program, 'T-2');

test('a reviewer sends back by keys alone, with a reason that is ready to pick', async () => {
  await goTo('keys-sent');
  await press('Enter');
  await page.waitForURL('**/programs/keys-sent/tasks/T-2');
  await press('r');
  expect(await focused()).toBe('The signature is missing');
  await press('Enter', 'Tab', 'Space');
  expect(await page.getByLabel('Note').inputValue()).toBe(
    'The signature is missing.\nThis is not the current version.',
  );
  await press('Space', 'r');
  expect(await focused()).toBe('Send back');
  await press('r');
  await page.getByText('Sent back', { exact: true }).waitFor();
  expect(await taskOf('keys-sent')).toMatchObject({ status: 'open' });
  const records = await pages.server.database.register.records('keys-sent');
  expect(records.findLast(({ type }) => type === 'EvidenceRejected')).toMatchObject({
    actor: manager,
    data: { note: 'The signature is missing.' },
  });
});

test('a reviewer accepts by a key that first goes to the button, so that one slip accepts nothing', async () => {
  await goTo('keys-taken');
  await press('Enter');
  await page.waitForURL('**/programs/keys-taken/tasks/T-2');
  await press('a');
  expect(await focused()).toBe('Accept');
  expect(await taskOf('keys-taken')).toMatchObject({ status: 'submitted' });
  await press('a');
  await page.getByText('Accepted', { exact: true }).first().waitFor();
  expect(await taskOf('keys-taken')).toMatchObject({ status: 'accepted' });
});

test('x checks a row, the bar comes into sight, and what is checked is accepted', async () => {
  await goTo('keys-many');
  const bar = page.getByRole('region', { name: 'With what is checked' });
  expect(await bar.isVisible()).toBe(false);
  await press('x');
  expect(await bar.textContent()).toMatch(/1 checked/);
  await press('x');
  expect(await bar.isVisible()).toBe(false);
  await press('x');
  await expectNoViolations(page);
  await bar.getByRole('button', { name: 'Accept' }).press('Enter');
  await page.getByText('1 submission accepted').waitFor();
  expect(await taskOf('keys-many')).toMatchObject({ status: 'accepted' });
});

test('j and k go from row to row, which tells its date too, e opens it at its first field, g goes elsewhere', async () => {
  await window.context.clearCookies();
  await pages.signIn(window, 'owner@example.com');
  await page.goto('/inbox');
  const place = () =>
    page.evaluate(() => [...document.querySelectorAll('a[data-row]')].indexOf(document.activeElement as Element));
  const places: number[] = [];
  for (const key of ['j', 'j', 'k', 'j', 'j']) {
    await press(key);
    places.push(await place());
  }
  expect(places).toEqual([0, 1, 0, 1, 2]);
  const described = await page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-describedby');
    return document.getElementById(id ?? '')?.textContent;
  });
  expect(described).toMatch(/due \w{3}, \w{3} \d+/);
  await press('e');
  await page.waitForURL('**/tasks/T-*#answer');
  await page.waitForFunction(() => document.activeElement?.closest('form[data-command]'));
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await goByKeys(page, 'g i', '**/inbox');
  await goByKeys(page, 'g p', '**/programs');
});

test('keys do nothing while somebody types, and can be switched off and on', async () => {
  await pages.signIn(window, 'consultant@example.com');
  await page.goto('/inbox/review?filter=a');
  await press('/');
  await page.keyboard.type('jx?');
  expect(await page.locator('[data-filter]').inputValue()).toMatch(/jx\?$/);
  expect(await page.locator('dialog').count()).toBe(0);
  await page.locator('[data-filter]').blur();
  await press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expectNoViolations(page);
  await dialog.getByLabel('Keys are on').uncheck();
  await press('Escape');
  expect(await dialog.count()).toBe(0);
  await press('?', '/');
  expect(await dialog.count()).toBe(0);
  expect(await focused()).not.toBe('filter');
  await page.reload();
  await press('?');
  expect(await dialog.count()).toBe(0);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await dialog.getByLabel('Keys are on').check();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await press('?');
  expect(await dialog.count()).toBe(1);
});
