import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../db/connect.ts';
import { buildAssets } from '../../web/build.ts';
import { writeBundle } from '../../worker/bundle.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { startTestService } from './service.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of the Temporal service that all tests of a run share: `inject('temporalAddress')`. */
    temporalAddress: string;
    /** Path of the bundle of the workflows as they are now, for workers: `inject('workflowBundle')`. */
    workflowBundle: string;
    /** Databases with the schema of now and nothing in them, to copy. */
    emptyDatabases: EmptyDatabases;
  }
}

/** What `test/db/databases.ts` copies. */
interface EmptyDatabases {
  /** A file of SQLite. */
  file: string;
  /** Url of one on a PostgreSQL server, which is copied only while nobody is connected to it. */
  url: string;
}

/** What is made once for a whole run of tests, and handed to them with `provide`; gives the function that ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-tests-'));
  // Who pulls a plug has a server of its own: on this one nothing needs to be on disk.
  const servers = [
    startTestService(),
    startPostgres({ settings: ['fsync=off', 'autovacuum=off', 'max_connections=300'] }),
  ] as const;
  const end = async () => {
    for (const server of await Promise.allSettled(servers))
      if (server.status === 'fulfilled') await server.value.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const made = [
    servers[0].then(({ address }) => project.provide('temporalAddress', address)),
    servers[1].then(async (postgres) => project.provide('emptyDatabases', await emptyDatabases(postgres, folder))),
    writeBundle(join(folder, 'workflows.bundle.js')).then((path) => project.provide('workflowBundle', path)),
    buildAssets(),
  ];
  try {
    await Promise.all(made);
  } catch (error) {
    await Promise.allSettled(made);
    await end();
    throw error;
  }
  return end;
}

async function emptyDatabases(postgres: TestPostgres, folder: string): Promise<EmptyDatabases> {
  const file = join(folder, 'empty.db');
  const url = await postgres.database('empty');
  for (const each of [`sqlite:${file}`, url]) await (await openDatabase(each)).close();
  return { file, url };
}
