import { expect, test } from 'vitest';
import { asProblem } from '../../api/problem.ts';
import { type FaultKind, faultOf, ofDatabase, outageText } from '../../db/faults.ts';
import { onBothDatabases } from './databases.ts';

/** What a statement fails with. */
async function failureOf(work: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(work).then(
    () => expect.fail('It did not fail.'),
    (error: unknown) => error,
  );
}

onBothDatabases('the faults of a database', (bench) => {
  const isPostgres = () => bench.url.startsWith('postgres');

  test('a refusal of what is written is told from an outage, in words that do not repeat what was written', async () => {
    const { db } = { db: bench.tables() };
    await db.raw('create table mine (id varchar(10) primary key, n integer not null check (n < 10))');
    const secret = 'kim@example.org';
    await db.raw('insert into mine (id, n) values (?, 1)', ['a']);
    const refused = [
      db.raw('insert into mine (id, n) values (?, 1)', ['a']),
      db.raw('insert into mine (id, n) values (?, null)', ['b']),
      db.raw('insert into mine (id, n) values (?, 10)', ['c']),
      db.raw('insert into nowhere (id) values (?)', [secret]),
      db.raw('insert into mine (id, missing) values (?, ?)', ['d', secret]),
      ...(isPostgres()
        ? [
            db.raw('insert into mine (id, n) values (?, 3000000000)', ['e']),
            db.raw('insert into mine (id, n) values (?, 1)', ['zero \0']),
            db.raw('insert into mine (id, n) values (?, 1)', [`${secret} is too long`]),
            db.raw("do $$ begin raise exception 'no'; end $$"),
          ]
        : []),
    ];
    for (const work of refused) {
      const fault = faultOf(await failureOf(work));
      expect(fault).toMatchObject({ kind: 'refused' });
      expect(fault?.reason).not.toContain(secret);
      expect(fault?.reason).not.toMatch(/insert into/);
    }
  });

  test('a connection that was closed is away', async () => {
    const other = await bench.again();
    await other.close();
    expect(faultOf(await failureOf(other.ping()))).toMatchObject({ kind: 'away' });
    expect(faultOf(await failureOf(other.mustTakeWrites()))).toMatchObject({ kind: 'away' });
  });

  test('what cannot be written is tried by writing, and nothing is left of it', async () => {
    await bench.db.mustTakeWrites();
    expect(await bench.tables()('probes').select()).toEqual([]);
    await bench.tables().schema.renameTable('probes', 'gone');
    const other = await bench.again();
    expect(faultOf(await failureOf(other.mustTakeWrites()))).toMatchObject({ kind: 'refused' });
  });
});

test.each<[string, string, FaultKind]>([
  ['PostgreSQL', '08006', 'away'],
  ['PostgreSQL', '57P01', 'away'],
  ['PostgreSQL', '57P03', 'away'],
  ['PostgreSQL', '58030', 'away'],
  ['PostgreSQL', '28P01', 'away'],
  ['PostgreSQL', '53100', 'full'],
  ['PostgreSQL', '53200', 'busy'],
  ['PostgreSQL', '53300', 'busy'],
  ['PostgreSQL', '25006', 'readOnly'],
  ['PostgreSQL', '40001', 'busy'],
  ['PostgreSQL', '55P03', 'busy'],
  ['PostgreSQL', '57014', 'busy'],
  ['PostgreSQL', '22021', 'refused'],
  ['PostgreSQL', '22P05', 'refused'],
  ['PostgreSQL', '54000', 'refused'],
  ['PostgreSQL', '42P01', 'refused'],
  ['PostgreSQL', '23514', 'refused'],
  ['SQLite', 'SQLITE_FULL', 'full'],
  ['SQLite', 'SQLITE_IOERR', 'away'],
  ['SQLite', 'SQLITE_CANTOPEN', 'away'],
  ['SQLite', 'SQLITE_READONLY', 'readOnly'],
  ['SQLite', 'SQLITE_BUSY', 'busy'],
  ['SQLite', 'SQLITE_CONSTRAINT', 'refused'],
  ['SQLite', 'SQLITE_TOOBIG', 'refused'],
  ['SQLite', 'SQLITE_MISMATCH', 'refused'],
])('%s says %s: %s', (where, code, kind) => {
  const more = where === 'PostgreSQL' ? { severity: 'ERROR' } : {};
  expect(faultOf(Object.assign(new Error('insert … - it failed'), { code, ...more }))).toEqual({
    kind,
    reason: 'it failed',
  });
});

test.each<[string, string, FaultKind]>([
  ['FATAL', 'XX000', 'away'],
  ['FATAL', '22023', 'away'],
  ['FATAL', '53300', 'busy'],
  ['PANIC', 'XX000', 'away'],
  ['ERROR', 'XX000', 'refused'],
  ['ERROR', '22023', 'refused'],
])('PostgreSQL ends a session (%s %s): %s', (severity, code, kind) => {
  expect(faultOf(Object.assign(new Error('it failed'), { code, severity }))).toMatchObject({ kind });
});

test('an error of another connection is none of the database, one that is marked is', () => {
  const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(faultOf(refused())).toBeUndefined();
  expect(faultOf(ofDatabase(refused()))).toEqual({ kind: 'away', reason: 'connect ECONNREFUSED' });
  expect(faultOf(new TypeError('x is undefined'))).toBeUndefined();
  expect(outageText({ kind: 'full', reason: 'SQLITE_FULL' })).toContain('storage is full (SQLITE_FULL)');
});

test('what the process may not open any more is told as that, and node is heard to the end', () => {
  const of = (code: string, message: string) =>
    faultOf(ofDatabase(Object.assign(new Error(message), { code, syscall: 'connect' })));
  const files = of('EMFILE', 'connect EMFILE 127.0.0.1:5432 - Local (undefined:undefined)');
  expect(files).toEqual({ kind: 'busy', reason: expect.stringContaining('too many open files') });
  const away = 'connect ENETUNREACH 10.0.0.1:5432 - Local (0.0.0.0:0)';
  expect(of('ENETUNREACH', away)).toEqual({ kind: 'away', reason: away });
});

onBothDatabases('a database whose table is gone', (bench) => {
  test('is answered 503 with what is missing, is not ready, and is again with its table', async () => {
    const rename = (from: string, to: string) => bench.tables().schema.renameTable(from, to);
    await rename('records', 'elsewhere');
    const error = await bench.db.register.records('p').catch((thrown: unknown) => thrown);
    expect(asProblem(error)).toMatchObject({
      status: 503,
      message: expect.stringMatching(/records.*certloop migrate/),
    });
    await expect(bench.db.mustTakeWrites()).rejects.toThrow();
    await rename('elsewhere', 'records');
    await bench.db.mustTakeWrites();
  });
});
