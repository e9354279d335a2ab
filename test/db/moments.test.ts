import { expect, test } from 'vitest';
import type { Instant } from '../../domain/basics.ts';
import type { ProgramSummary } from '../../domain/views.ts';
import { aCommit, aProgram } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const now: Instant = '2026-03-31T12:00:00.000Z';

onBothDatabases('the moments of programs', (bench) => {
  const keep = (id: string, overrides: Partial<ProgramSummary>) =>
    bench.db.register.append(aCommit(id, 0, { rows: { program: aProgram(id, overrides) } }));

  test('are late a minute after they passed, and the first of them is told', async () => {
    expect(await bench.db.moments.late(now)).toEqual({ programs: 0, since: null });
    await keep('ahead', { nextMomentAt: '2026-03-31T12:00:01.000Z' });
    await keep('about to', { nextMomentAt: '2026-03-31T11:59:30.000Z' });
    await keep('written before', {});
    await keep('rehearsal', { rehearsal: true, nextMomentAt: '2026-03-30T12:00:00.000Z' });
    expect(await bench.db.moments.late(now)).toEqual({ programs: 0, since: null });

    await keep('late', { nextMomentAt: '2026-03-31T08:00:00.000Z' });
    await keep('later', { nextMomentAt: '2026-03-30T08:00:00.000Z' });
    expect(await bench.db.moments.late(now)).toEqual({ programs: 2, since: '2026-03-30T08:00:00.000Z' });
  });

  test('that a record made moments of the past count from that record on', async () => {
    const clockAt: Instant = '2026-03-31T11:58:00.000Z';
    await keep('told later', { clockAt, nextMomentAt: '2026-01-01T08:00:00.000Z' });
    expect(await bench.db.moments.late(now)).toEqual({ programs: 1, since: clockAt });
  });

  test('are told of the others where the row of one is damaged', async () => {
    await keep('bad', { nextMomentAt: '2026-03-29T08:00:00.000Z' });
    await keep('late', { nextMomentAt: '2026-03-30T08:00:00.000Z' });
    await keep('told later', { clockAt: '2026-03-31T11:58:00.000Z', nextMomentAt: '2026-01-01T08:00:00.000Z' });
    await keep('rehearsal', { rehearsal: true, nextMomentAt: '2026-03-30T12:00:00.000Z' });
    await keep('ahead', { nextMomentAt: '2026-03-31T12:00:01.000Z' });
    await keep('written before', {});
    for (const doc of ['{bad', 'null', '[]', '']) {
      await bench.tables()('programs').where({ id: 'bad' }).update({ doc });
      expect(await bench.db.moments.late(now)).toEqual({ programs: 2, since: '2026-03-30T08:00:00.000Z' });
    }
  });

  test('are not shown to people', async () => {
    await keep('p', { nextMomentAt: '2026-04-01T08:00:00.000Z' });
    expect(await bench.db.read.program('p')).not.toHaveProperty('nextMomentAt');
  });
});
