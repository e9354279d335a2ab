import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { offersOn } from '../../domain/offers/offers.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { tell } from '../../words/records/index.ts';
import { afterStage2, answered, certified, decided, held, kept, scheduled, verified } from './journey.ts';
import { type Driver, who } from './support.ts';

/** What is told late is judged by what stood on its day, and in whatever order it is told it comes to the same. */

const evidence = { links: ['https://example.com/done'], note: '' };
const grant = (decision: 'granted' | 'grantedWithCorrectiveAction' | 'delayed', on: IsoDate): UserCommand => ({
  type: 'recordDecision',
  auditId: 'A-3',
  decision,
  certificateNumber: 'C-1',
  basis: 'The report.',
  on,
});
const suspend = (on: IsoDate): UserCommand => ({ type: 'suspendCertificate', reason: 'A complaint.', on });
const reinstate = (on: IsoDate): UserCommand => ({ type: 'reinstateCertificate', reason: 'Resolved.', on });
const verify = (findingId: string, on: IsoDate): UserCommand => ({
  type: 'verifyFinding',
  findingId,
  effective: true,
  note: '',
  on,
});
const transfer = (on: IsoDate): UserCommand => ({
  type: 'transferCertificate',
  to: { name: 'Second Body' },
  on,
  reason: 'Nearer.',
});

/** A certificate valid through 4 June 2033 and its recertification audit A-6 held on 4 March without a decision. */
const audited = kept(certified('2030-06-05'), '2033-03-01');
held(audited, 'recertification', '2033-03-04');
const renewal = { type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'The report.' } as const;

describe('R5, R28: a decision is judged by what stood on its day', () => {
  it('a minor that was verified later was open then', () => {
    const driver = answered(afterStage2('minor').until('2030-03-05'), 'F-1', '2030-04-15');
    verified(driver.until('2030-03-20'), 'F-1').until('2030-03-25').as(who.decider);
    expect(driver.refuses(grant('granted', '2030-03-19'))).toMatchObject({ code: 'R5', status: 409 });
    driver.fork().does(grant('granted', '2030-03-20'));
    driver.does(grant('grantedWithCorrectiveAction', '2030-03-19'));
    expect(driver.certificate).toMatchObject({ decidedOn: '2030-03-19', lastDay: '2033-03-18' });
  });

  it('a plan that was accepted later had not been', () => {
    const driver = answered(afterStage2('minor').until('2030-03-20'), 'F-1', '2030-04-15').until('2030-03-25');
    driver.as(who.decider);
    expect(driver.refuses(grant('grantedWithCorrectiveAction', '2030-03-19'))).toMatchObject({ code: 'R5' });
    driver.does(grant('grantedWithCorrectiveAction', '2030-03-20'));
  });

  it('a delay that is told after the major was verified is recorded, and the decision is asked for again', () => {
    const driver = answered(afterStage2('major').until('2030-03-05'), 'F-1', '2030-04-15');
    verified(driver.until('2030-03-20'), 'F-1').until('2030-03-25').as(who.decider);
    driver.does(grant('delayed', '2030-03-15'));
    expect(driver.open('decision')).toHaveLength(1);
    driver.does(grant('granted', '2030-03-21'));
    expect(driver.certificate.decidedOn).toBe('2030-03-21');
  });

  it('and never comes before one that delayed it', () => {
    const driver = answered(afterStage2('major').until('2030-03-05'), 'F-1', '2030-04-15').as(who.manager);
    driver.does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
    decided(driver, 'delayed', '2030-03-22').until('2030-03-25').as(who.lead).does(verify('F-1', '2030-03-10'));
    driver.as(who.decider);
    expect(driver.refuses(grant('granted', '2030-03-21'))).toMatchObject({ code: 'dates', status: 422 });
    driver.does(grant('granted', '2030-03-22'));
  });

  it('nor is its day put right to one before the major was verified, or after the certificate was suspended', () => {
    const driver = answered(afterStage2('major').until('2030-03-05'), 'F-1', '2030-04-15');
    verified(driver.until('2030-03-20'), 'F-1');
    decided(driver, 'granted', '2030-03-25').as(who.decider);
    const right = { type: 'correctCertificate', reason: 'As printed.' } as const;
    expect(driver.refuses({ ...right, decidedOn: '2030-03-19' })).toMatchObject({ code: 'dates', status: 422 });
    driver.fork().does({ ...right, decidedOn: '2030-03-20' });
    driver.until('2030-05-01').does(suspend('2030-04-10'));
    expect(driver.refuses({ ...right, decidedOn: '2030-04-11' })).toMatchObject({ code: 'dates', status: 422 });
    driver.does({ ...right, decidedOn: '2030-04-10' });
  });
});

describe('R25: who audits does not decide, before the outcome either', () => {
  it('while the audit is under way, or its outcome is reopened', () => {
    const driver = certified('2030-06-05');
    const auditId = scheduled(driver, 'surveillance', '2031-04-01');
    driver.until('2031-03-31').as(who.lead).fork().does(suspend('2031-03-31'));
    driver.until('2031-04-01');
    expect(driver.refuses(suspend('2031-04-01'))).toMatchObject({ code: 'R25', status: 409 });
    driver.does({ type: 'recordOutcome', auditId, result: 'suspend', note: 'No records.' });
    driver.does({ type: 'reopenOutcome', auditId, reason: 'A day was left out.' });
    expect(driver.refuses(suspend('2031-04-01'))).toMatchObject({ code: 'R25', status: 409 });
    driver.as(who.decider).does(suspend('2031-04-01'));
  });
});

describe('R18, R28: in whatever order it is told', () => {
  /** Two majors, their actions reported done, past their day; the clock suspended the certificate on 4 August 2031. */
  const suspendedForTwo = (): Driver => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }, { grade: 'major' }] });
    driver.until('2031-06-01');
    for (const findingId of ['F-1', 'F-2']) {
      answered(driver, findingId, '2031-07-20').as(who.manager);
      driver.does({ type: 'reportCorrectiveActionDone', findingId, evidence });
    }
    return driver.until('2031-08-10').as(who.lead);
  };

  it.each([
    ['F-1', 'F-2'],
    ['F-2', 'F-1'],
  ])('two majors verified in time end the suspension: %s, then %s', (first, then) => {
    const driver = suspendedForTwo();
    driver.does(verify(first, '2031-08-02'));
    expect(driver.certificate.status).toBe('suspended');
    driver.does(verify(then, '2031-08-03'));
    expect(driver.certificate.status).toBe('valid');
  });

  it('one of the two that was verified too late keeps it', () => {
    const driver = suspendedForTwo();
    driver.does(verify('F-2', '2031-08-09'));
    driver.does(verify('F-1', '2031-08-03'));
    expect(driver.certificate.status).toBe('suspended');
  });

  it('a suspension of the body that began before that of the clock counts from its own day', () => {
    const driver = suspendedForTwo().as(who.decider);
    expect(driver.refuses(suspend('2031-08-04')).code).toBe('state');
    driver.does(suspend('2031-07-20'));
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2031-07-20' });
    expect(driver.certificate).not.toHaveProperty('suspendedFor');
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2032-01-20' }]);
    expect(driver.refuses(suspend('2031-07-19')).code).toBe('state');
  });

  it('a suspension before the renewal goes on in the new cycle', () => {
    const driver = decided(audited.fork(), 'granted', '2033-04-10', 'recertification').until('2033-04-20');
    driver.as(who.decider).does(suspend('2033-04-01'));
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2033-04-01', cycle: 2 });
    expect(driver.open('suspension')).toMatchObject([{ dueOn: '2033-10-01' }]);
    driver.does(reinstate('2033-04-05'));
    expect(driver.certificate).toMatchObject({ status: 'valid', reinstatedOn: '2033-04-05' });
    expect(driver.refuses(suspend('2033-04-04')).code).toBe('dates');
  });

  it('a reinstatement that is told first asks for the suspension', () => {
    const driver = certified('2030-06-05').until('2031-01-10').as(who.decider);
    const first = { status: 409, detail: expect.stringContaining('record the suspension with its day first') };
    expect(driver.refuses(reinstate('2031-01-05'))).toMatchObject(first);
    driver.does(suspend('2031-01-02'));
    driver.does(reinstate('2031-01-05'));
    expect(driver.certificate).toMatchObject({ status: 'valid', reinstatedOn: '2031-01-05' });
  });

  it('a renewal told after the suspension had to be resolved asks what became of that, and is not withdrawn at once', () => {
    const driver = audited.fork().until('2033-03-20').as(who.decider);
    driver.does(suspend('2033-03-20'));
    driver.until('2033-09-21');
    const told = { ...renewal, on: '2033-06-04' } as const;
    expect(driver.refuses(told)).toMatchObject({ code: 'R18', detail: expect.stringContaining('September 20, 2033') });
    expect(driver.refuses(reinstate('2033-09-21')).code).toBe('R18');
    driver.does(reinstate('2033-09-20'));
    driver.does(told);
    expect(driver.certificate).toMatchObject({ status: 'valid', validFrom: '2033-06-05', lastDay: '2036-06-04' });
  });
});

describe('R27, R28: what rested on a mistake is taken back', () => {
  it.each([
    ['withdrawn', { type: 'withdrawFinding' }],
    ['put right to a minor', { type: 'correctFinding', grade: 'minor' }],
  ] as const)('a suspension over a major that is %s, and whoever was told of it is told', (_, right) => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
    driver.until('2031-08-10').as(who.lead);
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedFor: 'F-1' });
    driver.does({ ...right, findingId: 'F-1', reason: 'The records were shown.' });
    expect(driver.certificate).toMatchObject({ status: 'valid' });
    expect(driver.certificate).not.toHaveProperty('suspendedOn');
    expect(driver.open('suspension')).toEqual([]);
    expect(driver.told('certificate').at(-1)?.item.event).toBe('notSuspended');
    expect(tell(driver.recordsOf('SuspensionTakenBack')[0] as never)).toContain('not to be a major');
  });

  it('but not while another major is past its time', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }, { grade: 'major' }] });
    driver.until('2031-08-10').as(who.lead);
    driver.does({ type: 'withdrawFinding', findingId: 'F-1', reason: 'A mistake.' });
    expect(driver.certificate.status).toBe('suspended');
    driver.does({ type: 'withdrawFinding', findingId: 'F-2', reason: 'A mistake.' });
    expect(driver.certificate.status).toBe('valid');
  });

  it('with a lapse what it dropped of recommendations is to be decided again', () => {
    const driver = audited.fork().until('2033-05-01').as(who.decider);
    const special = { type: 'planAudit', kind: 'special', occasion: 'complaint', reason: 'A complaint.' } as const;
    driver.does({ ...special, targetOn: '2033-05-20' });
    held(driver, 'special', '2033-05-20', { result: 'suspend' });
    driver.until('2033-06-08').as(who.decider);
    expect(driver.open('recommendation')).toEqual([]);
    driver.does({ ...renewal, on: '2033-06-04' });
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 2 });
    expect(driver.open('recommendation')).toMatchObject([{ assignee: who.decider }]);
    driver.does({ type: 'suspendCertificate', reason: 'As recommended.' });
    expect(driver.open('recommendation')).toEqual([]);
  });
});

describe('R20: what the old body did last', () => {
  const found = (): Driver => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
    return driver;
  };

  it('is also a verification that failed, and a finding that was put right or withdrawn', () => {
    const failed = answered(found().until('2031-05-20'), 'F-1', '2031-07-20');
    verified(failed.until('2031-06-10'), 'F-1', false);
    const withdrawn = found().until('2031-06-10').as(who.lead);
    withdrawn.does({ type: 'withdrawFinding', findingId: 'F-1', reason: 'Another organization was meant.' });
    for (const driver of [failed, withdrawn]) {
      driver.until('2031-06-20').as(who.manager);
      expect(driver.refuses(transfer('2031-06-09'))).toMatchObject({ code: 'R20', status: 422 });
      driver.does(transfer('2031-06-10'));
    }
  });
});

describe('a management review', () => {
  it('that is put right to what it is already changes nothing', () => {
    const driver = certified('2030-06-03').as(who.manager);
    const { id: reviewId, heldOn } = driver.state.reviews.at(-1) ?? { id: '', heldOn: '2030-01-01' };
    const same = { type: 'correctManagementReview', reviewId, heldOn, reason: 'The minutes say so.' } as const;
    expect(driver.refuses(same)).toMatchObject({ status: 422 });
  });
});

describe('what can only be told late is offered', () => {
  const offered = (driver: Driver) =>
    offersOn(driver.state, 'certificate', { email: who.decider }, driver.now).map(({ command }) => command);

  it('a decision in time, once the certificate has lapsed for good', () => {
    const driver = audited.fork().until('2034-01-10');
    expect(driver.state.phase).toBe('certificationAudit');
    expect(offered(driver)).toContain('recordDecision');
  });

  it('a suspension before the lapse, and the end of one that is over', () => {
    const driver = audited.fork().until('2033-06-08');
    expect(offered(driver)).toContain('suspendCertificate');
    driver.as(who.decider).does(suspend('2033-06-01'));
    expect(offered(driver)).toContain('reinstateCertificate');
  });
});
