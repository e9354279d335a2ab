import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import { ahead } from '../../domain/outlook/ahead.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { gateToStage1 } from '../../domain/rules/audits.ts';
import { planned } from '../../domain/rules/plan.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { aheadWords } from '../../words/outlook/ahead.ts';
import { speak } from '../../words/sayings/index.ts';
import { assessed, certified, held, implemented, reviewed } from './journey.ts';
import { type Driver, plus, program, standard, who } from './support.ts';

const all = standardOutline(standard).requirements.map(({ id }) => id);
const ready = () => reviewed(implemented(program()));
const lacking = (driver: Driver) => gateToStage1(driver.state).map(speak).join('; ');

/** Schedules the coming internal audit of some requirements, of all where none is named. */
function agree(driver: Driver, on: IsoDate, criteria?: string[]): string {
  const auditId = driver.audit('internal').id;
  driver.as(who.manager).does({
    type: 'scheduleAudit',
    auditId,
    startsOn: on,
    endsOn: on,
    team: [who.internal],
    ...(criteria ? { criteria } : {}),
  });
  return auditId;
}

function auditSome(driver: Driver, on: IsoDate, criteria?: string[]): void {
  const auditId = agree(driver, on, criteria);
  driver.until(on).as(who.internal).does({ type: 'recordOutcome', auditId, result: 'completed', note: '' });
}

describe('R2: what was audited internally', () => {
  it('is what the last agreement says: without criteria, everything', () => {
    const driver = ready();
    agree(driver, '2030-01-15', ['4.1']);
    expect(driver.audit('internal').criteria).toEqual(['4.1']);
    auditSome(driver, '2030-01-16');
    expect(driver.audit('internal').criteria).toBeUndefined();
    expect(driver.state.phase).toBe('certificationAudit');
  });

  it('may name every requirement', () => {
    const driver = ready();
    auditSome(driver, '2030-01-15', all);
    expect(driver.state.phase).toBe('certificationAudit');
  });

  it('adds up: what is left is said, planned as another audit, and opens the gate', () => {
    const driver = ready();
    const [first, ...rest] = all as [string, ...string[]];
    auditSome(driver, '2030-01-15', rest);
    expect(lacking(driver)).toBe(`an internal audit of ${first} with its outcome`);
    expect(driver.audit('internal')).toMatchObject({ id: 'A-2', status: 'planned' });
    expect(driver.recordsOf('TaskOpened').at(-1)?.data.why).toContain(`still to be audited: ${first}.`);
    expect(driver.open('auditSchedule')).toHaveLength(1);
    const [next] = aheadWords(ahead(driver.state), { today: '2030-01-15', nameOf: (email) => email });
    expect(next).toContain(`can begin when an internal audit of ${first} is held`);
    auditSome(driver, '2030-02-04', [first]);
    expect(driver.state.phase).toBe('certificationAudit');
    expect(driver.recordsOf('PhasePlanned').filter(({ data }) => data.phase === 'internalAudit')).toHaveLength(1);
  });

  it('does not need what the statement of applicability rules out', () => {
    const driver = ready().as(who.manager);
    const ruledOut = { controlId: 'A.10.3', applicable: false, implementation: 'notApplicable' } as const;
    driver.does({ type: 'setApplicability', ...ruledOut, justification: 'No suppliers.' });
    auditSome(
      driver,
      '2030-01-15',
      all.filter((id) => id !== 'A.10.3'),
    );
    expect(driver.state.phase).toBe('certificationAudit');
  });

  it('is planned for its own requirements alone where the rest was audited: nothing else is', () => {
    const driver = ready();
    auditSome(driver, '2030-01-15', ['4.1']);
    auditSome(driver, '2030-02-04', ['4.2']);
    expect(lacking(driver)).toContain('an internal audit of 4.3');
    expect(driver.open('auditSchedule')).toHaveLength(1);
  });
});

describe('R13: the internal audit of the year', () => {
  it('is not one of a single clause: the round stays, and the preparation plans one', () => {
    const one = certified('2030-06-05');
    const other = one.fork();
    for (const [driver, criteria] of [
      [one, ['4.1']],
      [other, undefined],
    ] as const) {
      driver.until('2030-12-02').as(who.manager);
      driver.does({ type: 'planAudit', kind: 'internal', targetOn: '2030-12-10' });
      auditSome(driver, '2030-12-10', criteria ? [...criteria] : undefined);
      driver.until('2031-02-15');
    }
    expect(one.audit('internal').status).toBe('planned');
    expect(other.audit('internal').status).toBe('held');
  });

  it('comes around counted from the requirement that was audited longest ago', () => {
    const driver = implemented(program());
    const [first, ...rest] = all as [string, ...string[]];
    auditSome(driver, '2030-01-15', [first]);
    auditSome(driver, '2030-03-01', rest);
    reviewed(driver, '2030-03-01').until('2030-12-16T07:59:59.999Z');
    expect(driver.audit('internal').status).toBe('held');
    driver.until('2030-12-16T08:00:00.000Z');
    expect(driver.audit('internal')).toMatchObject({ status: 'planned', targetOn: '2031-01-15' });
  });
});

describe('who agrees on days and team', () => {
  it('is the program manager, and each side for its own audits', () => {
    const driver = certified('2030-06-05').as(who.internal);
    const on = { startsOn: '2031-05-05', endsOn: '2031-05-05' } as const;
    const surveillance: UserCommand = { type: 'scheduleAudit', auditId: 'A-4', ...on, team: [who.lead] };
    expect(driver.refuses(surveillance)).toMatchObject({ status: 403 });
    driver.as(who.lead).does(surveillance);
    driver.as(who.manager).does({ type: 'planAudit', kind: 'internal', targetOn: '2030-07-01' });
    const internal: UserCommand = { ...surveillance, auditId: driver.audit('internal').id, team: [who.internal] };
    expect(driver.as(who.lead).refuses(internal)).toMatchObject({ status: 403 });
    driver.as(who.internal).does(internal);
  });
});

describe('a control that is ruled out', () => {
  const out = { type: 'setApplicability', controlId: 'A.5.2', applicable: false } as const;
  const ruled = { ...out, justification: 'No.', implementation: 'notApplicable' } as const;
  const asked = (driver: Driver) => driver.open('evidence').filter(({ requirementId }) => requirementId === 'A.5.2');

  it('is asked for no more, and not again in the next implementation', () => {
    const driver = assessed(program(), { 'A.5.2': { status: 'missing', gap: 'None.' } });
    expect(asked(driver)).toHaveLength(1);
    driver.as(who.manager).does(ruled);
    expect(asked(driver)).toEqual([]);
    implemented(driver);
    held(driver, 'internal', '2030-01-15');
    reviewed(driver);
    held(driver, 'stage1', '2030-02-11');
    held(driver, 'stage2', '2030-03-01');
    const auditId = driver.audit('stage2').id;
    const decision = { auditId, decision: 'refused', basis: 'Report.' } as const;
    driver.as(who.decider).does({ type: 'recordDecision', ...decision });
    expect(driver.recordsOf('PhaseStarted').map(({ data }) => data.phase)).toContain('implementation');
    expect(driver.recordsOf('TaskOpened').filter(({ data }) => data.task.requirementId === 'A.5.2')).toHaveLength(1);
  });
});

describe('a control that was ruled out by mistake', () => {
  const said = { type: 'setApplicability', controlId: 'A.5.2', justification: 'As looked at.' } as const;
  const out = { ...said, applicable: false, implementation: 'notApplicable' } as const;
  const applies = { ...said, applicable: true, implementation: 'planned' } as const;
  const asked = (driver: Driver) => driver.open('evidence').filter(({ requirementId }) => requirementId === 'A.5.2');

  it('is asked for again when it applies after all, once', () => {
    const driver = assessed(program(), { 'A.5.2': { status: 'missing', gap: 'None.' } }).as(who.manager);
    driver.does(out);
    driver.does(applies);
    driver.does(applies);
    const { endsOn } = planned(driver.state.plan).implementation;
    expect(asked(driver)).toMatchObject([{ dueOn: plus(endsOn, -1), assignee: who.owner }]);
    driver.does(out);
    expect(asked(driver)).toEqual([]);
    driver.does(applies);
    expect(asked(driver)).toHaveLength(1);
    implemented(driver).as(who.manager);
    driver.does(out);
    driver.does(applies);
    expect([asked(driver), driver.state.phase]).toEqual([[], 'internalAudit']);
  });
});

describe('a waiver', () => {
  it('of what a change asked for moves no round', () => {
    const driver = implemented(program()).until('2030-11-04').as(who.manager);
    driver.does({ type: 'changeScope', statement: 'All of it.', reason: 'We grew.' });
    const asked = () => driver.open('evidence').filter(({ requirementId }) => requirementId === '8.2');
    driver.does({ type: 'waiveTask', taskId: asked()[0]!.id, reason: 'Nothing new.' });
    driver.until('2030-12-08T08:00:00.000Z');
    expect(asked()).toMatchObject([{ dueOn: '2031-01-07' }]);
    driver.does({ type: 'waiveTask', taskId: asked()[0]!.id, reason: 'Not this year.' });
    driver.until('2031-12-08T08:00:00.000Z');
    expect(asked()).toMatchObject([{ dueOn: '2032-01-07' }]);
  });

  it('of the validity of evidence moves the yearly round of the same requirement not at all', () => {
    const driver = assessed(program());
    const asked = () => driver.open('evidence').filter(({ requirementId }) => requirementId === '8.2');
    const { id: taskId } = asked()[0]!;
    driver.as(who.owner).does({ type: 'submitEvidence', taskId, links: [], note: 'Here.', validUntil: '2030-10-31' });
    driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
    implemented(driver).until('2030-10-02').as(who.manager);
    driver.does({ type: 'waiveTask', taskId: asked()[0]!.id, reason: 'Not needed.' });
    expect(asked()).toEqual([]);
    driver.until('2030-12-08T08:00:00.000Z');
    expect(asked()).toMatchObject([{ dueOn: '2031-01-07' }]);
  });

  it('of the review that the gate waits for is refused', () => {
    const driver = implemented(program()).as(who.manager);
    const { id: taskId } = driver.task('managementReview');
    expect(driver.refuses({ type: 'waiveTask', taskId, reason: 'No.' }).code).toBe('R2');
  });
});
