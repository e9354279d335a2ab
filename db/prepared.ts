import { LRUCache } from 'lru-cache';
import type { Database as SqliteConnection, Statement } from 'sqlite3';

const mostPrepared = 100;

type Done = (this: Statement, error: Error | null, ...rest: unknown[]) => void;

/**
 * Lets a connection keep the statements that it was given compiled: the driver compiles each anew, on a thread of its
 * own, which costs more than most of ours take to run.
 */
export function keepPrepared(connection: SqliteConnection): void {
  const prepared = new LRUCache<string, Statement>({ max: mostPrepared, dispose: (statement) => statement.finalize() });

  const through = (method: 'all' | 'run') =>
    function (this: SqliteConnection, sql: string, bindings: unknown, done: Done) {
      const known = prepared.get(sql);
      const statement = known ?? this.prepare(sql, prepare);
      statement[method](bindings, done);
      return this;

      function prepare(this: Statement, error: Error | null): void {
        // The driver has then let go of the call that waits for the statement.
        if (error) done.call(this, error);
        else prepared.set(sql, this);
      }
    };

  const close = connection.close;
  Object.assign(connection, {
    all: through('all'),
    run: through('run'),
    close(this: SqliteConnection, done: (error: Error | null) => void) {
      prepared.clear();
      close.call(this, done);
    },
  });
}
