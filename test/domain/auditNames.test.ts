import { describe, expect, it } from 'vitest';
import { tell } from '../../words/records/index.ts';
import { auditedInternally, scheduled } from './journey.ts';
import { program, who } from './support.ts';

describe('an audit is called as people call it', () => {
  it('in tasks, on the timeline and in what is told', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    expect(driver.open('auditSchedule')[0]?.title).toMatch(/^Schedule the Stage 1 audit A-2/);
    expect(driver.records.map(tell)).toContainEqual(expect.stringMatching(/^Stage 1 audit A-2 planned for/));
    scheduled(driver, 'stage1', '2030-02-11');
    expect(driver.open('auditOutcome')[0]?.title).toBe('Record the outcome of the Stage 1 audit A-2');
  });

  it('with its article in refusals', () => {
    const driver = program().until('2030-01-08').as(who.manager);
    const stage1 = driver.refuses({ type: 'planAudit', kind: 'stage1', targetOn: '2030-02-01' });
    expect(stage1.detail).toMatch(/^The cycle plans a Stage 1 audit itself;/);
    driver.does({ type: 'planAudit', kind: 'internal', targetOn: '2030-01-15' });
    const day = '2030-01-15';
    const auditId = driver.audit('internal').id;
    driver.does({ type: 'scheduleAudit', auditId, startsOn: day, endsOn: day, team: [who.internal] });
    driver.until(day).as(who.internal);
    const given = { requirementId: '7.2', grade: 'concern', statement: 'Hm.' } as const;
    expect(driver.refuses({ type: 'raiseFinding', auditId, ...given }).detail).toMatch(
      /^grade: an internal audit raises/,
    );
    const outcome = { type: 'recordOutcome', auditId, result: 'ready', note: '' } as const;
    expect(driver.refuses(outcome).detail).toBe('result: an internal audit ends completed, not ready.');
  });
});
