import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withinBounds } from '../../api/bounds.ts';
import { Rejected, unavailable } from '../../api/problem.ts';
import type { Services } from '../../api/services.ts';
import type { TokenInfo } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { onBothDatabases } from '../db/databases.ts';

const caller: TokenInfo = { id: 't', email: 'mia@example.org', name: 'Mia' };
const people = ['a', 'b', 'c'].map((name): Email => `${name}@example.org`);

onBothDatabases('what somebody brings in', (bench) => {
  const bring = (commandId: string, act: () => Promise<string>) => {
    const services = { database: bench.db, settings: { addressesPerDay: 7 } } as unknown as Services;
    return withinBounds(services, caller, { commandId, people }, act);
  };
  const away = () => Promise.reject(unavailable('Nobody answers.', undefined));
  const refused = () => Promise.reject(new Rejected({ kind: 'conflict', code: 'state', detail: 'No.' }));
  const done = async () => 'done';

  test('is counted once, however often it is sent again because nobody answers', async () => {
    const commandId = randomUUID();
    for (let attempt = 0; attempt < 5; attempt++)
      await expect(bring(commandId, away)).rejects.toMatchObject({ status: 503 });
    expect(await bring(commandId, done)).toBe('done');
    expect(await bring(randomUUID(), done)).toBe('done');
    await expect(bring(randomUUID(), done)).rejects.toMatchObject({ status: 429 });
  });

  test('is not counted where it is refused in the end', async () => {
    for (let attempt = 0; attempt < 3; attempt++)
      await expect(bring(randomUUID(), refused)).rejects.toMatchObject({ status: 409 });
    expect(await bring(randomUUID(), done)).toBe('done');
    expect(await bring(randomUUID(), done)).toBe('done');
  });

  test('stays counted where an earlier attempt may have come about', async () => {
    const commandId = randomUUID();
    await expect(bring(commandId, away)).rejects.toMatchObject({ status: 503 });
    await expect(bring(commandId, refused)).rejects.toMatchObject({ status: 409 });
    expect(await bring(randomUUID(), done)).toBe('done');
    await expect(bring(randomUUID(), done)).rejects.toMatchObject({ status: 429 });
  });

  test('is counted of each command that nobody answers', async () => {
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(bring(randomUUID(), away)).rejects.toMatchObject({ status: 503 });
    await expect(bring(randomUUID(), away)).rejects.toMatchObject({ status: 429 });
  });
});
