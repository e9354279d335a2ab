import { describe, expect, test } from 'vitest';
import { isHeld } from '../../domain/audits/audit.ts';
import { addDays, addMonths } from '../../domain/calendar.ts';
import { openTasks } from '../../domain/tasks/queries.ts';
import { audit, correct, decide, tasks, toCertificationAudit, toStage2, verify } from './support/paths.ts';
import { decisionMaker, manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';

const stage = stageOfFile();

describe.concurrent('the certification audit', () => {
  test('delays the decision over a major, and takes it again once the major is verified in time', async () => {
    const program = await stage.start();
    await toStage2(program);
    const { id: auditId } = await audit(program, 'stage2', { findings: [{ requirementId: '6.1.2', grade: 'major' }] });
    const [finding] = Object.values((await program.state()).findings);

    expect(await tasks(program, 'decision')).toMatchObject([{ auditId, assignee: decisionMaker }]);
    await decide(program, auditId, 'delayed');
    expect(await tasks(program, 'decision')).toEqual([]);

    await program.advanceTo(addDays(await program.today(), 20));
    await correct(program, finding!.id);
    expect(await tasks(program, 'decision')).toEqual([]);
    await verify(program, finding!.id);
    expect(await tasks(program, 'decision')).toMatchObject([{ auditId }]);
    await decide(program, auditId, 'granted');

    const today = await program.today();
    expect(await program.state()).toMatchObject({
      phase: 'surveillanceCycle',
      phasePlanned: true,
      certificate: { status: 'valid', decidedOn: today, cycle: 1 },
    });
    const decisions = await program.recordsOf('DecisionRecorded');
    expect(decisions.map(({ data }) => data.decision)).toEqual(['delayed', 'granted']);
    expect(await program.recordsOf('DeadlineMissed')).toEqual([]);
  });

  test('repeats a Stage 1 that was not ready, after its concern is answered', async () => {
    const program = await stage.start();
    await toCertificationAudit(program);
    await audit(program, 'stage1', { result: 'notReady', findings: [{ requirementId: '8.1', grade: 'concern' }] });
    const [concern] = await tasks(program, 'concern');
    expect(concern).toMatchObject({ assignee: owner, requirementId: '8.1' });
    expect(await tasks(program, 'auditSchedule')).toEqual([]);

    await program.send(owner, { type: 'submitEvidence', taskId: concern!.id, links: [], note: 'It is planned now' });
    expect(await tasks(program, 'auditSchedule')).toEqual([]);
    await program.send(manager, { type: 'reviewEvidence', taskId: concern!.id, verdict: 'accept', note: '' });
    expect(await tasks(program, 'auditSchedule')).toHaveLength(1);
    await audit(program, 'stage1', { result: 'ready' });

    const audits = Object.values((await program.state()).audits);
    expect(audits.filter(({ kind }) => kind === 'stage1').map((one) => isHeld(one) && one.result)).toEqual([
      'notReady',
      'ready',
    ]);
    expect(audits.filter(({ kind }) => kind === 'stage2')).toMatchObject([{ status: 'planned' }]);
  });

  test('R6: holds Stage 2 again when a major was not verified in time, and decides on the second', async () => {
    const program = await stage.start({
      certificationBody: { name: 'Example Body', rules: { majorVerificationMonths: 2 } },
    });
    await toStage2(program);
    const first = await audit(program, 'stage2', { findings: [{ requirementId: '6.1.2', grade: 'major' }] });
    await decide(program, first.id, 'delayed');
    await program.advanceTo(addDays(addMonths(first.endsOn, 2), 1));
    const [planned, ...others] = await tasks(program, 'auditSchedule');
    expect([planned?.title, others]).toEqual([expect.stringContaining('Stage 2'), []]);
    const late = { auditId: first.id, decision: 'granted', certificateNumber: 'C-1', basis: 'Late' } as const;
    expect((await program.refusal(decisionMaker, { type: 'recordDecision', ...late })).code).toBe('R6');

    const [finding] = Object.values((await program.state()).findings);
    await correct(program, finding!.id);
    await verify(program, finding!.id);
    const second = await audit(program, 'stage2');
    await decide(program, second.id, 'granted');
    expect(await program.state()).toMatchObject({ phase: 'surveillanceCycle', certificate: { status: 'valid' } });
    expect(Object.values((await program.state()).audits).filter(({ kind }) => kind === 'stage1')).toHaveLength(1);
  });

  test('goes back to the implementation when it is refused, and comes again from there', async () => {
    const program = await stage.start();
    await toStage2(program);
    const first = await audit(program, 'stage2', { findings: [{ requirementId: '6.1.2', grade: 'major' }] });
    await decide(program, first.id, 'refused');
    expect(await program.state()).toMatchObject({ phase: 'implementation', phasePlanned: true });

    const [finding] = Object.values((await program.state()).findings);
    await correct(program, finding!.id);
    expect(await program.state()).toMatchObject({ phase: 'internalAudit' });
    await verify(program, finding!.id);
    expect(await program.state()).toMatchObject({ phase: 'certificationAudit' });

    await audit(program, 'stage1', { result: 'ready' });
    const second = await audit(program, 'stage2');
    expect((await program.state()).certificate).toBeUndefined();
    await decide(program, second.id, 'granted');

    const phases = (await program.recordsOf('PhaseStarted')).map(({ data }) => data.phase);
    const again = ['implementation', 'internalAudit', 'certificationAudit'];
    expect(phases).toEqual([...again, ...again, 'surveillanceCycle']);
    expect((await program.state()).certificate).toMatchObject({ status: 'valid', cycle: 1 });
    expect(openTasks(await program.state()).filter(({ auditId }) => auditId === first.id)).toEqual([]);
    expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
  });
});
