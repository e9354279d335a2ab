import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '../../domain/calendar.ts';
import { deliverEvidence, tasks, toCertificate, toImplementation } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';

const stage = stageOfFile();

describe.concurrent('a program', () => {
  test('whose system changes assesses it again, and brings it round a year later', async () => {
    const program = await stage.start();
    await toCertificate(program);
    await program.send(manager, { type: 'putAiSystem', id: 'chat', name: 'Chat', role: 'user', risk: 'low' });
    const [assessment] = await tasks(program, 'impactAssessment');
    const [risks] = await tasks(program, 'evidence');
    expect([assessment?.systemId, risks?.requirementId]).toEqual(['chat', '8.2']);
    expect(await program.recordsOf('ChangeAssessed')).toMatchObject([{ data: { change: 'systemAdded' } }]);

    await deliverEvidence(program);
    const { assessedOn } = (await program.state()).aiSystems.chat!;
    const again = addMonths(assessedOn!, 12);
    await program.advanceTo(addDays(again, -29));
    const asked = await tasks(program, 'impactAssessment');
    expect(asked.find(({ systemId }) => systemId === 'chat')?.dueOn).toBe(again);
  });

  test('whose plan and order of work change goes on by them', async () => {
    const program = await stage.start();
    await toImplementation(program);
    const open = await tasks(program, 'evidence');
    const treatment = open.find(({ requirementId }) => requirementId === '8.3')!;
    expect(treatment.waitsFor).toHaveLength(1);
    await program.send(manager, { type: 'changePlan', phases: { implementation: 'P8M' }, reason: 'Two people less' });
    const state = await program.state();
    expect(state.formerPlans).toMatchObject([{ by: manager, plan: { phases: { implementation: 'P4M' } } }]);
    expect(state.tasks[treatment.id]!.dueOn > treatment.dueOn).toBe(true);

    const [assessment] = treatment.waitsFor!;
    const circle = { type: 'setDependencies' as const, taskId: assessment!, dependsOn: [treatment.id] };
    expect(await program.refusal(manager, circle)).toMatchObject({ status: 409, code: 'dependency' });
    await program.advanceTo(addDays(state.tasks[treatment.id]!.dueOn, 1));
    const sent = [...(await program.recordsOf('TaskReminded')), ...(await program.recordsOf('TaskEscalated'))];
    expect(sent.map(({ data }) => data.taskId)).toContain(assessment);
    expect(sent.map(({ data }) => data.taskId)).not.toContain(treatment.id);
    await program.send(owner, { type: 'submitEvidence', taskId: assessment!, links: [], note: 'Done' });
    await program.send(manager, { type: 'reviewEvidence', taskId: assessment!, verdict: 'accept', note: '' });
    expect(await program.recordsOf('TaskReleased')).toMatchObject([{ data: { taskId: treatment.id } }]);
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
  });
});
