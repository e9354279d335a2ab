import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { afterStage2, auditedInternally, certified, decided, held, kept, scheduled, scheduling } from './journey.ts';
import { people, program, who } from './support.ts';

/** A certificate valid through 4 June 2033 in its last spring, with the recertification audit A-6 planned. */
const lastSpring = kept(certified('2030-06-05'), '2033-02-01');
const inTime = () => lastSpring.fork();

/** Its recertification was refused on 1 April 2033. */
function refused() {
  const driver = inTime();
  held(driver, 'recertification', '2033-03-04');
  return decided(driver, 'refused', '2033-04-01', 'recertification');
}

const another = { type: 'planAudit', kind: 'recertification', targetOn: '2033-05-02' } as const;
const restore = (auditId: string) =>
  ({ type: 'restoreCertificate', auditId, reason: 'The outstanding work is complete.' }) as const;

describe('a recertification that is refused', () => {
  it('R16: leaves the certificate valid to its last day, then it lapses', () => {
    const driver = refused();
    expect(driver.certificate.status).toBe('valid');
    expect(driver.open('decision')).toEqual([]);
    driver.until('2033-06-04T23:59:59.999Z');
    expect(driver.certificate.status).toBe('valid');
    driver.until('2033-06-05T00:00:00.000Z');
    expect(driver.certificate.status).toBe('lapsed');
  });

  it('R15: can be followed by another audit and a decision before expiry', () => {
    const driver = refused().as(who.manager);
    driver.does(another);
    expect(driver.audit('recertification')).toMatchObject({ latestOn: '2033-06-04', latestRule: 'R15' });
    expect(driver.refuses(another).code).toBe('R1');
    held(driver, 'recertification', '2033-05-02');
    expect(driver.open('decision')).toHaveLength(1);
    decided(driver, 'granted', '2033-06-04', 'recertification');
    expect(driver.certificate).toMatchObject({ cycle: 2, validFrom: '2033-06-05', lastDay: '2036-06-04' });
  });

  it('R1: cannot be planned anew unless one was refused', () => {
    expect(
      inTime()
        .as(who.manager)
        .refuses({ ...another, targetOn: '2033-03-10' }).code,
    ).toBe('R1');
  });

  it('R17: does not restore the certificate; another audit does', () => {
    const driver = refused().until('2033-07-01').as(who.decider);
    expect(driver.refuses(restore('A-6'))).toMatchObject({ code: 'R17', status: 409 });
    driver.as(who.manager).does({ ...another, targetOn: '2033-08-01' });
    const auditId = held(driver, 'recertification', '2033-08-01');
    expect(driver.as(who.decider).refuses(restore('A-6')).code).toBe('state');
    driver.does(restore(auditId));
    expect(driver.certificate).toMatchObject({ status: 'valid', validFrom: '2033-08-01', lastDay: '2036-06-04' });
  });
});

describe('a recertification that comes late', () => {
  it('R15, R16: is scheduled before expiry only, and afterwards with a warning', () => {
    const driver = inTime().as(who.manager);
    const schedule = (on: IsoDate) => ({
      type: 'scheduleAudit' as const,
      auditId: 'A-6',
      startsOn: on,
      endsOn: on,
      team: [who.lead],
    });
    expect(driver.refuses(schedule('2033-06-05')).code).toBe('R15');
    driver.until('2033-06-05');
    driver.does(schedule('2033-06-20'));
    expect(driver.warnings()).toContain('R15');
  });

  it('R17: held after the lapse and decided in six months, restores with the dates of the prior cycle', () => {
    const driver = inTime().until('2033-06-10');
    expect(driver.certificate.status).toBe('lapsed');
    held(driver, 'recertification', '2033-09-01');
    decided(driver, 'granted', '2033-12-04', 'recertification');
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      validFrom: '2033-12-04',
      decidedOn: '2033-12-04',
      lastDay: '2036-06-04',
      cycle: 2,
    });
    expect(driver.state).toMatchObject({ phase: 'surveillanceCycle', phasePlanned: true });
  });

  it('R17: later, neither it nor its decision counts: a Stage 2 and a new cycle', () => {
    const driver = inTime().until('2033-06-10');
    const auditId = held(driver, 'recertification', '2033-09-01');
    driver.until('2033-12-05T00:00:00.000Z');
    expect(driver.state.phase).toBe('certificationAudit');
    expect(driver.open('decision')).toEqual([]);
    for (const decision of ['granted', 'refused'] as const) {
      const refusal = driver.as(who.decider).refuses({ type: 'recordDecision', auditId, decision, basis: 'Report.' });
      expect(refusal).toMatchObject({ code: 'R17', status: 409 });
    }
    held(driver, 'stage2', '2034-02-01');
    decided(driver, 'granted', '2034-02-20');
    expect(driver.certificate).toMatchObject({
      initialDecisionOn: '2034-02-20',
      validFrom: '2034-02-20',
      lastDay: '2037-02-19',
      cycle: 2,
    });
    const coming = Object.values(driver.state.audits).filter((audit) => audit.status === 'planned');
    expect(coming.map(({ kind, latestOn }) => [kind, latestOn])).toContainEqual(['surveillance', '2035-02-20']);
  });
});

describe('R15: a Stage 1 at recertification', () => {
  const change = { type: 'reportSignificantChange', description: 'Two companies became one.' } as const;

  it('is planned after a significant change, for the month before, and both sides are told', () => {
    const driver = certified('2030-06-05').until('2031-01-10').as(who.lead);
    driver.does(change);
    const stage1 = driver.audit('stage1');
    expect(stage1).toMatchObject({ status: 'planned', cycle: 1, targetOn: '2033-02-04', latestOn: '2033-06-04' });
    expect(driver.told('significantChange').map(({ to }) => to)).toEqual([
      who.manager,
      who.sponsor,
      who.top,
      who.auditor,
      who.decider,
    ]);
    expect(driver.open('auditSchedule')).toEqual([]);
    kept(driver, '2032-12-10');
    expect(driver.open('auditSchedule').map(({ auditId }) => auditId)).toEqual(['A-6', stage1.id]);
    driver.as(who.owner);
    expect(driver.refuses(change).status).toBe(403);
  });

  it('comes before the recertification audit, which ends when Stage 1 was ready', () => {
    const driver = inTime().as(who.manager);
    driver.does(change);
    expect(driver.refuses(scheduling(driver, 'recertification', '2033-03-20'))).toMatchObject({
      code: 'R15',
      status: 409,
    });
    scheduled(driver, 'stage1', '2033-02-20');
    expect(driver.refuses(scheduling(driver, 'recertification', '2033-02-20')).code).toBe('R15');
    const auditId = scheduled(driver, 'recertification', '2033-03-20');
    const first = held(driver, 'stage1', '2033-02-20', { result: 'notReady', findings: [{ grade: 'concern' }] });
    expect(driver.audit('stage1').id).not.toBe(first);
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned', targetOn: '2033-03-22' });
    const outcome = { type: 'recordOutcome', auditId, result: 'completed', note: '' } as const;
    driver.until('2033-03-20').as(who.lead);
    expect(driver.refuses(outcome).code).toBe('R15');
    held(driver, 'stage1', '2033-03-22');
    driver.does(outcome);
    decided(driver, 'granted', '2033-04-20', 'recertification');
    expect(driver.certificate).toMatchObject({ cycle: 2, lastDay: '2036-06-04' });
    expect(driver.state.significantChange).toBeUndefined();
  });

  it('R8: whoever was on its team does not decide', () => {
    const roles = ['auditor' as const, 'leadAuditor' as const, 'decisionMaker' as const];
    const more = people.map((one) => (one.email === who.auditor ? { ...one, roles } : one));
    const driver = kept(certified('2030-06-05', { people: more }), '2033-02-01').as(who.manager);
    driver.does(change);
    const auditId = driver.audit('stage1').id;
    const days = { startsOn: '2033-02-20', endsOn: '2033-02-20' } as const;
    driver.does({ type: 'scheduleAudit', auditId, ...days, team: [who.auditor] });
    driver.until('2033-02-20').as(who.auditor).does({ type: 'recordOutcome', auditId, result: 'ready', note: '' });
    const basis = 'Report.';
    const recertification = held(driver, 'recertification', '2033-03-04');
    driver.as(who.auditor);
    const decision = { type: 'recordDecision', auditId: recertification, decision: 'granted', basis } as const;
    expect(driver.refuses(decision).code).toBe('R8');
    driver.as(who.decider).does(decision);
  });

  it('is the body’s to ask for at every recertification', () => {
    const rules = { stage1AtRecertification: true };
    const driver = certified('2030-06-05', { certificationBody: { name: 'Example Body', rules } });
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned', cycle: 1, targetOn: '2033-02-04' });
    kept(driver, '2033-02-01');
    expect(driver.as(who.manager).refuses(scheduling(driver, 'recertification', '2033-02-02')).code).toBe('R15');
    held(driver, 'stage1', '2033-02-04');
    held(driver, 'recertification', '2033-03-04');
    decided(driver, 'granted', '2033-04-20', 'recertification');
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned', cycle: 2, targetOn: '2036-02-04' });
  });

  it('is not that of the first certification, which is held again when it was not ready', () => {
    const rules = { stage1AtRecertification: true };
    const driver = auditedInternally(program({ certificationBody: { name: 'Example Body', rules } }), '2030-01-15');
    held(driver, 'stage1', '2030-02-11', { result: 'notReady' });
    expect(driver.audit('stage1')).toMatchObject({ status: 'planned', cycle: 0 });
    expect(driver.recordsOf('AuditPlanned').filter(({ data }) => data.audit.kind === 'stage1')).toHaveLength(2);
  });

  it('is asked for again by a change after it, not once the audit was held, and not before certification', () => {
    const driver = inTime().as(who.manager);
    driver.does(change);
    const first = held(driver, 'stage1', '2033-02-20');
    driver.until('2033-02-25').as(who.manager).does(change);
    expect(driver.audit('stage1').id).not.toBe(first);
    const again = refused().as(who.manager);
    again.does(change);
    expect(again.open('auditSchedule').map(({ auditId }) => auditId)).toEqual([again.audit('stage1').id]);
    const late = inTime();
    held(late, 'recertification', '2033-03-04');
    expect(late.as(who.manager).refuses(change)).toMatchObject({ code: 'R15', status: 409 });
    expect(afterStage2().as(who.manager).refuses(change).code).toBe('state');
  });
});
