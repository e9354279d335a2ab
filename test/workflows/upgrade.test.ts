import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Crews } from '../../cli/run/crews.ts';
import { makeCurrent, moveAll, versionOf } from '../../cli/upgrade.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { desertedPrograms } from '../../operations/deserted.ts';
import { versionsAtWork } from '../../operations/serviceGauges.ts';
import { keys } from '../support/keys.ts';
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
  const moved = await allOf(moveAll(client, database, keys, '2'));
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
  await expect.poll(async () => (await versionsAtWork(client, taskQueue)).has('2')).toBe(true);
  expect(await desertedPrograms(client, 'another-queue', taskQueue), 'its four programs, where nobody works').toBe(4);
  expect(await desertedPrograms(client, taskQueue, 'no-such-deployment')).toBe(0);
});

test('programs whose workers are gone are told at once, however many', async () => {
  const gone = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  try {
    const { client, database, taskQueue } = gone;
    const old = await gone.work(database, '1');
    await makeCurrent(client, '1', taskQueue);
    const atOnce = pLimit(8);
    const programs = await Promise.all(Array.from({ length: 40 }, () => atOnce(() => gone.start(beginningNow()))));
    await old.stop();
    await gone.work(database, '2');
    await makeCurrent(client, '2', taskQueue);
    await expect.poll(() => versionsAtWork(client, taskQueue)).toEqual(new Set(['1', '2']));

    expect(await desertedPrograms(client, taskQueue, taskQueue)).toBe(0);
    // The service remembers who was there for some minutes; a worker that is silent for 75 seconds counts no more.
    const later = () => Date.now() + 76_000;
    await expect.poll(() => desertedPrograms(client, taskQueue, taskQueue, later())).toBe(40);
    const crews = new Crews(client, later);
    const began = Date.now();
    const moved = await allOf(moveAll(client, database, keys, '2', crews));
    expect(moved.map(({ outcome }) => outcome)).toEqual(programs.map(() => 'unmanned'));
    expect(moved[0]!.detail).toBe('STAYS on version 1: no worker of it runs');
    expect(Date.now() - began, 'no program is waited for').toBeLessThan(30_000);
  } finally {
    await gone.close();
  }
});

test('programs of workers that hang are not all waited for', async () => {
  const { client, database, taskQueue } = stage;
  await stage.work(database, '3');
  await expect.poll(() => versionsAtWork(client, taskQueue)).toContain('3');
  const crews = new Crews(client);
  const place = { taskQueue, version: '3' };
  for (let times = 0; times < 16; times++) {
    expect(await crews.whyNot(place)).toBeUndefined();
    crews.keptSilent(place);
  }
  expect(await crews.whyNot(place)).toBe('its workers answer for none of its programs');
  crews.answered(place);
  expect(await crews.whyNot(place)).toBeUndefined();
  expect(await crews.whyNot({ taskQueue, version: '4' })).toBe('no worker of it runs');
});

async function allOf<T>(some: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of some) all.push(one);
  return all;
}

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
    // Nobody waits for it before it is stopped.
    this.running.catch(() => undefined);
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
