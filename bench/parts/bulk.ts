import { type Bed, startHome } from '../bed.ts';
import type { Pace, Target } from '../fixtures/load.ts';
import { startHelper } from '../helpers.ts';
import { prepareAll } from '../programs.ts';
import { atLeast, type Row } from '../report.ts';
import { lanes, sizes } from '../sizes.ts';
import { add, paceOf } from './latency.ts';

const size = 20;
const openTasks = 40;

/** Twenty commands in one call, one Update and one commit, on sixteen programs at once. */
export async function bulk(bed: Bed): Promise<Row[]> {
  const home = await startHome(bed);
  bed.say(`preparing ${lanes} programs with ${openTasks} open tasks each`);
  const programs = await prepareAll(home.people, lanes, openTasks);
  const load = bed.parts.add(startHelper('load', bed.env));
  const { url, people } = home;
  const target: Target = { url, tokens: people.tokens, address: bed.temporal.address, programs };
  await load.ask('aim', { ...target, withBare: false });
  bed.say(`calls of ${size} commands for ${sizes.rounds * sizes.roundSeconds} s`);
  const total = { count: 0, seconds: 0 };
  // The first round is a warm-up: code that has just started is still being compiled.
  for (let round = 0; round <= sizes.rounds; round++) {
    const pace = await load.ask<Pace>('manyAtOnce', { seconds: sizes.roundSeconds, size });
    if (round > 0) add(total, pace);
  }
  const measure = `actions, ${size} in a call, ${lanes} programs at once`;
  return [atLeast(measure, paceOf(total), 1_000, 'per s')];
}
