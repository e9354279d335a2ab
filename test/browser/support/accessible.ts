import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import type { AxeResults, Result } from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';

/** WCAG 2.2 AA, with all that it builds on. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Looks for violations of WCAG 2.2 AA with axe. axe runs beside the page, in a world of its own, so that the page's content
 * security policy needs no exception for it. It waits by timers, so the window must run JavaScript.
 *
 * @throws Error that lists each violation with the elements concerned.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  await page.waitForLoadState();
  const session = await page.context().newCDPSession(page);
  try {
    const { violations, passes } = await Promise.race([runAxe(session), tooLong()]);
    if (passes.length === 0) throw new Error(`axe found nothing to look at on ${page.url()}.`);
    if (violations.length > 0) throw new Error(`${page.url()}\n${violations.map(inWords).join('\n')}`);
  } finally {
    await session.detach();
  }
}

/** What a finger has to hit. A link in running text is as tall as its line, which WCAG allows. */
const targets = 'button, input:not([type=hidden], [type=file]), select, textarea, summary, a[href]';

/** Elements that are smaller than a finger needs, each in words; empty when all is well. */
export async function smallTargets(page: Page, pixels = 44): Promise<string[]> {
  await page.waitForLoadState();
  return page.locator(targets).evaluateAll((elements, least) => {
    const hits = elements.filter((element) => {
      const { display } = element.ownerDocument.defaultView!.getComputedStyle(element);
      const amongWords = element.parentElement!.textContent!.trim() !== element.textContent!.trim();
      const inText =
        element.matches('a') && display === 'inline' && (amongWords || element.closest('p, li, dd, td, th, label'));
      return element.checkVisibility({ visibilityProperty: true }) && !inText;
    });
    return hits.flatMap((element) => {
      // A box to check is hit by the label around it too, and a link that is laid over its row by the whole row.
      const after = element.ownerDocument.defaultView!.getComputedStyle(element, '::after');
      const row =
        after.content !== 'none' && after.position === 'absolute' ? (element as HTMLElement).offsetParent : null;
      const { width, height } = (row ?? element.closest('label') ?? element).getBoundingClientRect();
      const hidden = height <= 1 || width <= 1;
      if (hidden || (height > least - 0.5 && width > least - 0.5)) return [];
      return [`${element.outerHTML.slice(0, 120)} is ${Math.round(width)} x ${Math.round(height)}`];
    });
  }, pixels);
}

/** How many pixels a page is wider than its window; 0 when nobody has to scroll sideways. */
export async function tooWide(page: Page): Promise<number> {
  await page.waitForLoadState();
  return page.locator('html').evaluate((html) => Math.max(0, html.scrollWidth - html.clientWidth));
}

async function tooLong(): Promise<never> {
  await setTimeout(60_000, undefined, { ref: false });
  throw new Error('axe did not end within a minute. In a window without JavaScript it never does.');
}

async function runAxe(session: CDPSession): Promise<AxeResults> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const world = { frameId: frameTree.frame.id, worldName: 'axe' };
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', world);
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await session.send('Runtime.evaluate', { contextId, expression: source });
  // Without preloading: it would ask for the style sheets again, which a strict policy refuses.
  const options = JSON.stringify({ runOnly: tags, preload: false, resultTypes: ['violations', 'passes'] });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    contextId,
    expression: `axe.run(document, ${options}).then(JSON.stringify)`,
    awaitPromise: true,
  });
  if (exceptionDetails)
    throw new Error(`axe failed: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  return JSON.parse(result.value as string) as AxeResults;
}

function inWords({ id, help, helpUrl, nodes }: Result): string {
  const places = nodes.map(({ target, html, failureSummary }) => {
    const why = failureSummary?.split('\n').slice(1).join('; ').trim();
    return `    ${target.join(' ')}: ${html.slice(0, 160)}\n      ${why}`;
  });
  return `  ${id}: ${help} (${helpUrl})\n${places.join('\n')}`;
}
