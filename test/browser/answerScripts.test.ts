import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { expectNoViolations } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { type LivePages, startLivePages } from './support/livePages.ts';
import { openWindow, type Window } from './support/page.ts';
import { slowWayTo } from './support/slowly.ts';

const owner = 'owner@example.com';
const manager = 'pm@example.com';
const pdf = `%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** One program for each test that changes one, under ids that no other test has: they share a Temporal service. */
const programs = {
  'answer-dropped': 'implementation',
  'answer-cancelled': 'implementation',
  'answer-changed': 'implementation',
  'answer-pressed-twice': 'implementation',
  'answer-typed': 'implementation',
  'answer-linked': 'implementation',
} as const;
type Sample = keyof typeof programs;

// To look for violations may take a minute, and some tests look more than once.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let pages: LivePages;
let window: Window;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-answer-'));
  browser = await openBrowser();
  pages = await startLivePages(programs);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  window = await openWindow(browser, pages);
  page = window.page;
});

afterEach(() => window?.close());

const urlOf = (program: Sample) => `/programs/${program}/tasks/T-2`;
const taskOf = (program: Sample) => pages.server.database.read.task(program, 'T-2');
const note = (on = page) => on.locator('form[data-command="submitEvidence"] textarea[name="note"]');
const links = () => page.locator('textarea[name="links"]');
const submit = () => page.getByRole('button', { name: 'Submit', exact: true });
const chosen = () => page.locator('.drop + .files li').allTextContents();

/** Drops or pastes a file as the browser tells a page of it. */
async function give(how: 'drop' | 'paste', name: string, type: string, base64: string): Promise<void> {
  await page.evaluate(
    ([kind, fileName, mediaType, content]) => {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], fileName, { type: mediaType }));
      const form = document.querySelector('form[data-command="submitEvidence"]')!;
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: dataTransfer, bubbles: true, cancelable: true });
      form.dispatchEvent(event);
    },
    [how, name, type, base64] as [string, string, string, string],
  );
}

/** Waits until the page has kept what was typed, which it does when nobody typed for a moment. */
async function keptOf(storage: 'localStorage' | 'sessionStorage', words: string): Promise<void> {
  await page.waitForFunction(
    ([where, text]) => JSON.stringify(where === 'localStorage' ? localStorage : sessionStorage).includes(text),
    [storage, words] as const,
  );
}

/** Twenty files of nearly as much as one may have, each another. */
async function largeFiles(): Promise<string[]> {
  const paths = Array.from({ length: 20 }, (_, place) => join(folder, `part-${place}.pdf`));
  await Promise.all(
    paths.map((path) => writeFile(path, Buffer.concat([Buffer.from(`${pdf}${path}`), Buffer.alloc(1_000_000, 32)]))),
  );
  return paths;
}

test('files are chosen, dropped and pasted, taken out again, and sent together', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-dropped'));
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'policy.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
  await give('drop', 'minutes.pdf', 'application/pdf', Buffer.from(`${pdf}\n`).toString('base64'));
  await give('drop', 'wrong.pdf', 'application/pdf', Buffer.from(`${pdf}\n\n`).toString('base64'));
  await give('paste', 'image.png', 'image/png', png);
  expect(await chosen()).toEqual([
    expect.stringContaining('policy.pdf'),
    expect.stringContaining('minutes.pdf'),
    expect.stringContaining('wrong.pdf'),
    expect.stringMatching(/Screenshot \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png/),
  ]);
  await page.getByRole('button', { name: 'Remove wrong.pdf' }).click();
  await expectNoViolations(page);
  await submit().click();
  await page.waitForURL('**?done=submitEvidence');
  const task = await taskOf('answer-dropped');
  const names = task?.status === 'submitted' ? task.evidence.files?.map(({ name }) => name) : [];
  expect(names).toEqual(['policy.pdf', 'minutes.pdf', expect.stringMatching(/^Screenshot .*\.png$/)]);
});

test('a file that is too large is named before anything is sent, and left out', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-changed'));
  await page.evaluate(() => {
    document.body.dataset.mostBytes = '1048576';
  });
  await give('drop', 'film.pdf', 'application/pdf', Buffer.alloc(1_100_000).toString('base64'));
  expect(await chosen()).toEqual([
    expect.stringMatching(/film\.pdf 1\.1 MB.*too large: a file may have 1 MiB\. Remove it/),
  ]);
  expect(await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => input.files?.length)).toBe(0);
  await note().fill('See the film.');
  await submit().click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Remove film.pdf');
  expect(await taskOf('answer-changed')).toMatchObject({ status: 'open' });
});

test('sending shows how far it is and can be cancelled: nothing is submitted, and all is still there', async () => {
  const way = await slowWayTo(pages.url);
  await window.close();
  window = await openWindow(browser, way);
  page = window.page;
  try {
    await pages.signIn(window, owner);
    await page.goto(urlOf('answer-cancelled'));
    await note().fill('The board approved it.');
    // More than the buffers on the way take at once.
    await page.locator('input[type=file]').setInputFiles(await largeFiles());
    way.pace = 400_000;
    await submit().click();
    await page.getByText(/Sending 20 files, [1-9]\d? %/).waitFor();
    const sentOf = (part: number) =>
      page.getByLabel(`part-${part}.pdf, sent`).evaluate((bar: HTMLProgressElement) => bar.value);
    await expect.poll(() => sentOf(0)).toBe(1);
    expect(await sentOf(19)).toBe(0);
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was submitted.').waitFor();
    expect(await taskOf('answer-cancelled')).toMatchObject({ status: 'open' });
    expect(await note().inputValue()).toBe('The board approved it.');
    way.pace = undefined;
    await submit().click();
    await page.waitForURL('**?done=submitEvidence');
    expect(await taskOf('answer-cancelled')).toMatchObject({
      status: 'submitted',
      evidence: { note: 'The board approved it.', files: expect.toSatisfy((files: object[]) => files.length === 20) },
    });
  } finally {
    await window.close();
    await way.close();
    window = await openWindow(browser, pages);
  }
});

test('a connection that is lost while sending says so and loses nothing', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-changed'));
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'policy.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
  await page.route('**/tasks/T-2', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await submit().click();
  await page.getByText('The connection was lost, so this was not submitted.').waitFor();
  expect(await chosen()).toEqual([expect.stringContaining('policy.pdf')]);
  expect(await submit().isEnabled()).toBe(true);
  window.problems.length = 0;
});

test('what has to be changed comes back on the page, with the files that are there already', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-changed'));
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'policy.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
  await links().fill('javascript:alert(1)');
  await submit().click();
  await page.getByText('One thing needs a change').waitFor();
  expect(await page.getByLabel('Leave out').count()).toBe(1);
  // The scripts work on the page that came.
  await give('paste', 'image.png', 'image/png', png);
  expect(await chosen()).toHaveLength(1);
  await links().fill('https://docs.example.com/policy');
  await submit().click();
  await page.waitForURL('**?done=submitEvidence');
  const task = await taskOf('answer-changed');
  expect(task?.status === 'submitted' && task.evidence.files).toHaveLength(2);
  window.problems.length = 0;
});

test('a button that is pressed twice sends once, and works again when the page is gone back to', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-pressed-twice'));
  await note().fill('Done.');
  let posts = 0;
  await page.route('**/tasks/T-2', async (route) => {
    if (route.request().method() === 'POST') posts++;
    await new Promise((wait) => setTimeout(wait, 300));
    await route.continue();
  });
  await submit().dblclick();
  await page.waitForURL('**?done=submitEvidence');
  expect(posts).toBe(1);
  const records = await pages.server.database.register.records('answer-pressed-twice');
  expect(records.filter(({ type }) => type === 'EvidenceSubmitted')).toHaveLength(1);
});

test('what was typed comes back after a crash, for its person alone, until it is discarded or sent', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-typed'));
  await note().fill('Half a sentence');
  await page.getByText('From when it is in effect').click();
  await page.getByLabel('Valid until').fill('2199-01-01');
  await keptOf('localStorage', '2199-01-01');
  await page.close();
  page = await window.context.newPage();
  await page.goto(urlOf('answer-typed'));
  await page.getByText(/Restored what you typed (on .* )?at \d+:\d\d [AP]M\./).waitFor();
  expect(await note().inputValue()).toBe('Half a sentence');
  expect(await page.getByLabel('Valid until').inputValue()).toBe('2199-01-01');
  await expectNoViolations(page);

  await window.context.clearCookies();
  const other = { ...window, page };
  await pages.signIn(other, manager);
  await page.goto(urlOf('answer-typed'));
  expect(await page.getByText('Restored what you typed').count()).toBe(0);

  await window.context.clearCookies();
  await pages.signIn(other, owner);
  await page.goto(urlOf('answer-typed'));
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await note().inputValue()).toBe('');
  await page.reload();
  expect(await page.getByText('Restored what you typed').count()).toBe(0);

  await note().fill('A whole sentence.');
  await submit().click();
  await page.waitForURL('**?done=submitEvidence');
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('certloop.typed'))),
  ).toEqual([]);
});

test('nothing typed stays in the browser of who signs out before it was kept', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-linked'));
  await note().fill('Private words');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Private');
});

test('nothing typed stays in the browser of who signs out, or came by a link and closed the window', async () => {
  await pages.signIn(window, owner);
  await page.goto(urlOf('answer-linked'));
  await note().fill('Private words');
  await keptOf('localStorage', 'Private words');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Private');

  const link = await pages.answerUrl({ programId: 'answer-linked', taskId: 'T-2', email: owner });
  await page.goto(link);
  await note().fill('Words by link');
  await keptOf('sessionStorage', 'Words by link');
  await page.reload();
  await page.getByText('Restored what you typed').waitFor();
  const next = await window.context.newPage();
  await next.goto(link);
  expect(await note(next).inputValue()).toBe('');
  expect(await next.evaluate(() => JSON.stringify(localStorage))).not.toContain('Words');
});
