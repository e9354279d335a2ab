import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { createGateway } from '../api/gateway.ts';
import { loadSettings } from '../config/settings.ts';
import { openExistingDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import { isEnded } from '../domain/program/queries.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { deployment } from '../worker/deployment.ts';
import { workflowIdOf } from '../workflows/messages.ts';
import { Crews, type Place } from './run/crews.ts';
import { bothReachable, eachProgram, type Outcome, type Telling, tellOutcomes } from './run/eachProgram.ts';
import { signingKeys } from './run/keys.ts';
import { connectService, Parts } from './run/parts.ts';

/** How long a worker of the new version is waited for, and each program. */
const patienceMs = 30_000;
const pauseMs = 200;
const atOnce = 8;

/** gRPC status codes, by the numbers of the specification: no worker of the version has been seen yet. */
const notYet = [5, 9];

/**
 * What became of one program: it `moved`, `stayed` where it was, waits for workers that do not run (`unmanned`), has `ended`, or has no
 * execution that could move: it is `lost`.
 */
export type Upgraded = Outcome<Became>;

type Became = 'moved' | 'stayed' | 'unmanned' | 'ended' | 'lost';

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
    const keys = signingKeys(settings, (line) => console.log(line));
    await tellOutcomes(moveAll(client, database, keys, buildId), telling, (line) => console.log(line));
    console.log(`Every open program is on version ${buildId}: workers of older versions can be stopped.`);
  } finally {
    await parts.stop();
  }
}

const telling: Telling<Became> = {
  counted: [
    ['moved', 'moved'],
    ['stayed', 'on an older version still'],
    ['unmanned', 'on an older version that nobody works for'],
    ['ended', 'closed or cancelled'],
    ['lost', 'without an execution that runs'],
    ['failed', 'failed'],
    ['untried', 'not tried'],
  ],
  left: {
    stayed: 'Let the older workers run.',
    unmanned:
      'Start a worker of each version that is named, with its CERTLOOP_BUILD_ID, and look at its log: only it can let its programs go.',
    lost: 'Run "certloop restore": what it starts is on the new version.',
    failed: 'Let the older workers run until each program that failed is on the new version.',
    untried: 'The service or the database went away and did not come back: see that both run.',
  },
  done: 'moved',
  nothing: 'nothing to move',
  again: 'Then run this again: what has moved is left alone.',
  silent: ['ended'],
};

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

/**
 * Has every open program begin a run on a version, and gives what became of each. One that does not answer, or has no
 * execution, holds up none of the others. Of a version whose workers are gone this is found out once, and not waited for with
 * each of its programs.
 */
export async function* moveAll(
  client: Client,
  database: Database,
  keys: SigningKeys,
  buildId: string,
  crews = new Crews(client),
): AsyncGenerator<Upgraded> {
  const gateway = createGateway({ client, database, keys });
  yield* eachProgram<Became>({
    programIds: await database.register.programIds(),
    atOnce,
    work: move,
    reachable: bothReachable(client, database),
  });

  async function move(programId: string): Promise<Upgraded> {
    const giveUpAt = Date.now() + patienceMs;
    for (let asked = 0; ; asked++) {
      if (asked > 1) await sleep(pauseMs);
      const standing = await standingOf(client, programId);
      const { status, version } = standing;
      if (status === 'PAUSED') return { programId, outcome: 'stayed', detail: pausedText(version) };
      if (status !== 'RUNNING') return withoutExecution(database, programId, status);
      if (version === buildId) return { programId, outcome: 'moved', detail: `on version ${buildId}` };
      if (Date.now() > giveUpAt)
        return { programId, outcome: 'stayed', detail: `STAYS on version ${version ?? 'none'}` };
      const why = await crews.whyNot(standing);
      if (why) return unmanned(programId, version, why);
      // A program learns of the version with its next message, and begins anew when nothing is under way.
      try {
        await gateway.settle(programId);
        crews.answered(standing);
      } catch (error) {
        crews.keptSilent(standing);
        const reason = await crews.whyNot(standing);
        if (reason) return unmanned(programId, version, reason);
        throw error;
      }
    }
  }
}

function pausedText(version: string | undefined): string {
  return `STAYS on version ${version ?? 'none'}: it is paused in Temporal; unpause it there`;
}

function unmanned(programId: string, version: string | undefined, why: string): Upgraded {
  return { programId, outcome: 'unmanned', detail: `STAYS on version ${version ?? 'none'}: ${why}` };
}

async function withoutExecution({ read }: Database, programId: string, status: string): Promise<Upgraded> {
  const program = await read.program(programId);
  if (program && isEnded(program)) return { programId, outcome: 'ended', detail: program.status };
  return { programId, outcome: 'lost', detail: `HAS NO EXECUTION THAT RUNS: ${status}` };
}

/** The version that runs a program; undefined when workers had none when it was last heard of. */
export async function versionOf(client: Client, programId: string): Promise<string | undefined> {
  return (await standingOf(client, programId)).version;
}

async function standingOf(client: Client, programId: string): Promise<{ status: string } & Place> {
  try {
    const { raw, status, taskQueue } = await client.workflow.getHandle(workflowIdOf(programId)).describe();
    const version = raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
    return { status: status.name, taskQueue, ...(version !== undefined && { version }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { status: 'the service knows none', taskQueue: '' };
    throw error;
  }
}
