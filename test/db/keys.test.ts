import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { atMachine } from '../../db/installation.ts';
import type { Email } from '../../domain/basics.ts';
import { onBothDatabases } from './databases.ts';

const now = '2026-03-02T09:00:00.000Z';
const scope = { caller: 'pat@example.org', programId: 'p', key: 'k' } as const;

onBothDatabases('tokens', (bench) => {
  const tokens = () => bench.db.tokens;
  const pat = { email: 'pat@example.org', name: 'Pat' } as const;

  test('a token is found by its secret, of which only the hash is kept', async () => {
    expect(await tokens().count()).toBe(0);
    const { token, info } = await tokens().create({ ...pat, installationRole: 'administrator' }, atMachine);
    expect(token).toMatch(/^clp_[\w-]{43}$/);
    expect(info).toEqual({
      id: expect.any(String),
      ...pat,
      installationRole: 'administrator',
      madeAt: expect.any(String),
    });
    const used = { ...info, lastUsedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) };
    expect(await tokens().find(token, '2026-03-02')).toEqual(used);
    expect(await (await bench.again()).tokens.find(token, '2026-03-02')).toEqual(used);
    expect(await tokens().count()).toBe(1);
    const [row] = await bench.tables()('tokens').select();
    expect(row.hash).toBe(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(token.slice(4));
  });

  test('an unknown token finds nobody, and neither does an expired one', async () => {
    const { token } = await tokens().create({ ...pat, expiresOn: '2026-03-31' }, atMachine);
    expect(await tokens().find(token, '2026-03-31')).toMatchObject({ ...pat, expiresOn: '2026-03-31' });
    expect(await tokens().find(token, '2026-04-01')).toBeUndefined();
    expect(await tokens().find(`${token}x`, '2026-03-02')).toBeUndefined();
  });

  test('tokens are listed by e-mail address, page by page, without their secrets', async () => {
    const emails: Email[] = ['olu@example.org', 'ada@example.org', 'pat@example.org', 'ada@example.org'];
    for (const email of emails) await tokens().create({ email, name: 'A' }, atMachine);
    const first = await tokens().list({ limit: 3 });
    const second = await tokens().list({ limit: 3, cursor: first.nextCursor! });
    const all = [...first.items, ...second.items];
    expect(all.map(({ email }) => email)).toEqual([...emails].sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
    expect(second.nextCursor).toBe(null);
    expect(Object.keys(all[0]!).sort()).toEqual(['email', 'id', 'madeAt', 'name']);
  });

  test('a revoked token finds nobody at once, and the last good one of an administrator can be kept', async () => {
    const first = await tokens().create({ ...pat, installationRole: 'administrator' }, atMachine);
    const second = await tokens().create({ ...pat, installationRole: 'administrator' }, atMachine);
    await tokens().create({ ...pat, installationRole: 'administrator', expiresOn: '2026-03-01' }, atMachine);
    const revoke = (id: string) => tokens().revoke(id, '2026-03-02', { by: atMachine, unlessLast: true });
    expect(await tokens().find(first.token, '2026-03-02')).toBeDefined();
    expect(await revoke(first.info.id)).toMatchObject({
      outcome: 'revoked',
      info: first.info,
      administratorsLeft: true,
    });
    expect(await tokens().find(first.token, '2026-03-02')).toBeUndefined();
    expect(await revoke(first.info.id)).toEqual({ outcome: 'unknown' });
    expect(await revoke(second.info.id)).toEqual({ outcome: 'last' });
    expect(await tokens().revoke(second.info.id, '2026-03-02', { by: atMachine })).toMatchObject({
      administratorsLeft: false,
    });
  });

  test('of two administrators who revoke each other at once, one stays', async () => {
    const other = await bench.again();
    for (let round = 0; round < 5; round++) {
      const made = [1, 2].map(() => tokens().create({ ...pat, installationRole: 'administrator' }, atMachine));
      const [one, two] = await Promise.all(made);
      const outcomes = await Promise.all([
        tokens().revoke(one!.info.id, '2026-03-02', { by: atMachine, unlessLast: true }),
        other.tokens.revoke(two!.info.id, '2026-03-02', { by: atMachine, unlessLast: true }),
      ]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['last', 'revoked']);
      for (const { info } of [one!, two!]) await tokens().revoke(info.id, '2026-03-02', { by: atMachine });
    }
  });

  test('a token that was removed is forgotten after a minute', async () => {
    const { token } = await tokens().create(pat, atMachine);
    const start = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(start);
    const findAfter = async (seconds: number) => {
      clock.mockReturnValue(start + seconds * 1000);
      await sleep(20); // the cache looks at the clock at most once a millisecond
      return tokens().find(token, '2026-03-02');
    };
    try {
      expect(await findAfter(0)).toMatchObject(pat);
      await bench.tables()('tokens').delete();
      expect(await findAfter(59)).toMatchObject(pat);
      expect(await findAfter(61)).toBeUndefined();
    } finally {
      clock.mockRestore();
    }
  });
});

onBothDatabases('idempotency keys', (bench) => {
  const keys = () => bench.db.idempotency;

  test('a key is new, then pending, then answered', async () => {
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'new' });
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'pending' });
    await keys().answer(scope, 201, { taskId: 'T-1' });
    await keys().answer(scope, 500, { late: true });
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'answered', status: 201, body: { taskId: 'T-1' } });
  });

  test('what the first attempt set out for stays until there is an answer', async () => {
    await keys().claim(scope, 'body', now);
    await keys().aim(scope, '2026-04-02T09:00:00.000Z');
    await keys().aim(scope, '2026-05-02T09:00:00.000Z');
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'pending', aim: '2026-04-02T09:00:00.000Z' });
    await keys().answer(scope, 200, {});
    await keys().aim(scope, '2026-06-02T09:00:00.000Z');
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'answered', status: 200, body: {} });
  });

  test('a key with another body is a conflict, answered or not', async () => {
    await keys().claim(scope, 'body', now);
    expect(await keys().claim(scope, 'other', now)).toEqual({ state: 'conflict' });
    await keys().answer(scope, 204, undefined);
    expect(await keys().claim(scope, 'other', now)).toEqual({ state: 'conflict' });
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'answered', status: 204, body: null });
  });

  test('caller and program have keys of their own', async () => {
    for (const other of [
      scope,
      { ...scope, caller: 'olu@example.org' as const },
      { ...scope, programId: 'q' },
      { ...scope, key: 'l' },
    ])
      expect(await keys().claim(other, 'body', now)).toEqual({ state: 'new' });
  });

  test('the answers of old keys are forgotten, the keys are not', async () => {
    const young = { ...scope, key: 'young' };
    await keys().claim(scope, 'body', now);
    await keys().answer(scope, 201, { taskId: 'T-1' });
    await keys().claim(young, 'body', '2026-03-02T09:00:00.001Z');
    await keys().answer(young, 201, {});
    expect(await keys().forget(now)).toBe(0);
    expect(await keys().forget('2026-03-02T09:00:00.001Z')).toBe(1);
    expect(await keys().claim(scope, 'other', now)).toEqual({ state: 'conflict' });
    expect(await keys().claim(scope, 'body', now)).toEqual({ state: 'pending' });
    expect(await keys().claim(young, 'body', now)).toMatchObject({ state: 'answered' });
  });

  test('of many who claim a key at once, one gets it', async () => {
    const others = await Promise.all([bench.again(), bench.again()]);
    const claims = Array.from({ length: 30 }, (_, n) => {
      const { idempotency } = [bench.db, ...others][n % 3]!;
      return idempotency.claim(scope, n % 2 === 0 ? 'even' : 'odd', now);
    });
    const states = (await Promise.all(claims)).map((claim) => claim.state).sort();
    expect(states).toEqual([...Array(15).fill('conflict'), 'new', ...Array(14).fill('pending')]);
  });
});
