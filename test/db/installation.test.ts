import { expect, test } from 'vitest';
import { atMachine, type By } from '../../db/installation.ts';
import { onBothDatabases } from './databases.ts';

const now = '2026-03-02T09:00:00.000Z';
const pat = { email: 'pat@example.org', name: 'Pat' } as const;
const ada: By = { actor: 'ada@example.org', tokenId: 'token-of-ada', through: 'api' };

onBothDatabases('the register of the installation', (bench) => {
  const all = async () => (await bench.db.installation.records({ limit: 100 })).items.reverse();

  test('has each token that is made and revoked, by whom and by which way, without its secret', async () => {
    const { token, info } = await bench.db.tokens.create({ ...pat, expiresOn: '2026-05-01' }, ada);
    await bench.db.tokens.revoke(info.id, '2026-03-02', { by: atMachine });
    expect(await all()).toEqual([
      {
        seq: 1,
        at: expect.any(String),
        type: 'TokenMade',
        ...ada,
        data: { tokenId: info.id, ...pat, expiresOn: '2026-05-01', secretHash: expect.any(String) },
      },
      { seq: 2, at: expect.any(String), type: 'TokenRevoked', ...atMachine, data: { tokenId: info.id, ...pat } },
    ]);
    expect(JSON.stringify(await all())).not.toContain(token);
    expect(info).toMatchObject({ madeAt: expect.any(String), madeBy: 'ada@example.org' });
    expect(await bench.db.tokens.revoke('unknown', '2026-03-02', { by: atMachine })).toEqual({ outcome: 'unknown' });
    expect(await all()).toHaveLength(2);
  });

  test('has each change of an account, and none where nothing changes', async () => {
    const { accounts } = bench.db;
    await accounts.put({ ...pat, mayStart: false }, now, ada);
    await accounts.put({ ...pat, mayStart: false }, now, ada);
    await accounts.ensure({ ...pat, mayStart: true }, now, ada);
    await accounts.change(pat.email, { installationRole: 'administrator', mayStart: true }, ada);
    expect(await accounts.remove(pat.email, ada)).toBe('last');
    await accounts.move(pat.email, { email: 'pat@example.com', name: 'Pat' }, ada);
    await accounts.put(
      { email: 'kim@example.org', name: 'Kim', mayStart: true, installationRole: 'administrator' },
      now,
      atMachine,
    );
    expect(await accounts.remove('pat@example.com', ada)).toBe('done');
    expect((await all()).map(({ type, data }) => [type, data])).toEqual([
      ['AccountPut', { ...pat, mayStart: false }],
      [
        'AccountPut',
        { ...pat, installationRole: 'administrator', mayStart: true, before: { name: 'Pat', mayStart: false } },
      ],
      ['AccountMoved', { from: pat.email, to: 'pat@example.com', name: 'Pat' }],
      ['AccountPut', { email: 'kim@example.org', name: 'Kim', mayStart: true, installationRole: 'administrator' }],
      ['AccountRemoved', { email: 'pat@example.com' }],
    ]);
  });

  test('is one chain, whoever records at once; read page by page, the latest first', async () => {
    const other = await bench.again();
    await Promise.all([bench.db, other, bench.db, other, bench.db].map(({ tokens }) => tokens.create(pat, ada)));
    expect(await bench.db.installation.verify()).toEqual({ ok: true, records: 5 });
    expect(await bench.db.installation.head()).toMatchObject({ seq: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const first = await bench.db.installation.records({ limit: 3 });
    const second = await bench.db.installation.records({ limit: 3, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
    expect(second.nextCursor).toBeNull();
  });

  test('gives the rows of tokens and accounts; one that somebody changed past it is named', async () => {
    const { tokens, accounts, installation } = bench.db;
    const { info } = await tokens.create({ ...pat, expiresOn: '2026-05-01' }, ada);
    const scoped = await tokens.create({ ...pat, scope: { programId: 'p', access: 'read' } }, ada);
    await accounts.put({ ...pat, installationRole: 'administrator', mayStart: false }, now, ada);
    await accounts.move(pat.email, { email: 'pat@example.com', name: 'Pat P.' }, ada);
    await accounts.ensure({ email: 'kim@example.org', name: 'Kim', mayStart: true }, now, ada);
    expect(await installation.differences()).toEqual([]);

    const row = (table: string, where: object) => bench.tables()(table).where(where);
    await row('tokens', { id: info.id }).update({ expires_on: '2036-05-01', installation_role: 'administrator' });
    await row('tokens', { id: scoped.info.id }).update({ hash: 'a'.repeat(64), program_id: null });
    await row('accounts', { email: 'kim@example.org' }).update({ may_start: false });
    await row('accounts', { email: 'pat@example.com' }).delete();
    await bench
      .tables()('tokens')
      .insert({ id: 'put-in', hash: 'b'.repeat(64), email: pat.email, name: 'Pat' });
    expect((await installation.differences()).sort()).toEqual(
      [
        `tokens ${info.id}: installation_role, expires_on not as the records give it`,
        `tokens ${scoped.info.id}: program_id, hash not as the records give it`,
        'tokens put-in: no record tells of this row, or one that it was taken away',
        'accounts kim@example.org: may_start not as the records give it',
        'accounts pat@example.com: the row is missing',
      ].sort(),
    );
  });

  test('has each passkey that is added and removed, and names one that was put in, exchanged or given to another', async () => {
    const { passkeys, accounts, installation } = bench.db;
    const byPat: By = { actor: pat.email, through: 'page' };
    const passkey = { name: 'Laptop', publicKey: 'pQECAyYgASFYIA', counter: 0, transports: [], synced: true };
    for (const id of ['one', 'two', 'three'])
      await passkeys.add({ ...passkey, id, email: pat.email, createdAt: now }, byPat);
    await passkeys.remove(pat.email, 'three', byPat);
    await passkeys.rename(pat.email, 'two', 'Old laptop');
    await passkeys.used('one', 3, now);
    expect(await all()).toMatchObject([
      { type: 'PasskeyAdded', ...byPat, data: { passkeyId: 'one', email: pat.email, keyHash: expect.any(String) } },
      { type: 'PasskeyAdded', data: { passkeyId: 'two' } },
      { type: 'PasskeyAdded', data: { passkeyId: 'three' } },
      { type: 'PasskeyRemoved', ...byPat, data: { passkeyId: 'three', email: pat.email } },
    ]);
    await accounts.put({ ...pat, mayStart: false }, now, ada);
    await accounts.move(pat.email, { email: 'pat@example.com', name: 'Pat' }, ada);
    expect(await installation.differences()).toEqual([]);

    const table = () => bench.tables()('passkeys');
    const row = await table().where({ id: 'one' }).first();
    await table().insert({ ...row, id: 'put-in' });
    await table().where({ id: 'one' }).update({ public_key: 'of-another-device' });
    await table().where({ id: 'two' }).update({ email: 'eve@example.com' });
    expect((await installation.differences()).sort()).toEqual([
      'passkeys one: public_key not as the records give it',
      'passkeys put-in: no record tells of this row, or one that it was taken away',
      'passkeys two: email not as the records give it',
    ]);

    await passkeys.removeAll('pat@example.com', ada);
    expect((await all()).at(-1)).toMatchObject({ type: 'PasskeyRemoved', ...ada });
    // One that an earlier version took away, which runs beside, lets nobody in.
    await table().delete();
    expect(await installation.differences()).toEqual([]);
  });

  test('knows who made a token, and when', async () => {
    const first = await bench.db.tokens.create(pat, ada);
    const second = await bench.db.tokens.create(pat, ada);
    const third = await bench.db.tokens.create(pat, ada);
    const row = (id: string) => bench.tables()('tokens').where({ id });
    await row(first.info.id).update({ made_by: 'kim@example.org' });
    await row(second.info.id).update({ made_at: '2020-01-01T00:00:00.000Z' });
    await row(third.info.id).update({ made_at: null });
    expect((await bench.db.installation.differences()).sort()).toEqual(
      [
        `tokens ${first.info.id}: made_by not as the records give it`,
        `tokens ${second.info.id}: made_at not as the records give it`,
        `tokens ${third.info.id}: made_at not as the records give it`,
      ].sort(),
    );
  });

  test('knows a token that was revoked and is back', async () => {
    const { info } = await bench.db.tokens.create(pat, ada);
    const before = await bench.tables()('tokens').where({ id: info.id }).first();
    await bench.db.tokens.revoke(info.id, '2026-03-02', { by: ada });
    await bench.tables()('tokens').insert(before);
    expect(await bench.db.installation.differences()).toEqual([
      `tokens ${info.id}: no record tells of this row, or one that it was taken away`,
    ]);
  });

  test('says where it was changed', async () => {
    for (let each = 0; each < 4; each++) await bench.db.tokens.create(pat, ada);
    const table = () => bench.tables()('installation_records');
    const { payload, ...rest } = await table().where({ seq: 2 }).first();
    const verify = () => bench.db.installation.verify();

    await table()
      .where({ seq: 2 })
      .update({ payload: payload.replace('ada@', 'eve@') });
    expect(await verify()).toMatchObject({
      ok: false,
      records: 1,
      reason: expect.stringContaining('record 2 was changed'),
    });
    await table().where({ seq: 2 }).delete();
    expect(await verify()).toMatchObject({ ok: false, reason: expect.stringContaining('record 2 is missing') });
    await table().insert({ ...rest, payload });
    expect(await verify()).toMatchObject({ ok: true });
    await table().where({ seq: 4 }).delete();
    expect(await verify()).toMatchObject({ ok: false, reason: expect.stringContaining('ends with record 4') });
  });
});
