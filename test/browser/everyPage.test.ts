import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { provider, shots } from '../screenshots/shots.ts';
import { type Told, tell } from '../screenshots/story.ts';
import { expectNoViolations, smallTargets, tooWide } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { startInstallation, type TestInstallation } from './support/installation.ts';
import { openWindow } from './support/page.ts';

let browser: Browser;
let installation: TestInstallation;
let told: Told;

beforeAll(async () => {
  browser = await openBrowser();
  installation = await startInstallation(inject('workflowBundle'), provider);
  told = await tell(installation, () => undefined);
}, 900_000);

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

/** The pages of the API's contract come from a package, whose markup is not ours. */
const pages = shots.filter(({ name }) => name !== 'docs');

it.each(pages)(
  'everybody can use the page $name, on a phone in the dark and wide in the light',
  { timeout: 180_000 },
  async ({ name, at, as }) => {
    const window = await openWindow(browser, { url: installation.url, width: 360, colorScheme: 'dark' });
    const { page } = window;
    if (as) await installation.signIn(window, as);
    const response = await page.goto(at(told));
    expect(response?.status()).toBe(name === 'not-found' ? 404 : 200);
    expect(await page.locator('h1').count()).toBe(1);
    await expectNoViolations(page);
    expect(await tooWide(page)).toBe(0);
    expect(await smallTargets(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await expectNoViolations(page);
    expect(await tooWide(page)).toBe(0);
    await window.close();
  },
);
