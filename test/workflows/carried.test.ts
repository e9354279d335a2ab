import { expect, test } from 'vitest';
import { restoreAll } from '../../cli/restore.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { mostBytesHeld } from '../../domain/carried/bounds.ts';
import { sizeOf } from '../../domain/carried/size.ts';
import { fold } from '../../domain/fold.ts';
import type { BulkEnvelope, ProgramRecord, UserCommand } from '../../domain/registry.ts';
import { rowsChanged } from '../../domain/views.ts';
import { keys } from '../support/keys.ts';
import { beginningNow, manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();
const patience = 400_000;

const closes: UserCommand = { type: 'waiveTask', taskId: 'T-2', reason: 'Nobody needs it anymore.' };

test('calls of hundreds of commands that are all refused leave a program that goes on into its next run', {
  timeout: patience,
}, async () => {
  const program = await stage.start(beginningNow());
  const refused = Array.from(
    { length: 200 },
    (_, index): UserCommand => ({ ...closes, taskId: `T-${index}${'9'.repeat(80)}` }),
  );
  for (let call = 0; call < 140; call++) {
    const sent = { commandId: `refused-${call}`, actor: { email: manager } as const, commands: refused, atomic: false };
    const { results } = await stage.gateway.bulk(program.id, sent);
    expect(results.filter(({ ok }) => ok)).toEqual([]);
  }
  await program.send(manager, task(program, 'Describe the first part'));
  expect((await program.runs()).length).toBeGreaterThan(1);
  await mustGoOn(program);
});

test('tasks without end fill a program, which refuses more, says so to its manager, and goes on', {
  timeout: patience,
}, async () => {
  const program = await stage.start(beginningNow());
  const asked = Array.from({ length: 50 }, (_, index) => task(program, `Describe part ${index} of what is trained`));
  let refusals: string[] = [];
  for (let call = 0; call < 120 && refusals.length === 0; call++) {
    const sent = { commandId: `many-${call}`, actor: { email: manager } as const, commands: asked, atomic: false };
    const { results } = await stage.gateway.bulk(program.id, sent);
    refusals = results.flatMap((result) => (result.ok ? [] : [result.rejection.code]));
  }
  expect(new Set(refusals)).toEqual(new Set(['full']));
  expect(sizeOf(await program.state())).toBeLessThan(mostBytesHeld);
  expect(await program.recordsOf('ProgramNearlyFull')).toHaveLength(1);
  await mustGoOn(program);
  const open = Object.values((await program.state()).tasks).filter(({ status }) => status === 'open');
  const moved = open.slice(0, 200).map(({ id }) => ({ type: 'extendTask', taskId: id, dueOn: later, reason: 'Later' }));
  const atOnce = Array.from({ length: 8 }, (_, call) => {
    const envelope = { commandId: `moved-${call}`, actor: { email: manager }, commands: moved, atomic: false } as const;
    return stage.gateway.bulk(program.id, envelope as BulkEnvelope);
  });
  for (const { results } of await Promise.all(atOnce)) expect(results).toHaveLength(200);
  await mustHaveDoneItsTasks(program);
  await program.handle.terminate('as if the service were empty');
  await mustBeRestored(program);
});

test('a program that an earlier version filled beyond that is restored, answers, and takes what closes work', {
  timeout: patience,
}, async () => {
  const program = await stage.start(beginningNow());
  await program.send(manager, task(program, 'Describe the first part'));
  await filledByEarlierVersion(program, 12_000);
  const state = await mustBeRestored(program);
  expect(sizeOf(state)).toBeGreaterThan(2 * mostBytesHeld);
  await mustGoOn(program);
  expect(await program.refusal(manager, task(program, 'One more'))).toMatchObject({ code: 'full', status: 409 });
  await mustHaveDoneItsTasks(program);
});

test('a rehearsal with thousands of tasks passes what is due of all of them, hands them over and is cancelled, each at once', {
  timeout: patience,
}, async () => {
  const program = await stage.start({ ...beginningNow(), rehearsal: true });
  const first = task(program, 'Describe what is trained') as UserCommand & { dueOn: IsoDate };
  for (let call = 0; call < 8; call++) await program.bulk(manager, Array(200).fill(first));
  await program.advanceTo(first.dueOn);
  expect((await program.recordsOf('TaskReminded')).length).toBeGreaterThanOrEqual(3 * 1_600);
  await program.send(manager, { type: 'removePerson', email: owner });
  expect((await program.recordsOf('TaskReassigned')).length).toBeGreaterThanOrEqual(1_600);
  await program.send(manager, { type: 'cancel', reason: 'The business was sold.' });
  expect((await program.recordsOf('TaskCancelled')).length).toBeGreaterThanOrEqual(1_600);
  await expect.poll(async () => (await program.handle.describe()).status.name).toBe('COMPLETED');
  await mustHaveDoneItsTasks(program);
});

const later = '2039-06-15';

function task({ definition }: TestProgram, title: string): UserCommand {
  const year = Number(definition.plan.startsOn.slice(0, 4)) + 1;
  return { type: 'openTask', title, assignee: owner, dueOn: `${year}-06-15` as `${number}-${number}-${number}` };
}

/** Answers, records, can be asked for its state, and takes what closes work. */
async function mustGoOn(program: TestProgram): Promise<void> {
  const { seq } = await program.settle();
  const [open] = Object.values((await program.state()).tasks).filter(
    ({ kind, status }) => kind === 'manual' && status === 'open',
  );
  await program.send(manager, { ...closes, taskId: open!.id } as UserCommand);
  expect((await program.state()).seq).toBeGreaterThan(seq);
}

/** No task of it failed, or took a worker longer than a task may. */
async function mustHaveDoneItsTasks(program: TestProgram): Promise<void> {
  for (const { runId } of await program.runs()) {
    const { events } = await stage.client.workflow.getHandle(program.handle.workflowId, runId).fetchHistory();
    const undone = events?.filter(
      ({ workflowTaskFailedEventAttributes: failed, workflowTaskTimedOutEventAttributes: late }) =>
        // TIMEOUT_TYPE_START_TO_CLOSE: a worker that was gone before it began is none of it.
        failed || late?.timeoutType === 1,
    );
    expect(undone).toEqual([]);
  }
}

async function mustBeRestored(program: TestProgram) {
  for await (const { programId, outcome, detail } of restoreAll(stage.client, stage.database, keys, stage.taskQueue))
    if (programId === program.id) expect({ outcome, detail }).toMatchObject({ outcome: 'restored' });
  // Its start is checked before anything can be asked of it.
  await program.settle();
  const state = await program.state();
  const records = await program.records();
  expect(state.seq).toBe(records.at(-1)!.seq);
  return state;
}

/** Tasks that are only in the register, as an earlier version let them be opened. */
async function filledByEarlierVersion(program: TestProgram, many: number): Promise<void> {
  await program.handle.terminate('filled while it does not run');
  const { register } = stage.database;
  const before = await program.records();
  const opened = before.findLast(({ type }) => type === 'TaskOpened') as ProgramRecord & { type: 'TaskOpened' };
  const [state, first] = [fold(before), Number(opened.data.task.id.slice(2)) + 1];
  const records = Array.from({ length: many }, (_, index): ProgramRecord => {
    const own = { ...opened.data.task, id: `T-${first + index}` };
    return { ...opened, seq: state.seq + 1 + index, commandId: 'many', data: { ...opened.data, task: own } };
  });
  for (let at = 0, from = state; at < records.length; at += 1_000) {
    const some = records.slice(at, at + 1_000);
    const after = fold(some, from);
    const rows = rowsChanged(from, after, opened.at);
    const input = { programId: program.id, expectedSeq: from.seq, commandId: `many-${at}`, rows, notices: [] };
    expect(await register.append({ ...input, records: some })).toMatchObject({ appended: true });
    from = after;
  }
}
