import { describe, expect, it } from 'vitest';
import { tell } from '../../words/records/index.ts';
import { moments } from '../support/moments.ts';
import { afterStage2, answered, auditedInternally, certified, decided, held, kept, scheduled } from './journey.ts';
import { type Driver, program, who } from './support.ts';

const raise = { type: 'raiseFinding', requirementId: '7.2', statement: 'No records.' } as const;
const correct = { type: 'correctFinding', findingId: 'F-1', reason: 'The records were shown.' } as const;
const withdraw = { type: 'withdrawFinding', findingId: 'F-1', reason: 'Another organization was meant.' } as const;
const reopen = { type: 'reopenOutcome', reason: 'A finding was left out.' } as const;
const grant = { type: 'recordDecision', auditId: 'A-3', certificateNumber: 'C-1', basis: 'The report.' } as const;

function lastLine(driver: Driver, type: string): string {
  return tell(driver.records.filter((one) => one.type === type).at(-1) as never);
}

describe('R27: until the decision', () => {
  it('a finding that was left out is added, with time from when it was told', () => {
    const driver = afterStage2().until('2030-03-11').as(who.lead);
    driver.does({ ...raise, auditId: 'A-3', grade: 'major', on: '2030-03-01' });
    expect(driver.finding()).toMatchObject({
      raisedOn: '2030-03-01',
      planDueOn: '2030-04-10',
      verifyDueOn: '2030-06-09',
    });
    expect(driver.as(who.decider).refuses({ ...grant, decision: 'granted' })).toMatchObject({ code: 'R5' });
  });

  it('a finding gets another grade, and what is asked for follows', () => {
    const driver = afterStage2('major').as(who.lead);
    driver.does({ ...correct, grade: 'observation' });
    expect(driver.finding()).toMatchObject({ status: 'noted', grade: 'observation' });
    expect(driver.open('correctiveActionPlan')).toEqual([]);
    expect(lastLine(driver, 'FindingCorrected')).toContain('observation instead of major nonconformity');
    driver.does({ ...correct, grade: 'minor', statement: 'Two records are missing.' });
    expect(driver.finding()).toMatchObject({ status: 'open', grade: 'minor', statement: 'Two records are missing.' });
    expect(driver.open('correctiveActionPlan')).toHaveLength(1);
    driver.does({ ...correct, grade: 'major' });
    expect(driver.finding()).toMatchObject({ status: 'open', grade: 'major', verifyDueOn: '2030-05-30' });
    expect(driver.open('correctiveActionPlan')).toMatchObject([{ title: expect.stringContaining('major') }]);
  });

  it('a minor keeps its answer when it becomes a major, and a major when it becomes a minor', () => {
    const driver = answered(afterStage2('minor'), 'F-1', '2030-04-15').as(who.lead);
    driver.does({ ...correct, grade: 'major' });
    expect(driver.finding()).toMatchObject({ status: 'planAccepted', grade: 'major', verifyDueOn: '2030-05-30' });
    expect(driver.open('correctiveAction')).toHaveLength(1);
    driver.does({ ...correct, grade: 'minor' });
    expect(driver.finding()).toMatchObject({ status: 'planAccepted', grade: 'minor' });
    expect(driver.finding()).not.toHaveProperty('verifyDueOn');
    driver.as(who.decider).does({ ...grant, decision: 'grantedWithCorrectiveAction' });
  });

  it('a finding belongs to another requirement, and its owner is asked', () => {
    const driver = afterStage2('minor').as(who.lead);
    driver.does({ ...correct, requirementId: '7.3' });
    expect(driver.open('correctiveActionPlan')).toMatchObject([{ requirementId: '7.3' }]);
    expect(driver.finding()).toMatchObject({ requirementId: '7.3' });
  });

  it('a finding is withdrawn and asks for nothing, and stays readable', () => {
    const driver = afterStage2('major').as(who.lead);
    driver.does(withdraw);
    expect(driver.finding()).toMatchObject({ status: 'withdrawn', withdrawnOn: '2030-03-01' });
    expect(driver.open('correctiveActionPlan')).toEqual([]);
    expect(driver.refuses(withdraw)).toMatchObject({ status: 409, detail: expect.stringContaining('was withdrawn') });
    expect(driver.as(who.owner).refuses({ ...correctPlan, findingId: 'F-1' })).toMatchObject({ status: 409 });
    driver.as(who.decider).does({ ...grant, decision: 'granted' });
    expect(driver.certificate.status).toBe('valid');
  });

  it('minors that were raised together are minors again when their major is withdrawn', () => {
    const driver = afterStage2('minor', 'minor').as(who.lead);
    driver.does({ type: 'raiseToMajor', findingId: 'F-1', reason: 'It is one failure.', together: ['F-2'] });
    expect(driver.finding('F-2')).toMatchObject({ status: 'closed', partOf: 'F-1' });
    driver.does(withdraw);
    expect(driver.finding('F-2')).toMatchObject({ status: 'open', grade: 'minor' });
    expect(driver.finding('F-2')).not.toHaveProperty('partOf');
    expect(driver.open('correctiveActionPlan')).toMatchObject([{ findingId: 'F-2' }]);
  });

  it('an outcome is reopened: no decision rests on it, findings stay, and another is recorded', () => {
    const driver = afterStage2('minor').as(who.lead);
    driver.does({ ...reopen, auditId: 'A-3' });
    expect(driver.state.audits['A-3']).toMatchObject({ status: 'scheduled', startsOn: '2030-03-01' });
    expect(driver.state.audits['A-3']).not.toHaveProperty('result');
    expect(driver.open('decision')).toEqual([]);
    expect(driver.open('auditOutcome')).toHaveLength(1);
    expect(driver.told('outcomeReopened').map(({ to }) => to)).toContain(who.decider);
    expect(driver.as(who.decider).refuses({ ...grant, decision: 'delayed' })).toMatchObject({ status: 409 });
    driver.as(who.lead).does({ type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: 'Both days.' });
    expect(driver.open('decision')).toHaveLength(1);
    expect(driver.finding('F-1')).toMatchObject({ status: 'open' });
  });

  it('an outcome after a delayed decision is reopened, and the decision is asked for anew', () => {
    const driver = decided(afterStage2('major'), 'delayed', '2030-03-08').as(who.lead);
    driver.does({ ...reopen, auditId: 'A-3' });
    driver.does(withdraw);
    driver.does({ type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: '' });
    expect(driver.open('decision')).toHaveLength(1);
    driver.as(who.decider).does({ ...grant, decision: 'granted' });
  });

  it('a Stage 1 that was ready by mistake is held to be not ready, and comes again', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    expect(driver.audit('stage2')).toMatchObject({ status: 'planned' });
    driver.as(who.lead).does({ ...reopen, auditId: 'A-2' });
    expect(driver.state.audits['A-3']).toMatchObject({ status: 'cancelled', takenBack: true });
    driver.does({ type: 'recordOutcome', auditId: 'A-2', result: 'notReady', note: 'No review.' });
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned' });
  });

  it('a Stage 1 that was not ready by mistake leads to Stage 2', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11', { result: 'notReady' });
    driver.as(who.lead).does({ ...reopen, auditId: 'A-2' });
    driver.does({ type: 'recordOutcome', auditId: 'A-2', result: 'ready', note: '' });
    expect(driver.audit('stage2')).toMatchObject({ status: 'planned' });
    scheduled(driver, 'stage2', '2030-03-01');
  });
});

const correctPlan = {
  type: 'planCorrectiveAction',
  correction: 'Corrected.',
  rootCause: 'No owner.',
  similarCases: 'None.',
  action: 'An owner is named.',
  dueOn: '2030-04-15',
} as const;

describe('R27: what rests on it is not counted again', () => {
  it('after the decision findings and outcome are final', () => {
    const driver = answered(afterStage2('minor'), 'F-1', '2030-04-15');
    decided(driver, 'grantedWithCorrectiveAction', '2030-03-08').as(who.lead);
    const final = { status: 409, code: 'R27', detail: expect.stringContaining('special audit') };
    expect(driver.refuses({ ...raise, auditId: 'A-3', grade: 'minor' })).toMatchObject(final);
    expect(driver.refuses({ ...reopen, auditId: 'A-3' })).toMatchObject(final);
    expect(driver.refuses({ ...correct, grade: 'observation' })).toMatchObject(final);
    expect(driver.refuses(withdraw)).toMatchObject(final);
  });

  it('a Stage 1 is final once Stage 2 has its days', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    scheduled(driver, 'stage2', '2030-03-01');
    expect(driver.as(who.lead).refuses({ ...reopen, auditId: 'A-2' })).toMatchObject({ status: 409, code: 'R27' });
  });

  it('an internal audit is final once the gate is passed', () => {
    const driver = auditedInternally(program(), '2030-01-15').as(who.internal);
    expect(driver.refuses({ ...reopen, auditId: 'A-1' })).toMatchObject({ status: 409, code: 'R27' });
    expect(driver.refuses({ ...raise, auditId: 'A-1', grade: 'minor' })).toMatchObject({ status: 409, code: 'R27' });
  });

  it('a surveillance is final once the next audit of the body has begun', () => {
    const driver = certified('2030-06-03');
    const first = held(driver, 'surveillance', '2031-04-01');
    driver.does({ ...raise, auditId: first, grade: 'observation' });
    held(driver, 'surveillance', '2032-04-01');
    expect(driver.refuses({ ...reopen, auditId: first })).toMatchObject({ status: 409, code: 'R27' });
  });

  it('only the team of the audit puts it right, or the manager for one of it', () => {
    const driver = afterStage2('minor');
    expect(driver.as(who.decider).refuses({ ...reopen, auditId: 'A-3' })).toMatchObject({ status: 403 });
    expect(driver.as(who.internal).refuses({ ...reopen, auditId: 'A-3' })).toMatchObject({ status: 403 });
    expect(driver.as(who.internal).refuses(withdraw)).toMatchObject({ status: 403 });
    const document = { title: 'Corrected report', links: ['https://docs.example.com/report'] };
    driver.as(who.manager).does({ ...withdraw, onBehalfOf: who.lead, document });
    expect(driver.finding()).toMatchObject({ status: 'withdrawn' });
  });
});

describe('a management review', () => {
  it('is put right, and what comes around counts from the right day', () => {
    const driver = certified('2030-06-03').as(who.manager);
    const { id: reviewId, heldOn } = driver.state.reviews.at(-1) ?? { id: '', heldOn: '2030-01-01' };
    const right = { type: 'correctManagementReview', reviewId, reason: 'The minutes say so.' } as const;
    expect(driver.refuses(right)).toMatchObject({ status: 422 });
    expect(driver.refuses({ ...right, heldOn: '2031-01-01' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...right, reviewId: 'R-9', heldOn })).toMatchObject({ status: 404 });
    driver.does({ ...right, heldOn: '2030-05-30', decisions: 'Nothing changes.' });
    expect(driver.state.reviews.at(-1)).toEqual({ id: reviewId, heldOn: '2030-05-30' });
    expect(lastLine(driver, 'ManagementReviewCorrected')).toContain('held on 2030-05-30');
    expect(driver.as(who.owner).refuses({ ...right, heldOn: '2030-05-29' })).toMatchObject({ status: 403 });
  });
});

describe('an incident and a complaint', () => {
  const reason = 'The log shows it.';

  it('are put right for who reads the records, with what was told first', () => {
    const driver = moments.incidentReported().as(who.manager);
    const right = { type: 'correctIncident', incidentId: 'I-1', reason } as const;
    driver.does({ ...right, occurredOn: '2030-01-05', description: 'Two customers saw it.' });
    expect(lastLine(driver, 'IncidentCorrected')).toBe(
      `Incident I-1 put right: it was on 2030-01-05; "Two customers saw it.": ${reason}`,
    );
    const received = { type: 'correctComplaint', complaintId: 'C-1', reason } as const;
    driver.does({ ...received, receivedOn: '2030-01-04', from: 'Dan Reyes' });
    expect(lastLine(driver, 'ComplaintCorrected')).toBe(
      `Complaint C-1 put right: it came on 2030-01-04; it came from Dan Reyes: ${reason}`,
    );
  });

  it('are refused where nothing is another, the day is ahead, or none has the number', () => {
    const driver = moments.incidentReported().as(who.manager);
    const incident = { type: 'correctIncident', incidentId: 'I-1', reason } as const;
    const complaint = { type: 'correctComplaint', complaintId: 'C-1', reason } as const;
    expect(driver.refuses(incident)).toMatchObject({ status: 422, code: 'empty' });
    expect(driver.refuses(complaint)).toMatchObject({ status: 422, code: 'empty' });
    expect(driver.refuses({ ...incident, occurredOn: '2030-01-20' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...complaint, receivedOn: '2030-01-20' })).toMatchObject({ status: 422, code: 'dates' });
    for (const incidentId of ['I-2', 'I-0', 'C-1', 'I-1e0', 'I-01'])
      expect(driver.refuses({ ...incident, incidentId, occurredOn: '2030-01-05' })).toMatchObject({ status: 404 });
    expect(driver.refuses({ ...complaint, complaintId: 'C-9', from: 'Dan' })).toMatchObject({ status: 404 });
    expect(driver.as(who.owner).refuses({ ...incident, occurredOn: '2030-01-05' })).toMatchObject({ status: 403 });
  });
});

describe('a certificate', () => {
  const right = { type: 'correctCertificate', reason: 'As printed.' } as const;

  it('gets its right number, and both stay readable', () => {
    const driver = certified('2030-06-03').as(who.decider);
    driver.does({ ...right, number: 'C-001' });
    expect(driver.certificate).toMatchObject({ number: 'C-001', decidedOn: '2030-06-03', lastDay: '2033-06-02' });
    expect(lastLine(driver, 'CertificateCorrected')).toContain('C-001, decided on');
    expect(driver.refuses({ ...right, number: 'C-001' })).toMatchObject({ status: 422 });
    expect(driver.refuses(right)).toMatchObject({ status: 422 });
  });

  it('gets the right day of its decision: last day and audits of the cycle follow', () => {
    const driver = certified('2030-06-03').as(who.decider);
    driver.does({ ...right, decidedOn: '2030-05-31' });
    expect(driver.certificate).toMatchObject({ validFrom: '2030-05-31', lastDay: '2033-05-30', cycle: 1 });
    const coming = Object.values(driver.state.audits).filter(({ status }) => status === 'planned');
    expect(coming.filter(({ kind }) => kind === 'surveillance')).toMatchObject([
      { latestOn: '2031-05-31', latestRule: 'R10' },
      { latestRule: 'R11' },
    ]);
    expect(coming.filter(({ kind }) => kind === 'recertification')).toMatchObject([{ latestOn: '2033-05-30' }]);
  });

  it('keeps its dates once an audit of the cycle has its days, and where it was renewed', () => {
    const driver = certified('2030-06-03');
    scheduled(driver, 'surveillance', '2031-04-01');
    expect(driver.as(who.decider).refuses({ ...right, decidedOn: '2030-05-31' })).toMatchObject({
      status: 409,
      detail: expect.stringContaining('cannot be counted again'),
    });
    driver.does({ ...right, number: 'C-7' });
  });

  it('is never decided ahead, before its audit, or in force before its decision', () => {
    const driver = certified('2030-06-03').as(who.decider);
    expect(driver.refuses({ ...right, decidedOn: '2030-06-04' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...right, decidedOn: '2030-05-01' })).toMatchObject({ status: 422, code: 'dates' });
    expect(driver.refuses({ ...right, validFrom: '2030-06-02' })).toMatchObject({ status: 422, code: 'R32' });
    expect(driver.refuses({ ...right, validFrom: '2030-09-01' })).toMatchObject({ status: 422, code: 'R32' });
    expect(driver.as(who.owner).refuses({ ...right, number: 'C-9' })).toMatchObject({ status: 403 });
  });
});

it('R27, R7: what is found anew after an outcome was reopened has its time from when it is told', () => {
  const driver = afterStage2().until('2030-04-15').as(who.lead);
  driver.does({ ...reopen, auditId: 'A-3' });
  driver.does({ ...raise, auditId: 'A-3', grade: 'minor', on: '2030-03-01' });
  expect(driver.finding()).toMatchObject({ planDueOn: '2030-05-15', missed: [] });
});

describe('a certificate that lapsed or is suspended', () => {
  const putRight = { type: 'correctCertificate', reason: 'The letter says otherwise.' } as const;

  it('gets its right number also after it lapsed', () => {
    const driver = certified('2030-06-05').until('2033-06-10').as(who.decider);
    driver.does({ ...putRight, number: 'C-7' });
    expect(driver.certificate).toMatchObject({ status: 'lapsed', number: 'C-7', lastDay: '2033-06-04' });
  });

  it('R16: with the right day of its decision it had not lapsed, and its cycle is planned anew', () => {
    const driver = certified('2030-06-05').until('2033-06-10').as(who.decider);
    expect(driver.certificate.status).toBe('lapsed');
    driver.does({ ...putRight, decidedOn: '2030-06-25' });
    expect(driver.certificate).toMatchObject({ status: 'valid', decidedOn: '2030-06-25', lastDay: '2033-06-24' });
    expect(driver.certificate).not.toHaveProperty('lapsedOn');
    expect(driver.audit('recertification')).toMatchObject({ status: 'planned', latestOn: '2033-06-24' });
    driver.until('2033-06-25');
    expect(driver.certificate).toMatchObject({ status: 'lapsed', lapsedOn: '2033-06-24' });
  });

  it('R17: of what stays lapsed the time for restoring counts from the right last day', () => {
    const driver = kept(certified('2030-06-05'), '2033-06-10').as(who.decider);
    driver.does({ ...putRight, decidedOn: '2030-06-03' });
    expect(driver.certificate).toMatchObject({ status: 'lapsed', lastDay: '2033-06-02', lapsedOn: '2033-06-02' });
    driver.until('2033-12-02T23:59:59.999Z');
    expect(driver.certificate).not.toHaveProperty('restorationEndedOn');
    driver.until('2033-12-03T00:00:00.000Z');
    expect(driver.certificate).toHaveProperty('restorationEndedOn');
    expect(driver.as(who.decider).refuses({ ...putRight, decidedOn: '2030-06-04' })).toMatchObject({ code: 'R17' });
    driver.does({ ...putRight, number: 'C-8' });
  });

  it('R18: the time to resolve a suspension counts from the right day', () => {
    const driver = kept(certified('2030-06-05'), '2031-08-31').as(who.decider);
    driver.does({ type: 'suspendCertificate', reason: 'Audits were refused.', ground: 'auditRefused' });
    driver.until('2031-09-10').does({ ...putRight, suspendedOn: '2031-08-20' });
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2031-08-20' });
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2032-02-20' }]);
    expect(lastLine(driver, 'CertificateCorrected')).toContain('suspended on 2031-08-20');
    expect(driver.refuses({ ...putRight, suspendedOn: '2031-09-11' })).toMatchObject({ status: 422 });
    expect(driver.refuses({ ...putRight, suspendedOn: '2031-01-02' })).toMatchObject({ code: 'R18' });
    expect(driver.refuses({ ...putRight, suspendedOn: '2031-08-20' })).toMatchObject({ code: 'state' });
    driver.until('2032-02-21');
    expect(driver.certificate.status).toBe('withdrawn');
  });

  it('R18: what is valid has no day of a suspension, and what the clock gave follows from the finding', () => {
    const driver = certified('2030-06-05').as(who.decider);
    expect(driver.refuses({ ...putRight, suspendedOn: '2030-06-05' })).toMatchObject({ code: 'R18' });
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
    driver.until('2031-08-10').as(who.decider);
    expect(driver.refuses({ ...putRight, suspendedOn: '2031-08-08' })).toMatchObject({
      code: 'R18',
      detail: expect.stringContaining('F-1'),
    });
  });
});
