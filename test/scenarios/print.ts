import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { writeBundle } from '../../worker/bundle.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { startTestService } from '../support/service.ts';
import { openStage } from '../workflows/support/stage.ts';
import { groups } from './index.ts';
import { type Result, run } from './support/run.ts';
import type { Group, Step } from './support/scenario.ts';

/** How many programs are played at once: they wait for the service more than they compute. */
const atOnce = 4;

/**
 * Plays all scenarios, or those whose group, title or rules name one of the `words`, and prints each with what came of it.
 * Gives how many fail.
 */
export async function printScenarios(words: string[] = []): Promise<number> {
  quietRuntime();
  const scratch = await mkdtemp(join(tmpdir(), 'certloop-scenarios-'));
  const [service, bundle] = await Promise.all([startTestService(), writeBundle(join(scratch, 'workflows.js'))]);
  const stage = await openStage({ address: service.address, bundle });
  try {
    await stage.work();
    const turn = pLimit(atOnce);
    const chosen = groups.map((group) => choose(group, words)).filter(({ scenarios }) => scenarios.length > 0);
    const played = chosen.map(({ name, scenarios }) => ({
      name,
      results: scenarios.map((scenario) => turn(() => run(stage, scenario))),
    }));
    const all: Result[] = [];
    for (const { name, results } of played) {
      console.log(`\n${name}\n${'='.repeat(name.length)}`);
      for (const result of results) {
        all.push(await result);
        console.log(`\n${linesOf(all.at(-1) as Result).join('\n')}`);
      }
    }
    const failed = all.filter(({ failures }) => failures.length > 0).length;
    console.log(`\n${all.length} scenarios: ${all.length - failed} hold, ${failed} fail`);
    return failed;
  } finally {
    await stage.close();
    await service.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

function choose({ name, scenarios }: Group, words: string[]): Group {
  const named = words.map((word) => new RegExp(`\\b${word}\\b`, 'i'));
  const chosen = scenarios.filter(
    ({ rules, title }) => named.length === 0 || named.some((word) => word.test(`${name} ${rules.join(' ')} ${title}`)),
  );
  return { name, scenarios: chosen };
}

function linesOf({ scenario, failures, seconds }: Result): string[] {
  const { rules, title, given, when, follows } = scenario;
  const verdict = failures.length > 0 ? 'FAILED' : 'ok';
  return [
    `${verdict}  ${rules.length > 0 ? `${rules.join(', ')}: ` : ''}${title} (${seconds.toFixed(1)} s)`,
    ...column('given', [given.says]),
    ...column('when', when.flatMap(daysLines)),
    ...column(
      'then',
      follows.map(({ says }) => says),
    ),
    ...failures.flatMap(({ says, found }) => column('FAILED', [says, `found: ${found}`])),
  ];
}

/** The day stands before the first of what is done on it. */
function daysLines({ on, acts }: Step): string[] {
  if (acts.length === 0) return [`${on} comes`];
  return acts.map(({ says }, index) => `${(index === 0 ? on : '').padEnd(on.length)} ${says}`);
}

function column(heading: string, lines: string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? heading : '').padEnd(7)}${line}`);
}
