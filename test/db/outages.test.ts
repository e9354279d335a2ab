import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { type FaultKind, faultOf } from '../../db/faults.ts';
import type { Database } from '../../db/types.ts';
import { addDatabaseGauges } from '../../operations/databaseGauges.ts';
import { Metrics } from '../../operations/metrics.ts';
import { aCommit } from '../support/builders.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { startStandby } from '../support/standby.ts';
import { type TcpProxy, tcpProxy } from '../support/tcpProxy.ts';

let postgres: TestPostgres;
let proxy: TcpProxy;
let db: Database;
let name: string;
let count = 0;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  proxy = await tcpProxy(postgres.port);
  name = `outage_${++count}`;
  const url = await postgres.database(name);
  db = await openDatabase(url.replace(`:${postgres.port}/`, `:${proxy.port}/`));
  await everything();
});
afterEach(async () => {
  proxy.silent = false;
  await db.close();
  await proxy.close();
});

let programs = 0;

/** More work at once than the pool has connections, so that each of them is used; throws if any of it fails. */
async function everything(): Promise<void> {
  const works = Array.from({ length: 30 }, (_, index) =>
    index % 3 === 0 ? db.register.records('p') : db.register.append(aCommit(`p-${++programs}`, 0)),
  );
  await Promise.all(works);
}

/** Whether work fails now, and by which fault: never by an error that is none of an outage. */
async function faults(): Promise<(FaultKind | undefined)[]> {
  const works = Array.from({ length: 12 }, () => db.register.append(aCommit(`p-${++programs}`, 0)));
  const ends = await Promise.allSettled(works);
  return [...new Set(ends.map((end) => (end.status === 'rejected' ? faultOf(end.reason)?.kind : undefined)))];
}

describe('PostgreSQL', () => {
  test('that accepts connections and says nothing is away for who asks for metrics, and there again afterwards', async () => {
    const metrics = new Metrics({ part: 'test', version: '0.0.0' });
    addDatabaseGauges(metrics, db, null);
    proxy.silent = true;
    const told = await metrics.text();
    expect(told).toMatch(/^certloop_database_up 0$/m);
    expect(told).toMatch(/^certloop_database_writable 0$/m);

    proxy.silent = false;
    proxy.drop();
    await expect.poll(() => metrics.text(), { timeout: 60_000 }).toMatch(/^certloop_database_up 1$/m);
    await expect.poll(() => metrics.text(), { timeout: 60_000 }).toMatch(/^certloop_database_writable 1$/m);
  });

  test('that takes nothing to be written, by a setting of the server, is read, and written once it does again', async () => {
    await postgres.sql('alter system set default_transaction_read_only = on; select pg_reload_conf()');
    await expect.poll(faults).toEqual(['readOnly']);
    expect(await db.register.records('p')).toEqual([]);
    await expect(db.mustTakeWrites()).rejects.toMatchObject({ code: '25006' });

    await postgres.sql('alter system reset default_transaction_read_only; select pg_reload_conf()');
    await expect.poll(faults).toEqual([undefined]);
    await everything();
    await db.mustTakeWrites();
  });

  test('whose sessions began while it was read-only: none of them stays in the pool', async () => {
    await postgres.sql(`alter database ${name} set default_transaction_read_only = on`);
    await postgres.sql(terminated());
    await expect.poll(faults).toEqual(['readOnly']);
    for (let round = 0; round < 3; round++)
      await Promise.all(Array.from({ length: 20 }, () => db.register.records('p')));

    await postgres.sql(`alter database ${name} reset default_transaction_read_only`);
    expect(await faults()).toEqual([undefined]);
    await everything();
  });

  test('whose sessions are terminated, at rest or at work, is used again at once', async () => {
    await postgres.sql(terminated());
    expect(await faults()).toEqual([undefined]);
    const atWork = faults();
    await postgres.sql(terminated());
    for (const kind of await atWork) expect([undefined, 'away']).toContain(kind);
    await expect.poll(faults).toEqual([undefined]);
    await everything();
  });

  test('that is killed is away, and used again when it is back', async () => {
    await postgres.kill();
    expect(await faults()).toEqual(['away']);
    await expect(db.mustTakeWrites()).rejects.toThrow();
    await postgres.startAgain();
    expect(await faults()).toEqual([undefined]);
    await everything();
  });

  test('in whose place there is a standby, and then a new primary', async () => {
    const standby = await startStandby(postgres);
    try {
      proxy.target = standby.port;
      proxy.drop();
      await expect.poll(faults).toEqual(['readOnly']);
      await standby.promote();
      expect(await faults()).toEqual([undefined]);
      await everything();
    } finally {
      proxy.target = postgres.port;
      await standby.stop();
    }
  });

  test('that says nothing more is away in time', async () => {
    proxy.silent = true;
    await expect(db.mustTakeWrites()).rejects.toThrow('no answer within 5 seconds');
    proxy.silent = false;
    proxy.drop();
    expect(await faults()).toEqual([undefined]);
    await everything();
  });

  test.each(['before', 'after'] as const)(
    'that is lost at COMMIT, %s it was carried out: it is found out',
    async (when) => {
      proxy.cut = { text: 'COMMIT', when };
      const error = await db.register.append(aCommit('cut', 0)).catch((thrown: unknown) => thrown);
      expect(faultOf(error)?.kind).toBe('away');
      expect(proxy.cuts).toBe(1);
      proxy.cut = undefined;

      const again = await db.register.append(aCommit('cut', 0));
      expect(again.appended).toBe(when === 'before');
      expect(await db.register.records('cut')).toHaveLength(1);
      expect((await db.register.append(aCommit('cut', 1))).appended).toBe(true);
      expect(await db.register.verify('cut')).toMatchObject({ ok: true, records: 2 });
    },
  );
});

describe('a database that is not in UTF-8', () => {
  test.each(['SQL_ASCII', 'LATIN1', 'EUC_JP'])('is refused at the start: %s', async (encoding) => {
    const url = await postgres.database(`of_${encoding.toLowerCase()}`, encoding);
    await expect(openDatabase(url)).rejects.toThrow(
      new RegExp(
        `its encoding is ${encoding}, .* has to be UTF8.*createdb --encoding=UTF8 --template=template0 .*CERTLOOP_DATABASE_URL\\.$`,
      ),
    );
  });
});

/** Ends the sessions of Certloop, and waits until they are gone. */
function terminated(): string {
  return "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'certloop'";
}
