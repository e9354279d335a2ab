import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import pLimit from 'p-limit';
import { createGateway } from '../api/gateway.ts';
import { loadSettings } from '../config/settings.ts';
import { openExistingDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import { isEnded } from '../domain/program/queries.ts';
import { deployment } from '../worker/deployment.ts';
import { workflowIdOf } from '../workflows/messages.ts';
import { connectService, Parts } from './run/parts.ts';

/** How long a worker of the new version is waited for, and each program. */
const patienceMs = 30_000;
const pauseMs = 200;
const atOnce = 8;

/** gRPC status codes, by the numbers of the specification: no worker of the version has been seen yet. */
const notYet = [5, 9];

/** What became of one program. */
export interface Upgraded {
  programId: string;
  outcome: 'moved' | 'stayed' | 'ended';
  detail: string;
}

/** `certloop upgrade`: makes `CERTLOOP_BUILD_ID` the present version of the workers and moves every open program to it. */
export async function upgradeCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const { buildId } = settings;
  if (!buildId) throw new Error('CERTLOOP_BUILD_ID is not set: give it the version of the workers to move to.');
  const parts = new Parts();
  try {
    const database = await openExistingDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const client = await connectService(settings, parts);
    await makeCurrent(client, buildId);
    console.log(`New programs are now run by version ${buildId}.`);
    const results = await moveAll(client, database, buildId);
    for (const { programId, outcome, detail } of results) {
      if (outcome !== 'ended') console.log(`${programId}: ${detail}`);
    }
    const stayed = results.filter(({ outcome }) => outcome === 'stayed').length;
    if (stayed > 0) throw new Error(`${stayed} not moved: let the older workers run, and run this again.`);
    console.log(`Every open program is on version ${buildId}: workers of older versions can be stopped.`);
  } finally {
    await parts.stop();
  }
}

/**
 * Makes a version the one on which programs begin their runs. Throws when no worker of it was seen within 30 seconds.
 */
export async function makeCurrent(client: Client, buildId: string, deploymentName = deployment): Promise<void> {
  const { namespace } = client.options;
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId });
      return;
    } catch (error) {
      if (!isGrpcServiceError(error) || !notYet.includes(error.code)) throw error;
      if (Date.now() > giveUpAt) {
        throw new Error(
          `No worker of version ${buildId} runs: start one with CERTLOOP_BUILD_ID=${buildId}, and again.`,
          {
            cause: error,
          },
        );
      }
      await sleep(pauseMs);
    }
  }
}

/** Has every open program begin a run on a version, and says what became of each. */
export function moveAll(client: Client, database: Database, buildId: string): Promise<Upgraded[]> {
  const gateway = createGateway({ client, database });
  return database.register.programIds().then((ids) => pLimit(atOnce).map(ids, move));

  async function move(programId: string): Promise<Upgraded> {
    const program = await database.read.program(programId);
    if (program && isEnded(program)) return { programId, outcome: 'ended', detail: program.status };
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      // A program learns of the version with its next message, and begins anew when nothing is under way.
      await gateway.settle(programId);
      const version = await versionOf(client, programId);
      if (version === buildId) return { programId, outcome: 'moved', detail: `on version ${buildId}` };
      if (Date.now() > giveUpAt) return { programId, outcome: 'stayed', detail: `STAYS on version ${version}` };
      await sleep(pauseMs);
    }
  }
}

/** The version that runs a program; undefined when workers had none when it was last heard of. */
export async function versionOf(client: Client, programId: string): Promise<string | undefined> {
  const { raw } = await client.workflow.getHandle(workflowIdOf(programId)).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
}
