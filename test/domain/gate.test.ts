import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { gateToStage1 } from '../../domain/rules/audits.ts';
import { speak } from '../../words/sayings/index.ts';
import {
  answered,
  auditedInternally,
  certified,
  held,
  implemented,
  reviewed,
  scheduled,
  scheduling,
  verified,
} from './journey.ts';
import { type Driver, program, who } from './support.ts';

/** A program whose implementation is done. */
const ready = () => implemented(program());

const lacking = (driver: Driver) => gateToStage1(driver.state).map(speak).join('; ');

describe('R1: the order of audits', () => {
  it('is Stage 1, Stage 2, a surveillance in the first and second year, a recertification in the third', () => {
    const driver = certified('2030-06-05');
    const kinds = Object.values(driver.state.audits).map((audit) => audit.kind);
    expect(kinds).toEqual(['internal', 'stage1', 'stage2', 'surveillance', 'surveillance', 'recertification']);
  });

  it('is the cycle’s: only internal and special audits are planned by hand', () => {
    const driver = certified('2030-06-05').as(who.manager);
    for (const kind of ['stage1', 'stage2', 'surveillance', 'recertification'] as const) {
      expect(driver.refuses({ type: 'planAudit', kind, targetOn: '2031-01-10' }).code).toBe('R1');
    }
    const by = { targetOn: '2031-01-10', reason: 'The chat joins.' } as const;
    driver.does({ type: 'planAudit', kind: 'internal', ...by });
    driver.does({
      type: 'planAudit',
      kind: 'special',
      occasion: 'scopeExtension',
      scope: { statement: 'All.' },
      ...by,
    });
  });

  it('lets only Stage 2 and recertification lead to a decision', () => {
    const driver = certified('2030-06-05').as(who.decider);
    for (const auditId of ['A-1', 'A-2']) {
      const basis = 'Report.';
      expect(driver.refuses({ type: 'recordDecision', auditId, decision: 'granted', basis }).code).toBe('R1');
    }
  });
});

describe('R2: the gate to Stage 1', () => {
  it('opens with an internal audit of all requirements and a management review', () => {
    const driver = ready();
    expect(lacking(driver)).toContain('an internal audit of all requirements');
    expect(lacking(driver)).toContain('a management review');
    held(driver, 'internal', '2030-01-15');
    expect(lacking(driver)).toBe('a management review');
    expect(driver.state.phase).toBe('internalAudit');
    reviewed(driver);
    expect(driver.state.phase).toBe('certificationAudit');
    expect(driver.audit('stage1').status).toBe('planned');
    expect(driver.warnings()).not.toContain('R2');
  });

  it('does not open with an audit of some requirements', () => {
    const driver = reviewed(ready());
    const auditId = driver.audit('internal').id;
    const on: { startsOn: IsoDate; endsOn: IsoDate } = { startsOn: '2030-01-15', endsOn: '2030-01-15' };
    const some = { team: [who.internal], criteria: ['7.2', '8.4'] };
    driver.as(who.manager).does({ type: 'scheduleAudit', auditId, ...on, ...some });
    driver.at('2030-01-15').as(who.internal);
    driver.does({ type: 'recordOutcome', auditId, result: 'completed', note: '' });
    expect(lacking(driver)).toMatch(/^an internal audit of 4\.1, 4\.2, .* more with its outcome$/);
  });

  it('passes a review that was held before the internal audit, with a warning', () => {
    const driver = reviewed(ready(), '2030-01-07');
    held(driver, 'internal', '2030-01-15');
    expect(driver.state.phase).toBe('certificationAudit');
    expect(driver.warnings()).toContain('R2');
  });

  it('warns in the answer of the command that opens it, once', () => {
    const driver = ready();
    held(driver, 'internal', '2030-01-15');
    reviewed(driver, '2030-01-14');
    const warned = driver.recordsOf('WarningNoted').filter(({ data }) => data.code === 'R2');
    expect(warned.map(({ actor }) => actor)).toEqual([who.manager]);
    expect(warned[0]?.commandId).toBe(driver.recordsOf('ManagementReviewHeld')[0]?.commandId);
  });

  it('does not open with a review from before the program began', () => {
    const driver = ready().as(who.manager);
    const review = (heldOn: IsoDate): UserCommand => ({
      type: 'holdManagementReview',
      heldOn,
      attendees: ['Tom'],
      inputs: 'All.',
      decisions: 'Go.',
      actions: [],
    });
    const { code, status, detail } = driver.refuses(review('2030-01-06'));
    expect([code, status]).toEqual(['dates', 422]);
    expect(detail).toContain('before the program began on 2030-01-07');
    driver.does(review('2030-01-07'));
  });

  it('waits for the plan of each minor', () => {
    const driver = reviewed(ready());
    held(driver, 'internal', '2030-01-15', { findings: [{ grade: 'minor' }, { grade: 'opportunity' }] });
    expect(lacking(driver)).toBe('an accepted plan for F-1');
    answered(driver, 'F-1', '2030-02-15');
    expect(driver.state.phase).toBe('certificationAudit');
  });

  it('waits for the verification of each major', () => {
    const driver = reviewed(ready());
    held(driver, 'internal', '2030-01-15', { findings: [{ grade: 'major' }] });
    answered(driver, 'F-1', '2030-02-15');
    expect(lacking(driver)).toBe('the verification of major F-1');
    verified(driver, 'F-1', false);
    answered(driver, 'F-1', '2030-02-15');
    expect(driver.state.phase).toBe('internalAudit');
    verified(driver, 'F-1');
    expect(driver.state.phase).toBe('certificationAudit');
  });
});

describe('R2: Stage 1', () => {
  it('ends ready or not ready and raises concerns, not nonconformities', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    const auditId = scheduled(driver, 'stage1', '2030-02-11');
    driver.at('2030-02-11').as(who.lead);
    for (const grade of ['major', 'minor'] as const) {
      const finding = { auditId, requirementId: '7.2', grade, statement: 'Lacking.' };
      expect(driver.refuses({ type: 'raiseFinding', ...finding }).code).toBe('R2');
    }
    for (const result of ['completed', 'maintained', 'withdraw'] as const) {
      expect(driver.refuses({ type: 'recordOutcome', auditId, result, note: '' })).toMatchObject({
        code: 'R2',
        status: 422,
      });
    }
    driver.does({ type: 'recordOutcome', auditId, result: 'ready', note: '' });
    expect(driver.audit('stage2').status).toBe('planned');
  });

  it('not ready is held again once its concerns are answered', () => {
    const driver = program();
    auditedInternally(driver, '2030-01-15');
    held(driver, 'stage1', '2030-02-11', { result: 'notReady', findings: [{ grade: 'concern' }] });
    const [concern] = driver.open('concern');
    expect(concern).toMatchObject({ assignee: who.owner, dueOn: '2030-03-13', findingId: 'F-1' });
    expect(Object.values(driver.state.audits).map((audit) => audit.kind)).toEqual(['internal', 'stage1']);
    driver.as(who.owner).does({ type: 'submitEvidence', taskId: concern!.id, links: [], note: 'Settled.' });
    driver.as(who.manager).does({ type: 'reviewEvidence', taskId: concern!.id, verdict: 'accept', note: '' });
    expect(Object.values(driver.state.audits).map((audit) => audit.kind)).toEqual(['internal', 'stage1', 'stage1']);
    held(driver, 'stage1', '2030-03-11');
    expect(driver.audit('stage2').status).toBe('planned');
  });

  it('freezes the statement of applicability, as every audit of the certification does', () => {
    const driver = certified('2030-06-05');
    const frozen = driver.recordsOf('StatementOfApplicabilityFrozen').map(({ data }) => [data.version, data.auditId]);
    expect(frozen).toEqual([
      [1, 'A-2'],
      [2, 'A-3'],
    ]);
  });
});

describe('R3: from Stage 1 to Stage 2', () => {
  /** Stage 1 ended on 31 August: six months later is the last day of February. */
  function afterStage1(rules = {}): Driver {
    const driver = program({ certificationBody: { name: 'Example Body', rules } });
    auditedInternally(driver, '2030-01-15');
    held(driver, 'stage1', '2030-08-31');
    driver.as(who.manager);
    return driver;
  }
  const schedule = (driver: Driver, startsOn: IsoDate) => scheduling(driver, 'stage2', startsOn);

  it('at most 6 months: its last day is allowed, the next is not', () => {
    const driver = afterStage1();
    expect(driver.refuses(schedule(driver, '2031-03-01'))).toMatchObject({ code: 'R3', status: 409 });
    driver.does(schedule(driver, '2031-02-28'));
    driver.until('2031-03-01');
    expect(driver.audit('stage2')).toMatchObject({ status: 'scheduled', startsOn: '2031-02-28' });
  });

  it('is the body’s to set', () => {
    const driver = afterStage1({ stage1ToStage2Months: 3 });
    expect(driver.refuses(schedule(driver, '2030-12-01')).code).toBe('R3');
    driver.does(schedule(driver, '2030-11-30'));
  });

  it('Stage 2 comes after Stage 1', () => {
    const driver = afterStage1();
    expect(driver.refuses(schedule(driver, '2030-08-31')).code).toBe('dates');
    driver.does(schedule(driver, '2030-09-01'));
  });

  it('past it, Stage 1 is repeated', () => {
    const driver = afterStage1();
    driver.until('2031-02-28T23:59:59.999Z');
    expect(driver.audit('stage2').status).toBe('planned');
    driver.until('2031-03-01T00:00:00.000Z');
    const planned = Object.values(driver.state.audits).filter((audit) => audit.status === 'planned');
    expect(planned.filter(({ kind }) => kind !== 'internal')).toMatchObject([{ kind: 'stage1' }]);
    held(driver, 'stage1', '2031-04-01');
    driver.as(who.manager).does(schedule(driver, '2031-04-02'));
  });

  it('a Stage 2 that began in time and has no outcome yet stands', () => {
    const driver = afterStage1();
    driver.does(schedule(driver, '2031-02-28'));
    driver.until('2031-03-20').as(who.lead);
    driver.does({ type: 'recordOutcome', auditId: driver.audit('stage2').id, result: 'completed', note: '' });
    expect(driver.open('decision')).toHaveLength(1);
  });
});
