import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OidcSettings } from '../../identity/oidc/provider.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { type IdProvider, startIdProvider } from '../identity/support/idProvider.ts';
import { expectNoViolations } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { openWindow, type Window } from './support/page.ts';
import { startPages, type TestPages } from './support/pages.ts';

let browser: Browser;
let idProvider: IdProvider;
let pages: TestPages;
let window: Window;

beforeAll(async () => {
  browser = await openBrowser();
}, 300_000);

beforeEach(async () => {
  const idPort = await anyFreePort();
  const issuer = `http://localhost:${idPort}`;
  pages = await startPages((url) => ({ oidc: settingsOf(url, issuer) }));
  const redirectUri = `${pages.url}/sign-in/oidc/callback`;
  idProvider = await startIdProvider({ id: 'certloop', secret: 'secret', redirectUri }, idPort);
  idProvider.people.kim = { email: 'kim@example.com', email_verified: true, name: 'Kim Lee' };
  idProvider.people.eve = { email: 'kim@example.com', email_verified: false, name: 'Eve' };
  window = await openWindow(browser, { url: pages.url, alsoAllowed: [issuer] });
});

afterEach(async () => {
  await window.close();
  await pages.close();
  await idProvider.stop();
});

afterAll(() => browser?.close());

function settingsOf(url: string, issuer: string): OidcSettings {
  return {
    issuer,
    clientId: 'certloop',
    clientSecret: 'secret',
    name: 'Example',
    verifiedOnly: true,
    administrators: [],
    operations: [],
    redirectUri: `${url}/sign-in/oidc/callback`,
  };
}

/** Through the provider's own pages: who one is, and that Certloop may know. */
async function signInAs(login: string): Promise<void> {
  const { page } = window;
  await page.goto('/sign-in?to=/settings/passkeys');
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('button[type=submit]').click();
}

it('signs in who the provider says, at the page that was asked for, with an account that may do nothing', async () => {
  await signInAs('kim');
  await window.page.waitForURL(`${pages.url}/settings/passkeys`);
  expect(await window.page.getByText('Kim Lee').count()).toBe(1);
  expect(await pages.database.accounts.find('kim@example.com')).toEqual({
    email: 'kim@example.com',
    name: 'Kim Lee',
    mayStart: false,
  });
});

it('tells who comes with an address that is not verified, and offers the other ways in', async () => {
  await signInAs('eve');
  await window.page.getByRole('heading', { name: 'Signing in with Example did not work' }).waitFor();
  await window.page.getByText('does not call kim@example.com verified').waitFor();
  await expectNoViolations(window.page);
  expect(await pages.database.accounts.find('kim@example.com')).toBeUndefined();
  window.problems.length = 0;
  await window.page.getByRole('link', { name: /Sign in (with a code|another way)/ }).click();
  await window.page.waitForURL('**/sign-in');
});

it('is not tricked by a sign-in that somebody else began', async () => {
  await window.page.goto('/sign-in/oidc/callback?code=stolen&state=foreign');
  await window.page.getByText('not begun in this browser').waitFor();
  window.problems.length = 0;
  await window.page.goto('/sign-in/oidc');
  await window.page.goto(`${pages.url}/sign-in/oidc/callback?code=stolen&state=foreign`);
  await window.page.getByText('belongs to another sign-in').waitFor();
  window.problems.length = 0;
});

it('does not come back twice with one code', async () => {
  const back = window.page.waitForRequest('**/sign-in/oidc/callback?*');
  await signInAs('kim');
  const url = (await back).url();
  await window.page.waitForURL(`${pages.url}/settings/passkeys`);
  await window.page.goto(url);
  await window.page.getByText('not begun in this browser').waitFor();
  window.problems.length = 0;
});

it('keeps nobody out while the provider is away: the page says so, and the other ways work', async () => {
  await idProvider.stop();
  await window.page.goto('/sign-in');
  await window.page.getByRole('link', { name: 'Sign in with Example' }).click();
  await window.page.getByText(/cannot be reached: nothing answers on its port/).waitFor();
  window.problems.length = 0;
  await pages.account({ email: 'ada@example.com' });
  await pages.signIn(window, 'ada@example.com');
  await window.page.goto('/settings/passkeys');
  expect(await window.page.getByRole('heading', { name: 'Passkeys' }).count()).toBe(1);
});

it('is tested by an administrator, who sees the real reason; nobody else sees the page', async () => {
  await pages.account({ email: 'kim@example.com' });
  await pages.account({ email: 'ada@example.com', installationRole: 'administrator' });
  await pages.signIn(window, 'kim@example.com');
  expect((await window.page.goto('/installation/provider'))?.status()).toBe(404);
  await pages.signIn(window, 'ada@example.com');
  await window.page.goto('/installation/provider');
  await window.page.getByRole('button', { name: 'Test it now' }).click();
  await window.page.getByText('All that can be tested without a person is right').waitFor();
  await expectNoViolations(window.page);
  await idProvider.stop();
  await window.page.getByRole('button', { name: 'Test it now' }).click();
  await window.page.getByText('Nobody can sign in this way now').waitFor();
});
