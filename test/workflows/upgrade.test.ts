import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeCurrent, moveAll, versionOf } from '../../cli/upgrade.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { beginningNow, manager, owner } from './support/people.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { TestProgram } from './support/testProgram.ts';

let stage: Stage;

beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
});

afterAll(() => stage?.close());

test('programs move from one version of the workers to the next under load, and no command fails', async () => {
  const { client, database, taskQueue } = stage;
  const old = await stage.work(database, '1');
  await makeCurrent(client, '1', taskQueue);
  const programs = await Promise.all([1, 2, 3].map(() => stage.start(beginningNow())));
  expect(await versions(programs)).toEqual(['1', '1', '1']);

  const load = new Load(programs);
  await stage.work(database, '2');
  await makeCurrent(client, '2', taskQueue);
  const moved = await moveAll(client, database, '2');
  expect(moved.map(({ outcome }) => outcome)).toEqual(['moved', 'moved', 'moved']);
  await old.stop();
  await load.more(5);
  const sent = await load.stop();

  expect(await versions(programs)).toEqual(['2', '2', '2']);
  for (const [index, program] of programs.entries()) {
    const records = await program.records();
    const opened = records.filter(({ type, actor }) => type === 'TaskOpened' && actor === manager);
    expect(opened.map(({ commandId }) => commandId)).toEqual(sent[index]);
  }
  const other = await stage.start(beginningNow());
  expect(await versionOf(client, other.id)).toBe('2');
});

function versions(programs: TestProgram[]): Promise<(string | undefined)[]> {
  return Promise.all(programs.map(({ id }) => versionOf(stage.client, id)));
}

/** Opens one task after the other in each program until it is stopped; a command that fails makes `stop` reject. */
class Load {
  private readonly sent: string[][];
  private readonly running: Promise<unknown>;
  private stopped = false;

  constructor(programs: TestProgram[]) {
    this.sent = programs.map(() => []);
    this.running = Promise.all(programs.map((program, index) => this.run(program, this.sent[index]!)));
  }

  /** Answers when each program took so many commands more. */
  async more(count: number): Promise<void> {
    const wanted = this.sent.map(({ length }) => length + count);
    await expect.poll(() => this.sent.every(({ length }, index) => length >= wanted[index]!)).toBe(true);
  }

  /** The ids of the commands that were answered, by program. */
  async stop(): Promise<string[][]> {
    this.stopped = true;
    await this.running;
    return this.sent;
  }

  private async run(program: TestProgram, sent: string[]): Promise<void> {
    const dueOn: IsoDate = `${new Date().getFullYear() + 2}-02-01`;
    for (let n = 1; !this.stopped; n++) {
      const id = `load-${n}`;
      await program.send(manager, { type: 'openTask', title: id, assignee: owner, dueOn }, id);
      sent.push(id);
    }
  }
}
