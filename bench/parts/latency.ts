import { type Bed, startHome } from '../bed.ts';
import type { Pace, Target } from '../fixtures/load.ts';
import { type Helper, startHelper } from '../helpers.ts';
import { prepareAll } from '../programs.ts';
import { atLeast, atMost, percentile, type Row, shown, told } from '../report.ts';
import { lanes, sizes } from '../sizes.ts';

const openTasks = 40;

/**
 * A command over HTTP against the least that Temporal can do: an Update with a local activity that writes one row
 * into the same file. Both are asked for by one process and carried out in another, in turn.
 */
export async function latency(bed: Bed): Promise<Row[]> {
  const home = await startHome(bed, { bare: true });
  bed.say(`preparing ${lanes} programs with ${openTasks} open tasks each`);
  const programs = await prepareAll(home.people, lanes, openTasks);
  const load = bed.parts.add(startHelper('load', bed.env));
  const { url, people } = home;
  const target: Target = { url, tokens: people.tokens, address: bed.temporal.address, programs };
  await load.ask('aim', { ...target, withBare: true });
  return [...(await oneAtATime(bed, load)), ...(await sixteenAtATime(bed, load))];
}

async function oneAtATime(bed: Bed, load: Helper): Promise<Row[]> {
  bed.say(`${sizes.pairs} commands and bare Updates in turn`);
  const input = { pairs: sizes.pairs, warmUp: 20 };
  const { commands, bare } = await load.ask<{ commands: number[]; bare: number[] }>('inTurn', input);
  const [command, update] = [percentile(commands, 0.5), percentile(bare, 0.5)];
  const both = (p: number) => `${shown(percentile(commands, p))} / ${shown(percentile(bare, p))} ms`;
  return [
    atMost('command / bare Update, one at a time, ratio of p50', command / update, 1.5),
    told('  command / bare Update, p50', both(0.5)),
    told('  command / bare Update, p99', both(0.99)),
  ];
}

async function sixteenAtATime(bed: Bed, load: Helper): Promise<Row[]> {
  bed.say(`${sizes.rounds} rounds of ${sizes.roundSeconds} s each of commands and bare Updates, ${lanes} at a time`);
  const total = { commands: { count: 0, seconds: 0 }, bare: { count: 0, seconds: 0 } };
  // The first round of each is a warm-up.
  for (let round = 0; round <= sizes.rounds; round++) {
    const seconds = round === 0 ? 1 : sizes.roundSeconds;
    const commands = await load.ask<Pace>('commandsAtOnce', { seconds });
    const bare = await load.ask<Pace>('bareAtOnce', { seconds });
    if (round === 0) continue;
    add(total.commands, commands);
    add(total.bare, bare);
  }
  const [commands, bare] = [paceOf(total.commands), paceOf(total.bare)];
  return [
    atLeast(`command / bare Update, ${lanes} at a time, ratio of throughput`, commands / bare, 0.7),
    told('  command / bare Update, throughput', `${shown(commands)} / ${shown(bare)} per s`),
  ];
}

export function add(total: Pace, { count, seconds }: Pace): void {
  total.count += count;
  total.seconds += seconds;
}

export function paceOf({ count, seconds }: Pace): number {
  return count / seconds;
}
