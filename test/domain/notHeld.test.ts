import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { risks } from '../../domain/outlook/risks.ts';
import { isAtRisk } from '../../domain/program/queries.ts';
import { auditedInternally, certified, decided, held, scheduled, scheduling } from './journey.ts';
import { type Driver, program, who } from './support.ts';

/** Stage 1 ended ready on 11 February 2030: Stage 2 begins until 11 August (R3). */
const ready = () => {
  const driver = auditedInternally(program(), '2030-01-15');
  held(driver, 'stage1', '2030-02-11');
  return driver;
};

/** The audits that put the program at risk because they were missed. */
const atRisk = ({ state, now }: Driver) =>
  isAtRisk(state) ? risks(state, now).flatMap((risk) => (risk.kind === 'auditMissed' ? [risk.auditId] : [])) : [];

const outcome = (driver: Driver, auditId: string) =>
  driver.as(who.lead).does({ type: 'recordOutcome', auditId, result: 'completed', note: 'Done.' });

describe('R3: a Stage 2 with dates in time that nobody says was held', () => {
  const missed = () => {
    const driver = ready();
    scheduled(driver, 'stage2', '2030-08-01');
    driver.until('2030-08-11T23:59:59.999Z');
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
    return driver.until('2030-08-12T00:00:00.000Z');
  };

  it('is missed when its time is over: both sides hear it, the program is at risk, and Stage 1 is planned again', () => {
    const driver = missed();
    expect(driver.recordsOf('AuditMissed').map(({ data }) => data)).toEqual([
      { auditId: 'A-3', rule: 'R3', latestOn: '2030-08-11' },
    ]);
    expect(driver.told('auditMissed').map(({ to }) => to)).toContain(who.sponsor);
    expect(atRisk(driver)).toEqual([driver.recordsOf('AuditMissed')[0]?.data.auditId]);
    expect(driver.audit('stage1')).toMatchObject({ id: 'A-4', status: 'planned' });
    expect(driver.open('auditSchedule')).toMatchObject([{ auditId: 'A-4', assignee: who.manager }]);
    expect(driver.open('auditOutcome')).toEqual([]);
  });

  it('is given up once Stage 1 was held again, and another follows', () => {
    const driver = missed();
    held(driver, 'stage1', '2030-09-02');
    expect(driver.state.audits['A-3']?.status).toBe('cancelled');
    expect(atRisk(driver)).toEqual([]);
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-5', status: 'planned' });
    held(driver, 'stage2', '2030-10-01');
    decided(driver, 'granted', '2030-10-10');
    expect(driver.certificate.decidedOn).toBe('2030-10-10');
  });

  it('counts when its outcome is told late: the miss is taken back, Stage 1 is not repeated', () => {
    const driver = missed().until('2030-08-20');
    outcome(driver, 'A-3');
    expect(driver.recordsOf('MissedAuditTakenBack').map(({ data }) => data.startsOn)).toEqual(['2030-08-01']);
    expect(driver.state.audits['A-4']?.status).toBe('cancelled');
    expect(driver.open('auditSchedule')).toEqual([]);
    expect(atRisk(driver)).toEqual([]);
    decided(driver, 'granted', '2030-08-21');
    expect(driver.certificate.status).toBe('valid');
  });

  it('still takes place when it began in time and ends after it', () => {
    const driver = ready().as(who.manager);
    driver.does(scheduling(driver, 'stage2', '2030-08-11', '2030-08-14'));
    driver.until('2030-08-14');
    outcome(driver, 'A-3');
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
  });

  it('cannot get dates after it: those are the repeated Stage 1’s', () => {
    const driver = missed().as(who.manager);
    const again = { type: 'scheduleAudit', auditId: 'A-3', startsOn: '2030-08-20', endsOn: '2030-08-20' } as const;
    const { code, detail } = driver.refuses({ ...again, team: [who.lead] });
    expect([code, detail]).toEqual(['R3', expect.stringContaining('Stage 1 is held again')]);
  });
});

describe('R10, R11: a surveillance with dates in time that nobody says was held', () => {
  const missed = () => {
    const driver = certified('2030-06-05');
    scheduled(driver, 'surveillance', '2031-05-05');
    return driver.until('2031-06-06T00:00:00.000Z');
  };

  it('is missed when its last day is over, at risk, and a task of the manager', () => {
    const driver = missed();
    expect(driver.recordsOf('AuditMissed').map(({ data }) => data.latestOn)).toEqual(['2031-06-05']);
    expect(atRisk(driver)).toEqual([driver.recordsOf('AuditMissed')[0]?.data.auditId]);
    expect(driver.open('missedAudit')).toMatchObject([{ auditId: 'A-4', assignee: who.manager }]);
    expect(driver.recordsOf('TaskOpened').at(-1)?.data.why).toContain('If it was held in time, record its outcome');
  });

  it('held later is held late: what was missed stays so', () => {
    const driver = missed();
    held(driver, 'surveillance', '2031-06-20');
    expect(driver.warnings()).toContain('R10');
    expect(driver.recordsOf('MissedAuditTakenBack')).toEqual([]);
    expect([atRisk(driver), driver.open('missedAudit')]).toEqual([[], []]);
  });

  it('was held in time: its outcome ends the task and the risk', () => {
    const driver = missed().until('2031-06-10').as(who.lead);
    driver.does({ type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '' });
    expect(driver.recordsOf('MissedAuditTakenBack')).toHaveLength(1);
    expect([atRisk(driver), driver.open('missedAudit')]).toEqual([[], []]);
  });

  it('was held in time and is told after the one that came next: it is not missed, and raises none of its minors', () => {
    const driver = missed();
    driver.until('2032-03-01').as(who.lead);
    const told = { endsOn: '2032-03-01', startsOn: '2032-03-01' } as const;
    driver.does({ type: 'scheduleAudit', auditId: 'A-5', ...told, team: [who.lead] });
    const found = { requirementId: '7.2', grade: 'minor', statement: 'It is lacking.' } as const;
    driver.does({ type: 'raiseFinding', auditId: 'A-5', ...found });
    driver.does({ type: 'recordOutcome', auditId: 'A-5', result: 'maintained', note: '' });
    driver.until('2032-03-10').as(who.lead);
    driver.does({ type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '' });
    expect(driver.state.audits['A-4']).toMatchObject({ status: 'held', endsOn: '2031-05-05' });
    expect(driver.recordsOf('MissedAuditTakenBack')).toHaveLength(1);
    expect(driver.nonconformity().grade).toBe('minor');
  });

  it('of which no days were agreed is told after the one that came next', () => {
    const driver = certified('2030-06-05').until('2032-03-10').as(who.lead);
    const held = (auditId: string, on: IsoDate) => {
      driver.does({ type: 'scheduleAudit', auditId, startsOn: on, endsOn: on, team: [who.lead] });
      driver.does({ type: 'recordOutcome', auditId, result: 'maintained', note: '' });
    };
    held('A-5', '2032-03-01');
    expect(driver.open('missedAudit')).toMatchObject([{ auditId: 'A-4' }]);
    held('A-4', '2031-05-05');
    expect([atRisk(driver), driver.open('missedAudit')]).toEqual([[], []]);
    expect(driver.recordsOf('MissedAuditTakenBack')).toHaveLength(1);
  });

  it('whose outcome is reopened after its last day is not missed: it was held', () => {
    const driver = certified('2030-06-05');
    held(driver, 'surveillance', '2031-05-05');
    driver.until('2031-06-20').as(who.lead);
    driver.does({ type: 'reopenOutcome', auditId: 'A-4', reason: 'A finding was left out.' });
    driver.until('2031-06-25').as(who.lead);
    expect(driver.recordsOf('AuditMissed')).toEqual([]);
    driver.does({ type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '' });
    expect(driver.state.audits['A-4']).toMatchObject({ status: 'held' });
    expect(driver.state.audits['A-4']).not.toHaveProperty('reopened');
  });
});
