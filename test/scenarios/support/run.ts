import { isDeepStrictEqual } from 'node:util';
import type { Mail } from '../../../db/types.ts';
import { isEnded } from '../../../domain/program/queries.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { Stage } from '../../workflows/support/stage.ts';
import type { TestProgram } from '../../workflows/support/testProgram.ts';
import { Outcome, type Play, type Refusal, type Scenario, type Step } from './scenario.ts';

/** What a scenario came to; `failures` is empty when all of it holds. */
export interface Result {
  scenario: Scenario;
  failures: Failure[];
  seconds: number;
}

export interface Failure {
  /** The line of the scenario that is not so. */
  says: string;
  found: string;
}

/** Plays a scenario on the service and looks whether everything follows that has to. */
export async function run(stage: Stage, scenario: Scenario): Promise<Result> {
  const began = performance.now();
  const failures = await failuresOf(stage, scenario);
  return { scenario, failures, seconds: (performance.now() - began) / 1000 };
}

async function failuresOf(stage: Stage, scenario: Scenario): Promise<Failure[]> {
  const refusals: Refusal[] = [];
  let line = scenario.given.says;
  try {
    const program = await stage.start(scenario.given.start);
    const play = playOf(program, refusals);
    await scenario.given.reach(play);
    await program.settle();
    const given = await program.state();
    if (scenario.given.isSo?.(given) === false) return [{ says: line, found: standing(given) }];
    for (const step of scenario.when) {
      await comesTo(stage, program, step);
      for (const act of step.acts) {
        line = `${step.on} ${act.says}`;
        await act.does(play);
      }
    }
    line = 'everything is on record';
    const outcome = await outcomeOf(stage, program, scenario, refusals);
    return [
      ...inOrder(outcome, await program.state()),
      ...(await chained(stage, program)),
      ...unmet(scenario, outcome),
    ];
  } catch (error) {
    return [{ says: line, found: String(error) }];
  }
}

function unmet(scenario: Scenario, outcome: Outcome): Failure[] {
  return scenario.follows.flatMap(({ says, fails }) => {
    const found = fails(outcome);
    return found === undefined ? [] : [{ says, found }];
  });
}

/** Whatever is recorded gives the state of the program that runs, and no other. */
function inOrder(outcome: Outcome, live: ProgramState): Failure[] {
  const plain = (state: ProgramState) => JSON.parse(JSON.stringify(state));
  if (isDeepStrictEqual(plain(outcome.stateOn(outcome.today)), plain(live))) return [];
  return [{ says: 'the records give the state of the program', found: 'another state' }];
}

async function chained(stage: Stage, { id }: TestProgram): Promise<Failure[]> {
  const verified = await stage.database.register.verify(id);
  return verified.ok ? [] : [{ says: 'the chain of records is whole', found: JSON.stringify(verified) }];
}

function playOf(program: TestProgram, refusals: Refusal[]): Play {
  const command = async (said: Parameters<Play['send']>[1]) =>
    typeof said === 'function' ? said(await program.state()) : said;
  return {
    program,
    async send(person, said) {
      await program.send(person, await command(said));
    },
    async tries(person, said) {
      const { code, message: detail } = await program.refusal(person, await command(said));
      refusals.push({ on: await program.today(), code, detail });
    },
  };
}

/** Lets the days pass until 15:00 UTC of a step's day; a step lies never behind. */
async function comesTo(stage: Stage, program: TestProgram, { on }: Step): Promise<void> {
  const today = await program.today();
  if (on < today) throw new Error(`It is ${today} already; nothing can be done on ${on}.`);
  if (on > today) await stage.gateway.advance(program.id, () => `${on}T15:00:00.000Z`);
}

async function outcomeOf(
  stage: Stage,
  program: TestProgram,
  { when }: Scenario,
  refusals: Refusal[],
): Promise<Outcome> {
  const [state, records] = await Promise.all([program.state(), program.records()]);
  const today = isEnded(state) ? (when.at(-1) as Step).on : await program.today();
  return new Outcome(state, records, refusals, await mailsOf(stage, program), today);
}

async function mailsOf({ database }: Stage, { id }: TestProgram): Promise<Mail[]> {
  const mails: Mail[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await database.outbox.list(id, '9999-12-31T00:00:00.000Z', { limit: 200, cursor });
    mails.push(...page.items);
    if (page.nextCursor === null) return mails;
    cursor = page.nextCursor;
  }
}

function standing({ phase, certificate }: ProgramState): string {
  return JSON.stringify({ phase, certificate });
}
