import { WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { assessment, audit, tasks, toGapAssessment, toStage2 } from './support/paths.ts';
import { manager, owner, sponsor } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

describe.concurrent('a program whose start lies years ahead', () => {
  test('sleeps until then', async () => {
    const program = await stage.start({ plan: { startsOn: '2036-03-03' } });
    await program.advanceTo('2036-03-02');
    expect(await program.records()).toHaveLength(1);
    expect(await program.state()).toMatchObject({ status: 'planned' });

    await program.advanceTo('2036-03-03');
    const [begun] = await program.recordsOf('ProgramBegan');
    expect(begun!.at.slice(0, 16)).toBe('2036-03-03T13:00');
    expect(await program.state()).toMatchObject({ status: 'active', phasePlanned: true });
  });

  test('begins on its new day when the plan is moved, earlier or later', async () => {
    const program = await stage.start({ plan: { startsOn: '2036-03-03' } });
    await program.advanceTo('2031-01-15');
    await program.send(manager, { type: 'changePlan', startsOn: '2031-06-02', reason: 'There is budget now' });
    await program.advanceTo('2031-06-01');
    await program.send(manager, { type: 'changePlan', startsOn: '2031-09-01', reason: 'After the holidays' });
    await program.advanceTo('2031-08-31');
    expect(await program.state()).toMatchObject({ status: 'planned' });

    await program.advanceTo('2031-09-01');
    const begun = await program.recordsOf('ProgramBegan');
    expect(begun.map(({ at }) => at.slice(0, 16))).toEqual(['2031-09-01T12:00']);
  });

  test('can be cancelled before', async () => {
    const program = await stage.start({ plan: { startsOn: '2036-03-03' } });
    await program.send(manager, { type: 'cancel', reason: 'No budget' });
    await program.handle.result();
    expect((await program.handle.describe()).status.name).toBe('COMPLETED');
  });
});

describe.concurrent('a pause', () => {
  test('shifts what is due inside, and nothing that is due to the body', async () => {
    const program = await stage.start();
    await toStage2(program);
    const { endsOn } = await audit(program, 'stage2', { findings: [{ requirementId: '7.2', grade: 'minor' }] });
    const dueOn = addDays(endsOn!, 25);
    await program.send(manager, { type: 'openTask', title: 'Tell everybody', assignee: owner, dueOn });
    const before = await duesOf(program);
    const seq = (await program.settle()).seq;

    await program.send(sponsor, { type: 'pause', reason: 'The plant is flooded' });
    await program.advanceTo(addDays(endsOn!, 40));
    const meanwhile = (await program.records()).slice(seq);
    const spokenOf = meanwhile.flatMap(({ data }) => ('rung' in data ? [data.taskId] : []));
    expect(new Set(spokenOf)).toEqual(new Set([before.body.id]));
    expect(meanwhile.map(({ type }) => type)).toContain('DeadlineMissed');

    const resumed = await program.send(sponsor, { type: 'resume', reason: 'It is dry again' });
    const [record] = await program.recordsOf('ProgramResumed');
    expect(record).toMatchObject({ seq: resumed.firstSeq, data: { days: 40 } });
    const after = await duesOf(program);
    expect(after.body.dueOn).toBe(before.body.dueOn);
    expect(after.inner.dueOn).toBe(addDays(before.inner.dueOn, 40));

    await program.advanceTo(addDays(after.inner.dueOn, 3));
    const reminders = (await program.recordsOf('TaskReminded')).filter(({ data }) => data.taskId === after.inner.id);
    expect(reminders.at(-1)).toMatchObject({ data: { dueIn: 0 } });
    expect(reminders.every(({ seq }) => seq > resumed.lastSeq)).toBe(true);
  });

  /** A task that the body waits for, and one of the organization's own. */
  async function duesOf(program: TestProgram): Promise<{ body: Task; inner: Task }> {
    const [[body], [inner]] = [await tasks(program, 'correctiveActionPlan'), await tasks(program, 'manual')];
    return { body: body!, inner: inner! };
  }
});

describe.concurrent('a program that is cancelled', () => {
  test('ends its execution, and is refused whatever comes after', async () => {
    const program = await stage.start();
    await toGapAssessment(program);
    await program.send(sponsor, { type: 'cancel', reason: 'No budget' });
    await program.handle.result();

    expect((await program.handle.describe()).status.name).toBe('COMPLETED');
    expect(await tasksLeftOpen(program.id)).toEqual([]);
    const refusal = await program.refusal(manager, { type: 'pause', reason: 'Too late' });
    expect(refusal).toMatchObject({ status: 409, code: 'state' });
    await expect(program.handle.executeUpdate('settle')).rejects.toThrow(WorkflowNotFoundError);
  });

  test('in the very envelope that would have led it on, ends as well', async () => {
    const program = await stage.start();
    await toGapAssessment(program);
    const commands = [...(await assessment(program)), { type: 'cancel', reason: 'Too much to do' } as const];
    const answer = await program.bulk(manager, commands);

    expect(answer.results.every(({ ok }) => ok)).toBe(true);
    await program.handle.result();
    expect((await program.handle.describe()).status.name).toBe('COMPLETED');
    expect((await program.records()).at(-1)).toMatchObject({ type: 'ProgramCancelled', seq: answer.lastSeq });
  });

  async function tasksLeftOpen(programId: string): Promise<Task[]> {
    const filter = { now: new Date().toISOString() };
    const { items } = await stage.database.read.tasks(programId, filter, { limit: 200 });
    return items.filter(({ status }) => status === 'open' || status === 'submitted');
  }
});
