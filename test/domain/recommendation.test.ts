import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../../domain/audits/audit.ts';
import type { Person } from '../../domain/people/person.ts';
import { certified, held, kept, scheduled } from './journey.ts';
import { type Driver, people, who } from './support.ts';

const suspend = { type: 'suspendCertificate', reason: 'As the team recommends.' } as const;
const withdraw = { type: 'withdrawCertificate', reason: 'As the team recommends.' } as const;
const reinstate = { type: 'reinstateCertificate', reason: 'It was put right.' } as const;
const reduce = { type: 'reduceScope', statement: 'Less.', exclusions: 'The chat.', reason: 'It fails.' } as const;

/** The surveillance A-4 ended on 5 May 2031 as its lead auditor says. */
function ended(result: AuditResult, driver: Driver = certified('2030-06-05')): Driver {
  held(driver, 'surveillance', '2031-05-05', { result });
  return driver;
}

/** Somebody of the body who did not audit. */
const other: Person = { email: 'other@body.example', name: 'Ott', roles: ['decisionMaker'] };
/** Dan, who decides, audits too. */
const bothRoles = people.map((one): Person => {
  return one.email === who.decider ? { ...one, roles: ['leadAuditor', 'decisionMaker'] } : one;
});

describe('R25: what an audit team recommends', () => {
  it.each(['suspend', 'withdraw'] as const)(
    '%s, leaves the certificate as it is and asks whoever decides',
    (result) => {
      const driver = ended(result);
      expect([driver.certificate.status, driver.state.status]).toEqual(['valid', 'active']);
      expect(driver.state.audits['A-4']).toMatchObject({ status: 'held', result, recommends: result });
      expect(driver.open('recommendation')).toMatchObject([{ assignee: who.decider, auditId: 'A-4' }]);
      driver.as(who.decider).does(result === 'suspend' ? suspend : withdraw);
      expect(driver.certificate.status).toBe(result === 'suspend' ? 'suspended' : 'withdrawn');
      expect(driver.open('recommendation')).toEqual([]);
      expect(driver.state.audits['A-4']).not.toHaveProperty('recommends');
    },
  );

  it('is decided by somebody who did not audit', () => {
    const driver = ended('withdraw').as(who.lead);
    for (const decision of [
      suspend,
      withdraw,
      reduce,
      { type: 'keepCertificate', auditId: 'A-4', reason: 'So.' } as const,
    ])
      expect(driver.refuses(decision)).toMatchObject({ code: 'R25', status: 409 });
    const suspended = ended('suspend').as(who.decider);
    suspended.does(suspend);
    expect(suspended.as(who.lead).refuses(reinstate)).toMatchObject({ code: 'R25', status: 409 });
  });

  it('is not undone by a change of the team: who was on it before does not decide either', () => {
    const driver = certified('2030-06-05', { people: bothRoles });
    const days = { startsOn: '2031-05-05', endsOn: '2031-05-05' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId: 'A-4', ...days, team: [who.decider] });
    ended('suspend', driver);
    expect(driver.as(who.decider).refuses(suspend).code).toBe('R25');
  });

  it('followed otherwise, is answered all the same; not followed, it is said why', () => {
    const reduced = ended('withdraw').as(who.decider);
    reduced.does(reduce);
    expect([reduced.certificate.status, reduced.open('recommendation')]).toEqual(['valid', []]);
    const keptAsItIs = ended('withdraw').as(who.decider);
    keptAsItIs.does({ type: 'keepCertificate', auditId: 'A-4', reason: 'It was put right since.' });
    expect([keptAsItIs.certificate.status, keptAsItIs.open('recommendation')]).toEqual(['valid', []]);
    expect(keptAsItIs.told('certificate').at(-1)?.item).toMatchObject({ event: 'kept' });
    const again = { type: 'keepCertificate', auditId: 'A-4', reason: 'Again.' } as const;
    expect(keptAsItIs.refuses(again)).toMatchObject({ code: 'state', status: 409 });
  });

  it('to reinstate follows an audit that maintains what is suspended, and waits for the decision', () => {
    const driver = certified('2030-06-05').until('2031-03-01').as(who.decider);
    driver.does(suspend);
    ended('maintained', driver);
    expect(driver.certificate.status).toBe('suspended');
    expect(driver.state.audits['A-4']).toMatchObject({ recommends: 'reinstate' });
    expect(driver.open('recommendation')[0]?.title).toContain('reinstate the certificate');
    driver.as(who.decider).does(reinstate);
    expect(driver.certificate.status).toBe('valid');
    expect(ended('maintained').open('recommendation')).toEqual([]);
  });

  it('of a suspension is moot once the clock suspends; of a withdrawal it still waits', () => {
    for (const [result, open] of [
      ['suspend', 0],
      ['withdraw', 1],
    ] as const) {
      const driver = certified('2030-06-05');
      held(driver, 'surveillance', '2031-05-05', { result, findings: [{ grade: 'major' }] });
      driver.until('2031-08-04');
      expect(driver.certificate.status).toBe('suspended');
      expect(driver.open('recommendation')).toHaveLength(open);
    }
  });

  it('ends with the certificate that it is about', () => {
    const driver = kept(certified('2030-06-05'), '2033-05-20').as(who.lead);
    const special = { kind: 'special', occasion: 'complaint', targetOn: '2033-05-25' } as const;
    driver.does({ type: 'planAudit', ...special, reason: 'A complaint.' });
    held(driver, 'special', '2033-05-25', { result: 'suspend' });
    // R31: due before the end that it serves.
    expect(driver.open('recommendation')).toMatchObject([{ dueOn: '2033-06-04' }]);
    driver.until('2033-06-05');
    expect([driver.certificate.status, driver.open('recommendation')]).toEqual(['lapsed', []]);
    expect(Object.values(driver.state.audits).some((audit) => 'recommends' in audit)).toBe(false);
  });

  it('waits before a transfer', () => {
    const driver = ended('suspend').as(who.manager);
    const to = { name: 'Northern Certification' };
    const transfer = { type: 'transferCertificate', to, on: '2031-05-05', reason: 'Cheaper.' } as const;
    expect(driver.refuses(transfer)).toMatchObject({ code: 'R20', status: 409 });
  });
});

describe('R8, R25: a decision that nobody may take', () => {
  it('has the manager name somebody; once named, it is asked of them', () => {
    const driver = certified('2030-06-05', { people: bothRoles });
    const auditId = driver.audit('surveillance').id;
    const days = { startsOn: '2031-05-05', endsOn: '2031-05-05' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId, ...days, team: [who.decider] });
    driver.until('2031-05-05').as(who.decider);
    driver.does({ type: 'recordOutcome', auditId, result: 'suspend', note: 'It fails.' });
    expect(driver.open('recommendation')).toEqual([]);
    expect(driver.open('deciderNeeded')).toMatchObject([{ assignee: who.manager, auditId, dueOn: '2031-05-12' }]);
    driver.as(who.manager).does({ type: 'addPerson', ...other });
    expect(driver.open('deciderNeeded')).toEqual([]);
    expect(driver.open('recommendation')).toMatchObject([{ assignee: other.email, auditId }]);
    driver.as(other.email).does(suspend);
    expect(driver.certificate.status).toBe('suspended');
  });

  it('goes to the one of several who may', () => {
    const driver = certified('2030-06-05', { people: [...bothRoles, other] });
    const auditId = driver.audit('recertification').id;
    const days = { startsOn: '2033-03-04', endsOn: '2033-03-04' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId, ...days, team: [who.decider] });
    driver.until('2033-03-04').as(who.decider);
    driver.does({ type: 'recordOutcome', auditId, result: 'completed', note: 'Done.' });
    expect(driver.open('decision')).toMatchObject([{ assignee: other.email }]);
  });

  it('is asked of another when who was asked leaves, or of the manager when there is no other', () => {
    const driver = certified('2030-06-05', { people: [...people, other] });
    held(driver, 'recertification', '2033-03-04');
    expect(driver.open('decision')).toMatchObject([{ assignee: who.decider }]);
    driver.as(who.manager).does({ type: 'removePerson', email: who.decider, reason: 'Left.' } as never);
    expect(driver.open('decision')).toMatchObject([{ assignee: other.email }]);
    driver.does({ type: 'removePerson', email: other.email, reason: 'Left.' } as never);
    expect(driver.open('decision')).toEqual([]);
    expect(driver.open('deciderNeeded')).toMatchObject([{ assignee: who.manager }]);
  });
});

describe('R8: who took part at any time', () => {
  it('on the team of Stage 2 before it was changed, does not decide', () => {
    const driver = kept(certified('2030-06-05', { people: bothRoles }), '2033-03-01');
    const auditId = driver.audit('recertification').id;
    const days = { startsOn: '2033-03-04', endsOn: '2033-03-05' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId, ...days, team: [who.decider] });
    driver.until('2033-03-04').as(who.decider);
    driver.does({ type: 'raiseFinding', auditId, requirementId: '7.2', grade: 'observation', statement: 'Thin.' });
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId, ...days, team: [who.lead] });
    driver.until('2033-03-05').as(who.lead);
    driver.does({ type: 'recordOutcome', auditId, result: 'completed', note: 'Done.' });
    expect(driver.state.audits[auditId]?.tookPart).toEqual([who.decider]);
    const granted = { type: 'recordDecision', auditId, decision: 'granted', basis: 'Report.' } as const;
    expect(driver.as(who.decider).refuses(granted)).toMatchObject({ code: 'R8', status: 409 });
    expect(driver.open('decision')).toEqual([]);
  });

  it('in a recertification that was refused and is held again, does not decide on the other', () => {
    const driver = kept(certified('2030-06-05', { people: [...bothRoles, other] }), '2033-02-01');
    const first = driver.audit('recertification').id;
    const days = { startsOn: '2033-02-02', endsOn: '2033-02-02' } as const;
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId: first, ...days, team: [who.decider] });
    driver.until('2033-02-02').as(who.decider);
    driver.does({ type: 'recordOutcome', auditId: first, result: 'completed', note: 'Done.' });
    driver.as(other.email).does({ type: 'recordDecision', auditId: first, decision: 'refused', basis: 'Report.' });
    driver.as(who.manager).does({ type: 'planAudit', kind: 'recertification', targetOn: '2033-04-01' });
    const auditId = scheduled(driver, 'recertification', '2033-04-01');
    driver.until('2033-04-01').as(who.lead);
    driver.does({ type: 'recordOutcome', auditId, result: 'completed', note: 'Done.' });
    expect(driver.open('decision')).toMatchObject([{ assignee: other.email }]);
    const granted = { type: 'recordDecision', auditId, decision: 'granted', basis: 'Report.' } as const;
    expect(driver.as(who.decider).refuses(granted).code).toBe('R8');
  });
});
