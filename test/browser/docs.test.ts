import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openBrowser } from './support/chromium.ts';
import { startInstallation, type TestInstallation } from './support/installation.ts';
import { openWindow } from './support/page.ts';

let installation: TestInstallation;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  installation = await startInstallation(inject('workflowBundle'));
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

it('shows the contract of the API, with nothing from elsewhere and nothing that the policy refuses', async () => {
  const window = await openWindow(browser, installation);
  await window.page.goto('/docs');
  await window.page.getByRole('link', { name: 'Findings', exact: true }).click();
  await window.page.getByText('/v1/programs/{programId}/findings', { exact: true }).first().waitFor();
  expect(await window.page.title()).toBe('Certloop API');
  await window.close();
});
