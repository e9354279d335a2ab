import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { administratorEmail } from '../../api/administrator.ts';
import { manager, owner, startBody } from '../api/support/story.ts';
import { commandsOf, follow } from './support/pages.ts';
import { openShop, type Shop } from './support/shop.ts';

const patience = { timeout: 150_000, interval: 500 };

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ CERTLOOP_ENCRYPTION_REQUIRED: 'true' });
  await answers();
  const body = startBody({ id: 'aims' });
  const people = body.people.map((one) => (one.email === manager ? { ...one, email: administratorEmail } : one));
  expect((await shop.post('/programs', { ...body, people })).status).toBe(201);
}, 240_000);

afterAll(() => shop?.stop());

const page = (heading: string, block: number) => follow(commandsOf(heading)[block]!, shop.env);
const keysIn = async (file: 'SIGNING_KEYS' | 'ENCRYPTION_KEYS') =>
  (await readFile(shop.env[file], 'utf8')).trim().split('\n');
const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

function answers(): Promise<unknown> {
  const ready = () =>
    Promise.all([page('CertloopProcessAway', 0), page('CertloopNobodyWorks', 1)]).then(
      () => true,
      () => false,
    );
  return vi.waitUntil(ready, patience);
}

async function restart(...parts: ('api' | 'worker')[]): Promise<void> {
  for (const part of parts) {
    await shop[part].stop();
    await shop[part].start();
  }
  await answers();
  const task = { title: 'Write the policy', assignee: owner, dueOn: '2031-02-03' };
  await expect.poll(async () => (await shop.post('/programs/aims/tasks', task)).status, patience).toBe(201);
}

test('keys are replaced as the runbook says, and commands are answered after each step', async () => {
  const [signing, encryption] = [(await keysIn('SIGNING_KEYS'))[0], (await keysIn('ENCRYPTION_KEYS'))[0]];
  await page('Replace the signing keys', 0);
  await page('Replace the encryption keys', 0);
  const newSigning = (await keysIn('SIGNING_KEYS')).at(-1);
  const newEncryption = (await keysIn('ENCRYPTION_KEYS')).at(-1);
  expect(await keysIn('SIGNING_KEYS')).toEqual([signing, newSigning]);
  expect(await keysIn('ENCRYPTION_KEYS')).toEqual([encryption, newEncryption]);
  await restart('worker', 'api');

  await page('Replace the signing keys', 1);
  await page('Replace the encryption keys', 1);
  expect(await keysIn('SIGNING_KEYS')).toEqual([newSigning, signing]);
  expect(await keysIn('ENCRYPTION_KEYS')).toEqual([newEncryption, encryption]);
  await restart('worker', 'api');

  await page('Replace the signing keys', 2);
  expect(await keysIn('SIGNING_KEYS')).toEqual([newSigning]);
  await restart('worker');
  for (const file of [shop.env.SIGNING_KEYS, shop.env.ENCRYPTION_KEYS]) expect(await modeOf(file)).toBe(0o600);
  expect(await page('Encrypt what Temporal keeps', 1)).toMatch(/^certloop_unencrypted_payloads_total 0$/m);
}, 480_000);

test('keys are made as the runbook says, for their owner alone', async () => {
  const env = { ...shop.env, ENCRYPTION_KEYS: `${shop.env.BACKUP}/new.keys` };
  await follow(commandsOf('Encrypt what Temporal keeps')[0]!, env);
  expect(await readFile(env.ENCRYPTION_KEYS, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
  expect(await modeOf(env.ENCRYPTION_KEYS)).toBe(0o600);
});
