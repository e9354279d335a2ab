import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { cast } from '../../examples/techserve/cast.ts';
import { answerPage } from '../screenshots/story.ts';
import { expectNoViolations, smallTargets, tooWide } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { startInstallation, type TestInstallation } from './support/installation.ts';
import { goByKeys } from './support/keys.ts';
import { openWindow } from './support/page.ts';
import { type PlayedProgram, playTechServe } from './support/techServe.ts';

// To look for violations may take a minute, and some tests look more than once.
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let installation: TestInstallation;
let program: PlayedProgram;

/** TechServe in its fourth month: its people answer their tasks, and its consultant reviews. */
beforeAll(async () => {
  browser = await openBrowser();
  installation = await startInstallation(inject('workflowBundle'));
  program = await playTechServe(installation, 100);
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

/** A PDF of two megabytes. */
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000_000, 'certloop '), Buffer.from('\n%%EOF\n')]);

async function openEvidenceTask(owner?: string): Promise<Task> {
  const tasks = await program.tasks('open');
  const found = tasks.find(({ kind, assignee, status, ...task }) => {
    const waits = 'waitsFor' in task && task.waitsFor !== undefined && task.waitsFor.length > 0;
    return kind === 'evidence' && !waits && (!owner || assignee === owner);
  });
  if (!found) throw new Error(`No evidence task is open: ${JSON.stringify(tasks)}`);
  return found;
}

describe('the owner of A.6.2.4', () => {
  it('goes from a mail to "submitted" with a PDF of 2 MB and a sentence, in four actions on a phone', async () => {
    const manager = await program.as(cast.manager);
    const today = await program.today();
    const asked = {
      title: 'Show how models are verified and validated',
      assignee: cast.engineering,
      requirementId: 'A.6.2.4',
      dueOn: addDays(today, 20),
    };
    const { task } = await manager.post<{ task: Task }>('/tasks', asked);
    await manager.post('/clock/advance', { by: 'P1D' });
    const mail = (await program.mailsTo(cast.engineering)).find((html) => html.includes(asked.title));
    const window = await openWindow(browser, { url: installation.url, width: 360 });
    const { page } = window;
    await page.setContent(mail!);

    const actions: string[] = [];
    const act = async (name: string, doing: () => Promise<unknown>) => {
      actions.push(name);
      await doing();
    };
    await act('open', () => linkOf(page, asked.title).click());
    await page.getByRole('heading', { name: asked.title }).waitFor();
    await act('choose', () =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name: 'validation.pdf', mimeType: 'application/pdf', buffer: pdf }),
    );
    await act('type', () =>
      page.getByLabel('What was done').fill('Validated on the held-out set; the report is attached.'),
    );
    await act('send', () => page.getByRole('button', { name: 'Submit', exact: true }).click());
    await page.getByText(/You submitted this/).waitFor();
    expect(actions).toEqual(['open', 'choose', 'type', 'send']);

    expect(await program.task(task.id)).toMatchObject({
      status: 'submitted',
      evidence: {
        by: cast.engineering,
        files: [{ name: 'validation.pdf', bytes: pdf.length, mediaType: 'application/pdf', sha256: sha256(pdf) }],
      },
    });
    await expectNoViolations(page);
    expect(await tooWide(page)).toBe(0);
    await window.close();
  });
});

describe('an owner without JavaScript', () => {
  it('opens a link, saves a draft, is told what is missing, and submits', async () => {
    const task = await openEvidenceTask();
    const window = await openWindow(browser, { url: installation.url, width: 360, javaScript: false });
    const { page } = window;
    await page.goto(await answerPage(installation, program.id, task));
    const note = page.getByLabel('What was done');
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    expect((await program.task(task.id))?.status).toBe('open');

    await note.fill('It is done, and written down.');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.goto(page.url());
    expect(await note.inputValue()).toBe('It is done, and written down.');

    await page.getByLabel('Links').fill('https://docs.example.com/evidence');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('Held.') });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByText(/You submitted this/).waitFor();
    expect(await program.task(task.id)).toMatchObject({
      status: 'submitted',
      evidence: { note: 'It is done, and written down.', files: [{ name: 'minutes.txt' }] },
    });
    await window.close();
  });

  it('says that it will be late, or that it is not theirs', async () => {
    const task = await openEvidenceTask();
    const window = await openWindow(browser, { url: installation.url, width: 360, javaScript: false });
    const { page } = window;
    await page.goto(await answerPage(installation, program.id, task));
    expect(await smallTargets(page)).toEqual([]);
    expect(await tooWide(page)).toBe(0);
    await page.getByText('I will be late').click();
    const late = page.locator('form[data-command=acknowledgeTask]');
    await late.getByLabel('Expected on').fill(addDays(task.dueOn, 3));
    await late.getByRole('button').click();
    await page.waitForURL(/done=acknowledgeTask/);
    expect(await program.task(task.id)).toMatchObject({ ladderShift: expect.any(Number) });

    await page.getByText('This is not mine').click();
    const decline = page.locator('form[data-command=declineTask]');
    await decline.getByLabel('Reason').fill('This belongs to the data team.');
    await decline.getByRole('button').click();
    await page
      .getByText(/This belongs to the data team|declined/i)
      .first()
      .waitFor();
    await window.close();
  });
});

describe('a reviewer by keyboard only', () => {
  it('goes through the queue: accepts one, sends one back with a reason', async () => {
    const submitted = await program.tasks('submitted');
    expect(submitted.length).toBeGreaterThanOrEqual(2);
    const window = await openWindow(browser, { url: installation.url });
    const { page } = window;
    await installation.signIn(window, cast.consultant);
    await goByKeys(page, 'g i', '**/inbox');
    await tabTo(page, /^To review/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/inbox/review');

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tasks/*');
    const accepted = page.url().split('/').pop()!.split(/[?#]/)[0]!;
    await page.keyboard.press('a');
    await page.keyboard.press('a');
    await expect.poll(async () => (await program.task(accepted))?.status).toBe('accepted');
    await page.waitForURL(/done=reviewEvidence/);

    await goByKeys(page, 'g i', '**/inbox');
    await tabTo(page, /^To review/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/inbox/review');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tasks/*');
    const rejected = page.url().split('/').pop()!.split(/[?#]/)[0]!;
    expect(rejected).not.toBe(accepted);
    await page.keyboard.press('r');
    await page.keyboard.press('Enter');
    await page.keyboard.press('r');
    await page.keyboard.press('r');
    await expect.poll(async () => (await program.task(rejected))?.status).toBe('open');
    await page.waitForURL(/done=reviewEvidence/);
    await window.close();
  });
});

/** The link of a mail that leads to the task of a title: the nearest after it. */
function linkOf(page: Page, title: string) {
  return page.locator(
    `xpath=(//*[contains(text(), "${title}")]/following::a[contains(@href, "/answer/")] | //a[contains(@href, "/answer/") and contains(., "${title}")])[1]`,
  );
}

/** Presses Tab until something of a name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const text = await page
      .locator(':focus')
      .innerText({ timeout: 1_000 })
      .catch(() => '');
    if (name.test(text.trim())) return;
  }
  throw new Error(`Nothing called ${name} can be reached with Tab.`);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
