import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import type { Person } from '../../domain/people/person.ts';
import type { CommandMap } from '../../domain/registry.ts';
import { afterStage2, answered, certified, held, kept, scheduled, verified } from './journey.ts';
import { type Driver, dayOf, people, plus, who } from './support.ts';

const transfer = (on: IsoDate, to: CommandMap['transferCertificate']['to'] = { name: 'Second Body' }) =>
  ({ type: 'transferCertificate', to, on, reason: 'It is nearer.' }) as const;

const newLead: Person = { email: 'leo@second.example', name: 'Leo', roles: ['leadAuditor'] };
const newDecider: Person = { email: 'dora@second.example', name: 'Dora', roles: ['decisionMaker'] };
const withNewBody = [...people.filter(({ email }) => !email.endsWith('@body.example')), newLead, newDecider];

/** The first surveillance found a minor, whose plan was accepted; the second is agreed for 5 May 2032. */
function underWay(): Driver {
  const driver = certified('2030-06-05');
  held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'minor' }] });
  answered(driver, 'F-1', '2031-06-30');
  scheduled(driver, 'surveillance', '2032-05-05');
  return kept(driver, '2031-09-01').as(who.sponsor);
}

describe('R20: a transfer to another body', () => {
  it('keeps the dates, takes the open nonconformities along and brings the numbers of the new body', () => {
    const driver = underWay();
    const before = driver.certificate;
    driver.does({
      ...transfer('2031-08-31', { name: 'Second Body', rules: { suspensionMonths: 3 } }),
      certificateNumber: 'S-7',
    });
    expect(driver.certificate).toEqual({ ...before, number: 'S-7' });
    expect(driver.state.body).toMatchObject({ name: 'Second Body', profile: { suspensionMonths: 3, planDays: 30 } });
    expect(driver.recordsOf('CertificateTransferred')).toMatchObject([
      {
        data: {
          from: 'Example Body',
          on: '2031-08-31',
          openFindings: ['F-1'],
          left: [who.lead, who.auditor, who.decider],
        },
      },
    ]);
    expect(driver.finding('F-1').status).toBe('planAccepted');
  });

  it('ends the roles of the old body, and tells both sides', () => {
    const driver = underWay();
    driver.does(transfer('2031-09-01'));
    expect(driver.state.people.map(({ email }) => email)).not.toContain(who.lead);
    const told = driver.told('transferred').map(({ to, urgent, item }) => [to, urgent, item.left]);
    expect(told).toEqual([
      [who.manager, true, false],
      [who.top, true, false],
      [who.lead, true, true],
      [who.auditor, true, true],
      [who.decider, true, true],
    ]);
    expect(driver.as(who.lead).refuses({ type: 'suspendCertificate', reason: 'No.' }).status).toBe(403);
    expect(driver.open('manual').at(-1)).toMatchObject({ assignee: who.manager, dueOn: '2031-09-15' });
  });

  it('schedules anew what was agreed, on the dates of the cycle', () => {
    const driver = underWay();
    const [latestOn, targetOn] = [driver.audit('surveillance').latestOn, driver.audit('surveillance').targetOn];
    driver.does(transfer('2031-09-01'));
    const audit = driver.audit('surveillance');
    expect(audit).toMatchObject({ id: 'A-5', status: 'planned', team: [], targetOn, latestOn });
    expect(audit).not.toHaveProperty('startsOn');
    expect(driver.open('auditOutcome')).toEqual([]);
    const [task, ...others] = driver.open('auditSchedule').filter(({ auditId }) => auditId === 'A-5');
    expect(task?.title).toContain('with Second Body');
    expect(others).toEqual([]);
  });

  it('goes on with the people of the new body, who get what waited for the old', () => {
    const driver = underWay().as(who.manager);
    const evidence = { links: [], note: 'Done.' };
    driver.does({ type: 'reportCorrectiveActionDone', findingId: 'F-1', evidence });
    driver.does(transfer('2031-09-01'));
    expect(driver.open('verification')).toMatchObject([{ assignee: who.manager }]);
    driver.does({ type: 'setPeople', people: withNewBody });
    expect(driver.open('verification')).toMatchObject([{ assignee: newLead.email }]);
    driver.as(newLead.email).does({ type: 'verifyFinding', findingId: 'F-1', effective: true, note: '' });
    const days = { startsOn: '2032-05-05', endsOn: '2032-05-05' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId: 'A-5', ...days, team: [newLead.email] });
    driver.until('2032-05-05').as(newLead.email);
    driver.does({ type: 'recordOutcome', auditId: 'A-5', result: 'maintained', note: '' });
    expect(driver.certificate.status).toBe('valid');
  });

  it('hands the decision to whoever decides, once they are named', () => {
    const driver = kept(certified('2030-06-05'), '2033-02-01').as(who.manager);
    driver.does(transfer('2033-02-01'));
    driver.does({ type: 'setPeople', people: withNewBody.filter(({ email }) => email !== newDecider.email) });
    const days = { startsOn: '2033-03-04', endsOn: '2033-03-04' } as const;
    driver.does({ type: 'scheduleAudit', auditId: 'A-6', ...days, team: [newLead.email] });
    driver.until('2033-03-04').as(newLead.email);
    driver.does({ type: 'recordOutcome', auditId: 'A-6', result: 'completed', note: '' });
    // Whoever audited does not decide (R8): the manager names somebody.
    expect(driver.open('decision')).toEqual([]);
    expect(driver.open('deciderNeeded')).toMatchObject([{ assignee: who.manager, auditId: 'A-6' }]);
    driver
      .as(who.manager)
      .does({ type: 'setPeople', people: withNewBody.filter(({ email }) => email !== newLead.email) });
    expect(driver.open('decision')).toMatchObject([{ assignee: newDecider.email }]);
    expect(driver.open('deciderNeeded')).toEqual([]);
  });

  it('warns of a major that goes along', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05', { findings: [{ grade: 'major' }] });
    driver.as(who.manager).does(transfer('2031-05-05'));
    expect(driver.warnings()).toContain('R20');
    driver.until('2031-08-04');
    expect(driver.certificate.status).toBe('suspended');
  });
});

describe('R20: no transfer', () => {
  const refusal = (driver: Driver, on = dayOf(driver.now)) => driver.as(who.manager).refuses(transfer(on));
  const R20 = { code: 'R20', status: 409 };

  it('of a certificate that is not granted, suspended or lapsed', () => {
    expect(refusal(afterStage2())).toMatchObject(R20);
    const suspended = certified('2030-06-05').as(who.decider);
    suspended.does({ type: 'suspendCertificate', reason: 'A complaint.' });
    expect(refusal(suspended)).toMatchObject(R20);
    expect(refusal(kept(certified('2030-06-05'), '2033-06-05'))).toMatchObject(R20);
  });

  it('the moment after its last day, even before the clock has told of it', () => {
    const driver = kept(certified('2030-06-05'), '2033-06-04');
    driver.fork().as(who.manager).does(transfer('2033-06-04'));
    expect(refusal(driver.heldUpUntil('2033-06-05T00:00:00.000Z'), '2033-06-04')).toMatchObject(R20);
  });

  it('to the body that has it, on a day that has not come, or before the certificate', () => {
    const driver = certified('2030-06-05').as(who.manager);
    expect(driver.refuses(transfer('2030-06-05', { name: 'Example Body' }))).toMatchObject({
      code: 'R20',
      status: 422,
    });
    expect(driver.refuses(transfer('2030-06-06')).code).toBe('dates');
    expect(driver.refuses(transfer('2030-06-04')).code).toBe('dates');
    expect(driver.refuses(transfer('2030-06-05', { name: ' ' })).code).toBe('empty');
    const rules = { planDays: 1.5 };
    expect(driver.refuses(transfer('2030-06-05', { name: 'Second Body', rules })).detail).toContain(
      'to.rules.planDays',
    );
  });

  it('while an audit has begun, or waits for its decision', () => {
    const begun = certified('2030-06-05');
    const auditId = scheduled(begun, 'surveillance', '2031-05-05');
    begun.until('2031-05-05');
    expect(refusal(begun)).toMatchObject(R20);
    begun.as(who.lead).does({ type: 'recordOutcome', auditId, result: 'maintained', note: '' });
    begun.as(who.manager).does(transfer('2031-05-05'));

    const undecided = kept(certified('2030-06-05'), '2033-03-01');
    held(undecided, 'recertification', '2033-03-04', { findings: [{ grade: 'minor' }] });
    expect(refusal(undecided)).toMatchObject(R20);
    answered(undecided, undecided.finding().id, plus('2033-03-04', 20));
    verified(undecided, undecided.finding().id);
    undecided.as(who.decider).does({ type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' });
    undecided.as(who.manager).does(transfer('2033-03-04'));
    expect(undecided.certificate).toMatchObject({ cycle: 2, lastDay: '2036-06-04' });
  });
});
