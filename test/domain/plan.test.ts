import { describe, expect, it } from 'vitest';
import { requirementState } from '../../domain/assessment/requirements.ts';
import type { IsoDate, IsoDuration } from '../../domain/basics.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { defaultCadences } from '../../domain/profile.ts';
import { planned, plannedStages, tooLittleOperation, unusualLength } from '../../domain/rules/plan.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { speak } from '../../words/sayings/index.ts';
import { adopted, ratings, stage1 } from './adopted.ts';
import { assessed, auditedInternally, evidenced, held, scheduled } from './journey.ts';
import { type Driver, plus, program, who } from './support.ts';

const phases: Plan['phases'] = {
  gapAssessment: 'P2M',
  implementation: 'P4M',
  internalAudit: 'P2M',
  certificationAudit: 'P2M',
};
const planOf = (startsOn: IsoDate, overrides: Partial<Plan['phases']> = {}): Plan => ({
  cadences: defaultCadences,
  startsOn,
  phases: { ...phases, ...overrides },
});

describe('the plan', () => {
  it('gives each phase its days, one after the other', () => {
    expect(planned(planOf('2030-01-07'))).toEqual({
      gapAssessment: { startsOn: '2030-01-07', endsOn: '2030-03-07' },
      implementation: { startsOn: '2030-03-07', endsOn: '2030-07-07' },
      internalAudit: { startsOn: '2030-07-07', endsOn: '2030-09-07' },
      certificationAudit: { startsOn: '2030-09-07', endsOn: '2030-11-07' },
    });
    expect(plannedStages(planOf('2030-01-07'))).toEqual({ stage1On: '2030-09-14', stage2On: '2030-10-07' });
  });

  // With audits of 60 days Stage 2 lies 30 days after they begin: 30 days before the limit they begin.
  it.each<[string, `P${number}D`, RegExp | undefined]>([
    ['a day less than 6 months', 'P150D', /less than 6 months/],
    ['exactly 6 months', 'P151D', undefined],
    ['exactly 18 months', 'P516D', undefined],
    ['a day more than 18 months', 'P517D', /more than 18 months/],
  ])('R24: Stage 2 after %s', (_, until, warning) => {
    const short = { implementation: 'P1D', internalAudit: 'P1D', certificationAudit: 'P56D' } as const;
    const plan = planOf('2030-01-01', { gapAssessment: until, ...short });
    const days = Number(until.slice(1, -1)) + 2 + 28;
    expect(plannedStages(plan).stage2On).toBe(plus('2030-01-01', days));
    const text = unusualLength(plan);
    if (warning) expect(speak(text!)).toMatch(warning);
    else expect(text).toBeUndefined();
  });

  it('R24: is accepted outside that, with a warning that is recorded', () => {
    const driver = program({ plan: { startsOn: '2030-01-07', phases: { implementation: 'P18M' } } });
    expect(driver.warnings()).toEqual(['R24']);
    const usual = program();
    expect(usual.warnings()).toEqual([]);
    usual
      .as(who.manager)
      .does({ type: 'changePlan', phases: { gapAssessment: 'P1W', implementation: 'P2W' }, reason: 'Sooner.' });
    expect(usual.warnings()).toEqual(['R24']);
    expect(usual.state.plan.phases).toMatchObject({
      gapAssessment: 'P1W',
      implementation: 'P2W',
      internalAudit: 'P2M',
    });
  });

  it('is refused with durations of nothing, of less, and of hours', () => {
    const driver = program().as(who.manager);
    for (const duration of ['P0D', 'P0Y0M', '-P1M', 'P-1M', 'PT8H', 'P1.5M', 'two months'] as IsoDuration[]) {
      const { code, status, detail } = driver.refuses({
        type: 'changePlan',
        phases: { implementation: duration },
        reason: 'So.',
      });
      expect([code, status]).toEqual(['dates', 422]);
      expect(detail).toContain('phases.implementation');
    }
  });

  it('moves the start while it lies ahead, not into the past and not once the program has begun', () => {
    const driver = program();
    driver.does({ type: 'changePlan', startsOn: '2030-01-21', reason: 'Later.' });
    driver.until('2030-01-20');
    expect(driver.state.status).toBe('planned');
    expect(driver.refuses({ type: 'changePlan', startsOn: '2030-01-19', reason: 'So.' }).code).toBe('dates');
    driver.until('2030-01-21T07:59:59.999Z');
    expect(driver.state.status).toBe('planned');
    driver.until('2030-01-21T08:00:00.000Z');
    expect(driver.state).toMatchObject({ status: 'active', phaseStartedOn: '2030-01-21' });
    expect(driver.open('gapAssessment')[0]?.dueOn).toBe('2030-03-20');
    expect(driver.refuses({ type: 'changePlan', startsOn: '2030-02-01', reason: 'So.' }).code).toBe('state');
  });
});

describe('R23: operating evidence before Stage 2', () => {
  it('of three months is enough, a day less is not, none at all is not', () => {
    expect(tooLittleOperation('2030-03-01', '2030-06-01', 3)).toBeUndefined();
    expect(speak(tooLittleOperation('2030-03-02', '2030-06-01', 3)!)).toContain('goes back only to March 2, 2030');
    expect(speak(tooLittleOperation(undefined, '2030-06-01', 3)!)).toContain('No operating evidence has been accepted');
  });

  it('that is too little is warned of when Stage 2 is scheduled', () => {
    for (const [on, warned] of [
      ['2030-04-06', true],
      ['2030-04-07', false],
    ] as const) {
      const driver = program();
      auditedInternally(driver, '2030-01-10');
      expect(requirementState(driver.state, '7.2')?.evidence?.acceptedOn).toBe('2030-01-07');
      held(driver, 'stage1', '2030-02-01');
      scheduled(driver, 'stage2', on);
      expect(driver.warnings().includes('R23'), on).toBe(warned);
    }
  });
});

it('R23: evidence that is renewed goes back as far as it did', () => {
  const evidence = [{ requirementId: '4.3', acceptedOn: '2029-06-04' as const }];
  const driver = adopted({ phase: 'certificationAudit', ratings, audits: [stage1], evidence }).as(who.manager);
  driver.does({ type: 'changeScope', statement: 'The assistant, in all languages.', reason: 'We grew.' });
  for (const { id } of driver.open('evidence')) evidenced(driver, id);
  expect(requirementState(driver.state, '4.3')?.evidence?.acceptedOn).toBe('2030-06-05');
  scheduled(driver, 'stage2', '2030-07-22');
  expect(driver.warnings()).not.toContain('R23');
});

describe('the implementation', () => {
  const gaps = {
    '5.2': { status: 'missing', priority: 'critical', gap: 'No policy.', effortDays: 10 },
    '6.1.2': { status: 'partial', priority: 'critical', gap: 'No criteria.', effortDays: 5 },
    'A.7.4': { status: 'partial', priority: 'high', gap: 'Not measured.', effortDays: 20 },
    '7.3': { status: 'missing', priority: 'medium', gap: 'No training.', effortDays: 3 },
    'A.9.2': { status: 'missing', priority: 'low', gap: 'No process.', effortDays: 1 },
    'A.10.4': { status: 'notApplicable', priority: 'low', gap: 'No customers.', effortDays: 0 },
  } as const;
  const aiSystems = [
    { id: 'scoring', name: 'Scoring', role: 'provider', risk: 'low' },
    { id: 'assistant', name: 'Assistant', role: 'provider', risk: 'high' },
  ] as const;
  const rank = { critical: 0, high: 1, medium: 2, low: 3 };

  function asked(overrides: Parameters<typeof program>[0] = {}): Driver {
    return assessed(program({ aiSystems: [...aiSystems], ...overrides }), gaps);
  }

  it('asks for evidence of every gap, of documented information that conforms, and for an impact assessment of each system', () => {
    const driver = asked();
    expect(driver.open('impactAssessment').map((task) => task.systemId)).toEqual(['assistant', 'scoring']);
    const evidence = driver.open('evidence').map((task) => task.requirementId);
    for (const id of ['5.2', '6.1.2', 'A.7.4', '7.3', 'A.9.2']) expect(evidence).toContain(id);
    for (const id of ['4.3', '6.1.1', '7.5.1', '9.2.2', '10.2']) expect(evidence, `${id} is documented`).toContain(id);
    for (const id of ['4.1', 'A.10.4', 'A.2.2']) expect(evidence, `${id} is not owed`).not.toContain(id);
  });

  it('asks in the order of priority, high-risk systems first, each within the phase and on a working day', () => {
    const holidays: IsoDate[] = ['2030-02-15', '2030-03-08'];
    for (const startsOn of ['2030-01-07', '2030-01-12', '2030-05-02'] as const) {
      const driver = asked({ plan: { startsOn }, calendar: { timeZone: 'Etc/UTC', holidays } });
      const tasks = Object.values(driver.state.tasks).filter((task) =>
        ['evidence', 'impactAssessment'].includes(task.kind),
      );
      const inOrder = [...tasks].sort((a, b) => (a.dueOn === b.dueOn ? 0 : a.dueOn < b.dueOn ? -1 : 1));
      expect(inOrder[0]).toMatchObject({ systemId: 'assistant', priority: 'critical' });
      const ranks = inOrder.map((task) => rank[task.priority]);
      expect(ranks).toEqual([...ranks].sort());
      const begins = driver.state.plan.startsOn.slice(0, 10);
      for (const { dueOn } of tasks) {
        expect(dueOn >= begins).toBe(true);
        expect(dueOn < planned(driver.state.plan).implementation.endsOn, dueOn).toBe(true);
        expect([0, 6], dueOn).not.toContain(new Date(dueOn).getUTCDay());
        expect(holidays).not.toContain(dueOn);
      }
    }
  });

  it('is over when everything was accepted or waived', () => {
    const driver = asked();
    const tasks = Object.values(driver.state.tasks).filter(isUnended);
    driver.as(who.manager);
    for (const task of tasks) {
      expect(driver.state.phase).toBe('implementation');
      driver.does({ type: 'waiveTask', taskId: task.id, reason: 'Not this year.' });
    }
    expect(driver.state.phase).toBe('internalAudit');
  });

  it('is reported on the first working day of each month, once, and not for months in which it did not run', () => {
    const driver = asked({ plan: { startsOn: '2030-01-07' } });
    driver.until('2030-04-02');
    expect(driver.recordsOf('ProgressReported').map(({ at, data }) => [at, data.month])).toEqual([
      ['2030-02-01T08:00:00.000Z', '2030-01'],
      ['2030-03-01T08:00:00.000Z', '2030-02'],
      ['2030-04-01T08:00:00.000Z', '2030-03'],
    ]);
    driver.as(who.manager).does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-08-14').does({ type: 'resume', reason: 'Done.' });
    driver.until('2030-09-10');
    expect(
      driver
        .recordsOf('ProgressReported')
        .slice(3)
        .map(({ data }) => data.month),
    ).toEqual(['2030-07', '2030-08']);
  });
});
