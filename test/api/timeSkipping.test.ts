import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { advanceClock, ClockStoppedError, clockOf, standingOf } from '../../api/timeSkipping.ts';
import { connectClient, withService } from '../../config/connection.ts';
import { loadSettings } from '../../config/settings.ts';
import { connectWorker } from '../../worker/connection.ts';
import { type SleeperInput, settle, type sleeper } from '../fixtures/sleepers.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

const day = 24 * 60 * 60 * 1000;
const taskQueue = `sleepers-${randomUUID()}`;
/** What the clock runs on while a test runs, at most; the timers are days apart. */
const tolerance = 60 * 60 * 1000;

let client: Client;
let close: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  const settings = withService(loadSettings({}), inject('temporalAddress'));
  const connected = await connectClient(settings);
  const workerConnection = await connectWorker(settings);
  const stopWorker = await startWorker(workerConnection);
  client = connected.client;
  close = async () => {
    await stopWorker();
    await workerConnection.close();
    await connected.connection.close();
  };
});

afterAll(() => close());

describe('advanceClock', () => {
  test('fires every timer on the way and stops at the moment asked for', async () => {
    const { workflowId, startedAt } = await start({ everyMs: 30 * day, times: 1000, perRun: 1000 });
    const wallBefore = Date.now();
    await advanceClock(client, workflowId, { durationMs: 100 * day });
    const wallMs = Date.now() - wallBefore;

    expect(daysAfter(startedAt, await wokenBy(workflowId))).toEqual([30, 60, 90]);
    expect(Math.abs(Date.parse(await clockOf(client, workflowId)) - startedAt - 100 * day)).toBeLessThan(tolerance);
    expect(wallMs).toBeLessThan(60_000);
  });

  test('leaves the clock alone afterwards, and can be repeated', async () => {
    const { workflowId, startedAt } = await start({ everyMs: 30 * day, times: 1000, perRun: 1000 });
    for (const days of [25, 25, 25]) await advanceClock(client, workflowId, { durationMs: days * day });

    expect(daysAfter(startedAt, await wokenBy(workflowId))).toEqual([30, 60]);
    expect(Math.abs(Date.parse(await clockOf(client, workflowId)) - startedAt - 75 * day)).toBeLessThan(tolerance);
  });

  test('follows the chain through continue-as-new without missing a moment', async () => {
    const { workflowId, startedAt } = await start({ everyMs: 30 * day, times: 1000, perRun: 2 });
    await advanceClock(client, workflowId, { durationMs: 400 * day });

    const days = Array.from({ length: 13 }, (_, index) => (index + 1) * 30);
    expect(daysAfter(startedAt, await wokenBy(workflowId))).toEqual(days);
    expect(Math.abs(Date.parse(await clockOf(client, workflowId)) - startedAt - 400 * day)).toBeLessThan(tolerance);
  });

  test('passes a hundred timers in a few seconds', async () => {
    const { workflowId, startedAt } = await start({ everyMs: day, times: 1000, perRun: 1000 });
    const wallBefore = performance.now();
    await advanceClock(client, workflowId, { durationMs: 100.5 * day });
    const woken = await wokenBy(workflowId);
    const wallMs = performance.now() - wallBefore;

    expect(daysAfter(startedAt, woken)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    // About 2 s on two idle cores; a second for each timer without the settings of the service.
    expect(wallMs).toBeLessThan(30_000);
  });

  test('says that the execution ended on the way', async () => {
    const { workflowId } = await start({ everyMs: day, times: 2, perRun: 10 });
    await expect(advanceClock(client, workflowId, { durationMs: 10 * day })).rejects.toThrow(ClockStoppedError);
  });

  test('gives up when nothing moves the clock', async () => {
    const workflowId = randomUUID();
    const input = { everyMs: day, times: 2, perRun: 10 };
    await client.workflow.start('sleeper', { workflowId, taskQueue: 'nobody-listens', args: [input] });
    const advance = advanceClock(client, workflowId, { durationMs: 10 * day, timeoutMs: 1_500 });
    await expect(advance).rejects.toThrow(/stands at \d{4}-.*check that a worker runs/);
  });

  test('asks on the way whether there is somebody to wait for, and goes by the answer', async () => {
    const workflowId = randomUUID();
    await client.workflow.start('sleeper', { workflowId, taskQueue: 'nobody-listens', args: [{ everyMs: day }] });
    const mustBeServed = () => Promise.reject(new Error('nobody is there'));
    await expect(advanceClock(client, workflowId, { durationMs: day, mustBeServed })).rejects.toThrow(
      'nobody is there',
    );
  });

  test('refuses an execution that is not there, and a duration that is none', async () => {
    await expect(advanceClock(client, 'nobody', { durationMs: day })).rejects.toThrow(WorkflowNotFoundError);
    await expect(advanceClock(client, 'nobody', { durationMs: 0 })).rejects.toThrow(RangeError);
    await expect(clockOf(client, 'nobody')).rejects.toThrow(WorkflowNotFoundError);
  });
});

test('an execution is at rest when it waits for its timer, and neither before its first task nor after its end', async () => {
  const [sleeping, ended] = [
    await start({ everyMs: day, times: 1, perRun: 1 }),
    await start({ everyMs: 1, times: 1, perRun: 1 }),
  ];
  await client.workflow.getHandle(ended.workflowId).result();
  const unheard = randomUUID();
  await client.workflow.start('sleeper', {
    workflowId: unheard,
    taskQueue: 'nobody-listens',
    args: [{ everyMs: day }],
  });
  const isAtRest = async (workflowId: string) => (await standingOf(client, workflowId)).isAtRest;

  await expect.poll(() => isAtRest(sleeping.workflowId)).toBe(true);
  expect(await isAtRest(ended.workflowId)).toBe(false);
  expect(await isAtRest(unheard)).toBe(false);
});

test('the clock of an execution that was never advanced is ours', async () => {
  const { workflowId } = await start({ everyMs: day, times: 1, perRun: 1 });
  expect(Math.abs(Date.parse(await clockOf(client, workflowId)) - Date.now())).toBeLessThan(tolerance);
});

async function startWorker(connection: NativeConnection): Promise<() => Promise<void>> {
  const workflowsPath = fileURLToPath(new URL('../fixtures/sleepers.ts', import.meta.url));
  const worker = await Worker.create({ connection, taskQueue, workflowsPath });
  const running = worker.run();
  return () => {
    worker.shutdown();
    return running;
  };
}

async function start(input: SleeperInput): Promise<{ workflowId: string; startedAt: number }> {
  const handle = await client.workflow.start<typeof sleeper>('sleeper', {
    workflowId: randomUUID(),
    taskQueue,
    args: [input],
  });
  return { workflowId: handle.workflowId, startedAt: Date.now() };
}

function wokenBy(workflowId: string): Promise<string[]> {
  return client.workflow.getHandle(workflowId).executeUpdate(settle);
}

function daysAfter(startedAt: number, moments: string[]): number[] {
  return moments.map((moment) => {
    const days = (Date.parse(moment) - startedAt) / day;
    return Math.abs(days - Math.round(days)) * day < tolerance ? Math.round(days) : days;
  });
}
