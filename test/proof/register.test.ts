import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { genesisHash, hashOf } from '../../db/hashes.ts';
import { onBothDatabases } from '../db/databases.ts';
import { type Attacked, attacked } from './support/attacked.ts';

/** Whoever has the database and knows how chains are made, against somebody who has the checkpoints and their key. */
onBothDatabases('somebody with the database', (bench) => {
  let at: Attacked;
  beforeEach(async () => {
    at = await attacked(bench);
  });
  afterEach(() => at.close());

  const payloads = async (id: string) => (await at.records(id)).map(({ payload }) => payload);
  const numbered = (all: string[]) => all.map((payload, index) => payload.replace(/"seq":\d+/, `"seq":${index + 1}`));

  test('finds nothing changed where nothing was, also after more was recorded', async () => {
    const ran = await at.verify();
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain('2 checkpoints that can be trusted, 1 to 2');
    expect(ran.stdout).toMatch(/^aims: 6 records as in checkpoint 2 of /m);
  });

  describe('who writes a chain that is whole by itself', () => {
    test('cuts the tail and moves the head', async () => {
      await at.rewrite('aims', (await payloads('aims')).slice(0, -1));
      expect(await at.verify(false)).toMatchObject({ status: 0 });
      const ran = await at.verify();
      expect(ran.stdout).toMatch(/^aims: CUT: it ends at record 5, but checkpoint 2 of \S+ has it with 6/m);
      expect(ran.stdout).toMatch(/^blue: 6 records as in/m);
      expect(ran).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('1 program not as the checkpoints say: aims.'),
      });
    });

    test('cuts the tail and records something else', async () => {
      const all = await payloads('aims');
      await at.rewrite('aims', [...all.slice(0, 5), all[5]!.replace('"Two"', '"Others"')]);
      expect(await at.verify(false)).toMatchObject({ status: 0 });
      expect((await at.verify()).stdout).toMatch(
        /^aims: CHANGED from a record between 5 and 6 on: record 6 has another hash/m,
      );
    });

    test('changes a record and computes the chain anew', async () => {
      const all = await payloads('aims');
      await at.rewrite(
        'aims',
        all.map((payload) => payload.replace('Example Ltd', 'Another Ltd')),
      );
      expect(await at.verify(false)).toMatchObject({ status: 0 });
      expect((await at.verify()).stdout).toMatch(
        /^aims: CHANGED from a record between 1 and 4 on: record 4 has another hash than in checkpoint 1/m,
      );
    });

    test.each([
      ['the moment', /"at":"2030-01-07T13/, '"at":"2030-01-06T13'],
      ['the person', /"actor":"mia@example.org"/, '"actor":"olu@example.org"'],
    ])('changes %s of a record', async (_, was, is) => {
      const all = await payloads('blue');
      await at.rewrite(
        'blue',
        all.map((payload, index) => (index === 5 ? payload.replace(was, is) : payload)),
      );
      expect((await at.verify()).stdout).toMatch(/^blue: CHANGED from a record between 5 and 6 on/m);
    });

    test('puts a record in', async () => {
      const all = await payloads('aims');
      await at.rewrite('aims', numbered([...all.slice(0, 5), all[4]!.replaceAll('T-', 'T-9'), all[5]!]));
      expect((await at.verify()).stdout).toMatch(/^aims: CHANGED/m);
    });

    test('takes a record out of the middle', async () => {
      const all = await payloads('aims');
      await at.rewrite('aims', numbered(all.filter((_, index) => index !== 4)));
      expect((await at.verify()).stdout).toMatch(/^aims: CUT: it ends at record 5/m);
    });

    test('deletes a program', async () => {
      await at.remove('blue');
      expect(await at.verify(false)).toMatchObject({ status: 0 });
      const ran = await at.verify();
      expect(ran.stdout).toMatch(/^blue: DELETED: checkpoint 2 of \S+ has it with 6 records/m);
      expect(ran.status).toBe(1);
    });

    test('deletes a program and begins another of its name', async () => {
      const all = await payloads('blue');
      await at.remove('blue');
      await at
        .tables('programs')
        .insert({ id: 'blue', head_seq: 0, head_hash: '', rehearsal: false, clock_at: '', doc: '{}' });
      await at.rewrite('blue', all.slice(0, 2));
      expect((await at.verify()).stdout).toMatch(/^blue: CUT: it ends at record 2/m);
    });

    test('gives a program another name', async () => {
      await at.rename('blue', 'green');
      const ran = await at.verify();
      expect(ran.stdout).toContain('program_id is green, the record begins program blue');
      expect(ran.stdout).toMatch(/^blue: DELETED/m);
      expect(ran.stdout).toMatch(/^green: newer than the last checkpoint/m);
    });

    test('exchanges two programs', async () => {
      await at.rename('blue', 'between');
      await at.rename('aims', 'blue');
      await at.rename('between', 'aims');
      const ran = await at.verify();
      expect(ran.stdout).toContain('program_id is aims, the record begins program blue');
      for (const id of ['aims', 'blue'])
        expect(ran.stdout).toMatch(new RegExp(`^${id}: CHANGED from a record between 1 and 4`, 'm'));
    });

    test('puts the whole database back as it was', async () => {
      for (const id of ['aims', 'blue']) await at.rewrite(id, (await payloads(id)).slice(0, 4));
      await at.tables('checkpoints').where({ number: 2 }).delete();
      expect(await at.verify(false)).toMatchObject({ status: 0 });
      const ran = await at.verify();
      expect(ran.stdout).toContain('the database knows checkpoints up to 1, but 2 was made');
      for (const id of ['aims', 'blue'])
        expect(ran.stdout).toMatch(new RegExp(`^${id}: CUT: it ends at record 4`, 'm'));
    });

    test('computes the chain of the installation itself anew, or cuts it', async () => {
      const rows: { seq: number; payload: string }[] = await at.tables('installation_records').orderBy('seq');
      expect(rows.length).toBeGreaterThan(1);
      let last = { seq: 0, hash: genesisHash };
      for (const { seq, payload } of rows) {
        const forged = payload.replace('kim@example.org', 'eve@example.org');
        last = { seq, hash: hashOf(last.hash, forged) };
        await at.tables('installation_records').where({ seq }).update({ payload: forged, hash: last.hash });
      }
      await at.tables('installation_head').update(last);
      expect((await at.verify(false)).stdout).toMatch(/^The installation: 2 records, unbroken, but DIFFERS/m);
      for (const table of ['tokens', 'accounts'])
        await at.tables(table).where({ email: 'kim@example.org' }).update({ email: 'eve@example.org' });
      expect(await at.verify(false)).toMatchObject({ status: 0 });
      const ran = await at.verify();
      expect(ran.stdout).toMatch(/^the installation: CHANGED from a record between 1 and 2 on/m);
      expect(ran.status).toBe(1);
      await at.tables('installation_records').delete();
      await at.tables('installation_head').update({ seq: 0, hash: genesisHash });
      expect((await at.verify()).stdout).toMatch(/^the installation: DELETED/m);
    });

    test('is told of before another checkpoint is signed over it', async () => {
      const all = await payloads('aims');
      await at.rewrite(
        'aims',
        all.map((payload) => payload.replace('Example Ltd', 'Another Ltd')),
      );
      const refused = await at.checkpoint();
      expect(refused).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('no longer holds what checkpoint 2'),
      });
      expect(refused.stderr).toContain('of aims.');
    });
  });

  test('changes what stands beside the chain: each is told, row by row', async () => {
    const db = at.tables;
    const task = (id: string) => db('tasks').where({ program_id: 'aims', id });
    const replaced = (was: string, is: string) => ({ doc: db.raw('replace(doc, ?, ?)', [was, is]) });
    await db('records').where({ program_id: 'aims', seq: 3 }).update({ command_id: 'x' });
    await db('tasks').insert({ ...(await task('T-1').first()), id: 'T-999', number: 999 });
    await task('T-1').update({ assignee: 'eve@example.org', asked_by: 'eve@example.org', due_on: '2039-01-01' });
    await task('T-2').update(replaced('"open"', '"waived"'));
    await task('T-3').delete();
    const eve = '{"email":"eve@example.org","roles":["decisionMaker"]}';
    await db('people').insert({ program_id: 'aims', email: 'eve@example.org', doc: eve });
    await db('people').where({ program_id: 'aims', email: 'vic@example.org' }).update(replaced('viewer', 'sponsor'));
    await db('record_names').where({ program_id: 'aims', seq: 2 }).delete();
    await db('record_names').insert({ program_id: 'aims', name: 'A-7', seq: 2 });
    const file = { program_id: 'aims', sha256: 'f'.repeat(64) };
    await db('file_uses').insert({ ...file, seq: 2, record: 'EvidenceSubmitted' });
    const erased = { erased_at: '2030-01-01', erased_by: 'eve@example.org', erased_reason: 'none' };
    const upload = { bytes: 1, media_type: 'text/plain', name: 'a', uploaded_by: 'a@example.org', uploaded_at: '2030' };
    await db('files').insert({ ...file, ...upload, ...erased });
    const answer = { status: 200, answer: '{"body":{"commandId":"x","firstSeq":2}}' };
    const asked = { caller: 'mia@example.org', program_id: 'aims', key: 'k', body_hash: '', claimed_at: '' };
    await db('idempotency_keys').insert({ ...asked, ...answer });
    const clock_at = '2039-01-01T00:00:00.000Z';
    await db('programs').where({ id: 'aims' }).update({ phase: 'closed', clock_at, doc: '{}' });

    const ran = await at.verify(false);
    const told = ran.stdout.slice(ran.stdout.indexOf('DIFFERS'), ran.stdout.indexOf('\nblue: '));
    expect(told.split('\n  ').slice(1)).toEqual([
      expect.stringMatching(/^records 3: command_id is x, the record says /),
      'idempotency_keys k: the answer tells of record 2, which is not of its command',
      'programs aims: clock_at, phase, doc not as the records give it',
      'tasks T-1: assignee, due_on, asked_by not as the records give it',
      'tasks T-2: doc not as the records give it',
      'tasks T-999: no record tells of this row',
      'tasks T-3: the row is missing',
      'people eve@example.org: no record tells of this row',
      'people vic@example.org: doc not as the records give it',
      'record_names A-7 2: no record tells of this row',
      'record_names ProgramBegan 2: the row is missing',
      `file_uses ${file.sha256} 2: no record tells of this row`,
      `files ${file.sha256}: erased_at, erased_by, erased_reason not as the records give it`,
    ]);
    expect(ran.stdout).toContain('aims: 6 records, unbroken, but DIFFERS beside its chain:');
    expect(ran.stdout).toMatch(/^blue: 6 records, unbroken$/m);
    expect(ran).toMatchObject({ status: 1, stderr: expect.stringContaining('certloop rebuild') });
  });
});
