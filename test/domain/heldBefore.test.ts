import { describe, expect, it } from 'vitest';
import type { Email, IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { auditedInternally, certified, decided, held, implemented, scheduled } from './journey.ts';
import { type Driver, plus, program, who } from './support.ts';

const report = { title: 'Audit report', links: ['https://body.example/report'] };

function days(auditId: string, startsOn: IsoDate, endsOn = startsOn, team: Email[] = [who.lead]) {
  return { type: 'scheduleAudit', auditId, startsOn, endsOn, team } satisfies UserCommand;
}

describe('R28: an audit that was held before it is entered', () => {
  const missed = () => certified('2030-06-05').until('2031-06-10').as(who.manager);
  const onBehalf = { onBehalfOf: who.lead, document: report } as const;

  it('is entered with its days by the body, or on its behalf from a document', () => {
    for (const [email, told] of [
      [who.lead, {}],
      [who.manager, onBehalf],
    ] as const) {
      const driver = missed();
      const held = days('A-4', '2031-06-02', '2031-06-03');
      expect(driver.as(who.manager).refuses(held)).toMatchObject({
        code: 'dates',
        detail: expect.stringContaining('R30'),
      });
      driver.as(email).does({ ...held, ...told });
      const finding = { auditId: 'A-4', requirementId: '7.2', grade: 'minor', statement: 'Lacking.' } as const;
      driver.does({ type: 'raiseFinding', ...finding, on: '2031-06-02', ...told });
      expect(driver.nonconformity('F-1').planDueOn).toBe('2031-07-03');
      driver.does({ type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '', on: '2031-06-04', ...told });
      expect(driver.state.audits['A-4']).toMatchObject({ status: 'held', endsOn: '2031-06-03' });
      // R10: it was held in time.
      expect(driver.recordsOf('MissedAuditTakenBack')).toHaveLength(1);
    }
  });

  it('does not lie before the decision that it follows', () => {
    const driver = missed().as(who.lead);
    const { code, detail } = driver.refuses(days('A-4', '2030-06-04'));
    expect([code, detail]).toEqual(['dates', expect.stringContaining('2030-06-05')]);
  });

  it('an internal one, is entered by who does the internal audits, and not before the program began', () => {
    const driver = implemented(program()).until('2030-02-04').as(who.internal);
    expect(driver.refuses(days('A-1', '2030-01-06', '2030-01-06', [who.internal])).code).toBe('dates');
    driver.does(days('A-1', '2030-01-28', '2030-01-29', [who.internal]));
    driver.does({ type: 'recordOutcome', auditId: 'A-1', result: 'completed', note: '', on: '2030-01-29' });
    expect(driver.audit('internal').status).toBe('held');
  });

  it('a Stage 1 and a Stage 2 follow each other also when both are entered later', () => {
    const driver = auditedInternally(program(), '2030-01-15').until('2030-04-01').as(who.lead);
    driver.does(days('A-2', '2030-02-11'));
    driver.does({ type: 'recordOutcome', auditId: 'A-2', result: 'ready', note: '', on: '2030-02-11' });
    expect(driver.refuses(days('A-3', '2030-02-11')).code).toBe('dates');
    driver.does(days('A-3', '2030-03-01'));
    driver.does({ type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: '', on: '2030-03-01' });
    decided(driver, 'granted', '2030-04-02');
    expect(driver.certificate.status).toBe('valid');
  });

  it('R3: a Stage 2 without dates that was given up, and began in time, is taken up again', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-02-11');
    driver.until('2030-08-20').as(who.lead);
    expect(driver.state.audits['A-3']?.status).toBe('cancelled');
    expect(driver.refuses(days('A-3', '2030-08-12')).code).toBe('state');
    driver.does(days('A-3', '2030-08-11'));
    expect(driver.recordsOf('AuditTakenUpAgain')).toHaveLength(1);
    driver.does({ type: 'recordOutcome', auditId: 'A-3', result: 'completed', note: '', on: '2030-08-11' });
    expect(driver.open('auditSchedule')).toEqual([]);
    decided(driver, 'granted', '2030-08-21');
    expect(driver.certificate.status).toBe('valid');
  });
});

describe('R7: when the last day of an audit moves', () => {
  const underWay = () => {
    const driver = certified('2030-06-05').as(who.manager);
    scheduled(driver, 'surveillance', '2031-05-05');
    driver.until('2031-05-05').as(who.lead);
    for (const grade of ['major', 'minor'] as const)
      driver.does({ type: 'raiseFinding', auditId: 'A-4', requirementId: '7.2', grade, statement: 'Lacking.' });
    return driver;
  };
  const dates = (driver: Driver) =>
    ['F-1', 'F-2'].map((id) => [driver.nonconformity(id).planDueOn, driver.nonconformity(id).verifyDueOn]);
  const due = (driver: Driver) => driver.open('correctiveActionPlan').map(({ dueOn }) => dueOn);

  it.each<[IsoDate]>([['2031-05-09'], ['2031-06-02']])(
    'to %s, its findings’ days and their tasks move with it',
    (endsOn) => {
      const driver = underWay();
      driver.does(days('A-4', '2031-05-05', endsOn));
      const [plan, verification] = [plus(endsOn, 30), plus(endsOn, 90)];
      expect(dates(driver)).toEqual([
        [plan, verification],
        [plan, undefined],
      ]);
      expect(due(driver)).toEqual([plan, plan]);
      expect(driver.recordsOf('TaskExtended').every(({ data }) => data.reason.includes('was moved'))).toBe(true);
    },
  );

  it('earlier again, they are earlier again', () => {
    const driver = underWay();
    driver.does(days('A-4', '2031-05-05', '2031-05-30'));
    driver.does(days('A-4', '2031-05-05', '2031-05-06'));
    expect(due(driver)).toEqual(['2031-06-05', '2031-06-05']);
  });

  it('after a plan was missed, it is not missed before its new day', () => {
    const driver = underWay().until('2031-06-05').as(who.lead);
    expect(driver.finding('F-2').missed).toEqual(['plan']);
    driver.does(days('A-4', '2031-05-05', '2031-05-20'));
    expect(driver.finding('F-2').missed).toEqual([]);
    driver.until('2031-06-20');
    expect(driver.finding('F-2').missed).toEqual(['plan']);
  });

  it('a concern of Stage 1 is due as long after it', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    scheduled(driver, 'stage1', '2030-02-11');
    driver.until('2030-02-11').as(who.lead);
    driver.does({ type: 'raiseFinding', auditId: 'A-2', requirementId: '7.2', grade: 'concern', statement: 'Hm.' });
    driver.does(days('A-2', '2030-02-11', '2030-02-13'));
    expect(driver.open('concern')).toMatchObject([{ dueOn: '2030-03-15' }]);
  });
});
