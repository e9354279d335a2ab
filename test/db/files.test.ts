import { expect, test } from 'vitest';
import type { ProgramFile } from '../../db/files.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { aCommit } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const hash = (letter: string) => letter.repeat(64);
const at = '2030-01-07T13:00:00.000Z';
const all = () => true;

function aFile(letter: string, more: Partial<ProgramFile> = {}): ProgramFile {
  const content = { sha256: hash(letter), bytes: 5_000_000_000, mediaType: 'application/pdf' };
  return { ...content, name: '方針 Größe 👩‍🔬.pdf', uploadedBy: 'olu@example.org', uploadedAt: at, ...more };
}

onBothDatabases('files', (bench) => {
  const files = () => bench.db.files;

  /** Appends a record of a program, as the program would. */
  async function append(programId: string, seq: number, record: Pick<ProgramRecord, 'type' | 'data'>): Promise<void> {
    const commit = aCommit(programId, seq - 1);
    const records = [{ ...commit.records[0]!, ...record, actor: 'mia@example.org', at, seq } as ProgramRecord];
    await bench.db.register.append({ ...commit, records, notices: [] });
  }

  const erased = (letter: string) => ({ type: 'FileErased' as const, data: { sha256: hash(letter), reason: 'Law' } });

  test('are known by program and hash, and added once', async () => {
    expect(await files().add('p', aFile('a'))).toEqual({ is: 'added', file: aFile('a') });
    const again = aFile('a', { name: 'other.pdf', uploadedBy: 'mia@example.org' });
    expect(await files().add('p', again)).toEqual({ is: 'known', file: aFile('a') });
    expect(await files().find('p', hash('a'))).toEqual({ ...aFile('a'), uses: [] });
    expect(await files().find('q', hash('a'))).toBeUndefined();
    for (const email of ['olu@example.org', 'mia@example.org'] as const)
      expect([...(await files().uploadedBy('p', email))]).toEqual([hash('a')]);
  });

  test('are added once, also by two at one moment', async () => {
    const other = await bench.again();
    const added = await Promise.all([files().add('p', aFile('a')), other.files.add('p', aFile('a', { name: 'b' }))]);
    expect(added.map(({ is }) => is).sort()).toEqual(['added', 'known']);
    expect((await files().list('p', {}, { limit: 10 }, all)).items).toHaveLength(1);
  });

  test('are used by the records that name them, in the same transaction', async () => {
    await files().add('p', aFile('a'));
    await append('p', 1, aCommit('p', 0).records[0]!);
    const ref = { sha256: hash('a'), name: 'a.pdf', bytes: 1, mediaType: 'application/pdf' };
    const evidence = {
      links: [],
      files: [ref, { ...ref, name: 'b.pdf' }],
      note: '',
      by: 'olu@example.org',
      at,
    } as const;
    const submitted = { taskId: 'T-2', evidence: { ...evidence, links: [], files: [...evidence.files] } };
    await append('p', 2, { type: 'EvidenceSubmitted', data: submitted });
    await append('p', 3, {
      type: 'FindingVerified',
      data: { findingId: 'F-1', effective: true, note: '', closed: true, files: [ref] },
    });
    const uses = [
      { seq: 2, record: 'EvidenceSubmitted', taskId: 'T-2' },
      { seq: 3, record: 'FindingVerified' },
    ];
    expect((await files().find('p', hash('a')))?.uses).toEqual(uses);
    await files().rebuild('p', await bench.db.register.records('p'), 1_000);
    expect((await files().find('p', hash('a')))?.uses).toEqual(uses);
  });

  test('that were erased keep who, when and why, and are removed once no program has them', async () => {
    for (const program of ['p', 'q']) {
      await files().add(program, aFile('a'));
      await append(program, 1, aCommit(program, 0).records[0]!);
    }
    await append('p', 2, erased('a'));
    expect((await files().find('p', hash('a')))?.erased).toEqual({ at, by: 'mia@example.org', reason: 'Law' });
    expect(await files().toRemove()).toEqual([]);
    await append('q', 2, erased('a'));
    expect(await files().toRemove()).toEqual([hash('a')]);
    expect(await files().add('r', aFile('a'))).toEqual({ is: 'beingRemoved' });
    expect((await files().add('p', aFile('a'))).is).toBe('erased');
    await files().removed(hash('a'));
    expect(await files().toRemove()).toEqual([]);
    expect((await files().add('r', aFile('a'))).is).toBe('added');
  });

  test('that nobody has are let go, the others are not', async () => {
    await files().add('p', aFile('a'));
    await files().release(hash('a'));
    expect(await files().toRemove()).toEqual([]);
    await files().drop('p', hash('a'));
    await files().release(hash('a'));
    expect(await files().toRemove()).toEqual([hash('a')]);
  });

  test('that are in no record long after their upload are dropped, and may be uploaded again', async () => {
    await files().add('p', aFile('a'));
    await append('p', 1, aCommit('p', 0).records[0]!);
    const ref = { sha256: hash('a'), name: 'a.pdf', bytes: 1, mediaType: 'application/pdf' };
    const data = { findingId: 'F-1', effective: true, note: '', closed: true, files: [ref] };
    await append('p', 2, { type: 'FindingVerified', data });
    await files().add('p', aFile('b'));
    await files().add('p', aFile('c', { uploadedAt: '2030-06-01T13:00:00.000Z' }));
    await files().add('q', aFile('a'));
    await files().add('p', aFile('d'));
    await files().add('p', aFile('d', { uploadedAt: '2030-06-02T13:00:00.000Z' }));
    expect(await files().dropUnused('2030-05-01T13:00:00.000Z')).toBe(2);
    // What is in a record stays, and so does its content, which another program no longer has.
    const left = (await files().list('p', {}, { limit: 10 }, all)).items.map(({ sha256 }) => sha256[0]);
    expect(left).toEqual(['d', 'c', 'a']);
    expect((await files().list('q', {}, { limit: 10 }, all)).items).toEqual([]);
    expect(await files().toRemove()).toEqual([hash('b')]);
  });

  test('are listed with the last upload first, and once each for a backup', async () => {
    await files().add('p', aFile('a', { uploadedAt: '2030-01-07T13:00:00.000Z' }));
    await files().add('p', aFile('b', { uploadedAt: '2030-01-09T13:00:00.000Z', name: 'b' }));
    await files().add('p', aFile('c', { uploadedAt: '2030-01-08T13:00:00.000Z' }));
    await files().add('q', aFile('c'));
    const letters = async (filter: { name?: string }, keep = (_: ProgramFile) => true) =>
      (await files().list('p', filter, { limit: 10 }, keep)).items.map(({ sha256 }) => sha256[0]).join('');
    expect(await letters({})).toBe('bca');
    expect(await letters({ name: 'b' })).toBe('b');
    expect(await letters({}, ({ name }) => name !== 'b')).toBe('ca');
    const kept: unknown[] = [];
    for await (const file of files().kept()) kept.push(file);
    expect(kept).toEqual(['a', 'b', 'c'].map((letter) => ({ sha256: hash(letter), bytes: 5_000_000_000 })));
  });
});
