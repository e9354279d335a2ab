import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { UserCommand } from '../../domain/registry.ts';
import { commandUpdate, type Envelope } from '../../workflows/messages.ts';
import { audit, deliverEvidence, review, toGapAssessment, toImplementation } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

const task: UserCommand = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2031-02-03' };

describe.concurrent('a command id', () => {
  test('gets its first answer in the same run, in the next one, and from the register after that', async () => {
    const program = await stage.start();
    await toImplementation(program);
    const first = await ask(program, 'the-id', task);
    expect(await ask(program, 'the-id', task)).toEqual(first);

    await deliverEvidence(program);
    expect(await program.state()).toMatchObject({ phase: 'internalAudit' });
    expect(await ask(program, 'the-id', task)).toEqual(first);

    await audit(program, 'internal');
    await review(program);
    expect(await program.state()).toMatchObject({ phase: 'certificationAudit' });
    expect(await ask(program, 'the-id', task)).toEqual(first);

    const recorded = (await program.records()).filter(({ commandId }) => commandId === 'the-id');
    expect(recorded).toMatchObject([{ type: 'TaskOpened', seq: first.firstSeq }]);
    expect((await program.runs()).map(({ type }) => type)).toEqual([
      'gapAssessment',
      'implementation',
      'internalAudit',
      'certificationAudit',
    ]);
  });

  test('gets its first answer also when what it asked for is no longer possible', async () => {
    const program = await stage.start();
    await toGapAssessment(program);
    const rating = { status: 'partial', priority: 'high', gap: 'No policy', effortDays: 3, owner } as const;
    const rate: UserCommand = { type: 'rateRequirement', requirementId: '5.2', ...rating };
    const first = await program.send(manager, rate, 'rated-early');
    await toImplementation(program);
    await deliverEvidence(program);

    expect(await program.refusal(manager, rate)).toMatchObject({ status: 409 });
    expect(await program.send(manager, rate, 'rated-early')).toEqual(first);
  });

  test('of many commands in one envelope gets the answer of all of them', async () => {
    const program = await stage.start();
    await toImplementation(program);
    const commands = [task, { ...task, title: 'Train everybody' }];
    const first = await program.bulk(manager, commands, 'both');
    await deliverEvidence(program);
    const again = await program.bulk(manager, commands, 'both');
    await audit(program, 'internal');
    await review(program);
    const last = await program.bulk(manager, commands, 'both');

    expect([again, last]).toEqual([first, first]);
    expect(first.results).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await program.records()).filter(({ commandId }) => commandId === 'both')).toHaveLength(2);
  });
});

describe.concurrent('the id of a program', () => {
  test('is answered again for the same start, and taken for any other', async () => {
    const program = stage.program();
    const start = (commandId: string) => stage.gateway.start(program.definition, { email: manager }, commandId);
    const [first, second] = await Promise.all([start('a-start'), start('a-start')]);

    expect(second).toEqual(first);
    expect(await start('a-start')).toEqual(first);
    await expect(start('another-start')).rejects.toMatchObject({ status: 409, code: 'exists' });
    expect(await program.recordsOf('ProgramStarted')).toHaveLength(1);
  });

  test('is given to one of two that want it at the same time', async () => {
    const program = stage.program();
    const starts = ['mine', 'yours'].map((commandId) =>
      stage.gateway.start(program.definition, { email: manager }, commandId),
    );
    const outcomes = await Promise.allSettled(starts);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await program.recordsOf('ProgramStarted')).toHaveLength(1);
  });

  test('stays taken when the program is over', async () => {
    const program = await stage.start();
    await program.send(manager, { type: 'cancel', reason: 'No budget' });
    await program.handle.result();

    const again = stage.gateway.start(program.definition, { email: manager }, 'once-more');
    await expect(again).rejects.toMatchObject({ status: 409, code: 'exists' });
  });
});

/** Asks with an Update of its own, which Temporal cannot know for a repeated one. */
function ask(program: TestProgram, commandId: string, command: UserCommand) {
  const envelope = program.signed({ commandId, actor: { email: manager }, command });
  return program.handle.executeUpdate(commandUpdate, { updateId: randomUUID(), args: [envelope as Envelope] });
}
