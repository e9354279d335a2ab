import type { Page } from 'playwright-core';

/**
 * Presses the keys of a sequence, such as `g i`, and waits for the page to which it leads, also where that is the one that is
 * there. They are sent together: between two that come more than a second apart the page sees no sequence.
 */
export async function goByKeys(page: Page, sequence: string, url: string): Promise<void> {
  const loaded = page.waitForEvent('load');
  await Promise.all(sequence.split(' ').map((key) => page.keyboard.press(key)));
  await loaded;
  await page.waitForURL(url);
}
