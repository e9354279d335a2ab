import { randomUUID } from 'node:crypto';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { inject } from 'vitest';
import { restoreAll } from '../../../cli/restore.ts';
import { retries } from '../../../config/connection.ts';
import { dataConverter } from '../../../config/dataConverter.ts';
import { atMachine } from '../../../db/installation.ts';
import type { Email, InstallationRole, IsoDate } from '../../../domain/basics.ts';
import { fold } from '../../../domain/fold.ts';
import type { SampleMoment } from '../../../domain/registry/command.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import { rowsChanged } from '../../../domain/views.ts';
import type { Letter } from '../../../identity/postman.ts';
import { askOnServer } from '../../../identity/signIn.ts';
import { createTaskLinks } from '../../../identity/taskLinks.ts';
import type { PagesOptions } from '../../../web/pages.tsx';
import { workflowIdOf } from '../../../workflows/messages.ts';
import { programWorker } from '../../api/support/programWorker.ts';
import { type TestServer, testServer } from '../../api/support/testServer.ts';
import type { Driver } from '../../domain/support.ts';
import { keys } from '../../support/keys.ts';
import { moments } from '../../support/moments.ts';
import { quietRuntime } from '../../support/quietRuntime.ts';
import { Visitor } from './visitor.ts';

/** Pages on a database of their own, with sample programs, and people who visit them. */
export interface WebServer {
  server: TestServer;
  /** Somebody who is not signed in. */
  visitor(): Visitor;
  /** Somebody who is signed in, with an account where a role in the installation is named. */
  signedIn(email: Email, installationRole?: InstallationRole): Promise<Visitor>;
  /** The address behind the link of a mail. */
  answerUrl(to: { programId: string; taskId: string; email: Email; expiresOn?: IsoDate }): Promise<string>;
  /** What the postman took, oldest first. */
  letters: Letter[];
  close(): Promise<void>;
}

interface WebServerOptions {
  live?: boolean;
  /** What the pages are started with beside a postman. */
  pages?: PagesOptions;
}

/**
 * Starts the pages.
 *
 * @param programs sample programs by their ids, each at its moment or as it was made; they run on Temporal where `live`
 */
export async function webServer(
  programs: Record<string, SampleMoment | (() => Driver)>,
  { live = false, pages = {} }: WebServerOptions = {},
): Promise<WebServer> {
  const letters: Letter[] = [];
  const postman = {
    async send(letter: Letter) {
      if (letter.to.startsWith('unreachable')) throw new Error('550 no such mailbox');
      letters.push(letter);
    },
  };
  // Once in a process, and only where there is a worker to be quiet.
  if (live) quietRuntime();
  const taskQueue = `web-${randomUUID()}`;
  const address = live ? inject('temporalAddress') : undefined;
  const server = await testServer({ address, taskQueue, pages: { postman, pagesPerMinute: 10_000, ...pages } });
  for (const [id, moment] of Object.entries(programs)) await register(server, id, moment);
  const stop = address ? await run(server, address, taskQueue, Object.keys(programs)) : async () => undefined;
  const links = createTaskLinks(await server.database.secrets.get('taskLinks'));
  const { database, app } = server;

  return {
    server,
    letters,
    visitor: () => new Visitor(app),
    async signedIn(email, installationRole) {
      const now = new Date().toISOString();
      if (installationRole)
        await database.accounts.put({ email, name: email, installationRole, mayStart: true }, now, atMachine);
      const visitor = new Visitor(app);
      await visitor.open(`/sign-in/link/${await askOnServer(database, email, now)}`);
      return visitor;
    },
    answerUrl: async ({ expiresOn = '2199-12-31', ...link }) => `/answer/${links.issue({ ...link, expiresOn })}`,
    async close() {
      await stop();
      await server.close();
    },
  };
}

/** Writes a sample program as a rehearsal of its own, so that its clock stands where the sample's does. */
async function register({ database }: TestServer, id: string, moment: SampleMoment | (() => Driver)): Promise<void> {
  const driver = typeof moment === 'string' ? moments[moment]() : moment();
  const records = driver.records.map((record): ProgramRecord => {
    if (record.type !== 'ProgramStarted') return record;
    return { ...record, data: { ...record.data, definition: { ...record.data.definition, id, rehearsal: true } } };
  });
  const rows = rowsChanged(undefined, fold(records), driver.now);
  await database.register.append({
    programId: id,
    expectedSeq: 0,
    commandId: 'sample',
    records,
    rows,
    notices: driver.notices,
  });
}

/** Runs the programs. Gives what ends them: all tests share one service, and another may have a program of the same id. */
async function run(
  server: TestServer,
  address: string,
  taskQueue: string,
  programIds: string[],
): Promise<() => Promise<void>> {
  const connection = await Connection.connect({ address, interceptors: retries() });
  const client = new Client({ connection, dataConverter: dataConverter() });
  const stop = await programWorker({ address, database: server.database, taskQueue });
  for await (const restored of restoreAll(client, server.database, keys, taskQueue)) {
    if (restored.outcome !== 'restored') throw new Error(`${restored.programId}: ${restored.detail}`);
  }
  return async () => {
    await stop();
    for (const programId of programIds) await terminate(client, programId);
    await connection.close();
  };
}

async function terminate(client: Client, programId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowIdOf(programId)).terminate();
  } catch (error) {
    // One that came to its end is not there any more.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
