import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientInterceptors, Connection } from '@temporalio/client';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type Logger, pino } from 'pino';
import { createGateway, type Gateway } from '../../../api/gateway.ts';
import { buildServer } from '../../../api/server.ts';
import type { Settings } from '../../../api/services.ts';
import { retries } from '../../../config/connection.ts';
import { dataConverter } from '../../../config/dataConverter.ts';
import { openDatabase } from '../../../db/connect.ts';
import { atMachine } from '../../../db/installation.ts';
import type { Database } from '../../../db/types.ts';
import type { Email, InstallationRole } from '../../../domain/basics.ts';
import type { Files } from '../../../files/receive.ts';
import { folderStore } from '../../../files/stores/folder.ts';
import type { Metrics } from '../../../operations/metrics.ts';
import { type PagesOptions, pages } from '../../../web/pages.tsx';
import { keys } from '../../support/keys.ts';

/** A service on a database of its own, and people who call it. */
export interface TestServer {
  app: FastifyInstance;
  database: Database;
  /** Where the database is, for those who go past it. */
  databaseUrl: string;
  gateway: Gateway;
  files: Files;
  /** Calls as a person; each has a token from the first call on. */
  as(email: Email, installationRole?: InstallationRole): Caller;
  close(): Promise<void>;
}

export interface Called {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came back over the wire, for the test to judge
  body: any;
  headers: Record<string, string>;
}

type Call = (url: string, payload?: unknown, headers?: Record<string, string>) => Promise<Called>;
export type Caller = Record<'get' | 'post' | 'put' | 'patch' | 'delete', Call> & { token(): Promise<string> };

export interface TestServerOptions {
  /** Of the Temporal service; without one it cannot be reached, for nothing listens on port 1. */
  address?: string;
  /** The queue of this test's own programs. */
  taskQueue?: string;
  interceptors?: ClientInterceptors;
  settings?: Partial<Settings>;
  /** Where files are kept, and what holds for uploads; when absent, a folder of its own and 1 MiB at most. */
  files?: Partial<Files>;
  /** With the pages beside the API. */
  pages?: PagesOptions;
  metrics?: Metrics;
  /** Where errors alone go when absent. */
  logger?: Logger;
}

const usual: Settings = { publicUrl: 'http://certloop.test' };
/** A defect is to be seen where the test fails. */
const errorsOnly = pino({ level: 'error' });

/** Starts a service on an empty database. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { address = '127.0.0.1:1', taskQueue, interceptors, logger = errorsOnly } = options;
  const settings = { ...usual, ...options.settings };
  const folder = await mkdtemp(join(tmpdir(), 'certloop-api-'));
  const databaseUrl = `sqlite:${folder}/test.db`;
  const database = await openDatabase(databaseUrl);
  const connection = Connection.lazy({ address, connectTimeout: 500, interceptors: retries(3) });
  const client = new Client({ connection, interceptors, dataConverter: dataConverter() });
  const gateway = createGateway({ keys, client, database, taskQueue });
  const files = { store: folderStore(join(folder, 'files')), mostBytes: 2 ** 20, ...options.files };
  const app = await buildServer({
    database,
    gateway,
    files,
    settings,
    logger,
    metrics: options.metrics,
    pages: options.pages && pages(options.pages),
  });
  const tokens = new Map<string, Promise<string>>();

  async function tokenOf(email: Email, installationRole?: InstallationRole): Promise<string> {
    const token = tokens.get(email) ?? makeToken(database, email, installationRole);
    tokens.set(email, token);
    return token;
  }

  return {
    app,
    database,
    databaseUrl,
    gateway,
    files,
    as(email, installationRole) {
      const token = () => tokenOf(email, installationRole);
      const call =
        (method: InjectOptions['method']): Call =>
        async (url, payload, headers = {}) =>
          calledOf(
            await app.inject({
              method,
              url,
              payload: payload as object,
              headers: { authorization: `Bearer ${await token()}`, ...headers },
            }),
          );
      return {
        token,
        get: call('GET'),
        post: call('POST'),
        put: call('PUT'),
        patch: call('PATCH'),
        delete: call('DELETE'),
      };
    },
    async close() {
      await app.close();
      await connection.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeToken(database: Database, email: Email, installationRole?: InstallationRole): Promise<string> {
  const { token } = await database.tokens.create({ email, name: email, installationRole }, atMachine);
  await database.accounts.ensure({ email, name: email, mayStart: true }, new Date().toISOString(), atMachine);
  return token;
}

/** What a call answered, its JSON read. */
export function calledOf(response: { statusCode: number; body: string; headers: object }): Called {
  const headers = response.headers as Record<string, string>;
  const isJson = /json/.test(headers['content-type'] ?? '');
  return { status: response.statusCode, body: isJson ? JSON.parse(response.body) : response.body, headers };
}
