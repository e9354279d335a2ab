import { expect, test } from 'vitest';
import { rebuild } from '../../db/rebuild.ts';
import type { Database } from '../../db/types.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { type Rows, rowsChanged } from '../../domain/views.ts';
import { assessed } from '../domain/journey.ts';
import { program, who } from '../domain/support.ts';
import { onBothDatabases } from './databases.ts';

onBothDatabases('a rebuild', (bench) => {
  test('leaves every column of a task as its commits wrote it, also from when it is overdue', async () => {
    const driver = assessed(program()).until('2030-02-04');
    const { state, records, now } = driver;
    const rows = rowsChanged(undefined, state, now);
    await bench.db.register.append({
      programId: state.id,
      expectedSeq: 0,
      commandId: 'all',
      records,
      rows: { ...rows, people: state.people },
      notices: [],
    });
    const tasks = async () => {
      const found: { id: string; overdue_at: string | null; doc: string }[] = await bench
        .tables()('tasks')
        .orderBy('id');
      return found.map((row) => ({ ...row, doc: JSON.parse(row.doc) }));
    };
    const before = await tasks();
    expect(before.some(({ overdue_at }) => overdue_at !== null)).toBe(true);
    await rebuild(bench.db, state.id);
    const ofThese = (await tasks()).filter(({ id }) => before.some((row) => row.id === id));
    expect(ofThese).toEqual(before);
  });

  test('has what is recorded while it reads', async () => {
    const driver = assessed(program());
    const { state: before, now } = driver;
    const first = [...driver.records];
    const append = (records: readonly ProgramRecord[], rows: Rows, commandId: string) =>
      bench.db.register.append({
        programId: before.id,
        expectedSeq: records[0]!.seq - 1,
        commandId,
        records: [...records],
        rows,
        notices: [],
      });
    await append(first, { ...rowsChanged(undefined, before, now), people: before.people }, 'first');
    driver.as(who.manager).does({ type: 'pause', reason: 'A fire.' });
    const { state, records } = driver;
    let isRead = false;
    const register: Database['register'] = {
      ...bench.db.register,
      async records(...asked) {
        const found = await bench.db.register.records(...asked);
        if (!isRead) {
          isRead = true;
          await append(records.slice(first.length), rowsChanged(before, state, now), 'later');
        }
        return found;
      },
    };
    expect(await rebuild({ register, files: bench.db.files }, before.id)).toEqual({ records: state.seq });
    expect(await bench.db.read.program(before.id)).toMatchObject({ status: 'paused' });
  });
});
