import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { type TcpProxy, tcpProxy } from '../support/tcpProxy.ts';
import { toGapAssessment } from './support/paths.ts';
import { beginningNow, manager, owner } from './support/people.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { TestProgram } from './support/testProgram.ts';

let postgres: TestPostgres;
let proxy: TcpProxy;
let stage: Stage;

beforeAll(async () => {
  quietRuntime('ERROR');
  postgres = await startPostgres();
  proxy = await tcpProxy(postgres.port);
  const url = await postgres.database('outages');
  stage = await openStage({
    address: inject('temporalAddress'),
    bundle: inject('workflowBundle'),
    databaseUrl: url.replace(`:${postgres.port}/`, `:${proxy.port}/`),
  });
  await stage.work();
});
afterAll(async () => {
  await stage?.close();
  await proxy?.close();
  await postgres?.stop();
});

/** How often the commit was tried outside of the workflow task; 0 when it is not. */
async function attempts(program: TestProgram): Promise<number> {
  const { raw } = await program.handle.describe();
  const [pending] = raw.pendingActivities ?? [];
  expect(['appendWhenPossible', 'appendPatiently', undefined]).toContain(pending?.activityType?.name);
  return pending?.attempt ?? 0;
}

async function events(program: TestProgram): Promise<number> {
  return (await program.handle.describe()).historyLength;
}

/** Nothing listens on port 1. */
function cutOff(): void {
  proxy.target = 1;
  proxy.drop();
}

function bringBack(): void {
  proxy.target = postgres.port;
}

const task = (title: string): UserCommand => ({ type: 'openTask', title, assignee: owner, dueOn: '2032-02-02' });

describe('while the database is away', () => {
  test('no attempt leaves an event, commands are refused at once, and what was accepted is done once', async () => {
    const program = await stage.start({ ...beginningNow(), rehearsal: false });
    await program.settle();
    cutOff();
    const accepted = program.send(manager, task('accepted'), 'accepted').catch((error: unknown) => error);
    await expect.poll(() => attempts(program)).toBeGreaterThan(1);
    const before = await events(program);

    const refused = await program.send(manager, task('refused'), 'refused').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      message: expect.stringContaining('The database cannot be reached'),
    });
    // Each waits ten seconds for the database, and a pause of five follows at last: fifty hours are twelve thousand of them.
    await expect.poll(() => attempts(program)).toBeGreaterThan(3);
    expect(await events(program)).toBe(before);

    bringBack();
    const backAt = Date.now();
    const again = () => program.send(manager, task('refused'), 'refused').then(({ commandId }) => commandId, String);
    await expect.poll(again).toBe('refused');
    expect(Date.now() - backAt, 'nobody waits for a pause between attempts').toBeLessThan(10_000);
    await accepted;
    expect(await program.send(manager, task('accepted'), 'accepted')).toMatchObject({ commandId: 'accepted' });
    await program.send(manager, task('refused'), 'refused');
    const titles = (await program.recordsOf('TaskOpened')).map(({ data }) => data.task.title);
    expect(titles.filter((title) => title === 'accepted')).toHaveLength(1);
    expect(titles.filter((title) => title === 'refused')).toHaveLength(1);
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
  });

  test('a rehearsal that is on its way waits, and what falls due comes at its moment all the same', async () => {
    const [steady, disturbed] = await Promise.all([stage.start(), stage.start()]);
    for (const program of [steady, disturbed]) {
      await toGapAssessment(program);
      await program.send(manager, { ...task('due'), dueOn: '2030-03-01' } as UserCommand);
    }
    await steady.advanceTo('2031-04-01');
    const arrived = stage.gateway
      .advance(disturbed.id, () => '2031-04-01T15:00:00.000Z')
      .catch((error: unknown) => error);
    await expect.poll(async () => (await stage.gateway.clock(disturbed.id)) > '2030-01-20').toBe(true);
    cutOff();
    await expect.poll(() => attempts(disturbed)).toBe(1);
    const [stood, before] = [await stage.gateway.clock(disturbed.id), await events(disturbed)];
    // Twenty seconds after it began, the call that advances asks the program whether it is served, which is in the history.
    await sleep(8_000);
    // The pauses between attempts are not skipped, as its timers are: the clock would run away, and the history grow.
    expect(Date.parse(await stage.gateway.clock(disturbed.id)) - Date.parse(stood)).toBeLessThan(60_000);
    expect(await events(disturbed)).toBe(before);
    expect(await attempts(disturbed)).toBe(1);
    bringBack();
    await arrived;
    await disturbed.advanceTo('2031-04-01');
    const told = async (program: TestProgram) =>
      (await program.records())
        .filter(({ actor, at }) => actor === 'system' && at > '2030-01-20')
        .map(({ type, at }) => `${type} ${at.slice(0, 13)}`);
    expect(await told(disturbed)).toEqual(await told(steady));
  });
});
