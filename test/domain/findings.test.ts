import { describe, expect, it } from 'vitest';
import { surveillanceTopics } from '../../domain/audits/audit.ts';
import type { Grade } from '../../domain/findings/finding.ts';
import { isNonconformity } from '../../domain/findings/finding.ts';
import { defaultProfile } from '../../domain/profile.ts';
import { responseDeadlines } from '../../domain/rules/findings.ts';
import {
  afterStage2,
  answered,
  auditedInternally,
  certified,
  held,
  implemented,
  plan,
  scheduled,
  verified,
} from './journey.ts';
import { program, who } from './support.ts';

describe('R4: grades', () => {
  it('majors and minors are nonconformities; concerns, observations and opportunities are not', () => {
    const grades: Grade[] = ['major', 'minor', 'concern', 'observation', 'opportunity'];
    expect(grades.filter(isNonconformity)).toEqual(['major', 'minor']);
  });

  it('an observation is noted and asks for nothing', () => {
    const driver = afterStage2('observation', 'opportunity');
    expect(Object.values(driver.state.findings).map((finding) => finding.status)).toEqual(['noted', 'noted']);
    expect(driver.open('correctiveActionPlan')).toEqual([]);
    const given = { findingId: 'F-1', ...plan, dueOn: '2030-03-10' } as const;
    expect(driver.as(who.owner).refuses({ type: 'planCorrectiveAction', ...given }).code).toBe('R4');
  });

  it('a concern belongs to Stage 1 only', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    const auditId = scheduled(driver, 'stage2', '2030-03-01');
    driver.at('2030-03-01').as(who.lead);
    const finding = { auditId, requirementId: '7.2', grade: 'concern', statement: 'Hm.' } as const;
    expect(driver.refuses({ type: 'raiseFinding', ...finding }).code).toBe('R4');
  });

  it('a minor can be raised to a major by the body, once', () => {
    const driver = afterStage2('minor').at('2030-03-11');
    expect(driver.as(who.internal).refuses({ type: 'raiseToMajor', findingId: 'F-1', reason: 'Several.' }).status).toBe(
      403,
    );
    driver.as(who.lead).does({ type: 'raiseToMajor', findingId: 'F-1', reason: 'Several minors on competence.' });
    expect(driver.finding('F-1')).toMatchObject({ grade: 'major', verifyDueOn: '2030-06-09' });
    expect(driver.refuses({ type: 'raiseToMajor', findingId: 'F-1', reason: 'Again.' }).code).toBe('R4');
  });
});

describe('R4: several minors raised to one major', () => {
  const raise = { type: 'raiseToMajor', findingId: 'F-1', reason: 'Nobody is trained anywhere.' } as const;

  it('become part of it; it is answered again, within the times of a major', () => {
    const driver = afterStage2('minor', 'minor', 'minor', 'observation');
    answered(driver, 'F-1', '2030-04-20');
    driver.until('2030-03-11').as(who.lead);
    driver.does({ ...raise, together: ['F-2'] });
    expect(driver.finding('F-1')).toMatchObject({
      grade: 'major',
      status: 'open',
      planDueOn: '2030-04-10',
      verifyDueOn: '2030-06-09',
    });
    expect(driver.nonconformity('F-1').plan).toBeUndefined();
    expect(driver.finding('F-2')).toMatchObject({ grade: 'minor', status: 'closed', partOf: 'F-1' });
    expect(driver.finding('F-3')).toMatchObject({ grade: 'minor', status: 'open' });
    expect(driver.open('correctiveActionPlan').map(({ findingId, dueOn }) => [findingId, dueOn])).toEqual([
      ['F-3', '2030-03-31'],
      ['F-1', '2030-04-10'],
    ]);
    expect(driver.open('correctiveAction')).toEqual([]);
    expect(driver.told('findingRaisedToMajor')).toMatchObject([{ to: who.manager, item: { together: ['F-2'] } }]);
    const { code } = driver.as(who.decider).refuses({
      type: 'recordDecision',
      auditId: 'A-3',
      decision: 'grantedWithCorrectiveAction',
      certificateNumber: 'C-1',
      basis: 'Report.',
    });
    expect(code).toBe('R5');
  });

  it('are minors that are open, each named once, of one side', () => {
    const driver = afterStage2('minor', 'minor', 'major', 'observation').as(who.lead);
    expect(driver.refuses({ ...raise, together: ['F-1'] })).toMatchObject({ code: 'unique', status: 422 });
    expect(driver.refuses({ ...raise, together: ['F-2', 'F-2'] }).code).toBe('unique');
    expect(driver.refuses({ ...raise, together: ['F-3'] }).code).toBe('R4');
    expect(driver.refuses({ ...raise, together: ['F-4'] }).code).toBe('R4');
    expect(driver.refuses({ ...raise, together: ['F-9'] }).status).toBe(404);
    answered(driver, 'F-2', '2030-04-20');
    verified(driver, 'F-2');
    expect(driver.as(who.lead).refuses({ ...raise, together: ['F-2'] }).code).toBe('state');
    driver.does(raise);
    expect(driver.as(who.internal).refuses({ ...raise, findingId: 'F-2' }).code).toBe('state');
  });

  it('are not internal ones and the body’s at once', () => {
    const driver = implemented(program());
    held(driver, 'internal', '2030-01-15', { findings: [{ grade: 'minor' }, { grade: 'minor' }] });
    driver.as(who.internal).does({ ...raise, together: ['F-2'] });
    expect(driver.finding('F-1').grade).toBe('major');
    const body = afterStage2('minor', 'minor');
    expect(body.as(who.internal).refuses({ ...raise, together: ['F-2'] }).status).toBe(403);
  });
});

describe('R7: response times', () => {
  it('are 30 days for plans and 90 days for the verification of a major', () => {
    expect(responseDeadlines('minor', '2030-03-01', defaultProfile)).toEqual({ planDueOn: '2030-03-31' });
    expect(responseDeadlines('major', '2030-03-01', defaultProfile)).toEqual({
      planDueOn: '2030-03-31',
      verifyDueOn: '2030-05-30',
    });
    expect(
      responseDeadlines('major', '2031-12-01', { ...defaultProfile, planDays: 10, majorVerifiedDays: 60 }),
    ).toEqual({
      planDueOn: '2031-12-11',
      verifyDueOn: '2032-01-30',
    });
  });

  it('ask the owner for a plan until then; the deadline is the body’s', () => {
    const driver = afterStage2('minor', 'major');
    expect(driver.open('correctiveActionPlan')).toMatchObject([
      { findingId: 'F-1', assignee: who.owner, dueOn: '2030-03-31', priority: 'high', bodyDeadline: true },
      { findingId: 'F-2', assignee: who.owner, dueOn: '2030-03-31', priority: 'critical', bodyDeadline: true },
    ]);
    const taskId = driver.open('correctiveActionPlan')[0]?.id as string;
    driver.at('2030-03-20').as(who.owner);
    expect(driver.refuses({ type: 'acknowledgeTask', taskId, expectedOn: '2030-04-05' }).code).toBe('R7');
    driver.as(who.manager);
    expect(driver.refuses({ type: 'extendTask', taskId, dueOn: '2030-04-05', reason: 'Busy.' }).code).toBe('R7');
    expect(driver.refuses({ type: 'waiveTask', taskId, reason: 'No.' }).code).toBe('R7');
  });

  it('missed are told to manager, sponsor and the body, the moment after the last day, once', () => {
    const driver = afterStage2('major');
    driver.until('2030-03-31T23:59:59.999Z');
    expect(driver.recordsOf('DeadlineMissed')).toEqual([]);
    driver.until('2030-04-01T00:00:00.000Z');
    expect(driver.recordsOf('DeadlineMissed')).toMatchObject([
      {
        at: '2030-04-01T00:00:00.000Z',
        data: { deadline: 'plan', dueOn: '2030-03-31', to: [who.manager, who.sponsor, who.lead] },
      },
    ]);
    expect(driver.told('deadlineMissed').map(({ to, urgent }) => [to, urgent])).toEqual([
      [who.manager, true],
      [who.sponsor, true],
      [who.lead, true],
    ]);
    driver.until('2030-05-30T23:59:59.999Z');
    expect(driver.recordsOf('DeadlineMissed')).toHaveLength(1);
    driver.until('2030-07-01');
    expect(
      driver
        .recordsOf('DeadlineMissed')
        .map(({ at }) => at)
        .slice(1),
    ).toEqual(['2030-05-31T00:00:00.000Z']);
  });

  it('are kept by a plan on the last day and a verification on the last day', () => {
    const driver = afterStage2('major');
    driver.until('2030-03-31');
    answered(driver, 'F-1', '2030-05-20');
    driver.until('2030-05-30T22:00:00.000Z');
    verified(driver, 'F-1');
    driver.until('2030-07-01');
    expect(driver.recordsOf('DeadlineMissed')).toEqual([]);
  });

  it('bound the action of a major; once missed, it can still be planned', () => {
    const driver = afterStage2('major');
    driver.as(who.owner);
    const given = { type: 'planCorrectiveAction', findingId: 'F-1', ...plan } as const;
    expect(driver.refuses({ ...given, dueOn: '2030-05-31' })).toMatchObject({ code: 'R7', status: 422 });
    driver.until('2030-06-10');
    driver.does({ ...given, dueOn: '2030-06-20' });
    expect(driver.finding('F-1').status).toBe('planned');
  });

  it('missed for a major after the certificate is granted, it is suspended (R18)', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }, { grade: 'minor' }] });
    driver.until('2031-08-03T23:59:59.999Z');
    expect(driver.certificate.status).toBe('valid');
    driver.until('2031-08-04T00:00:00.000Z');
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2031-08-04' });
    expect(driver.told('certificate').at(-1)?.item.reason).toContain('F-1');
  });

  it('of an internal audit are not shown to the body', () => {
    const driver = implemented(program());
    held(driver, 'internal', '2030-01-15', { findings: [{ grade: 'minor' }] });
    expect(driver.open('correctiveActionPlan')[0]?.bodyDeadline).toBe(false);
    driver.until('2030-02-15');
    expect(driver.recordsOf('DeadlineMissed')[0]?.data.to).toEqual([who.manager, who.sponsor]);
  });
});

describe('R14: a minor at the next audit of the body', () => {
  it('is raised to a major when it is still open, with 90 days from that audit', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2031-06-05');
    held(driver, 'surveillance', '2032-05-05');
    expect(driver.finding('F-1')).toMatchObject({ grade: 'major', verifyDueOn: '2032-08-03' });
    expect(driver.recordsOf('FindingRaisedToMajor')[0]?.data.rule).toBe('R14');
    expect(driver.told('findingRaisedToMajor')).toMatchObject([{ to: who.manager, urgent: true }]);
  });

  it('is not raised when it was verified, and its verification is asked for on the day of that audit', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2031-06-05');
    const evidence = { links: [], note: 'Done.' };
    driver.as(who.manager).does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
    expect(driver.open('verification')).toMatchObject([{ dueOn: '2032-05-05', assignee: who.lead }]);
    driver
      .until('2032-05-05')
      .as(who.lead)
      .does({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' });
    held(driver, 'surveillance', '2032-05-05');
    expect(driver.finding('F-1')).toMatchObject({ grade: 'minor', status: 'closed' });
  });

  it('R28: that had been verified by the end of that audit never was a major, whenever that is told', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2031-06-05');
    driver.as(who.manager).does({
      type: 'reportCorrectiveActionDone',
      findingId: 'F-1',
      evidence: { links: [], note: 'Done.' },
    });
    const auditId = held(driver, 'surveillance', '2032-05-05');
    expect(driver.finding('F-1')).toMatchObject({ grade: 'major', raisedAt: auditId });
    const verify = { type: 'verifyFinding', findingId: 'F-1', effective: true, note: 'Seen.' } as const;
    const after = driver.fork().until('2032-05-10').as(who.lead);
    after.does({ ...verify, on: '2032-05-06' });
    expect(after.finding('F-1')).toMatchObject({ grade: 'major', status: 'closed' });
    driver.until('2032-08-10').as(who.lead);
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedFor: 'F-1' });
    driver.does({ ...verify, on: '2032-05-05' });
    expect(driver.finding('F-1')).toMatchObject({
      grade: 'minor',
      status: 'closed',
      closedOn: '2032-05-05',
      missed: [],
    });
    expect(driver.finding('F-1')).not.toHaveProperty('verifyDueOn');
    expect(driver.certificate.status).toBe('valid');
    expect(driver.told('findingPutRight')).toMatchObject([{ to: who.manager }]);
  });

  it('R27: is a minor again when the outcome of that audit is reopened, and is raised by the next one', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    const auditId = held(driver, 'surveillance', '2032-05-05');
    driver.as(who.lead).does({ type: 'reopenOutcome', auditId, reason: 'F-1 was verified on the second day.' });
    expect(driver.finding('F-1')).toMatchObject({ grade: 'minor', status: 'open' });
    expect(driver.finding('F-1')).not.toHaveProperty('raisedBecause');
    driver.does({ type: 'recordOutcome', auditId, result: 'maintained', note: '', covered: [...surveillanceTopics] });
    expect(driver.finding('F-1')).toMatchObject({ grade: 'major', raisedAt: auditId });
  });

  it('is not raised by the audit that found it, by an internal audit, nor when the body does not do so', () => {
    const driver = certified('2030-06-05', { certificationBody: { name: 'B', rules: { openMinorIsRaised: false } } });
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    expect(driver.finding('F-1').grade).toBe('minor');
    held(driver, 'surveillance', '2032-05-05');
    expect(driver.finding('F-1').grade).toBe('minor');

    const internal = certified('2030-06-05');
    internal.as(who.manager).does({ type: 'planAudit', kind: 'internal', targetOn: '2030-08-01' });
    held(internal, 'internal', '2030-08-01', { findings: [{ grade: 'minor' }] });
    held(internal, 'surveillance', '2031-05-05');
    expect(internal.finding('F-1').grade).toBe('minor');
  });
});
