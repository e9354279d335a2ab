import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { expectNoViolations, smallTargets, tooWide } from './support/accessible.ts';
import { openBrowser } from './support/chromium.ts';
import { type Device, deviceIn } from './support/device.ts';
import { openWindow, type Window } from './support/page.ts';
import { startPages, type TestPages } from './support/pages.ts';

const kim = { email: 'kim@example.com', name: 'Kim Lee' } as const;

let browser: Browser;
let pages: TestPages;
let window: Window;
let device: Device;

beforeAll(async () => {
  browser = await openBrowser();
}, 300_000);

beforeEach(async () => {
  pages = await startPages();
  await pages.account(kim);
  window = await openWindow(browser, { url: pages.url });
  device = await deviceIn(window);
});

afterEach(async () => {
  await window.close();
  await pages.close();
});

afterAll(() => browser?.close());

/** Signs in by a link and adds a passkey. */
async function addPasskey(name: string): Promise<void> {
  await pages.signIn(window, kim.email);
  await window.page.goto('/settings/passkeys');
  await window.page.getByLabel('Name of the new passkey').fill(name);
  await window.page.getByRole('button', { name: 'Add a passkey' }).click();
  await window.page.getByRole('heading', { name, exact: true }).waitFor();
}

async function signOut(): Promise<void> {
  await window.page.getByRole('button', { name: 'Sign out' }).click();
  await window.page.waitForURL('**/sign-in');
}

const byPasskey = () => window.page.getByRole('button', { name: 'Sign in with a passkey' });

/** What the page sends when somebody signs in by a passkey, kept back from the server. */
async function answerOf(press: () => Promise<void>): Promise<{ response: object; to: string }> {
  const held = window.page.waitForRequest('**/sign-in/passkey');
  await window.page.route('**/sign-in/passkey', (route) =>
    route.fulfill({ status: 422, json: { detail: 'Held back' } }),
  );
  await press();
  const body = (await held).postDataJSON();
  await window.page.getByText('Held back').waitFor();
  await window.page.unroute('**/sign-in/passkey');
  window.problems.length = 0;
  return body;
}

async function send(body: object): Promise<{ status: number; detail?: string }> {
  const response = await window.context.request.post('/sign-in/passkey', { data: body });
  return { status: response.status(), ...(response.status() === 422 && (await response.json())) };
}

it('is added by who is signed in, and signs in without an address typed', async () => {
  await addPasskey('Kim’s laptop');
  expect(await window.page.getByText('not used yet').count()).toBe(1);
  await signOut();
  await window.page.goto('/sign-in?to=/settings/passkeys');
  await byPasskey().click();
  await window.page.waitForURL(`${pages.url}/settings/passkeys`);
  expect(await window.page.getByText(/last used/).count()).toBe(1);
  expect(await pages.database.sessions.of(kim.email, new Date().toISOString())).toEqual([
    expect.objectContaining({ means: 'passkey' }),
  ]);
});

it('has a name that can be changed, and signs nobody in once it is removed', async () => {
  await addPasskey('Laptop');
  await window.page.getByLabel('Name', { exact: true }).fill('Old laptop');
  await window.page.getByRole('button', { name: 'Rename Laptop' }).click();
  await window.page.getByRole('heading', { name: 'Old laptop' }).waitFor();
  await window.page.getByRole('button', { name: 'Remove Old laptop' }).click();
  await window.page.getByText('You have none yet').waitFor();
  await signOut();
  await byPasskey().click();
  await window.page.getByText('This passkey is not known here; it may have been removed.').waitFor();
  expect(window.page.url()).toContain('/sign-in');
  window.problems.length = 0;
});

it('is not added twice on one device, but beside another', async () => {
  await addPasskey('Laptop');
  await window.page.getByLabel('Name of the new passkey').fill('Again');
  await window.page.getByRole('button', { name: 'Add a passkey' }).click();
  await window.page.getByText('There is a passkey on this device already.').waitFor();
  await device.remove();
  device = await deviceIn(window);
  await window.page.getByRole('button', { name: 'Add a passkey' }).click();
  await window.page.getByRole('heading', { name: 'Again', exact: true }).waitFor();
  expect(await pages.database.passkeys.of(kim.email)).toHaveLength(2);
});

it('gives an answer that counts once', async () => {
  await addPasskey('Laptop');
  await signOut();
  const body = await answerOf(() => byPasskey().click());
  expect(await send(body)).toEqual({ status: 200 });
  expect(await send(body)).toEqual({
    status: 422,
    detail: expect.stringMatching(/took longer than 5 minutes, or was sent twice/),
  });
});

it('gives no answer that counts for what was not asked, or was asked five minutes ago', async () => {
  await addPasskey('Laptop');
  await signOut();
  const body = await answerOf(() => byPasskey().click());
  const { challenge } = JSON.parse(
    Buffer.from(
      (body.response as { response: { clientDataJSON: string } }).response.clientDataJSON,
      'base64url',
    ).toString(),
  );
  const inSixMinutes = new Date(Date.now() + 6 * 60_000).toISOString();
  expect(await pages.database.passkeys.answer(challenge, undefined, inSixMinutes)).toBe(false);
  expect(await pages.database.passkeys.answer(challenge, kim.email, new Date().toISOString())).toBe(false);
  expect(await pages.database.passkeys.answer(challenge, undefined, new Date().toISOString())).toBe(true);
  expect(await send(body)).toMatchObject({ status: 422, detail: expect.stringMatching(/sent twice/) });
});

it('is refused when its device has counted no further: there may be a copy of it', async () => {
  await addPasskey('Laptop');
  const [passkey] = await pages.database.passkeys.of(kim.email);
  expect(await pages.database.passkeys.used(passkey!.id, 1_000, new Date().toISOString())).toBe(true);
  await signOut();
  await byPasskey().click();
  await window.page.getByText('so there may be a copy of it').waitFor();
  window.problems.length = 0;
});

it('is refused from another origin, whatever made the answer', async () => {
  await addPasskey('Laptop');
  await signOut();
  const elsewhere = await startPages();
  const other = await openWindow(browser, { url: elsewhere.url });
  const thief = await deviceIn(other);
  for (const credential of await device.credentials()) await thief.copy(credential);
  // The other site has the device answer a challenge of ours.
  const { challenge } = await (await window.context.request.post('/sign-in/passkey/options', { data: {} })).json();
  await other.page.route('**/sign-in/passkey/options', async (route) => {
    const allowCredentials = [
      { id: (await pages.database.passkeys.of(kim.email))[0]?.id, type: 'public-key', transports: ['internal'] },
    ];
    await route.fulfill({ json: { challenge, rpId: 'localhost', userVerification: 'required', allowCredentials } });
  });
  const sent = other.page.waitForRequest('**/sign-in/passkey');
  await other.page.goto('/sign-in');
  await other.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  const answer = await send((await sent).postDataJSON());
  expect(answer).toEqual({ status: 422, detail: expect.stringContaining(`Open ${pages.url} and try again`) });
  await other.page.getByRole('alert').waitFor();
  await other.context.close();
  await elsewhere.close();
});

it('takes no nonsense, and nothing from other sites', async () => {
  for (const body of [{}, { response: null }, { response: { id: 7 } }, { response: { id: 'x', response: {} } }])
    expect(await send(body)).toMatchObject({ status: 422 });
  const foreign = await window.context.request.post('/sign-in/passkey/options', {
    data: {},
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.status()).toBe(403);
  await pages.signIn(window, kim.email);
  const withoutToken = await window.context.request.post('/settings/passkeys/options', { data: {} });
  expect(withoutToken.status()).toBe(403);
});

it('has pages that everybody can use, narrow and dark', async () => {
  await addPasskey('A laptop with a name of forty characters, and more');
  await window.page.setViewportSize({ width: 360, height: 740 });
  await window.page.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolations(window.page);
  expect(await tooWide(window.page)).toBe(0);
  expect(await smallTargets(window.page)).toEqual([]);
});
