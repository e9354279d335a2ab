import { describe, expect, it } from 'vitest';
import { stage2Suffices } from '../../domain/audits/queries.ts';
import type { BodyProfile } from '../../domain/certificate/bodyProfile.ts';
import { answered, certified, decided, held, kept, scheduled, scheduling, verified } from './journey.ts';
import { type Driver, who } from './support.ts';

const change = { type: 'reportSignificantChange', description: 'Two companies became one.' } as const;

/** Its certificate lapsed after 4 June 2033 and could be restored until 4 December 2033. */
const lapsedOnes = new Map<string, Driver>();
function lapsed(rules: Partial<BodyProfile> = {}): Driver {
  const key = JSON.stringify(rules);
  const known =
    lapsedOnes.get(key) ??
    kept(certified('2030-06-05', { certificationBody: { name: 'Example Body', rules } }), '2033-07-01');
  lapsedOnes.set(key, known);
  return known.fork();
}

const lost = (rules: Partial<BodyProfile> = {}) => lapsed(rules).until('2033-12-05T00:00:00.000Z');

/** The kinds of audits that were planned since the time to restore the certificate ended. */
const planned = (driver: Driver) =>
  driver
    .recordsOf('AuditPlanned')
    .filter(({ at }) => at >= '2033-12-05')
    .map(({ data }) => data.audit.kind);

describe('R17: a certificate that was not restored in time', () => {
  it('is earned again by a Stage 2 alone, on the day after and not before', () => {
    const driver = lapsed().until('2033-12-04T23:59:59.999Z');
    expect(stage2Suffices(driver.state)).toBe(false);
    expect(planned(driver)).toEqual([]);
    driver.until('2033-12-05T00:00:00.000Z');
    expect(driver.state).toMatchObject({ phase: 'certificationAudit', phasePlanned: true });
    expect(planned(driver)).toEqual(['stage2']);
    expect(driver.audit('stage2')).toMatchObject({ status: 'planned', targetOn: '2034-01-04' });
    const [asked] = driver.recordsOf('TaskOpened').slice(-1);
    expect(asked?.data).toMatchObject({ task: { kind: 'auditSchedule', assignee: who.manager } });
    expect(asked?.data.why).toContain('a Stage 2 is enough to earn it again (R17)');
  });

  it('has a new cycle from the decision, and two stages are not asked for again', () => {
    const driver = lost();
    held(driver, 'stage2', '2034-02-01', { findings: [{ grade: 'minor' }] });
    answered(driver, 'F-1', '2034-03-01');
    decided(driver, 'grantedWithCorrectiveAction', '2034-02-20');
    expect(driver.certificate).toMatchObject({ cycle: 2, initialDecisionOn: '2034-02-20', lastDay: '2037-02-19' });
    expect(planned(driver)).toEqual(['stage2', 'surveillance', 'surveillance', 'recertification']);
  });

  it('R3: has no Stage 1 to count from: its Stage 2 begins whenever it is agreed', () => {
    const driver = lost().until('2036-01-10');
    expect(driver.warnings()).not.toContain('R3');
    expect(driver.audit('stage2').status).toBe('planned');
    driver.as(who.manager).does(scheduling(driver, 'stage2', '2036-12-01'));
    expect(planned(driver)).toEqual(['stage2']);
  });

  it('R6: a Stage 2 that is done again comes alone too, and R3 does not count for it either', () => {
    const driver = lost();
    held(driver, 'stage2', '2034-02-01', { findings: [{ grade: 'major' }] });
    driver.until('2034-08-02');
    expect(planned(driver)).toEqual(['stage2', 'stage2']);
    driver.until('2035-03-01');
    expect(driver.audit('stage2').status).toBe('planned');
    answered(driver, 'F-1', '2035-03-10');
    held(driver, 'stage2', '2035-03-05');
    verified(driver, 'F-1');
    decided(driver, 'granted', '2035-03-20');
    expect(driver.certificate).toMatchObject({ status: 'valid', cycle: 2, validFrom: '2035-03-20' });
  });

  it('begins with a Stage 1 where the body says so; then R3 counts from it', () => {
    const driver = lost({ stage1AfterLapse: true });
    expect(planned(driver)).toEqual(['stage1']);
    held(driver, 'stage1', '2034-01-10');
    expect(planned(driver)).toEqual(['stage1', 'stage2']);
    driver.as(who.manager);
    expect(driver.refuses(scheduling(driver, 'stage2', '2034-01-10')).code).toBe('dates');
    expect(driver.refuses(scheduling(driver, 'stage2', '2034-07-11')).code).toBe('R3');
    driver.fork().does(scheduling(driver, 'stage2', '2034-07-10'));
    driver.until('2034-07-11');
    expect(planned(driver)).toEqual(['stage1', 'stage2', 'stage1']);
  });

  it('is for the body to say of a lapse, not of recertifications', () => {
    expect(planned(lost({ stage1AtRecertification: true }))).toEqual(['stage2']);
  });

  it('begins with a Stage 1 after a significant change that the lapsed cycle did not come to certify', () => {
    const driver = lapsed().as(who.lead);
    driver.does(change);
    driver.until('2033-12-05');
    expect(planned(driver)).toEqual(['stage1']);
    held(driver, 'stage1', '2034-01-10');
    held(driver, 'stage2', '2034-02-01');
    decided(driver, 'granted', '2034-02-20');
    expect(driver.state.significantChange).toBeUndefined();
  });

  it('gives up a Stage 2 that has not begun for a Stage 1, when the body reports a significant change', () => {
    const driver = lost();
    const first = scheduled(driver, 'stage2', '2034-02-01');
    const begun = driver.fork().until('2034-02-01').as(who.lead);
    expect(begun.refuses(change)).toMatchObject({ code: 'R17', status: 409 });
    driver.until('2034-01-31').as(who.lead).does(change);
    expect(driver.state.audits[first]?.status).toBe('cancelled');
    expect(planned(driver)).toEqual(['stage2', 'stage1']);
    expect(driver.task('auditSchedule')).toMatchObject({ auditId: driver.audit('stage1').id, status: 'open' });
    expect(driver.open('auditOutcome')).toEqual([]);
    expect(driver.as(who.lead).refuses(change).code).toBe('state');
    held(driver, 'stage1', '2034-02-20');
    expect(planned(driver)).toEqual(['stage2', 'stage1', 'stage2']);
    const held2 = lost();
    held(held2, 'stage2', '2034-02-01');
    expect(held2.as(who.lead).refuses(change).code).toBe('R17');
  });

  it('refused on its Stage 2, goes through the implementation, and comes to a Stage 2 again', () => {
    const driver = lost();
    held(driver, 'stage2', '2034-02-01', { findings: [{ grade: 'major' }] });
    decided(driver, 'refused', '2034-02-20');
    expect(driver.state.phase).toBe('implementation');
    expect(driver.as(who.lead).refuses(change).code).toBe('state');
    answered(driver, 'F-1', '2034-03-10');
    verified(driver, 'F-1');
    kept(driver, '2034-06-01');
    expect(driver.state.phase).toBe('certificationAudit');
    expect(planned(driver).filter((kind) => kind !== 'internal')).toEqual(['stage2', 'stage2']);
  });
});

describe('a certificate that was never held', () => {
  it('R1: takes both stages', () => {
    const kinds = certified('2030-06-05')
      .recordsOf('AuditPlanned')
      .map(({ data }) => data.audit.kind);
    expect(kinds.slice(0, 3)).toEqual(['internal', 'stage1', 'stage2']);
  });
});
