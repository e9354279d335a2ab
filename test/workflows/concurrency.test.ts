import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../db/types.ts';
import type { IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { beginningNow, manager, owner } from './support/people.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { TestProgram } from './support/testProgram.ts';
import { untilAnswered } from './support/untilAnswered.ts';

let stage: Stage;
/** Updates that are on their way to Temporal, now and at most. */
const updates = { now: 0, most: 0 };
/** Until when the database is away, in milliseconds of our clock. */
let awayUntil = 0;

beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({
    address: inject('temporalAddress'),
    bundle: inject('workflowBundle'),
    interceptors: {
      workflow: [
        {
          async startUpdate(input, next) {
            updates.most = Math.max(updates.most, ++updates.now);
            return next(input).finally(() => updates.now--);
          },
        },
      ],
    },
  });
  await stage.work(unreliable(stage.database));
});

afterAll(() => stage?.close());

describe('fifty commands at once', () => {
  test('are all answered, each recorded once, eight in flight', async () => {
    const program = await begunNow();
    updates.most = 0;
    const { answers, ids } = await sendMany(program, 50);

    expect(updates.most).toBe(8);
    expect(new Set(answers.map(({ ids: { taskId } }) => taskId)).size).toBe(50);
    await expectEachOnce(program, ids);
  });
});

describe('a database that is away', () => {
  test('makes commands wait or be asked for again, and none is lost or doubled', async () => {
    const program = await begunNow();
    const before = Date.now();
    awayUntil = before + 5_000;
    const { ids } = await sendMany(program, 20, untilAnswered);

    expect(Date.now() - before).toBeGreaterThan(5_000);
    await expectEachOnce(program, ids);
  });
});

/** A database whose register fails as long as it is away: before the commit, or after it when `n` is odd. */
function unreliable(database: Database): Database {
  let n = 0;
  const append: Database['register']['append'] = async (input) => {
    if (Date.now() >= awayUntil) return database.register.append(input);
    // Whether a commit got through is not known either when the connection breaks.
    if (n++ % 2 === 1) await database.register.append(input);
    throw Object.assign(new Error('The connection to the database was lost.'), { code: 'SQLITE_IOERR' });
  };
  return { ...database, register: { ...database.register, append } };
}

async function begunNow(): Promise<TestProgram> {
  const program = await stage.start(beginningNow());
  await program.settle();
  expect(await program.state()).toMatchObject({ status: 'active', phasePlanned: true });
  return program;
}

async function sendMany(
  program: TestProgram,
  count: number,
  sending: <T>(send: () => Promise<T>) => Promise<T> = (send) => send(),
) {
  const ids = Array.from({ length: count }, () => randomUUID());
  const dueOn: IsoDate = `${new Date().getFullYear() + 2}-02-01`;
  const task = (title: string): UserCommand => ({ type: 'openTask', title, assignee: owner, dueOn });
  const answers = await Promise.all(ids.map((id) => sending(() => program.send(manager, task(id), id))));
  return { answers, ids };
}

async function expectEachOnce(program: TestProgram, ids: string[]): Promise<void> {
  const records = await program.records();
  const recorded = records.filter(({ commandId }) => ids.includes(commandId));
  expect(recorded.map(({ commandId }) => commandId).sort()).toEqual([...ids].sort());
  expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true, records: records.length });
  expect(Object.keys((await program.state()).tasks)).toHaveLength(ids.length + 1);
}
