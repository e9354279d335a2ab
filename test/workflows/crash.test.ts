import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { fold } from '../../domain/fold.ts';
import type { ProgramRecord, UserCommand } from '../../domain/registry.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { assessment } from './support/paths.ts';
import { beginningNow, manager, owner } from './support/people.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { TestProgram } from './support/testProgram.ts';
import { untilAnswered } from './support/untilAnswered.ts';

const address = inject('temporalAddress');
const bundle = inject('workflowBundle');
const stages: Stage[] = [];
const processes: ChildProcess[] = [];

beforeAll(() => quietRuntime('ERROR'));

afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL');
  for (const stage of stages) await stage.close();
});

/** Of what a program commits from its start to the implementation, one after the other: which commit, and what it is. */
const commits = [
  [1, 'the start'],
  [3, 'the plan of the first phase'],
  [4, 'a command'],
  [6, 'the step into the next phase'],
  [7, 'the plan of the next phase'],
] as const;

describe('a worker that is killed right after it committed', () => {
  test.each(commits)('%i (%s) loses nothing and doubles nothing', async (fatal) => {
    const stage = await openStage({ address, bundle });
    stages.push(stage);
    const { killed } = await mortalWorker(stage, fatal);
    const program = stage.program(beginningNow());
    const started = untilAnswered(() => stage.gateway.start(program.definition, { email: manager }, 'start'));
    const told = started.then(() => tell(program));

    await killed;
    const meanwhile = ['late-1', 'late-2', 'late-3'].map(async (commandId) => {
      await started;
      return untilAnswered(() => program.send(manager, task(commandId), commandId));
    });
    await stage.work();
    const answers = [await started, ...(await told), ...(await Promise.all(meanwhile))];
    await program.settle();

    const records = await program.records();
    for (const { commandId, firstSeq, lastSeq } of answers) {
      const own = records.filter((record) => record.commandId === commandId);
      expect(own.map(({ seq }) => seq)).toEqual(range(firstSeq, lastSeq));
    }
    expectTheStoryOnce(records);
    expect(await program.state()).toEqual(fold(records));
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true, records: records.length });
  });
});

/** Starts a worker that will be killed; `killed` settles when it was. */
async function mortalWorker({ taskQueue, databaseUrl }: Stage, fatal: number): Promise<{ killed: Promise<void> }> {
  const script = join(import.meta.dirname, '../fixtures/mortal-worker.mjs');
  const args = [script, address, taskQueue, bundle, databaseUrl, String(fatal)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const killed = once(child, 'exit').then(([code, signal]) => {
    if (signal !== 'SIGKILL')
      throw new Error(`The worker was not killed after commit ${fatal}: it ended with ${code}.`);
  });
  await Promise.race([once(child.stdout, 'data'), killed]);
  return { killed };
}

/** A task, then everything that ends the gap assessment. */
async function tell(program: TestProgram) {
  const opened = await untilAnswered(() => program.send(manager, task('early'), 'early'));
  const ratings = await assessment(program);
  const assessed = await untilAnswered(() => program.bulk(manager, ratings, 'assessed'));
  return [opened, assessed];
}

function task(title: string): UserCommand {
  return { type: 'openTask', title, assignee: owner, dueOn: `${new Date().getFullYear() + 2}-02-01` };
}

function expectTheStoryOnce(records: ProgramRecord[]): void {
  const told = records.filter(({ type, actor }) => actor === 'system' && type !== 'TaskOpened');
  expect(told.map(({ type }) => type)).toEqual(['ProgramBegan', 'PhasePlanned', 'PhaseStarted', 'PhasePlanned']);
  const seen = new Map<string, ProgramRecord>();
  for (const record of records) {
    const last = seen.get(record.commandId);
    expect(last === undefined || last.seq === record.seq - 1, `${record.commandId} is in one piece`).toBe(true);
    seen.set(record.commandId, record);
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
