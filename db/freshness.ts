import type { Knex } from 'knex';
import type { Client as PgConnection } from 'pg';
import { faultOf, ofDatabase } from './faults.ts';

/** How often, at most, all connections are given up: each failure would otherwise throw out those made meanwhile. */
const restMs = 1_000;

type Callback = (error: Error | null, answer?: unknown) => void;

/**
 * Keeps a pool of connections to PostgreSQL to those that are good. One over which the server was away, or took nothing to be
 * written, is not used again, nor are those made before it: a session that began while the server was read-only stays so
 * when the server does not, and one to a server that was replaced leads to the old one.
 */
export function createFreshness() {
  const madeAt = new WeakMap<object, number>();
  let goodSince = 0;

  function doubt(connection: PgConnection & { __knex__disposed?: unknown }, error: Error): void {
    const kind = faultOf(ofDatabase(error))?.kind;
    if (kind !== 'away' && kind !== 'readOnly') return;
    // By this knex tells a connection that is to be thrown away.
    connection.__knex__disposed ??= error;
    if (performance.now() - goodSince > restMs) goodSince = performance.now();
    // Whoever waits on it (a rollback) would otherwise wait as long again.
    if (error.message === 'Query read timeout') streamOf(connection).destroy();
  }

  return {
    pool: {
      afterCreate(connection: PgConnection, done: (error: Error | null) => void) {
        madeAt.set(connection, performance.now());
        watchQueries(connection, (error) => doubt(connection, error));
        done(null);
      },
      validate: (connection: PgConnection) => (madeAt.get(connection) ?? 0) >= goodSince,
    },
    /** Marks what goes wrong before there is a connection. */
    watch(db: Knex): void {
      const acquire = db.client.acquireConnection;
      db.client.acquireConnection = (...args: unknown[]) =>
        acquire.apply(db.client, args).catch((error: unknown) => {
          throw ofDatabase(error);
        });
    },
  };
}

/** knex asks for everything with a callback at the end. */
function watchQueries(connection: PgConnection, failed: (error: Error) => void): void {
  const query = connection.query as (...args: unknown[]) => unknown;
  const watched = (asked: unknown, answer: Callback) =>
    query.call(connection, asked, (error: Error | null, result?: unknown) => {
      if (error && isOfConnection(error)) failed(error);
      answer(error, result);
    });
  Object.assign(connection, { query: watched });
}

/** Errors that the server itself gave have its code; those of the connection have none of it. */
function isOfConnection(error: Error): boolean {
  const kind = faultOf(error)?.kind;
  return kind === undefined || kind === 'away' || kind === 'readOnly';
}

function streamOf(connection: PgConnection): { destroy(): void } {
  return (connection as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
}
