import { setTimeout as sleep } from 'node:timers/promises';
import { createApi } from '../api.ts';
import { type Bed, databaseUrlOf, type RunningCommand, startCommand } from '../bed.ts';
import { longest, quantiles, startCrowd, times } from '../crowd.ts';
import { Lane } from '../lane.ts';
import { eachOf, introduce, prepareAll } from '../programs.ts';
import { atMost, percentile, type Row, shown, told } from '../report.ts';
import { lanes, sizes } from '../sizes.ts';

const programs = 100;
const openTasks = 40;

/**
 * What people notice when a worker goes: two workers and an API of their own, a hundred programs with some history, and
 * sixteen people at work. First a rolling restart (each worker is stopped and started again), then one is killed.
 *
 * @throws Error when a command fails: people would notice that most
 */
export async function workers(bed: Bed): Promise<Row[]> {
  const pair = [await startWorker(bed), await startWorker(bed)];
  const api = await startCommand(bed, 'api', ({ msg, url }) =>
    msg === 'The API listens' ? (url as string) : undefined,
  );
  const { manager, owner, tokens } = await introduce(api.ready, databaseUrlOf(bed));
  bed.say(`preparing ${programs} programs with ${openTasks} open tasks and ${sizes.commandsBefore} commands each`);
  const prepared = await prepareAll({ manager, owner, tokens }, programs, openTasks);
  const people = { manager: createApi(api.ready, tokens.manager), owner: createApi(api.ready, tokens.owner) };
  const free = prepared.map((program) => new Lane(program, people));
  await eachOf(free, async (lane) => {
    for (let done = 0; done < sizes.commandsBefore; done++) await lane.command();
  });

  const load = startCrowd(free);
  try {
    const calm = await load.during(() => sleep(10_000));
    bed.say('a rolling restart: each worker is stopped, and another started');
    const rolling = await load.during(async () => {
      for (const one of [0, 1]) {
        await pair[one]!.stop();
        pair[one] = await startWorker(bed);
        await sleep(5_000);
      }
    });
    bed.say('a worker is killed');
    const killed = await load.during(async () => {
      pair[0]!.kill();
      await sleep(20_000);
    });
    return [
      told(`commands of ${lanes} people in ${prepared.length} programs, two workers, p50; p99`, quantiles(calm)),
      atMost('rolling restart of both workers, p99', percentile(times(rolling), 0.99) / 1_000, 3, 's'),
      told(
        '  p50; longest; commands',
        `${shown(percentile(times(rolling), 0.5), 'ms')}; ${longest(rolling)}; ${rolling.length}`,
      ),
      atMost('a worker killed: longest until answered', Math.max(...times(killed)) / 1_000, 5, 's'),
      told('  p50; p99', quantiles(killed)),
    ];
  } finally {
    await load.stop();
  }
}

function startWorker(bed: Bed): Promise<RunningCommand<true>> {
  return startCommand(bed, 'worker', ({ msg }) => (msg === 'The worker runs' ? true : undefined));
}
