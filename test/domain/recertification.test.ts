import { describe, expect, it } from 'vitest';
import { certified, decided, held, kept, staged } from './journey.ts';
import { who } from './support.ts';

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
    const schedule = (on: string) => ({
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
    staged(driver, '2034-01-10', '2034-02-01');
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
