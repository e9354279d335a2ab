import { describe, expect, it } from 'vitest';
import type {
  AdoptedAudit,
  AdoptedCertificate,
  AdoptedEvidence,
  AdoptedFinding,
  Adoption,
} from '../../domain/adoption/adoption.ts';
import { requirementState } from '../../domain/assessment/requirements.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import {
  adopted,
  certificate,
  known,
  minor,
  ratings,
  refusal,
  stage1,
  stage2,
  surveillance,
  today,
  withCertificate,
} from './adopted.ts';
import { decided, held, implemented, kept, plan, recertified } from './journey.ts';
import { Driver, definitionInput, local, who } from './support.ts';

const asked = (driver: Driver) => Object.values(driver.state.tasks).filter(isUnended);
const planned = (driver: Driver) =>
  Object.values(driver.state.audits)
    .filter(({ status }) => status === 'planned')
    .map(({ kind, targetOn, latestOn, latestRule }) => [kind, targetOn, latestOn, latestRule]);

describe('a certificate that is taken over in its second year', () => {
  it('R10 R11 R15 owes the surveillance and the recertification that are left, and nothing else', () => {
    const driver = adopted(known);
    expect(driver.state).toMatchObject({ status: 'active', phase: 'surveillanceCycle', phasePlanned: true });
    expect(driver.certificate).toMatchObject({
      number: 'C-7',
      cycle: 1,
      validFrom: '2029-02-12',
      lastDay: '2032-02-11',
    });
    expect(planned(driver)).toEqual([
      ['surveillance', '2031-01-12', '2031-12-31', 'R11'],
      ['recertification', '2031-11-11', '2032-02-11', 'R15'],
    ]);
    expect(asked(driver)).toEqual([]);
    expect(driver.warnings()).toEqual([]);
    expect(driver.records.map(({ type }) => type).slice(0, 2)).toEqual(['ProgramStarted', 'ProgramAdopted']);
  });

  it('R15 goes through its surveillance and its recertification into the next cycle', () => {
    const driver = kept(adopted(known), '2031-11-11');
    recertified(driver, '2031-11-18', '2032-01-20');
    expect(driver.certificate).toMatchObject({
      number: 'C-100',
      cycle: 2,
      initialDecisionOn: '2029-02-12',
      validFrom: '2032-02-12',
      lastDay: '2035-02-11',
    });
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
    expect(planned(driver).filter(([kind]) => kind !== 'internal')).toHaveLength(3);
  });

  it('R10 whose first surveillance is not known is asked for its report, and it is not counted as missed', () => {
    const driver = adopted({ ...known, audits: [] });
    expect(asked(driver).map(({ kind, title }) => [kind, title])).toEqual([
      [
        'adoption',
        'Submit the report of the surveillance audit that was owed by February 12, 2030 (R10), or say why there is none',
      ],
    ]);
    expect(planned(driver).map(([kind]) => kind)).toEqual(['surveillance', 'recertification']);
    driver.until('2030-12-01');
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
  });

  it('R11 owes a surveillance today when its target has passed and its last day has not', () => {
    const late = withCertificate({ decidedOn: '2028-02-12', lastDay: '2031-02-11' });
    const first: AdoptedAudit = { ...surveillance, startsOn: '2029-01-15', endsOn: '2029-01-15' };
    expect(planned(adopted({ ...late, audits: [first] }))).toEqual([
      ['surveillance', today, '2030-12-31', 'R11'],
      ['recertification', '2030-11-11', '2031-02-11', 'R15'],
    ]);
  });

  it('R15 with a recertification audit held is decided on, and none is planned', () => {
    const old = withCertificate({ decidedOn: '2027-08-02', lastDay: '2030-08-01' });
    const recertification = { ...stage2, kind: 'recertification' as const };
    const driver = adopted({ ...old, audits: [surveillance, recertification] });
    expect(planned(driver)).toEqual([]);
    expect(driver.open('decision')).toHaveLength(1);
    decided(driver, 'granted', '2030-06-20', 'recertification');
    expect(driver.certificate).toMatchObject({ cycle: 2, validFrom: '2030-08-02', lastDay: '2033-08-01' });
  });

  it('R17 that has lapsed can be restored while the body still may', () => {
    const lapsed = withCertificate({ decidedOn: '2027-02-01', lastDay: '2030-01-31', status: 'lapsed' });
    const driver = adopted({ ...lapsed, audits: [] });
    expect(driver.certificate).toMatchObject({ status: 'lapsed', lapsedOn: '2030-01-31' });
    expect(planned(driver)).toEqual([['recertification', today, '2030-01-31', 'R15']]);
    const auditId = held(driver, 'recertification', '2030-07-01');
    driver.as(who.decider).does({ type: 'restoreCertificate', auditId, reason: 'All is done.' });
    expect(driver.certificate).toMatchObject({ status: 'valid', validFrom: '2030-07-01', lastDay: '2033-01-31' });
  });

  it('R18 that is suspended is withdrawn when its suspension ends', () => {
    const driver = adopted(withCertificate({ status: 'suspended', suspendedOn: '2030-02-01' }));
    driver.until('2030-08-01');
    expect(driver.certificate.status).toBe('suspended');
    driver.until('2030-08-02');
    expect(driver.certificate.status).toBe('withdrawn');
  });

  it('R12 that ends earlier than it might is taken as it is, with a warning', () => {
    const driver = adopted(withCertificate({ lastDay: '2031-12-31' }));
    expect(driver.certificate.lastDay).toBe('2031-12-31');
    expect(driver.warnings()).toEqual(['R12']);
  });
});

describe('a certificate that was renewed', () => {
  const renewed: Partial<AdoptedCertificate> = { cycle: 2, initialDecisionOn: '2026-02-12', decidedOn: '2029-01-15' };

  it('R15 is valid from the end of the old one, and its years go by that', () => {
    const driver = adopted(withCertificate(renewed));
    expect(driver.certificate).toMatchObject({ cycle: 2, initialDecisionOn: '2026-02-12', validFrom: '2029-02-12' });
    expect(planned(driver)).toEqual([
      ['surveillance', '2031-01-12', '2031-12-31', 'R11'],
      ['recertification', '2031-11-11', '2032-02-11', 'R15'],
    ]);
  });

  it('R12 R15 is valid from 1 March when its last day has none three years before', () => {
    const dates: Partial<AdoptedCertificate> = {
      ...renewed,
      initialDecisionOn: '2026-03-01',
      decidedOn: '2029-02-01',
      lastDay: '2032-02-28',
    };
    expect(adopted(withCertificate(dates)).certificate.validFrom).toBe('2029-03-01');
  });

  it.each<[string, Partial<AdoptedCertificate>, string | undefined]>([
    ['R15 no earlier than its preparation begins', { decidedOn: '2028-08-11' }, undefined],
    ['R15 not before that', { decidedOn: '2028-08-10' }, 'R15'],
    ['whose first decision is not known', { initialDecisionOn: undefined }, 'dates'],
    ['whose first decision is after this one', { initialDecisionOn: '2029-01-16' }, 'dates'],
  ])('%s', (_what, changes, code) => {
    const adoption = withCertificate({ ...renewed, ...changes });
    if (code) expect(refusal(adoption)).toMatchObject({ status: 422, code });
    else expect(adopted(adoption).certificate.cycle).toBe(2);
  });
});

describe('a certificate that was earned again after a lapse', () => {
  it('R17, R12: begins with its decision, in a later cycle', () => {
    const granted = {
      cycle: 2,
      decidedOn: '2029-02-12',
      initialDecisionOn: '2029-02-12',
      lastDay: '2032-02-11',
    } as const;
    const driver = adopted(withCertificate(granted));
    expect(driver.certificate).toMatchObject({ ...granted, validFrom: '2029-02-12' });
    expect(driver.warnings()).toEqual([]);
    expect(refusal(withCertificate({ ...granted, lastDay: '2032-02-12' }))).toMatchObject({ code: 'R12' });
  });
});

describe('open findings that are taken over', () => {
  it('R7 ask for what comes next, by the deadlines that are known', () => {
    const driver = adopted({
      ...known,
      openFindings: [
        { ...minor, status: 'open', plan: undefined, planDueOn: '2030-06-20' },
        { ...minor, requirementId: '7.3', status: 'planned' },
        { ...minor, requirementId: '8.1' },
        { ...minor, requirementId: '9.1', status: 'done' },
        { ...minor, requirementId: '6.1.2', grade: 'major', verifyDueOn: '2030-08-01' },
      ],
    });
    expect(asked(driver).map(({ kind, findingId, dueOn }) => [findingId, kind, dueOn])).toEqual([
      ['F-1', 'correctiveActionPlan', '2030-06-20'],
      ['F-2', 'planReview', '2030-06-19'],
      ['F-3', 'correctiveAction', '2030-07-01'],
      ['F-4', 'verification', '2031-01-12'],
      ['F-5', 'correctiveAction', '2030-07-01'],
    ]);
    expect(driver.finding('F-5')).toMatchObject({ grade: 'major', verifyDueOn: '2030-08-01', raisedOn: '2030-01-21' });
    driver.until('2030-08-02');
    expect(driver.certificate.status).toBe('suspended');
  });

  it('R14 become majors at the next audit of the body when they are still open', () => {
    const driver = adopted({ ...known, openFindings: [minor] });
    driver.until('2030-12-01');
    held(driver, 'surveillance', '2031-01-12');
    expect(driver.finding('F-1')).toMatchObject({
      grade: 'major',
      raisedBecause: expect.stringContaining('Still open'),
    });
  });

  it('R7 show a plan that is late already, and tell nobody of it as if it happened now', () => {
    const driver = adopted({ ...known, openFindings: [{ ...minor, status: 'open', plan: undefined }] });
    expect(driver.finding('F-1')).toMatchObject({ status: 'open', planDueOn: '2030-02-20', missed: ['plan'] });
    expect(driver.task('correctiveActionPlan').dueOn).toBe('2030-02-20');
    driver.until('2030-07-01');
    expect(driver.recordsOf('DeadlineMissed')).toEqual([]);
    expect(driver.told('deadlineMissed')).toEqual([]);
  });

  it('leave some working days for what is due today, however late in the day it is', () => {
    const past: AdoptedFinding = { ...minor, plan: { ...plan, dueOn: '2030-05-31' } };
    const driver = adopted({ ...known, openFindings: [past, { ...past, requirementId: '8.1', status: 'done' }] });
    // A Wednesday, and five working days.
    expect(driver.task('correctiveAction').dueOn).toBe('2030-06-12');
    const soonest = asked(driver)
      .map(({ dueOn }) => dueOn)
      .sort()[0];
    expect(soonest).toBe('2030-06-12');
  });
});

describe('a program before its certificate', () => {
  const stages: Adoption = { ...known, phase: 'certificationAudit', certificate: undefined, audits: [stage1] };

  it('R3 goes on to Stage 2, which may begin in the months after the Stage 1 that was held', () => {
    const driver = adopted(stages);
    expect(driver.audit('stage2')).toMatchObject({ status: 'planned' });
    // What comes around goes on meanwhile.
    expect(driver.state.phasePlanned).toBe(true);
    driver.until('2030-10-09');
    expect(driver.open('managementReview')).toHaveLength(1);
    expect(driver.recordsOf('AuditCancelled')).toEqual([]);
    driver.until('2030-10-10');
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned' });
  });

  it('goes on with what comes around while the decision is waited for', () => {
    const driver = adopted({ ...stages, audits: [stage1, stage2] });
    expect(driver.open('decision')).toHaveLength(1);
    expect(driver.state.phasePlanned).toBe(true);
    driver.until('2030-10-10');
    expect(driver.open('managementReview')).toHaveLength(1);
  });

  it('R3 repeats a Stage 1 that was held too long ago', () => {
    const driver = adopted({ ...stages, audits: [{ ...stage1, startsOn: '2029-11-12', endsOn: '2029-11-12' }] });
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned' });
  });

  it('R2 answers the concerns of Stage 1 before it goes on', () => {
    const concern: AdoptedFinding = {
      ...minor,
      raisedIn: 'stage1',
      raisedOn: '2030-04-09',
      grade: 'concern',
      status: 'open',
      plan: undefined,
    };
    const notReady = { ...stage1, result: 'notReady' as const };
    const driver = adopted({ ...stages, audits: [notReady], openFindings: [concern] });
    expect(asked(driver).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([['concern', '2030-06-12']]);
  });

  it('R5 is decided on when Stage 2 was held, by nobody of its team (R8)', () => {
    const driver = adopted({ ...stages, audits: [stage1, { ...stage2, team: [who.decider] }] });
    const command = {
      type: 'recordDecision',
      decision: 'granted',
      certificateNumber: 'C-1',
      basis: 'Report.',
    } as const;
    const auditId = driver.audit('stage2').id;
    expect(driver.as(who.decider).refuses({ ...command, auditId })).toMatchObject({ code: 'R8' });
    const other = adopted({ ...stages, audits: [stage1, stage2] });
    other.as(who.decider).does({ ...command, auditId: other.audit('stage2').id });
    expect(other.certificate).toMatchObject({ cycle: 1, decidedOn: today, lastDay: '2033-06-04' });
    expect(other.state.phase).toBe('surveillanceCycle');
  });

  it('R2 in its internal audit is asked for nothing that the phase asks for itself', () => {
    const driver = adopted({ phase: 'internalAudit', ratings, impactAssessments: known.impactAssessments });
    expect(asked(driver).map(({ kind }) => kind)).toEqual(['auditSchedule', 'managementReview']);
  });

  it('in its implementation is asked for evidence of its gaps', () => {
    const gap = { ...ratings[0]!, status: 'missing' as const, gap: 'Nothing is written down.' };
    const driver = adopted({ phase: 'implementation', ratings: [gap, ...ratings.slice(1)] });
    expect(driver.recordsOf('GapAssessmentCompleted')).toHaveLength(1);
    expect(driver.open('evidence').map(({ requirementId }) => requirementId)).toContain(gap.requirementId);
    implemented(driver);
    expect(driver.state.phase).toBe('internalAudit');
  });

  it('R23 is asked for no evidence that was accepted before, until its validity ends', () => {
    const evidence: AdoptedEvidence[] = [{ requirementId: '7.2', acceptedOn: '2029-06-01', validUntil: '2030-12-31' }];
    const driver = adopted({ ...known, evidence });
    const accepted = { acceptedOn: '2029-06-01', validUntil: '2030-12-31' };
    expect(requirementState(driver.state, '7.2')?.evidence).toEqual(accepted);
    driver.until('2030-12-01');
    expect(driver.open('evidence').map(({ requirementId, title }) => [requirementId, title])).toEqual([
      ['7.2', '7.2 Competence: renew the evidence'],
    ]);
    const under = adopted({ phase: 'implementation', ratings, evidence });
    expect(under.open('evidence').map(({ requirementId }) => requirementId)).not.toContain('7.2');
  });

  it('in its gap assessment goes on with the ratings that are there', () => {
    const driver = adopted({ phase: 'gapAssessment', ratings: ratings.slice(1) });
    expect(driver.state.phase).toBe('gapAssessment');
    driver.as(who.consultant).does({ type: 'rateRequirement', ...ratings[0]! });
    driver.does({ type: 'completeGapAssessment' });
    expect(driver.state.phase).toBe('implementation');
  });
});

describe('what is not known', () => {
  const bare: Adoption = { phase: 'surveillanceCycle', certificate: { ...certificate, scopeStatement: undefined } };

  it('is asked for, with an assignee and a day, and never invented', () => {
    const driver = adopted(bare);
    expect(asked(driver).map(({ kind, assignee, dueOn }) => [kind, assignee, dueOn])).toEqual([
      ['earlierAudit', who.manager, '2030-06-19'],
      ['managementReview', who.manager, '2030-06-19'],
      ['adoption', who.manager, '2030-06-19'],
      ['adoption', who.manager, '2030-06-19'],
      ['gapAssessment', who.consultant, '2030-07-03'],
      ['impactAssessment', who.manager, '2030-07-03'],
    ]);
    expect(driver.state.audits).toEqual(
      expect.not.objectContaining({ 'A-1': expect.objectContaining({ status: 'held' }) }),
    );
    expect(driver.state.reviews).toEqual([]);
    expect(driver.told('program').map(({ to, item }) => [to, item.event])).toEqual([
      [who.sponsor, 'adopted'],
      [who.top, 'adopted'],
    ]);
    // Also whoever started it, for the program is who asks.
    const heard = driver.told('taskOpened').map(({ to }) => to);
    expect(heard.filter((to) => to === who.manager)).toHaveLength(5);
    driver.until('2030-06-20');
    expect(driver.told('taskOverdue').map(({ to }) => to)).toContain(who.manager);
  });

  it('is entered: the internal audit, the ratings, the papers', () => {
    const driver = adopted(bare);
    const earlier: UserCommand = {
      type: 'recordEarlierAudit',
      startsOn: '2029-11-19',
      endsOn: '2029-11-20',
      team: [who.internal],
    };
    driver.as(who.manager);
    expect(driver.refuses({ ...earlier, endsOn: '2030-06-06' } as UserCommand)).toMatchObject({ code: 'dates' });
    expect(driver.refuses({ ...earlier, endsOn: '2029-11-18' } as UserCommand)).toMatchObject({ code: 'dates' });
    const ancient = { ...earlier, startsOn: '2020-12-01', endsOn: '2020-12-02' } as UserCommand;
    expect(driver.refuses(ancient).detail).toContain('more than 36 months before the program was taken over');
    driver.does(earlier);
    expect(driver.open('earlierAudit')).toEqual([]);
    expect(driver.refuses(earlier)).toMatchObject({ status: 409, code: 'state' });
    driver.as(who.consultant);
    for (const rating of ratings) driver.does({ type: 'rateRequirement', ...rating });
    driver.does({ type: 'completeGapAssessment' });
    expect(driver.open('gapAssessment')).toEqual([]);
    expect(driver.refuses({ type: 'rateRequirement', ...ratings[0]! })).toMatchObject({ code: 'state' });
    expect(driver.state.phase).toBe('surveillanceCycle');
    const [paper] = driver.open('adoption');
    const taskId = paper!.id;
    driver.as(who.manager).does({ type: 'submitEvidence', taskId, links: ['https://example.com/c'], note: '' });
    driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
    expect(driver.open('adoption')).toHaveLength(1);
  });

  it('may be waived when there never was an internal audit', () => {
    const driver = adopted(bare);
    const taskId = driver.task('earlierAudit').id;
    driver.as(who.manager).does({ type: 'waiveTask', taskId, reason: 'There was none.' });
    expect(driver.open('earlierAudit')).toEqual([]);
  });

  it('is not asked for in a program that began here', () => {
    const driver = new Driver(definitionInput(), local('2030-01-07', '06:00', 'Etc/UTC'));
    const dates = { startsOn: '2029-11-19', endsOn: '2029-11-20' } as const;
    const earlier: UserCommand = { type: 'recordEarlierAudit', ...dates, team: [who.internal] };
    expect(driver.as(who.manager).refuses(earlier)).toMatchObject({ code: 'state' });
  });
});
