import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailSamples } from '../support/mailSamples.ts';
import { expectNoViolations, smallTargets, tooWide } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { openWindow } from './support/page.ts';

/** Mails are opened from nowhere, so that every request of one goes to another host, and is a problem. */
const nowhere = 'http://127.0.0.1:9';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

describe.each(['light', 'dark'] as const)('a mail in the %s', (colorScheme) => {
  it.each(Object.entries(mailSamples))('can be read by everybody: %s', async (_, { html }) => {
    for (const width of [360, 700]) {
      const window = await openWindow(browser, { url: nowhere, width, colorScheme });
      await window.page.setContent(html);
      await expectNoViolations(window.page);
      expect(await tooWide(window.page)).toBe(0);
      expect(await smallTargets(window.page)).toEqual([]);
      expect(await window.page.innerText('body')).toMatch(/^\s*(TechServe AIMS|certloop\.example)/);
      await window.close();
    }
  });
});

it('a mail is dark where its reader is, and as light as the pages where not', async () => {
  const papers = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    const window = await openWindow(browser, { url: nowhere, colorScheme });
    await window.page.setContent(mailSamples.news!.html);
    const [paper, ink] = await window.page.locator('h1').evaluate((title) => {
      const styleOf = (element: Element) => element.ownerDocument.defaultView!.getComputedStyle(element);
      return [styleOf(title.ownerDocument.body).backgroundColor, styleOf(title).color];
    });
    papers.push([paper, ink]);
    await window.close();
  }
  expect(papers).toEqual([
    ['rgb(253, 253, 252)', 'rgb(28, 32, 36)'],
    ['rgb(21, 24, 27)', 'rgb(232, 234, 236)'],
  ]);
});

it('the button of a mail is as wide as a phone', async () => {
  const window = await openWindow(browser, { url: nowhere, width: 360 });
  await window.page.setContent(mailSamples.overdue!.html);
  const box = await window.page.getByRole('link', { name: 'Submit evidence' }).boundingBox();
  expect(box!.width).toBeGreaterThan(320);
  expect(box!.height).toBeGreaterThanOrEqual(44);
  await window.close();
});
