import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientInterceptors, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createGateway, type Gateway } from '../../../api/gateway.ts';
import { retries } from '../../../config/connection.ts';
import { dataConverter } from '../../../config/dataConverter.ts';
import type { EncryptionKeys } from '../../../config/encryption.ts';
import { openDatabase } from '../../../db/connect.ts';
import type { Database } from '../../../db/types.ts';
import { defineProgram } from '../../../domain/program/define.ts';
import type { DefinitionInput } from '../../../domain/program/definition.ts';
import type { SigningKeys } from '../../../signing/keys.ts';
import { type RunningWorker, startWorker } from '../../../worker/worker.ts';
import { keys as testKeys } from '../../support/keys.ts';
import { manager, programOf } from './people.ts';
import { TestProgram } from './testProgram.ts';

/** Where programs are played: a database and a task queue of its own on the real service. */
export interface Stage {
  client: Client;
  database: Database;
  gateway: Gateway;
  taskQueue: string;
  /** Of the database, for a worker in a process of its own. */
  databaseUrl: string;
  /** Starts a rehearsal; a year ahead of any day on which tests run, when `overrides` do not say otherwise. */
  start(overrides?: Partial<DefinitionInput>): Promise<TestProgram>;
  /** A program that is not started, to be started by the test. */
  program(overrides?: Partial<DefinitionInput>): TestProgram;
  /** Starts a worker of programs, which is stopped with the stage or before; of a version when one is named. */
  work(database?: Database, buildId?: string): Promise<RunningWorker>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** `host:port` of the service. */
  address: string;
  /** Path of the bundle of the workflows. */
  bundle: string;
  interceptors?: ClientInterceptors;
  /** How many programs the worker keeps in memory; 100 when absent. */
  maxCachedWorkflows?: number;
  /** An empty database; a new one of SQLite when absent. */
  databaseUrl?: string;
  /** The keys of API and worker; those of all tests when absent. */
  keys?: SigningKeys;
  /** What Temporal keeps is encrypted with; as it is when absent. */
  encryption?: EncryptionKeys;
}

/** Sets a stage. No worker runs on it before `work` is called. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { address, bundle, interceptors, maxCachedWorkflows = 100, keys = testKeys, encryption } = options;
  const folder = await mkdtemp(join(tmpdir(), 'certloop-workflows-'));
  const { databaseUrl = `sqlite:${folder}/test.db` } = options;
  const database = await openDatabase(databaseUrl);
  const connection = await Connection.connect({ address, interceptors: retries() });
  const workerConnection = await NativeConnection.connect({ address });
  const client = new Client({ connection, interceptors, dataConverter: dataConverter({ encryption }) });
  const taskQueue = `programs-${randomUUID()}`;
  const gateway = createGateway({ keys, client, database, taskQueue });
  const workers: RunningWorker[] = [];

  const program = (overrides: Partial<DefinitionInput> = {}) =>
    new TestProgram(defineProgram(programOf(`p-${randomUUID().slice(0, 8)}`, overrides)), client, database, gateway);

  return {
    client,
    database,
    gateway,
    taskQueue,
    databaseUrl,
    program,
    async start(overrides) {
      const started = program(overrides);
      await gateway.start(started.definition, { email: manager }, 'start');
      return started;
    },
    async work(worked = database, buildId) {
      const worker = await startWorker({
        connection: workerConnection,
        namespace: 'default',
        database: worked,
        keys,
        encryption,
        maxCachedWorkflows,
        bundle,
        taskQueue,
        buildId,
        // A deployment of its own, as the queue is.
        deploymentName: taskQueue,
      });
      workers.push(worker);
      return worker;
    },
    async close() {
      for (const worker of workers) await worker.stop();
      await workerConnection.close();
      await connection.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
