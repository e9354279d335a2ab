import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { defaultProfile } from '../../domain/profile.ts';
import { lastValidDay, renewedLastDay, restorableUntil, suspensionEndsOn } from '../../domain/rules/certificate.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { nextDue } from '../../domain/views.ts';
import { answered, assessed, certified, decided, held, kept, recertified } from './journey.ts';
import { type Driver, dayOf, definitionInput, plus, program, who } from './support.ts';

const { scope } = definitionInput();

const refusedDecision = (driver: Driver, auditId: string) =>
  driver.as(who.decider).refuses({ type: 'recordDecision', auditId, decision: 'granted', basis: 'Report.' });

/** A certificate valid through 4 June 2033 and its recertification audit A-6 held without a decision. */
const audited = kept(certified('2030-06-05'), '2033-03-01');
held(audited, 'recertification', '2033-03-04');
const undecided = () => audited.fork();

describe('R12: the last valid day', () => {
  it.each<[IsoDate, IsoDate]>([
    ['2030-06-05', '2033-06-04'],
    ['2030-01-01', '2032-12-31'],
    ['2030-12-31', '2033-12-30'],
    ['2032-02-28', '2035-02-27'],
    ['2032-02-29', '2035-02-28'],
    ['2032-03-01', '2035-02-28'],
    ['2029-02-28', '2032-02-27'],
    ['2029-03-01', '2032-02-29'],
    ['2030-03-01', '2033-02-28'],
  ])('of a decision on %s is %s', (decidedOn, lastDay) => {
    expect(lastValidDay(decidedOn, defaultProfile)).toBe(lastDay);
  });

  it('of a decision on each first and last of a month is the day before the same date three years later', () => {
    for (const year of [2029, 2030, 2031, 2032]) {
      for (let month = 0; month < 12; month++) {
        for (const day of [1, new Date(Date.UTC(year, month + 1, 0)).getUTCDate()]) {
          const decidedOn = dayOf(new Date(Date.UTC(year, month, day)).toISOString());
          // 29 February of a year without it is 1 March: the day before is 28 February.
          const anniversary = dayOf(new Date(Date.UTC(year + 3, month, day)).toISOString());
          expect(lastValidDay(decidedOn, defaultProfile), decidedOn).toBe(plus(anniversary, -1));
        }
      }
    }
  });

  it('follows the years of the body', () => {
    expect(lastValidDay('2030-06-05', { ...defaultProfile, validityYears: 2 })).toBe('2032-06-04');
  });

  it('stands on the certificate that the decision issues', () => {
    expect(certified('2032-02-29').certificate).toEqual({
      number: 'C-100',
      scope,
      status: 'valid',
      initialDecisionOn: '2032-02-29',
      decidedOn: '2032-02-29',
      validFrom: '2032-02-29',
      lastDay: '2035-02-28',
      cycle: 1,
    });
  });
});

describe('R15: recertified in time', () => {
  it('the new certificate follows the old one', () => {
    expect(renewedLastDay('2033-06-04', defaultProfile)).toBe('2036-06-04');
    expect(renewedLastDay('2032-02-28', defaultProfile)).toBe('2035-02-28');
    const driver = undecided();
    decided(driver, 'granted', '2033-04-20', 'recertification');
    expect(driver.certificate).toEqual({
      number: 'C-100',
      scope,
      status: 'valid',
      initialDecisionOn: '2030-06-05',
      decidedOn: '2033-04-20',
      validFrom: '2033-06-05',
      lastDay: '2036-06-04',
      cycle: 2,
    });
  });

  it('is possible up to the last moment of the last day', () => {
    const driver = undecided();
    driver.until('2033-06-04T23:59:59.999Z').as(who.decider);
    driver.does({ type: 'recordDecision', auditId: 'A-6', decision: 'granted', basis: 'Report.' });
    driver.until('2033-07-01');
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 2, lastDay: '2036-06-04' });
  });

  it('goes on, cycle after cycle', () => {
    const driver = certified('2030-06-05');
    for (const year of [2033, 2036, 2039]) recertified(kept(driver, `${year}-03-01`), `${year}-03-04`, `${year}-05-01`);
    expect(driver.certificate).toMatchObject({ cycle: 4, validFrom: '2039-06-05', lastDay: '2042-06-04' });
    expect(driver.state.phase).toBe('surveillanceCycle');
  });
});

describe('R16: not recertified in time', () => {
  it('lapses the moment after its last day, for both sides to know', () => {
    const driver = undecided();
    driver.until('2033-06-04T23:59:59.999Z');
    expect(driver.certificate.status).toBe('valid');
    driver.until('2033-06-05T00:00:00.000Z');
    expect(driver.certificate).toMatchObject({ status: 'lapsed', lapsedOn: '2033-06-04', lastDay: '2033-06-04' });
    const told = driver.told('certificate').filter(({ item }) => item.event === 'lapsed');
    expect(told.map(({ to }) => to)).toEqual([who.manager, who.sponsor, who.top, who.lead, who.auditor, who.decider]);
  });

  it('lapses at midnight of the program’s time zone', () => {
    const driver = kept(certified('2030-06-05', { calendar: { timeZone: 'America/New_York' } }), '2033-06-01');
    driver.until('2033-06-05T03:59:59.999Z');
    expect(driver.certificate.status).toBe('valid');
    driver.until('2033-06-05T04:00:00.000Z');
    expect(driver.certificate.status).toBe('lapsed');
  });

  it('is not extended by a decision that comes before its clock: held up, it is too late all the same', () => {
    const driver = undecided();
    driver.until('2033-06-04').heldUpUntil('2033-06-05T00:00:00.000Z');
    expect(refusedDecision(driver, 'A-6').code).toBe('R16');
    driver.settle();
    expect(driver.certificate.status).toBe('lapsed');
  });
});

describe('R17: restored', () => {
  it.each<[IsoDate, IsoDate]>([
    ['2033-06-04', '2033-12-04'],
    ['2033-08-31', '2034-02-28'],
    ['2031-08-31', '2032-02-29'],
  ])('after a last day of %s until %s', (lastDay, until) =>
    expect(restorableUntil(lastDay, defaultProfile)).toBe(until),
  );

  const restore = { type: 'restoreCertificate', auditId: 'A-6', reason: 'The outstanding work is complete.' } as const;

  it('on the last day: valid from the decision, ending as the prior cycle has it', () => {
    const driver = undecided().until('2033-12-04T23:59:59.999Z').as(who.decider);
    driver.does(restore);
    expect(driver.certificate).toEqual({
      number: 'C-100',
      scope,
      status: 'valid',
      initialDecisionOn: '2030-06-05',
      decidedOn: '2033-12-04',
      validFrom: '2033-12-04',
      lastDay: '2036-06-04',
      cycle: 2,
    });
    expect(driver.told('certificate').at(-1)?.item.event).toBe('restored');
    expect(driver.open('decision')).toEqual([]);
  });

  it('by the decision on the recertification audit that was still asked for', () => {
    const driver = undecided();
    decided(driver, 'granted', '2033-09-01', 'recertification');
    expect(driver.certificate).toMatchObject({
      status: 'valid',
      validFrom: '2033-09-01',
      lastDay: '2036-06-04',
      cycle: 2,
    });
  });

  it('not a moment later: certification begins again and can be granted', () => {
    const driver = undecided().until('2033-12-04').heldUpUntil('2033-12-05T00:00:00.000Z').as(who.decider);
    expect(driver.refuses(restore).code).toBe('R17');
    driver.until('2033-12-05T00:00:00.000Z');
    expect(driver.state.phase).toBe('certificationAudit');
    expect(driver.refuses(restore).code).toBe('R17');
    held(driver, 'stage2', '2034-02-01');
    decided(driver, 'granted', '2034-02-20');
    expect(driver.certificate).toEqual({
      number: 'C-100',
      scope,
      status: 'valid',
      initialDecisionOn: '2034-02-20',
      decidedOn: '2034-02-20',
      validFrom: '2034-02-20',
      lastDay: '2037-02-19',
      cycle: 2,
    });
    expect(driver.state.phase).toBe('surveillanceCycle');
  });

  it('only on a recertification audit of the cycle that lapsed', () => {
    const driver = undecided();
    expect(driver.as(who.decider).refuses(restore).code).toBe('state');
    decided(driver, 'granted', '2033-04-20', 'recertification');
    kept(driver, '2036-06-01').until('2036-06-10').as(who.decider);
    expect(driver.certificate.status).toBe('lapsed');
    expect(driver.refuses(restore).code).toBe('R17');
    const surveillance = Object.values(driver.state.audits).find((audit) => audit.kind === 'surveillance')
      ?.id as string;
    expect(driver.refuses({ ...restore, auditId: surveillance }).code).toBe('R17');
  });

  it('not while a nonconformity forbids it (R5), nor by somebody of the team (R8)', () => {
    const driver = kept(certified('2030-06-05'), '2033-03-01');
    held(driver, 'recertification', '2033-03-04', { findings: [{ grade: 'minor' }] });
    driver.until('2033-07-01').as(who.decider);
    expect(driver.refuses(restore).code).toBe('R5');
    answered(driver, 'F-1', '2033-07-20');
    const people = driver.state.people.map((person) =>
      person.email === who.lead ? { ...person, roles: [...person.roles, 'decisionMaker' as const] } : person,
    );
    driver.as(who.manager).does({ type: 'setPeople', people });
    expect(driver.as(who.lead).refuses(restore).code).toBe('R8');
    driver.as(who.decider).does(restore);
  });

  it('with an audit that is held after expiry', () => {
    const driver = kept(certified('2030-06-05'), '2033-06-01').until('2033-08-01');
    held(driver, 'recertification', '2033-08-02');
    expect(driver.warnings()).toContain('R15');
    driver.as(who.decider).does(restore);
    expect(driver.certificate).toMatchObject({ validFrom: '2033-08-02', lastDay: '2036-06-04' });
  });
});

describe('R18: suspended', () => {
  const suspended = (on: IsoDate = '2031-08-31') => {
    const driver = kept(certified('2030-06-05'), on).as(who.decider);
    driver.does({ type: 'suspendCertificate', reason: 'Audits were refused.' });
    return driver;
  };

  it.each<[IsoDate, IsoDate]>([
    ['2031-08-31', '2032-02-29'],
    ['2030-08-31', '2031-02-28'],
    ['2030-07-15', '2031-01-15'],
  ])('on %s, until %s', (on, until) => expect(suspensionEndsOn(on, defaultProfile)).toBe(until));

  it('is invalid until it is reinstated', () => {
    const driver = suspended();
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2031-08-31' });
    expect(driver.recordsOf('CertificateSuspended')[0]?.data.untilOn).toBe('2032-02-29');
    expect(driver.refuses({ type: 'suspendCertificate', reason: 'Again.' }).code).toBe('state');
    driver.until('2032-02-29T23:59:59.999Z').does({ type: 'reinstateCertificate', reason: 'Audited.' });
    driver.until('2032-06-01');
    expect(driver.certificate).toMatchObject({ status: 'valid', lastDay: '2033-06-04' });
    expect(driver.certificate).not.toHaveProperty('suspendedOn');
  });

  it('unresolved, is withdrawn the moment after, and the program closes once nothing else can be told', () => {
    const driver = suspended();
    driver.until('2032-03-01T00:00:00.000Z');
    expect(driver.certificate.status).toBe('withdrawn');
    driver.until('2032-03-30T23:59:59.999Z');
    expect(driver.state).toMatchObject({ phase: 'surveillanceCycle', status: 'active' });
    driver.until('2032-03-31T00:00:00.000Z');
    expect(driver.certificate).not.toHaveProperty('toldUntil');
    expect(driver.state).toMatchObject({ phase: 'closed', status: 'closed' });
    expect(Object.values(driver.state.tasks).some(isUnended)).toBe(false);
    expect(
      driver.refuses({ type: 'reportComplaint', receivedOn: '2032-03-31', from: 'A', description: 'B' }).code,
    ).toBe('state');
    expect(nextDue(driver.state)).toBeNull();
  });

  it('never extends expiry', () => {
    const driver = suspended('2033-04-01');
    driver.until('2033-06-05T00:00:00.000Z');
    expect(driver.certificate).toMatchObject({ status: 'lapsed', lastDay: '2033-06-04' });
  });

  it('lapsed and restored, stays so until it is resolved, in the time that it always had', () => {
    const driver = undecided();
    driver.until('2033-05-01').as(who.decider).does({ type: 'suspendCertificate', reason: 'A complaint.' });
    driver.until('2033-07-01');
    const restore = { type: 'restoreCertificate', auditId: 'A-6', reason: 'Complete.' } as const;
    const late = driver.fork().until('2033-11-02');
    expect(late.refuses(restore)).toMatchObject({ code: 'R18', status: 409 });
    driver.does(restore);
    expect(driver.certificate).toMatchObject({ status: 'suspended', suspendedOn: '2033-05-01', cycle: 2 });
    expect(driver.open('suspension')).toMatchObject([{ assignee: who.manager, dueOn: '2033-11-01' }]);
    expect(driver.recordsOf('WarningNoted').at(-1)?.data.text).toContain('stays suspended');
    const resolved = driver.fork();
    resolved.does({ type: 'reinstateCertificate', reason: 'It was resolved.' });
    expect(resolved.certificate).toMatchObject({ status: 'valid', validFrom: '2033-07-01', lastDay: '2036-06-04' });
    expect(resolved.open('suspension')).toEqual([]);
    driver.until('2033-11-02T00:00:00.000Z');
    expect(driver.certificate.status).toBe('withdrawn');
  });

  it('is withdrawn by the body, not by the organization', () => {
    const other = certified('2030-06-05').as(who.manager);
    expect(other.refuses({ type: 'withdrawCertificate', reason: 'So.' }).status).toBe(403);
    other.as(who.decider).does({ type: 'withdrawCertificate', reason: 'On request.' });
    expect(other.state.phase).toBe('closed');
  });

  it('needs a certificate', () => {
    const driver = assessed(program());
    for (const type of ['suspendCertificate', 'reinstateCertificate', 'withdrawCertificate'] as const) {
      expect(driver.as(who.decider).refuses({ type, reason: 'So.' }).code).toBe('state');
    }
  });
});
