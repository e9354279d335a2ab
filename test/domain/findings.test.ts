import { describe, expect, it } from 'vitest';
import { defaultProfile } from '../../domain/profile.ts';
import {
  isNonconformity,
  majorsVerifiedTooLate,
  majorVerifiedUntil,
  responseDeadlines,
} from '../../domain/rules/findings.ts';
import type { Grade } from '../../domain/types/index.ts';
import {
  afterStage2,
  answered,
  auditedInternally,
  certified,
  decided,
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
    const given = { findingId: 'F-1', ...plan, dueOn: '2030-03-10' };
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

  it('become part of it; it is answered anew, within the times of a major', () => {
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
    expect(driver.finding('F-1').plan).toBeUndefined();
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

describe('R6: a major of Stage 2', () => {
  it.each([
    ['2030-03-01', '2030-09-01'],
    ['2030-08-31', '2031-02-28'],
    ['2031-08-31', '2032-02-29'],
    ['2030-12-15', '2031-06-15'],
  ])('of %s is verified until %s', (endsOn, until) => expect(majorVerifiedUntil(endsOn, defaultProfile)).toBe(until));

  it('verified on the last day lets Stage 2 stand, the day after it does not', () => {
    const major = { grade: 'major', closedOn: '2030-09-01' } as never;
    const late = { grade: 'major', closedOn: '2030-09-02' } as never;
    const open = { grade: 'major' } as never;
    const stage2 = { endsOn: '2030-03-01' };
    expect(majorsVerifiedTooLate([major], stage2, '2031-01-01', defaultProfile)).toEqual([]);
    expect(majorsVerifiedTooLate([late], stage2, '2031-01-01', defaultProfile)).toEqual([late]);
    expect(majorsVerifiedTooLate([open], stage2, '2030-09-01', defaultProfile)).toEqual([]);
    expect(majorsVerifiedTooLate([open], stage2, '2030-09-02', defaultProfile)).toEqual([open]);
  });

  it.each([
    ['2030-09-01', true],
    ['2030-09-02', false],
  ] as const)('verified on %s: granted %s', (on, possible) => {
    const driver = afterStage2('major');
    answered(driver, 'F-1', '2030-03-20');
    driver.until(on);
    verified(driver, 'F-1');
    const decision = {
      type: 'recordDecision',
      auditId: 'A-3',
      decision: 'granted',
      certificateNumber: 'C-1',
      basis: 'Report.',
    } as const;
    driver.as(who.decider);
    if (possible) driver.does(decision);
    else expect(driver.refuses(decision).code).toBe('R6');
    expect(driver.state.phase).toBe(possible ? 'surveillanceCycle' : 'certificationAudit');
  });

  it('too late, Stage 2 is done again, not Stage 1, and everybody is told', () => {
    const driver = afterStage2('major', 'minor');
    answered(driver, 'F-2', '2030-03-20');
    verified(driver, 'F-2');
    answered(driver, 'F-1', '2030-03-20');
    decided(driver, 'delayed', '2030-03-20');
    driver.until('2030-09-01T23:59:59.999Z');
    expect(driver.recordsOf('AuditOutdated')).toEqual([]);
    driver.until('2030-09-02T00:00:00.000Z');
    expect(driver.recordsOf('AuditOutdated')).toMatchObject([
      {
        at: '2030-09-02T00:00:00.000Z',
        data: { auditId: 'A-3', rule: 'R6', untilOn: '2030-09-01', findings: ['F-1'] },
      },
    ]);
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-4', status: 'planned', targetOn: '2030-10-02' });
    expect(driver.open('auditSchedule').map((task) => task.auditId)).toEqual(['A-4']);
    expect(driver.open('decision')).toEqual([]);
    expect(driver.told('auditOutdated').map(({ to, urgent }) => [to, urgent])).toEqual(
      [who.manager, who.sponsor, who.top, who.lead, who.auditor, who.decider].map((to) => [to, true]),
    );
  });

  it('decides on the second Stage 2 alone', () => {
    const driver = afterStage2('major').until('2030-09-02');
    const decision = { type: 'recordDecision', certificateNumber: 'C-1', basis: 'Report.' } as const;
    for (const kind of ['granted', 'delayed', 'refused'] as const) {
      const refusal = driver.as(who.decider).refuses({ ...decision, auditId: 'A-3', decision: kind });
      expect(refusal).toMatchObject({ code: 'R6', status: 409 });
    }
    answered(driver, 'F-1', '2030-09-20');
    held(driver, 'stage2', '2030-10-01');
    expect(driver.as(who.decider).refuses({ ...decision, auditId: 'A-4', decision: 'granted' }).code).toBe('R5');
    verified(driver, 'F-1');
    expect(driver.as(who.decider).refuses({ ...decision, auditId: 'A-3', decision: 'granted' }).code).toBe('R6');
    decided(driver, 'granted', '2030-10-20');
    expect(driver.certificate).toMatchObject({ decidedOn: '2030-10-20', lastDay: '2033-10-19' });
    expect(Object.values(driver.state.audits).filter((audit) => audit.kind === 'stage1')).toHaveLength(1);
  });

  it('holds for the second Stage 2 too, for as long as a major is open', () => {
    const driver = afterStage2('major').until('2030-09-02');
    held(driver, 'stage2', '2030-10-01');
    driver.until('2031-04-01');
    expect(driver.recordsOf('AuditOutdated')).toHaveLength(1);
    driver.until('2031-04-02');
    expect(driver.recordsOf('AuditOutdated').map(({ data }) => data.auditId)).toEqual(['A-3', 'A-4']);
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-5', status: 'planned' });
  });

  it('R3 counts for the second Stage 2 from the last day of R6; past it, Stage 1 is repeated', () => {
    const driver = afterStage2('major').until('2030-09-02').as(who.manager);
    const schedule = { type: 'scheduleAudit', auditId: 'A-4' } as const;
    const on = (day: string) => ({ ...schedule, team: [who.lead], startsOn: day, endsOn: day });
    expect(driver.refuses(on('2031-03-02')).code).toBe('R3');
    driver.fork().does(on('2031-03-01'));
    driver.until('2031-03-02');
    expect(driver.audit('stage1')).toMatchObject({ id: 'A-5', status: 'planned' });
    held(driver, 'stage1', '2031-04-01');
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-6', targetOn: '2031-04-02' });
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
