import { expect, test } from 'vitest';
import { hashOf } from '../../db/hashes.ts';
import type { Email } from '../../domain/basics.ts';
import { aCommit, aFinding, aNotice, anAudit, aPerson, aProgram, aRecord, aTask } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

onBothDatabases('the register', (bench) => {
  test('appends records, and gives them back unchanged and in order', async () => {
    const records = [1, 2, 3].map((seq) => aRecord(seq, { commandId: 'c', text: `ünï\u0000 "${seq}" \u{1f600}` }));
    expect(await bench.db.register.append(aCommit('p', 0, { commandId: 'c', records }))).toMatchObject({
      appended: true,
    });
    expect(await bench.db.register.records('p')).toEqual(records);
    expect(await bench.db.register.records('p', { after: 1, limit: 1 })).toEqual([records[1]]);
    expect(await bench.db.register.command('p', 'c')).toEqual(records);
    expect(await bench.db.register.command('p', 'other')).toBeUndefined();
    expect(await bench.db.register.programIds()).toEqual(['p']);
  });

  test('answers what happened since, when the head has moved on', async () => {
    await bench.db.register.append(aCommit('p', 0));
    await bench.db.register.append(aCommit('p', 1));
    const answer = await bench.db.register.append(aCommit('p', 0, { commandId: 'late' }));
    expect(answer).toMatchObject({ appended: false, records: [aRecord(1), aRecord(2)], known: [] });
    expect(await bench.db.register.records('p')).toHaveLength(2);
  });

  test('a commit that is run again after a crash is recognized and writes nothing twice', async () => {
    const commit = aCommit('p', 0, {
      rows: { tasks: [aTask(1)] },
      notices: [aNotice(1), aNotice(1), aNotice(1, { urgent: true })],
    });
    await bench.db.register.append(commit);
    const reopened = await bench.again();
    const again = await reopened.register.append(commit);
    expect(again).toMatchObject({ appended: false, records: [aRecord(1)], known: [aRecord(1)] });
    const { items } = await reopened.outbox.list('p', '2026-12-31T00:00:00.000Z', { limit: 10 });
    expect(items.map((mail) => mail.items.length).sort()).toEqual([1, 2]);
  });

  test('a known command id is not appended at the head either', async () => {
    await bench.db.register.append(aCommit('p', 0, { commandId: 'c' }));
    const answer = await bench.db.register.append(aCommit('p', 1, { commandId: 'c' }));
    expect(answer).toMatchObject({ appended: false, records: [], known: [aRecord(1, { commandId: 'c' })] });
  });

  test('a commit without records registers nothing', async () => {
    const empty = { commandId: 'nothing', records: [], notices: [aNotice(1)], rows: { tasks: [aTask(1)] } };
    expect(await bench.db.register.append(aCommit('p', 0, empty))).toMatchObject({ appended: true });
    expect(await bench.db.register.programIds()).toEqual([]);
    await bench.db.register.append(aCommit('p', 0));
    expect(await bench.db.register.append(aCommit('p', 1, empty))).toMatchObject({ appended: true });
    expect(await bench.db.register.command('p', 'nothing')).toBeUndefined();
    expect(await bench.db.read.task('p', 'T-1')).toBeUndefined();
    expect(await bench.db.register.append(aCommit('p', 0, empty))).toMatchObject({
      appended: false,
      records: [aRecord(1)],
      known: [],
    });
  });

  test('refuses numbers that do not follow, and a register that is behind', async () => {
    await bench.db.register.append(aCommit('p', 0));
    await expect(bench.db.register.append(aCommit('p', 1, { records: [aRecord(3)] }))).rejects.toThrow(
      'Commit to program p: record 0 has number 3 instead of 2.',
    );
    await expect(bench.db.register.append(aCommit('p', 5))).rejects.toThrow(
      'The register of program p ends at record 1, but its execution is at record 5',
    );
    expect(await bench.db.register.records('p')).toHaveLength(1);
  });

  test('refuses a register in which the last record that the caller knows is another one', async () => {
    const append = (seq: number, expectedHash?: string) =>
      bench.db.register.append(aCommit('p', seq, { expectedHash, commandId: `c-${seq}` }));
    const first = await append(0);
    const second = await append(1, first.hash);
    expect(second.hash).toBe(await bench.db.register.hashOf('p', 2));
    // An answer that was lost: the record after the one that is known is given, and its hash.
    expect(await append(1, first.hash)).toMatchObject({ appended: false, known: [{ seq: 2 }], hash: second.hash });
    const { payload } = await bench.tables()('records').where({ program_id: 'p', seq: 2 }).first('payload');
    const forged = payload.replace('warning 2', 'nothing');
    const hash = hashOf(first.hash!, forged);
    await bench.tables()('records').where({ program_id: 'p', seq: 2 }).update({ payload: forged, hash });
    await bench.tables()('programs').where({ id: 'p' }).update({ head_hash: hash });
    expect(await bench.db.register.verify('p')).toMatchObject({ ok: true });
    for (const { register } of [bench.db, await bench.again()]) {
      const late = aCommit('p', 2, { expectedHash: second.hash });
      await expect(register.append(late)).rejects.toThrow('of program p has another record 2 than the one');
    }
    // Where more was written behind what was changed, the caller's own record is looked at.
    await append(2);
    await expect(append(2, second.hash)).rejects.toThrow('has another record 2');
    expect(await bench.db.register.records('p')).toHaveLength(3);
  });

  test('50 commits at once with stale heads: none is lost and none is doubled', async () => {
    const other = await bench.again();
    const commands = Array.from({ length: 50 }, (_, n) => `c-${n}`);
    await Promise.all(
      commands.map(async (commandId, n) => {
        const { register } = n % 2 === 0 ? bench.db : other;
        let head = 0;
        for (;;) {
          const answer = await register.append(aCommit('p', head, { commandId, notices: [aNotice(head + 1)] }));
          if (answer.appended) return;
          expect(answer.known).toEqual([]);
          expect(answer.records.map((record) => record.seq)).toEqual(answer.records.map((_, i) => head + 1 + i));
          head = answer.records.at(-1)!.seq;
        }
      }),
    );
    const records = await bench.db.register.records('p');
    expect(records.map((record) => record.seq)).toEqual(commands.map((_, n) => n + 1));
    expect(records.map((record) => record.commandId).sort()).toEqual([...commands].sort());
    expect(await bench.db.register.verify('p')).toEqual({ programId: 'p', ok: true, records: 50 });
    const { items } = await bench.db.outbox.list('p', '2026-12-31T00:00:00.000Z', { limit: 10 });
    expect(items.map((mail) => mail.items.length)).toEqual([50]);
  });

  test('the same command twice at once is appended once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => bench.db.register.append(aCommit('p', 0))));
    expect(answers.filter((answer) => answer.appended)).toHaveLength(1);
    for (const answer of answers) if (!answer.appended) expect(answer.known).toEqual([aRecord(1)]);
  });

  test('of commits that are written together, one that fails undoes only itself', async () => {
    const bad = { ...aCommit('bad', 0), records: [aRecord(1, { text: '\ud800' })] };
    const commits = [aCommit('first', 0), aCommit('a', 0), bad, aCommit('b', 0)];
    const results = await Promise.allSettled(commits.map((commit) => bench.db.register.append(commit)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({
      reason: { message: expect.stringContaining('Record 1 (WarningNoted) cannot be written') },
    });
    expect(await bench.db.register.programIds()).toEqual(['a', 'b', 'first']);
  });

  test('a commit that fails after its head was moved leaves the next one where it was', async () => {
    await bench.db.register.append(aCommit('p', 0));
    const nobodys = { ...aTask(1), assignee: null as unknown as Email };
    await expect(bench.db.register.append(aCommit('p', 1, { rows: { tasks: [nobodys] } }))).rejects.toThrow(/null/i);
    expect(await bench.db.register.records('p')).toEqual([aRecord(1)]);
    expect(await bench.db.register.append(aCommit('p', 1, { commandId: 'next' }))).toMatchObject({ appended: true });
    expect(await bench.db.register.verify('p')).toEqual({ programId: 'p', ok: true, records: 2 });
  });

  test('two processes that commit in turn follow each other', async () => {
    const other = await bench.again();
    for (const head of [0, 1, 2, 3, 4, 5]) {
      const { register } = head % 2 === 0 ? bench.db : other;
      expect(await register.append(aCommit('p', head))).toMatchObject({ appended: true });
    }
    const late = await other.register.append(aCommit('p', 4, { commandId: 'late' }));
    expect(late).toMatchObject({ appended: false, records: [aRecord(5), aRecord(6)], known: [] });
    expect(await bench.db.register.verify('p')).toEqual({ programId: 'p', ok: true, records: 6 });
  });

  test('a commit of many rows is written whole', async () => {
    const numbers = Array.from({ length: 450 }, (_, n) => n + 1);
    const records = numbers.map((seq) => aRecord(seq, { commandId: 'big' }));
    const notices = numbers.map((seq) => aNotice(seq, { urgent: seq % 2 === 0 }));
    const rows = { tasks: numbers.map((n) => aTask(n)) };
    await bench.db.register.append(aCommit('p', 0, { commandId: 'big', records, notices, rows }));
    expect(await bench.db.register.records('p')).toEqual(records);
    expect(await bench.db.read.task('p', 'T-450')).toEqual(aTask(450));
    expect(await bench.db.outbox.backlog('2026-12-31T00:00:00.000Z')).toMatchObject({ due: 226, failed: 0 });
  });

  test('replaceRows replaces the read tables and leaves records and mails', async () => {
    const rows = {
      tasks: [aTask(1), aTask(2)],
      audits: [anAudit(1)],
      findings: [aFinding(1)],
      people: [aPerson('olu@example.org'), aPerson('pat@example.org')],
    };
    await bench.db.register.append(aCommit('p', 0, { rows, notices: [aNotice(1)] }));
    const program = aProgram('p', { name: 'Renamed' });
    const people = [aPerson('olu@example.org', ['sponsor'])];
    await bench.db.register.replaceRows('p', {
      program,
      tasks: [aTask(2, { title: 'new' })],
      audits: [],
      findings: [],
      people,
    });
    expect(await bench.db.read.program('p')).toEqual(program);
    expect((await bench.db.read.tasks('p', { now: program.clockAt }, { limit: 9 })).items).toEqual([
      aTask(2, { title: 'new' }),
    ]);
    expect(await bench.db.read.audit('p', 'A-1')).toBeUndefined();
    expect(await bench.db.read.finding('p', 'F-1')).toBeUndefined();
    expect(await bench.db.read.rolesOf('p', 'olu@example.org')).toEqual(['sponsor']);
    expect(await bench.db.read.rolesOf('p', 'pat@example.org')).toEqual([]);
    expect(await bench.db.register.verify('p')).toMatchObject({ ok: true, records: 1 });
    expect((await bench.db.outbox.backlog('2026-12-31T00:00:00.000Z')).due).toBe(1);
    await expect(bench.db.register.replaceRows('q', aCommit('q', 0).rows)).rejects.toThrow('has no program q');
  });
});
