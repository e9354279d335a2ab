import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoViolations, smallTargets, tooWide } from './support/accessible.ts';
import { ChromiumNotFoundError, openBrowser } from './support/chromium.ts';
import { openWindow } from './support/page.ts';

/** Pages with something wrong in each, under the strictest policy. */
const pages: Record<string, string> = {
  '/good': '<main><h1>Hello</h1><p>All is well. <button>Go on</button></main>',
  '/pale': '<main><h1 class="pale">Hello</h1><img src="/icon.png"></main>',
  '/inline': '<main><h1>Hello</h1></main><script>document.title = "changed"</script>',
  '/noscript': '<main><h1>Hello</h1><noscript><p>Plain</p></noscript></main>',
  '/elsewhere': '<main><h1>Hello</h1></main><img alt="" src="http://203.0.113.7/pixel.gif">',
  '/wide': '<main><h1>Hello</h1><p class="wide"><a class="tiny" href="/good">x</a></p></main>',
};
const styles =
  '.pale { color: #aaa } .wide { width: 2000px } .tiny { display: block; width: 10px } button { padding: 2em }';

let server: Server;
let url: string;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-browser-'));
  server = createServer((request, response) => {
    const policy = "default-src 'none'; style-src 'self'; img-src * data:; form-action 'self'";
    const page = pages[request.url as string];
    if (request.url === '/style.css') response.setHeader('content-type', 'text/css').end(styles);
    else if (page) {
      response.setHeader('content-type', 'text/html').setHeader('content-security-policy', policy);
      response.end(`<!doctype html><html lang="en"><title>A page</title><link rel="stylesheet" href="/style.css">
        <link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">${page}</html>`);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the browser', () => {
  it('comes from the npm package where the machine has none, and shows text', { timeout: 120_000 }, async () => {
    const { HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR } = process.env;
    const found = await openBrowser({ HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR, PATH: folder });
    const page = await found.newPage();
    await page.setContent('<span>Certloop</span>');
    expect((await page.locator('span').boundingBox())?.width).toBeGreaterThan(40);
    await found.close();
  });

  it('is the one that is named, and no other when that one does not run', async () => {
    const notThere = openBrowser({ ...process.env, CERTLOOP_CHROMIUM: '/nowhere/chromium' });
    await expect(notThere).rejects.toThrow(/CERTLOOP_CHROMIUM=\/nowhere\/chromium: .*doesn't exist/s);
    await expect(notThere).rejects.not.toThrow(/npm package/);
  });

  it('says of every step why it failed', async () => {
    const broken = join(folder, 'chromium');
    await writeFile(broken, '#!/bin/sh\necho "cannot open display" >&2\nexit 1\n');
    await chmod(broken, 0o755);
    const error = await openBrowser({ PATH: folder, CERTLOOP_CACHE_DIR: join(broken, 'cache') }).catch((it) => it);
    expect(error).toBeInstanceOf(ChromiumNotFoundError);
    expect(error.message).toMatch(/PATH: .*cannot open display/s);
    expect(error.message).toMatch(/npm package @sparticuz\/chromium: ENOTDIR/);
    expect(error.message).toMatch(/Debian's package: (spawn apt-get ENOENT|only root may)/);
    expect(error.message).toContain('set CERTLOOP_CHROMIUM to the path of one');
  });
});

describe('a window', () => {
  it('closes without a word when all is well: narrow and dark, with JavaScript and without', async () => {
    const window = await openWindow(browser, { url, width: 360, colorScheme: 'dark' });
    await window.page.goto('/good');
    await expectNoViolations(window.page);
    expect(await tooWide(window.page)).toBe(0);
    expect(await smallTargets(window.page)).toEqual([]);
    await window.close();
    const plain = await openWindow(browser, { url, javaScript: false });
    await plain.page.goto('/noscript');
    expect(await plain.page.innerText('p')).toBe('Plain');
    await plain.close();
  });

  it('tells of what the content security policy refused', async () => {
    const window = await openWindow(browser, { url });
    await window.page.goto('/inline');
    expect(await window.page.title()).toBe('A page');
    await expect(window.close()).rejects.toThrow(/inline script.* Content Security Policy/);
  });

  it('asks no other host, and tells of it', async () => {
    const window = await openWindow(browser, { url });
    await window.page.goto('/elsewhere');
    await expect(window.close()).rejects.toThrow('request to another host: GET http://203.0.113.7/pixel.gif');
  });

  it('takes a page that is answered with 404 for an answer, and an image for a fault', async () => {
    const window = await openWindow(browser, { url });
    await window.page.goto('/nothing');
    expect(window.problems).toEqual([]);
    await window.page.goto('/pale');
    await expect(window.close()).rejects.toThrow(/icon\.png/);
  });

  it('shows what people with other eyes and hands stumble over', async () => {
    const window = await openWindow(browser, { url, width: 360 });
    await window.page.goto('/pale');
    const violations = expectNoViolations(window.page);
    await expect(violations).rejects.toThrow(/color-contrast/);
    await expect(violations).rejects.toThrow(/image-alt/);
    await window.page.goto('/wide');
    expect(await tooWide(window.page)).toBeGreaterThan(1000);
    expect(await smallTargets(window.page)).toEqual([expect.stringMatching(/class="tiny".* is 10 x/)]);
    await window.context.close();
  });
});
