import { expect, it } from 'vitest';
import type { By } from '../../db/installation.ts';
import type { Passkey } from '../../db/passkeys.ts';
import { onBothDatabases } from './databases.ts';

const now = '2030-01-07T13:00:00.000Z';
const later = '2030-01-07T13:05:00.000Z';
const afterwards = '2030-01-07T13:05:00.001Z';
const kim: By = { actor: 'kim@example.com', through: 'page' };

function passkey(overrides: Partial<Passkey> = {}): Passkey {
  return {
    id: 'one',
    email: 'kim@example.com',
    name: 'Laptop',
    publicKey: 'pQECAyYgASFYIA',
    counter: 0,
    transports: ['internal', 'hybrid'],
    synced: true,
    createdAt: now,
    ...overrides,
  };
}

onBothDatabases('the passkeys of people', (bench) => {
  it('are kept as they are, the first one first, and each once', async () => {
    const { passkeys } = bench.db;
    const [one, two] = [passkey(), passkey({ id: 'two', name: 'Phone', synced: false, createdAt: later })];
    expect(await passkeys.add(two, kim)).toBe(true);
    expect(await passkeys.add(one, kim)).toBe(true);
    expect(await passkeys.add(passkey({ email: 'eve@example.com' }), kim)).toBe(false);
    expect(await passkeys.of('kim@example.com')).toEqual([one, two]);
    expect(await passkeys.find('one')).toEqual(one);
    expect(await passkeys.find('three')).toBeUndefined();
  });

  it('are renamed and removed by their person alone', async () => {
    const { passkeys } = bench.db;
    await passkeys.add(passkey(), kim);
    expect(await passkeys.rename('eve@example.com', 'one', 'Mine')).toBe(false);
    expect(await passkeys.remove('eve@example.com', 'one', kim)).toBe(false);
    expect(await passkeys.rename('kim@example.com', 'one', 'Old laptop')).toBe(true);
    expect((await passkeys.find('one'))?.name).toBe('Old laptop');
    expect(await passkeys.remove('kim@example.com', 'one', kim)).toBe(true);
    expect(await passkeys.remove('kim@example.com', 'one', kim)).toBe(false);
  });

  it.each([
    ['a device that does not count', 0, 0, true],
    ['a first count', 0, 1, true],
    ['a further count', 4_000_000_000, 4_294_967_295, true],
    ['the same count', 7, 7, false],
    ['a lower count', 7, 6, false],
    ['a count that ends', 7, 0, false],
  ])('note their use: %s', async (_name, before, counter, taken) => {
    const { passkeys } = bench.db;
    await passkeys.add(passkey({ counter: before }), kim);
    expect(await passkeys.used('one', counter, later)).toBe(taken);
    expect(await passkeys.find('one')).toMatchObject(taken ? { counter, usedAt: later } : { counter: before });
  });

  it('are used once where two show the same answer at once', async () => {
    await bench.db.passkeys.add(passkey(), kim);
    const other = await bench.again();
    const both = await Promise.all([bench.db.passkeys.used('one', 5, later), other.passkeys.used('one', 5, later)]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });
});

onBothDatabases('challenges', (bench) => {
  it('are answered once, by whom they were given to, and in time', async () => {
    const { passkeys } = bench.db;
    await passkeys.ask({ challenge: 'kims', email: 'kim@example.com', expiresAt: later }, now);
    await passkeys.ask({ challenge: 'anybodys', expiresAt: later }, now);
    expect(await passkeys.answer('kims', undefined, now)).toBe(false);
    expect(await passkeys.answer('kims', 'eve@example.com', now)).toBe(false);
    expect(await passkeys.answer('anybodys', 'kim@example.com', now)).toBe(false);
    expect(await passkeys.answer('anybodys', undefined, later)).toBe(false);
    expect(await passkeys.answer('kims', 'kim@example.com', now)).toBe(true);
    expect(await passkeys.answer('anybodys', undefined, now)).toBe(true);
    expect(await passkeys.answer('kims', 'kim@example.com', now)).toBe(false);
    expect(await passkeys.answer('anybodys', undefined, now)).toBe(false);
  });

  it('go to one of two who answer at once', async () => {
    await bench.db.passkeys.ask({ challenge: 'one', expiresAt: later }, now);
    const other = await bench.again();
    const answers = [bench.db, other].map(({ passkeys }) => passkeys.answer('one', undefined, now));
    expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(1);
  });

  it('are forgotten once they expired', async () => {
    const { passkeys } = bench.db;
    await passkeys.ask({ challenge: 'old', expiresAt: later }, now);
    await passkeys.ask({ challenge: 'new', expiresAt: '2030-01-07T13:10:00.000Z' }, afterwards);
    expect(await bench.tables()('passkey_challenges').pluck('challenge')).toEqual(['new']);
  });
});
