import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openBrowser } from './support/chromium.ts';
import { startInstallation, type TestInstallation } from './support/installation.ts';
import { openWindow } from './support/page.ts';

let browser: Browser;
let installation: TestInstallation;

beforeAll(async () => {
  browser = await openBrowser();
  installation = await startInstallation(inject('workflowBundle'));
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

const people = {
  manager: { name: 'Ada Park', email: 'ada@example.com' },
  sponsor: { name: 'Sue Wu', email: 'sue@example.com' },
  top: { name: 'Tom Ray', email: 'tom@example.com' },
  owner: { name: 'Olu Obi', email: 'olu@example.com' },
};

it('leads from the link of the first start to an answered task', { timeout: 240_000 }, async () => {
  const administrator = await openWindow(browser, installation);
  await administrator.page.goto(installation.signInLink!);
  await sayWho(administrator.page);
  const programUrl = await startProgram(administrator.page);
  await openTask(administrator.page, programUrl);
  await administrator.close();

  const owner = await openWindow(browser, { url: installation.url, width: 360, colorScheme: 'dark' });
  await signInByCode(owner.page, people.owner.email);
  await owner.page.goto('/inbox');
  await owner.page.getByRole('link', { name: 'Publish the AI policy' }).click();
  await owner.page.getByLabel('What was done').fill('It is on the first page of the intranet.');
  await owner.page.getByLabel('Links').fill('https://intranet.example.com/ai-policy');
  await owner.page.getByRole('button', { name: 'Submit', exact: true }).click();
  await owner.page.getByText(/You submitted this/).waitFor();
  await owner.close();
});

async function sayWho(page: Page): Promise<void> {
  await page.waitForURL('**/welcome');
  await page.getByLabel('Your name').fill(people.manager.name);
  await page.getByLabel('Your e-mail address').fill(people.manager.email);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`You are ${people.manager.name} from now on`).waitFor();
}

async function startProgram(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Start a program' }).click();
  const field = (name: string) => page.locator(`[name="${name}"]`);
  await field('organization').fill('Example Ltd');
  await field('name').fill('Example AI management');
  await field('scope.statement').fill('The assistant that customers talk to.');
  const named = [people.manager, people.sponsor, people.top, people.owner];
  for (const [place, { name, email }] of named.entries()) {
    await field(`people[${place}].name`).fill(name);
    await field(`people[${place}].email`).fill(email);
  }
  await field('certificationBody.name').fill('Example Body');
  await field('plan.startsOn').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'See what will happen' }).click();
  await page.getByRole('button', { name: 'Start the program' }).click();
  await page.waitForURL('**/begun');
  return page.url().replace(/\/begun$/, '');
}

async function openTask(page: Page, programUrl: string): Promise<void> {
  await page.goto(programUrl);
  await page.getByRole('link', { name: 'Open a task' }).click();
  await page.getByLabel('What is to be done').fill('Publish the AI policy');
  const assignee = page.locator('[name=assignee]');
  if (await assignee.evaluate((control) => control.tagName === 'SELECT'))
    await assignee.selectOption(people.owner.email);
  else await assignee.fill(people.owner.email);
  await page.getByLabel('Due on').fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Open the task' }).click();
  await page.getByText('Publish the AI policy').first().waitFor();
}

async function signInByCode(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Send a code' }).click();
  await page.getByLabel('Code').fill(await codeIn(email));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function codeIn(email: string): Promise<string> {
  const find = async () => {
    const subjects = (await installation.mails(email)).map(({ subject }) => subject ?? '');
    return subjects.map((subject) => /^(\d{3} \d{3}) is your code/.exec(subject)?.[1]).find(Boolean);
  };
  await expect.poll(find).toBeDefined();
  return (await find())!;
}
