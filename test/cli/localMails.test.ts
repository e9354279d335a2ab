import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startAll } from '../../cli/run/startAll.ts';
import { loadSettings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { aCommit, aNotice } from '../support/builders.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

test('without a mail server, what goes into the local mailbox says so, and no server is said to be set', async () => {
  quietRuntime('ERROR');
  const dataDir = await mkdtemp(join(tmpdir(), 'certloop-local-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const { HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR } = process.env;
  const free = { port: 0, metricsPort: 0, temporalPort: 0, smtpPort: 0, courierSeconds: 0.2 };
  const settings = loadSettings({ HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR }, { dataDir, ...free });
  const database = await openDatabase(settings.databaseUrl);
  onTestFinished(() => database.close());
  const waiting = aNotice(1, { urgent: true, dueAt: new Date().toISOString() });
  await database.register.append(aCommit('p', 0, { notices: [waiting] }));

  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const installation = await startAll(settings, log, () => undefined, inject('workflowBundle'));
  onTestFinished(() => installation.stop());
  const mails = async () => (await database.outbox.list('p', new Date().toISOString(), { limit: 10 })).items;
  await expect.poll(mails, { timeout: 60_000 }).toEqual([expect.objectContaining({ status: 'sent', local: true })]);
  expect((await readdir(installation.mailbox)).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  expect(logged.join('')).not.toContain('Mails that waited');
});
