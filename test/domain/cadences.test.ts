import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { agenda } from '../../domain/agenda/index.ts';
import type { Moment } from '../../domain/agenda/moment.ts';
import { laterRounds } from '../../domain/agenda/rounds.ts';
import { type CadenceName, cadenceNames } from '../../domain/basics.ts';
import { addYears } from '../../domain/calendar.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import { assessed, auditedInternally, certified, evidenced, held, implemented, reviewed } from './journey.ts';
import { type Driver, definitionInput, program, refusalOf, who } from './support.ts';

/** The implementation was complete on 7 January 2030, with evidence of 5.2, 6.2 and 8.2 and one assessed system. */
const complete = () => implemented(program());

const planOf = (cadences: Partial<Record<CadenceName, number>>) => ({
  plan: { startsOn: '2030-01-07' as const, cadences },
});

/** The day that a moment's title ends with. */
const dayInTitle = ({ title }: Moment) => {
  const day = wordsOf(title).match(/[A-Z][a-z]+ \d+, \d{4}$/)?.[0] ?? '';
  return DateTime.fromFormat(day, 'LLLL d, yyyy', { locale: 'en-US', zone: 'utc' }).toISODate() as string;
};

/** What is open of a kind of round. */
const open = (driver: Driver, requirementId: string) =>
  driver.open('evidence').filter((task) => task.requirementId === requirementId);

describe('from the end of the implementation on', () => {
  it.each([
    ['the risk assessment', '8.2'],
    ['the review of the policy', '5.2'],
    ['the review of the objectives', '6.2'],
    ['the review of the improvement', '10.1'],
  ])('%s comes around each year, asked for a month before', (_, requirementId) => {
    const driver = complete().until('2030-12-08T07:59:59.999Z');
    expect(open(driver, requirementId)).toEqual([]);
    driver.until('2030-12-08T08:00:00.000Z');
    const [task] = open(driver, requirementId);
    expect(task).toMatchObject({ dueOn: '2031-01-07', assignee: who.owner });
    expect(driver.told('taskOpened').find(({ item }) => item.task.id === task!.id)?.item.why).toBe(
      'It comes around every 12 months; the last time was January 7, 2030.',
    );
    driver.until('2030-12-20');
    evidenced(driver, task!.id);
    driver.until('2031-11-20T07:59:59.999Z');
    expect(open(driver, requirementId)).toEqual([]);
    driver.until('2031-11-20T08:00:00.000Z');
    expect(open(driver, requirementId)).toMatchObject([{ dueOn: '2031-12-20' }]);
  });

  it('the impact of each system in use comes around, of a retired one not', () => {
    const driver = complete().as(who.manager);
    driver.does({ type: 'putAiSystem', id: 'chat', name: 'Chat', role: 'user', risk: 'low' });
    driver.until('2030-02-04');
    evidenced(driver, driver.open('impactAssessment')[0]!.id);
    driver.until('2030-12-08T08:00:00.000Z');
    expect(driver.open('impactAssessment')).toMatchObject([{ systemId: 'assistant', dueOn: '2031-01-07' }]);
    driver.as(who.manager).does({ type: 'retireAiSystem', systemId: 'assistant' });
    driver.until('2031-01-06');
    expect(driver.open('impactAssessment')).toMatchObject([{ systemId: 'chat', dueOn: '2031-02-04' }]);
    driver.until('2031-12-31');
    expect(driver.open('impactAssessment')).toHaveLength(1);
  });

  it('the management review comes around each quarter, the internal audit each year', () => {
    const driver = complete();
    held(driver, 'internal', '2030-02-04');
    reviewed(driver, '2030-02-04');
    driver.until('2030-04-04T08:00:00.000Z');
    expect(driver.open('managementReview')).toMatchObject([{ dueOn: '2030-05-04' }]);
    driver.until('2031-01-05T07:59:59.999Z');
    expect(driver.audit('internal').status).toBe('held');
    driver.until('2031-01-05T08:00:00.000Z');
    expect(driver.audit('internal')).toMatchObject({ status: 'planned', targetOn: '2031-02-04' });
    expect(driver.open('auditSchedule').filter(({ auditId }) => auditId === driver.audit('internal').id)).toHaveLength(
      1,
    );
  });

  it('evidence is asked for again before its validity ends', () => {
    const driver = assessed(program());
    const [task] = driver.open('evidence').filter(({ requirementId }) => requirementId === '7.2');
    const given = { taskId: task!.id, links: [], note: 'Here.', validUntil: '2030-06-30' as const };
    driver.as(who.owner).does({ type: 'submitEvidence', ...given });
    driver.as(who.consultant).does({ type: 'reviewEvidence', taskId: task!.id, verdict: 'accept', note: '' });
    implemented(driver).until('2030-05-31T07:59:59.999Z');
    expect(open(driver, '7.2')).toEqual([]);
    driver.until('2030-05-31T08:00:00.000Z');
    expect(open(driver, '7.2')).toMatchObject([{ dueOn: '2030-06-30' }]);
    driver.as(who.manager).does({ type: 'waiveTask', taskId: open(driver, '7.2')[0]!.id, reason: 'Not this year.' });
    driver.until('2030-12-31');
    expect(open(driver, '7.2')).toEqual([]);
  });

  it('nothing comes around before', () => {
    const driver = assessed(program()).until('2032-01-07');
    expect(driver.state.phase).toBe('implementation');
    expect(agenda(driver.state).filter(({ kind }) => cadenceNames.some((name) => name === kind))).toEqual([]);
    expect(laterRounds(driver.state)).toEqual([]);
  });
});

describe('a round', () => {
  it('is asked for once, and reminded of by the ladder', () => {
    const driver = complete().until('2031-01-07T18:00:00.000Z');
    const [task, ...more] = open(driver, '5.2');
    expect(more).toEqual([]);
    const rungs = driver.recordsOf('TaskReminded').filter(({ data }) => data.taskId === task!.id);
    expect(rungs.map(({ at }) => at.slice(0, 10))).toEqual(['2030-12-24', '2030-12-31', '2031-01-06', '2031-01-07']);
  });

  it('that is waived is followed by the next in its turn', () => {
    const driver = complete().until('2030-12-10').as(who.manager);
    driver.does({ type: 'waiveTask', taskId: open(driver, '5.2')[0]!.id, reason: 'Just renewed.' });
    driver.until('2031-12-08T07:59:59.999Z');
    expect(open(driver, '5.2')).toEqual([]);
    driver.until('2031-12-08T08:00:00.000Z');
    expect(open(driver, '5.2')).toMatchObject([{ dueOn: '2032-01-07' }]);
  });

  it('is put off by what a change asked for in between', () => {
    const driver = complete().until('2030-10-01').as(who.manager);
    driver.does({ type: 'changeScope', statement: 'All of it.', reason: 'We grew.' });
    evidenced(driver, open(driver, '8.2')[0]!.id);
    driver.until('2031-08-31');
    expect(open(driver, '8.2')).toEqual([]);
    driver.until('2031-09-01T08:00:00.000Z');
    expect(open(driver, '8.2')).toMatchObject([{ dueOn: '2031-10-01' }]);
  });

  it('is put off by the days of a pause, and asked for with ten working days when that is late', () => {
    const driver = complete().until('2030-06-03').as(who.manager);
    driver.does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-07-01').does({ type: 'resume', reason: 'Over.' });
    driver.until('2031-01-05T07:59:59.999Z');
    expect(open(driver, '5.2')).toEqual([]);
    driver.until('2031-01-05T08:00:00.000Z');
    expect(open(driver, '5.2')).toMatchObject([{ dueOn: '2031-02-04' }]);

    const late = complete().until('2030-12-01').as(who.manager);
    late.does({ type: 'changePlan', cadences: { policyReview: 6 }, reason: 'Oftener.' });
    expect(open(late, '5.2')).toMatchObject([{ openedOn: '2030-12-01', dueOn: '2030-12-16' }]);
  });

  it('has the length that the plan gives it', () => {
    const driver = implemented(program(planOf({ policyReview: 6, riskAssessment: 24 })));
    driver.until('2030-06-08');
    expect(open(driver, '5.2')).toMatchObject([{ dueOn: '2030-07-07' }]);
    driver.until('2031-12-07');
    expect(open(driver, '8.2')).toEqual([]);
    driver.until('2031-12-08T08:00:00.000Z');
    expect(open(driver, '8.2')).toMatchObject([{ dueOn: '2032-01-07' }]);
  });

  it('comes around through every phase after the implementation', () => {
    for (const driver of [complete(), auditedInternally(program(), '2030-01-15'), certified('2030-06-07')]) {
      const { implementedOn } = driver.state;
      driver.until(addYears(implementedOn!, 1));
      expect(open(driver, '10.1'), driver.state.phase).toHaveLength(1);
    }
  });
});

describe('a new plan', () => {
  it('gives cadences other lengths in every phase, and moves what was asked for on the day that they gave', () => {
    for (const driver of [complete(), certified('2030-06-07')]) {
      driver.until('2031-02-01').as(who.manager);
      const [review] = driver.open('managementReview');
      const [policy] = open(driver, '5.2');
      const [other] = open(driver, '6.2');
      driver.does({ type: 'extendTask', taskId: policy!.id, dueOn: '2031-05-05', reason: 'More work.' });
      driver.does({
        type: 'changePlan',
        cadences: { managementReview: 6, policyReview: 18, objectivesReview: 18 },
        reason: 'Less often.',
      });
      expect(driver.state.plan.cadences).toMatchObject({ managementReview: 6, policyReview: 18, internalAudit: 12 });
      expect(driver.state.formerPlans[0]?.plan.cadences.policyReview).toBe(12);
      const moved = driver
        .recordsOf('PlanChanged')
        .at(-1)
        ?.data.moved.tasks.map(({ taskId }) => taskId);
      expect(moved).toContain(other!.id);
      expect(driver.state.tasks[other!.id]!.dueOn > other!.dueOn).toBe(true);
      expect(moved).not.toContain(policy!.id);
      if (review && review.dueOn > '2031-02-01') expect(moved).toContain(review.id);
    }
  });

  it('is refused with lengths that are none', () => {
    const driver = complete().as(who.manager);
    for (const months of [0, -1, 1.5, 37]) {
      const { code, status, detail } = driver.refuses({
        type: 'changePlan',
        cadences: { policyReview: months },
        reason: 'So.',
      });
      expect([code, status]).toEqual(['cadence', 422]);
      expect(detail).toContain('cadences.policyReview');
    }
    const unknown = { lunch: 1 } as Partial<Record<CadenceName, number>>;
    expect(driver.refuses({ type: 'changePlan', cadences: unknown, reason: 'So.' }).code).toBe('cadence');
    expect(refusalOf(() => program(planOf({ internalAudit: 0 })))).toMatchObject({
      status: 422,
      code: 'cadence',
      detail: expect.stringContaining('plan.cadences.internalAudit'),
    });
    expect(definitionInput().plan.cadences).toBeUndefined();
  });
});

describe('what lies ahead', () => {
  it('tells each round up to the last day of the certificate', () => {
    const driver = certified('2030-06-05');
    const ahead = [...agenda(driver.state), ...laterRounds(driver.state)];
    const of = (kind: string) => ahead.filter((moment) => moment.kind === kind).map(dayInTitle);
    expect(driver.certificate.lastDay).toBe('2033-06-04');
    // The next one is asked for already: its own task tells of it.
    expect(driver.open('managementReview')).toMatchObject([{ dueOn: '2030-05-25' }]);
    expect(of('managementReview').slice(0, 2)).toEqual(['2030-08-25', '2030-11-25']);
    expect(of('managementReview').at(-1)).toBe('2033-05-25');
    expect(of('managementReview')).toHaveLength(12);
    expect(of('internalAudit')).toEqual(['2031-02-25', '2032-02-25', '2033-02-25']);
    for (const kind of [
      'riskAssessment',
      'impactAssessment',
      'policyReview',
      'objectivesReview',
      'improvementReview',
    ]) {
      expect(of(kind), kind).toEqual(['2031-01-06', '2032-01-06', '2033-01-06']);
    }
  });

  it('tells nothing while the program is paused, and up to the end of the plan before it is certified', () => {
    const driver = auditedInternally(program(planOf({ managementReview: 1 })), '2030-01-15');
    expect(laterRounds(driver.state).map(dayInTitle)).toContain('2030-10-15');
    expect(laterRounds(driver.state).every((moment) => dayInTitle(moment) <= '2030-11-07')).toBe(true);
    driver.as(who.manager).does({ type: 'pause', reason: 'A merger.' });
    expect(laterRounds(driver.state)).toEqual([]);
  });
});
