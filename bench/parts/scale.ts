import { setTimeout as sleep } from 'node:timers/promises';
import { makeCurrent, moveAll } from '../../cli/upgrade.ts';
import { signingKeysOf } from '../../config/connection.ts';
import { loadSettings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { createApi } from '../api.ts';
import { type Bed, databaseUrlOf, type RunningCommand, startCommand } from '../bed.ts';
import { longest, quantiles, startCrowd } from '../crowd.ts';
import { Lane } from '../lane.ts';
import { introduce, prepareAll } from '../programs.ts';
import { type Row, shown, told } from '../report.ts';
import { lanes, sizes } from '../sizes.ts';

const openTasks = 20;

/**
 * Many programs, sixteen people at work in them: all are moved to the next version of the workers, and then those are restarted
 * one after the other. `restore` with `BENCH_PROGRAMS` tells what it takes to bring as many back.
 *
 * @throws Error when a command fails, or a program stays on the old version
 */
export async function scale(bed: Bed): Promise<Row[]> {
  const older = [await startWorker(bed, 'one'), await startWorker(bed, 'one')];
  await makeCurrent(bed.client, 'one');
  const api = await startCommand(bed, 'api', ({ msg, url }) =>
    msg === 'The API listens' ? (url as string) : undefined,
  );
  const people = await introduce(api.ready, databaseUrlOf(bed));
  bed.say(`preparing ${sizes.scale} programs with ${openTasks} open tasks each`);
  const startedAt = performance.now();
  const prepared = await prepareAll(people, sizes.scale, openTasks);
  const preparedIn = (performance.now() - startedAt) / 1_000;

  const { manager, owner } = people.tokens;
  const apis = { manager: createApi(api.ready, manager), owner: createApi(api.ready, owner) };
  const crowd = startCrowd(prepared.map((program) => new Lane(program, apis)));
  try {
    const calm = await crowd.during(() => sleep(10_000));
    bed.say('all programs move to the next version of the workers');
    const newer = [await startWorker(bed, 'two'), await startWorker(bed, 'two')];
    let upgradeSeconds = 0;
    const upgrading = await crowd.during(async () => {
      upgradeSeconds = await upgrade(bed, 'two');
      for (const worker of older) await worker.stop();
    });
    bed.say('a rolling restart');
    const rolling = await crowd.during(async () => {
      for (const worker of newer) {
        await worker.stop();
        await startWorker(bed, 'two');
        await sleep(5_000);
      }
    });
    return [
      told(
        `${shown(prepared.length)} programs prepared, with their gap assessment`,
        shown(prepared.length / preparedIn, 'per s'),
      ),
      told(`commands of ${lanes} people, p50; p99`, quantiles(calm)),
      told('upgrade of all to another version, under that load', shown(upgradeSeconds, 's')),
      told('  commands meanwhile, p50; p99; longest', `${quantiles(upgrading)}; ${longest(upgrading)}`),
      told('rolling restart of both workers, p50; p99; longest', `${quantiles(rolling)}; ${longest(rolling)}`),
    ];
  } finally {
    await crowd.stop();
  }
}

async function upgrade(bed: Bed, buildId: string): Promise<number> {
  const database = await openDatabase(databaseUrlOf(bed));
  const { keys } = signingKeysOf(loadSettings(bed.env));
  try {
    const startedAt = performance.now();
    await makeCurrent(bed.client, buildId);
    for await (const { programId, outcome } of moveAll(bed.client, database, keys, buildId)) {
      if (outcome !== 'moved') throw new Error(`${programId} was not moved: ${outcome}.`);
    }
    return (performance.now() - startedAt) / 1_000;
  } finally {
    await database.close();
  }
}

function startWorker(bed: Bed, buildId: string): Promise<RunningCommand<true>> {
  const versioned = { ...bed, env: { ...bed.env, CERTLOOP_BUILD_ID: buildId } };
  return startCommand(versioned, 'worker', ({ msg }) => (msg === 'The worker runs' ? true : undefined));
}
