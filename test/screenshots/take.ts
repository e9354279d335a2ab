import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { packageRoot } from '../../config/packageRoot.ts';
import { openBrowser } from '../browser/support/chromium.ts';
import { startInstallation, type TestInstallation } from '../browser/support/installation.ts';
import { openWindow, type Window } from '../browser/support/page.ts';
import { smaller } from './png.ts';
import { provider, type Shot, shots } from './shots.ts';
import { type Told, tell } from './story.ts';

const widths = { phone: 360, tablet: 768, wide: 1440 } as const;
const schemes = ['light', 'dark'] as const;
/** Which pictures are for the docs: what is first seen of a page, with what its names end in. */
const docs: Partial<Record<keyof typeof widths, { height: number; ending: string }>> = {
  phone: { height: 1100, ending: '-phone' },
  wide: { height: 1000, ending: '' },
};

/**
 * Takes pictures of the pages: each whole, in three widths, light and dark, into `dist/screenshots`; and what is first seen of
 * it, narrow and wide, into `docs/screenshots`.
 *
 * @param names of the shots to take; all when there is none
 * @returns what could not be taken
 */
export async function takeScreenshots(names: string[], say: (line: string) => void): Promise<string[]> {
  const unknown = names.filter((name) => !shots.some((shot) => shot.name === name));
  if (unknown.length > 0) throw new Error(`There is no page ${unknown.join(', ')}: see test/screenshots/shots.ts.`);
  const wanted = shots.filter(({ name }) => names.length === 0 || names.includes(name));
  const browser = await openBrowser();
  try {
    const installation = await startInstallation(undefined, provider);
    try {
      say('Playing TechServe …');
      const told = await tell(installation, say);
      return await takeAll(browser, installation, told, wanted, say);
    } finally {
      await installation.stop();
    }
  } finally {
    await browser.close();
  }
}

async function takeAll(
  browser: Browser,
  installation: TestInstallation,
  told: Told,
  wanted: Shot[],
  say: (line: string) => void,
): Promise<string[]> {
  const failed: string[] = [];
  for (const shot of wanted) {
    const problems = await take(browser, installation, told, shot).catch((error: Error) => [error.message]);
    say(`${shot.name}${problems.length > 0 ? `: ${problems.join('; ')}` : ''}`);
    if (problems.length > 0) failed.push(shot.name);
  }
  return failed;
}

/** One page in all its looks; gives what the browser complained of. */
async function take(browser: Browser, installation: TestInstallation, told: Told, shot: Shot): Promise<string[]> {
  const window = await openWindow(browser, { url: installation.url });
  try {
    if (shot.as) await installation.signIn(window, shot.as);
    const response = await window.page.goto(shot.at(told));
    for (const [size, width] of Object.entries(widths))
      for (const scheme of schemes) await takeOne(window, shot, size as keyof typeof widths, width, scheme);
    const status = response?.status() ?? 0;
    return [...(status >= 400 && shot.name !== 'not-found' ? [`answered ${status}`] : []), ...window.problems];
  } finally {
    await window.context.close();
  }
}

async function takeOne(
  { page }: Window,
  { name }: Shot,
  size: keyof typeof widths,
  width: number,
  colorScheme: (typeof schemes)[number],
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: width < 500 ? 780 : 900 });
  // As high as the page, so that the bar of a phone is at its end and not in its middle.
  const height = await page.locator('html').evaluate((html) => Math.max(html.scrollHeight, html.clientHeight));
  await page.setViewportSize({ width, height });
  const picture = smaller(await page.screenshot());
  await save('dist/screenshots', `${name}-${size}-${colorScheme}.png`, picture);
  const forDocs = docs[size];
  if (!forDocs || colorScheme !== 'light') return;
  await page.setViewportSize({ width, height: forDocs.height });
  await save('docs/screenshots', `${name}${forDocs.ending}.png`, smaller(await page.screenshot()));
}

async function save(folder: string, name: string, picture: Buffer): Promise<void> {
  await mkdir(join(packageRoot(), folder), { recursive: true });
  await writeFile(join(packageRoot(), folder, name), picture);
}
