import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import type { UnverifiedFinding, VerifiedFinding } from '../../domain/findings/finding.ts';
import { defaultProfile } from '../../domain/profile.ts';
import { majorsVerifiedTooLate, majorVerifiedUntil } from '../../domain/rules/findings.ts';
import { afterStage2, answered, auditedInternally, decided, held, staged, verified } from './journey.ts';
import { program, who } from './support.ts';

describe('R6: a major of Stage 2', () => {
  it.each<[IsoDate, IsoDate]>([
    ['2030-03-01', '2030-09-01'],
    ['2030-08-31', '2031-02-28'],
    ['2031-08-31', '2032-02-29'],
    ['2030-12-15', '2031-06-15'],
  ])('of %s is verified until %s', (endsOn, until) => expect(majorVerifiedUntil(endsOn, defaultProfile)).toBe(until));

  it('verified on the last day lets Stage 2 stand, the day after it does not', () => {
    const open = afterStage2('major').finding('F-1') as UnverifiedFinding;
    const major: VerifiedFinding = { ...open, status: 'verified', closedOn: '2030-09-01' };
    const late: VerifiedFinding = { ...open, status: 'closed', closedOn: '2030-09-02' };
    const stage2 = { endsOn: '2030-03-01' } as const;
    expect(majorsVerifiedTooLate([major], stage2, '2031-01-01', defaultProfile)).toEqual([]);
    expect(majorsVerifiedTooLate([late], stage2, '2031-01-01', defaultProfile)).toEqual([late]);
    expect(majorsVerifiedTooLate([open], stage2, '2030-09-01', defaultProfile)).toEqual([]);
    expect(majorsVerifiedTooLate([open], stage2, '2030-09-02', defaultProfile)).toEqual([open]);
  });

  it.each([
    ['2030-09-01', true],
    ['2030-09-02', false],
  ] as const)('verified on %s: granted %s', (on, possible) => {
    const driver = afterStage2('major');
    answered(driver, 'F-1', '2030-03-20');
    driver.until(on);
    verified(driver, 'F-1');
    const decision = {
      type: 'recordDecision',
      auditId: 'A-3',
      decision: 'granted',
      certificateNumber: 'C-1',
      basis: 'Report.',
    } as const;
    driver.as(who.decider);
    if (possible) driver.does(decision);
    else expect(driver.refuses(decision).code).toBe('R6');
    expect(driver.state.phase).toBe(possible ? 'surveillanceCycle' : 'certificationAudit');
  });

  it('too late, Stage 2 is done again, not Stage 1, and everybody is told', () => {
    const driver = afterStage2('major', 'minor');
    answered(driver, 'F-2', '2030-03-20');
    verified(driver, 'F-2');
    answered(driver, 'F-1', '2030-03-20');
    decided(driver, 'delayed', '2030-03-20');
    driver.until('2030-09-01T23:59:59.999Z');
    expect(driver.recordsOf('AuditOutdated')).toEqual([]);
    driver.until('2030-09-02T00:00:00.000Z');
    expect(driver.recordsOf('AuditOutdated')).toMatchObject([
      {
        at: '2030-09-02T00:00:00.000Z',
        data: { auditId: 'A-3', rule: 'R6', untilOn: '2030-09-01', findings: ['F-1'] },
      },
    ]);
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-4', status: 'planned', targetOn: '2030-10-02' });
    expect(driver.open('auditSchedule').map((task) => task.auditId)).toEqual(['A-4']);
    expect(driver.open('decision')).toEqual([]);
    expect(driver.told('auditOutdated').map(({ to, urgent }) => [to, urgent])).toEqual(
      [who.manager, who.sponsor, who.top, who.lead, who.auditor, who.decider].map((to) => [to, true]),
    );
  });

  it('decides on the second Stage 2 alone', () => {
    const driver = afterStage2('major').until('2030-09-02');
    const decision = { type: 'recordDecision', certificateNumber: 'C-1', basis: 'Report.' } as const;
    for (const kind of ['granted', 'delayed', 'refused'] as const) {
      const refusal = driver.as(who.decider).refuses({ ...decision, auditId: 'A-3', decision: kind });
      expect(refusal).toMatchObject({ code: 'R6', status: 409 });
    }
    answered(driver, 'F-1', '2030-09-20');
    held(driver, 'stage2', '2030-10-01');
    expect(driver.as(who.decider).refuses({ ...decision, auditId: 'A-4', decision: 'granted' }).code).toBe('R5');
    verified(driver, 'F-1');
    expect(driver.as(who.decider).refuses({ ...decision, auditId: 'A-3', decision: 'granted' }).code).toBe('R6');
    decided(driver, 'granted', '2030-10-20');
    expect(driver.certificate).toMatchObject({ decidedOn: '2030-10-20', lastDay: '2033-10-19' });
    expect(Object.values(driver.state.audits).filter((audit) => audit.kind === 'stage1')).toHaveLength(1);
  });

  it('holds for the second Stage 2 too, for as long as a major is open', () => {
    const driver = afterStage2('major').until('2030-09-02');
    held(driver, 'stage2', '2030-10-01');
    driver.until('2031-04-01');
    expect(driver.recordsOf('AuditOutdated')).toHaveLength(1);
    driver.until('2031-04-02');
    expect(driver.recordsOf('AuditOutdated').map(({ data }) => data.auditId)).toEqual(['A-3', 'A-4']);
    expect(driver.audit('stage2').status).toBe('planned');
  });

  it('R3 counts for the second Stage 2 from the last day of R6; past it, Stage 1 is repeated', () => {
    const driver = afterStage2('major').until('2030-09-02').as(who.manager);
    const schedule = { type: 'scheduleAudit', auditId: 'A-4' } as const;
    const on = (day: IsoDate) => ({ ...schedule, team: [who.lead], startsOn: day, endsOn: day });
    expect(driver.refuses(on('2031-03-02')).code).toBe('R3');
    driver.fork().does(on('2031-03-01'));
    driver.until('2031-03-02');
    expect(driver.audit('stage1').status).toBe('planned');
    held(driver, 'stage1', '2031-04-01');
    expect(driver.audit('stage2').targetOn).toBe('2031-04-02');
  });

  it('is not held by a pause: the time is the body’s', () => {
    const driver = afterStage2('major').until('2030-04-01').as(who.sponsor);
    driver.does({ type: 'pause', reason: 'A move.' });
    driver.until('2030-09-02');
    expect(driver.recordsOf('AuditOutdated').map(({ at }) => at)).toEqual(['2030-09-02T00:00:00.000Z']);
    driver.does({ type: 'resume', reason: 'Moved.' });
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-4', status: 'planned' });
  });

  it('counts the months of the body, and a major that failed after it had been verified', () => {
    const rules = { majorVerificationMonths: 3 };
    const driver = auditedInternally(program({ certificationBody: { name: 'Example Body', rules } }), '2030-01-15');
    staged(driver, '2030-02-11', '2030-03-01', { findings: [{ grade: 'major' }, { grade: 'minor' }] });
    answered(driver, 'F-1', '2030-03-20', '2030-07-01');
    verified(driver, 'F-1');
    driver.until('2030-06-02');
    expect(driver.recordsOf('AuditOutdated')).toEqual([]);
    driver.as(who.lead).does({ type: 'verifyFinding', findingId: 'F-1', effective: false, note: 'It came back.' });
    expect(driver.recordsOf('AuditOutdated')).toMatchObject([{ data: { untilOn: '2030-06-01', findings: ['F-1'] } }]);
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-4', status: 'planned' });
  });
});
