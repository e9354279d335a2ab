import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../../domain/basics.ts';
import type { PhaseSpan } from '../../domain/rules/plan.ts';
import { replanned } from '../../domain/rules/replan.ts';
import type { DateBeforePlans } from '../../domain/state.ts';
import { isUnended } from '../../domain/tasks/task.ts';
import { afterStage2, assessed, auditedInternally, certified, held, implemented, scheduled } from './journey.ts';
import { type Driver, dayOf, plus, program, who } from './support.ts';

const gap = { status: 'missing', priority: 'high', gap: 'None.', effortDays: 5 } as const;

describe('a date of a phase that gets another length', () => {
  const before: PhaseSpan = { startsOn: '2030-03-01', endsOn: '2030-05-10' };
  const longer: PhaseSpan = { startsOn: '2030-03-01', endsOn: '2030-07-19' };
  const shorter: PhaseSpan = { startsOn: '2030-03-01', endsOn: '2030-04-05' };
  const today = '2030-03-11';
  const calendar = { timeZone: 'UTC', holidays: [] };

  it.each<[string, IsoDate, PhaseSpan, IsoDate]>([
    ['the end of the phase, longer', '2030-05-10', longer, '2030-07-19'],
    ['half of the phase, longer', '2030-04-05', longer, '2030-05-10'],
    ['the end of the phase, shorter', '2030-05-10', shorter, '2030-04-05'],
    ['half of the phase, shorter', '2030-04-05', shorter, '2030-03-19'],
    ['so early that it would lie behind today', '2030-03-12', shorter, '2030-03-12'],
    ['a day later, which would be today', '2030-03-13', shorter, '2030-03-12'],
    ['overdue, longer, but not by enough', '2030-03-06', longer, '2030-03-06'],
    ['overdue, much longer', '2030-03-06', { ...longer, endsOn: '2031-03-01' }, '2030-03-27'],
    ['due today', '2030-03-11', shorter, '2030-03-11'],
    ['overdue, shorter', '2030-03-06', shorter, '2030-03-06'],
    ['overdue since before the phase', '2030-02-20', longer, '2030-02-20'],
    ['three days after the phase, longer', '2030-05-13', longer, '2030-07-22'],
    ['three days after the phase, shorter', '2030-05-13', shorter, '2030-04-08'],
  ])('keeps its share: %s', (_, on, after, expected) => {
    expect(replanned(dateBefore(on), after, { today, calendar })).toBe(expected);
  });

  it.each<[string, IsoDate, PhaseSpan, IsoDate, IsoDate[]?]>([
    ['its share is a Sunday', '2030-04-06', longer, '2030-05-10'],
    ['the day before is a day off', '2030-04-05', longer, '2030-05-09', ['2030-05-10']],
    ['the day after today is a day off', '2030-03-13', shorter, '2030-03-13', ['2030-03-12']],
  ])('is a working day: %s', (_, on, after, expected, holidays = []) => {
    expect(replanned(dateBefore(on), after, { today, calendar: { ...calendar, holidays } })).toBe(expected);
  });

  it('is the date that it was in the phase as it was, on whatever day that is, and as late as it was', () => {
    const saturday = { ...dateBefore('2030-04-06'), gave: '2030-03-12' as const };
    expect(replanned(saturday, before, { today, calendar })).toBe('2030-04-06');
    const late = { ...dateBefore('2030-03-06'), gave: '2031-03-06' as const };
    expect(replanned(late, before, { today, calendar })).toBe('2030-03-12');
    const passed = { ...dateBefore('2030-03-12'), gave: '2031-03-12' as const };
    expect(replanned(passed, before, { today: '2030-03-15', calendar })).toBe('2030-03-18');
    expect(replanned({ ...saturday, paused: 10 }, before, { today, calendar })).toBe('2030-04-16');
  });

  function dateBefore(on: IsoDate): DateBeforePlans {
    return { on, ...before, overdue: on <= today, paused: 0, gave: on };
  }
});

describe('a new plan', () => {
  it('moves the open work of the implementation, and keeps the former plan with who replaced it, when and why', () => {
    const driver = assessed(program(), { '5.2': gap, '7.3': gap, '6.2': gap });
    const last = driver.open('evidence').at(-1)!;
    expect(last.dueOn).toBe('2030-07-05');
    const [first] = driver.open('evidence');
    driver.until('2030-02-04').as(who.manager);
    driver.does({ type: 'changePlan', phases: { implementation: 'P8M' }, reason: 'Two people less.' });
    expect(driver.state.plan.phases.implementation).toBe('P8M');
    expect(driver.state.formerPlans).toEqual([
      {
        plan: expect.objectContaining({ phases: expect.objectContaining({ implementation: 'P4M' }) }),
        replacedOn: '2030-02-04',
        by: who.manager,
        reason: 'Two people less.',
      },
    ]);
    const moved = driver.state.tasks[last.id]!;
    expect(moved.dueOn >= '2030-11-01' && moved.dueOn < '2030-11-07', moved.dueOn).toBe(true);
    expect(driver.state.tasks[first!.id]!.dueOn > first!.dueOn).toBe(true);
    const [told] = driver.told('planChanged').filter(({ to }) => to === who.owner);
    expect(told?.item.changes).toEqual(['implementation: 8 months instead of 4 months']);
    expect(told?.item.moved).toContainEqual({ taskId: moved.id, title: moved.title, dueOn: moved.dueOn });
    expect(driver.told('planChanged').find(({ to }) => to === who.top)?.item.moved).toEqual([]);
  });

  it('put back gives each task the date that it had, whatever plans came between', () => {
    const wide = { ...gap, effortDays: 12 };
    const driver = assessed(program(), { '5.2': gap, '6.2': wide, '7.3': wide, '8.2': wide }).as(who.manager);
    const dates = () => Object.values(driver.state.tasks).map(({ id, dueOn }) => [id, dueOn]);
    const before = dates();
    expect(new Set(before.map(([, dueOn]) => dueOn)).size).toBeGreaterThan(8);
    for (const implementation of ['P1D', 'P30Y', 'P1M'] as const) {
      driver.until(plus(dayOf(driver.now), 1));
      driver.does({ type: 'changePlan', phases: { implementation }, reason: 'A slip.' });
      expect(dates()).not.toEqual(before);
      for (const { dueOn } of driver.open('evidence')) expect([0, 6]).not.toContain(new Date(dueOn).getUTCDay());
    }
    driver.does({ type: 'changePlan', phases: { implementation: 'P4M' }, reason: 'Put back.' });
    expect(dates()).toEqual(before);
  });

  it('counts from the date that somebody gave a task since, and goes along with a pause', () => {
    const driver = assessed(program(), { '5.2': gap }).as(who.manager);
    const [first, second] = driver.open('evidence');
    driver.does({ type: 'changePlan', phases: { implementation: 'P8M' }, reason: 'Longer.' });
    driver.does({ type: 'extendTask', taskId: first!.id, dueOn: '2030-11-04', reason: 'Ill.' });
    driver.does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-01-14').does({ type: 'resume', reason: 'Over.' });
    const days = (Date.parse('2030-01-14') - Date.parse(driver.recordsOf('ProgramPaused')[0]!.at.slice(0, 10))) / 864e5;
    driver.does({ type: 'changePlan', phases: { implementation: 'P4M' }, reason: 'Put back.' });
    expect(driver.state.tasks[second!.id]!.dueOn).toBe(plus(second!.dueOn, days));
    expect(driver.state.tasks[first!.id]!.dueOn > plus(first!.dueOn, 40)).toBe(true);
  });

  it('warns when the implementation becomes shorter than the work of somebody takes', () => {
    const driver = assessed(program(), { '5.2': { ...gap, effortDays: 30 } }).as(who.manager);
    driver.does({ type: 'changePlan', phases: { implementation: 'P5M' }, reason: 'So.' });
    const warned = () => driver.recordsOf('WarningNoted').filter(({ data }) => data.code === 'plan');
    expect(warned()).toEqual([]);
    driver.does({ type: 'changePlan', phases: { implementation: 'P1M' }, reason: 'So.' });
    expect(warned().map(({ data }) => data.text)).toEqual([expect.stringContaining('working days')]);
  });

  it('begins the ladder of what it moves anew, and sends nothing that lies behind', () => {
    const driver = assessed(program(), { '5.2': gap });
    const [task] = driver.open('evidence').filter(({ requirementId }) => requirementId === '5.2');
    driver.until('2030-06-24').as(who.manager);
    const escalated = () => driver.state.tasks[task!.id]!.escalationLevel;
    expect(escalated()).toBeGreaterThan(0);
    driver.does({ type: 'changePlan', phases: { implementation: 'P18M' }, reason: 'Later.' });
    expect(driver.state.tasks[task!.id]!.dueOn > '2030-06-24').toBe(true);
    expect(escalated()).toBe(0);
    const sent = driver.recordsOf('TaskEscalated').length;
    driver.until('2030-06-26');
    expect(
      driver
        .recordsOf('TaskEscalated')
        .slice(sent)
        .map(({ data }) => data.taskId),
    ).not.toContain(task!.id);
  });

  it('never moves overdue work into the past, there or back, and tells the sponsor of it once', () => {
    const driver = assessed(program(), { '5.2': gap });
    const [task] = driver.open('evidence').filter(({ requirementId }) => requirementId === '5.2');
    driver.until('2030-06-24').as(who.manager);
    const dueOn = () => driver.state.tasks[task!.id]!.dueOn;
    const toSponsor = () =>
      driver.recordsOf('TaskEscalated').filter(({ data }) => data.taskId === task!.id && data.level === 2).length;
    expect([dueOn() < '2030-06-10', toSponsor()]).toEqual([true, 1]);
    const was = dueOn();
    driver.does({ type: 'changePlan', phases: { implementation: 'P135D' }, reason: 'A little longer.' });
    expect(dueOn()).toBe(was);
    driver.until('2030-07-12');
    expect(toSponsor()).toBe(1);
    driver.does({ type: 'changePlan', phases: { implementation: 'P18M' }, reason: 'Much longer.' });
    expect(dueOn() > '2030-07-12').toBe(true);
    driver.does({ type: 'changePlan', phases: { implementation: 'P135D' }, reason: 'Put back.' });
    expect(dueOn()).toBe('2030-07-15');
    for (const { data } of driver.recordsOf('PlanChanged'))
      for (const moved of data.moved.tasks) expect(moved.dueOn > '2030-06-24').toBe(true);
  });

  it('never moves what is owed to the body, to a finding, or after an incident', () => {
    const driver = implemented(program());
    driver
      .as(who.owner)
      .does({ type: 'reportIncident', occurredOn: '2030-01-07', severity: 'low', description: 'So.' });
    held(driver, 'internal', '2030-01-15', { findings: [{ grade: 'minor' }] });
    const kept = [...driver.open('incident'), ...driver.open('correctiveActionPlan')];
    driver.as(who.manager).does({ type: 'changePlan', phases: { internalAudit: 'P6M' }, reason: 'Later.' });
    expect(driver.recordsOf('PlanChanged')[0]?.data.moved.tasks.length).toBeGreaterThan(0);
    for (const task of kept) expect(driver.state.tasks[task.id]).toEqual(task);

    const body = afterStage2('major');
    const owed = body.open('correctiveActionPlan');
    body.as(who.manager).does({ type: 'changePlan', phases: { certificationAudit: 'P12M' }, reason: 'Later.' });
    for (const task of owed) expect(body.state.tasks[task.id]).toEqual(task);
  });

  it('moves the targets of audits that have no agreed dates, those of others not', () => {
    const driver = implemented(program()).as(who.manager);
    const { id, targetOn } = driver.audit('internal');
    driver.does({ type: 'changePlan', phases: { internalAudit: 'P3M' }, reason: 'Later.' });
    expect(driver.state.audits[id]!.targetOn > targetOn).toBe(true);
    scheduled(driver, 'internal', '2030-02-04');
    const agreed = driver.state.audits[id];
    driver.as(who.manager).does({ type: 'changePlan', phases: { internalAudit: 'P4M' }, reason: 'Later.' });
    expect(driver.state.audits[id]).toEqual(agreed);
  });

  it('R3: moves Stage 2 no further than Stage 1 allows', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    held(driver, 'stage1', '2030-01-28');
    driver.as(who.manager).does({ type: 'changePlan', phases: { certificationAudit: 'P18M' }, reason: 'Later.' });
    expect(driver.audit('stage2').targetOn).toBe('2030-07-28');
  });

  it('R3, R6: moves a Stage 2 that is done again no further than it may begin, and not back to its Stage 1', () => {
    const driver = afterStage2('major').until('2030-09-02').as(who.manager);
    driver.does({ type: 'changePlan', phases: { certificationAudit: 'P24M' }, reason: 'Later.' });
    expect(driver.audit('stage2')).toMatchObject({ id: 'A-4', targetOn: '2031-03-01' });
  });

  it('made while the program is paused counts from the pause, and moves on with it', () => {
    const driver = assessed(program(), { '5.2': gap }).until('2030-03-04').as(who.manager);
    const [task] = driver.open('evidence').filter(({ requirementId }) => requirementId === '6.2');
    const other = driver.fork();
    other.does({ type: 'changePlan', phases: { implementation: 'P5M' }, reason: 'So.' });
    const unpaused = other.state.tasks[task!.id]!.dueOn;
    driver.does({ type: 'pause', reason: 'A merger.' });
    driver.until('2030-03-14').does({ type: 'changePlan', phases: { implementation: 'P5M' }, reason: 'So.' });
    driver.does({ type: 'resume', reason: 'Over.' });
    expect(Date.parse(driver.state.tasks[task!.id]!.dueOn) - Date.parse(unpaused)).toBe(10 * 86_400_000);
  });

  it('is refused for what is over, for an end that lies behind, and when nothing changes', () => {
    const driver = assessed(program()).as(who.manager);
    const over = driver.refuses({ type: 'changePlan', phases: { gapAssessment: 'P3M' }, reason: 'So.' });
    expect([over.code, over.status]).toEqual(['state', 409]);
    expect(over.detail).toContain('phases.gapAssessment');
    expect(driver.refuses({ type: 'changePlan', reason: 'So.' }).code).toBe('state');
    expect(driver.refuses({ type: 'changePlan', phases: { implementation: 'P4M' }, reason: 'So.' }).code).toBe('state');
    expect(driver.refuses({ type: 'changePlan', phases: { implementation: 'P5M' }, reason: ' ' }).code).toBe('empty');
    expect(driver.as(who.sponsor).refuses({ type: 'changePlan', phases: {}, reason: 'So.' }).status).toBe(403);
    // The implementation is planned from 7 March on: 31 days later it would end on 7 April.
    driver.until('2030-04-07').as(who.manager);
    const behind = driver.refuses({ type: 'changePlan', phases: { implementation: 'P31D' }, reason: 'So.' });
    expect([behind.code, behind.status]).toEqual(['dates', 422]);
    driver.does({ type: 'changePlan', phases: { implementation: 'P32D' }, reason: 'So.' });
    const cycle = certified('2030-06-05').as(who.manager);
    expect(cycle.refuses({ type: 'changePlan', phases: { certificationAudit: 'P3M' }, reason: 'So.' }).code).toBe(
      'state',
    );
  });
});

const standing: Record<string, () => Driver> = {
  gapAssessment: () => program().until('2030-01-07'),
  implementation: () => assessed(program()),
  internalAudit: () => implemented(program()),
  certificationAudit: () => auditedInternally(program(), '2030-01-15'),
  surveillanceCycle: () => certified('2030-06-05'),
};

/** What can be done with a task that was asked for by hand, in any phase. */
describe.each(Object.entries(standing))('in the phase %s', (phase, standsIn) => {
  function asked(): { driver: Driver; taskId: string; dueOn: IsoDate } {
    const driver = standsIn();
    expect(driver.state.phase).toBe(phase);
    const dueOn: IsoDate = `${Number(driver.now.slice(0, 4)) + 1}-03-14`;
    driver.as(who.manager).does({ type: 'openTask', title: 'Do it', assignee: who.owner, dueOn });
    return { driver, taskId: driver.task('manual').id, dueOn };
  }

  it('a task is extended, reassigned, acknowledged and waived, each with its refusals', () => {
    const { driver, taskId, dueOn } = asked();
    const next = dueOn.replace('-14', '-28') as IsoDate;
    expect(driver.refuses({ type: 'extendTask', taskId, dueOn, reason: 'So.' }).code).toBe('dates');
    driver.does({ type: 'extendTask', taskId, dueOn: next, reason: 'More work.' });
    expect(driver.as(who.owner).refuses({ type: 'reassignTask', taskId, to: who.second }).status).toBe(403);
    driver.as(who.manager).does({ type: 'reassignTask', taskId, to: who.second });
    expect(driver.as(who.owner).refuses({ type: 'acknowledgeTask', taskId, expectedOn: '2040-01-02' }).status).toBe(
      403,
    );
    driver
      .as(who.second)
      .does({ type: 'acknowledgeTask', taskId, expectedOn: dueOn.replace('03-14', '04-02') as IsoDate });
    expect(driver.state.tasks[taskId]).toMatchObject({ dueOn: next, assignee: who.second, ladderShift: 3 });
    expect(driver.as(who.manager).refuses({ type: 'waiveTask', taskId, reason: ' ' }).code).toBe('empty');
    driver.does({ type: 'waiveTask', taskId, reason: 'Not needed.' });
    expect(driver.state.tasks[taskId]?.status).toBe('waived');
    for (const command of [
      { type: 'waiveTask', taskId, reason: 'So.' },
      { type: 'extendTask', taskId, dueOn: '2040-01-02', reason: 'So.' },
      { type: 'reassignTask', taskId, to: who.owner },
    ] as const)
      expect(driver.refuses(command).code).toBe('state');
  });

  it('the program is paused and resumed: its own dates move, those of the body stay', () => {
    const { driver, taskId, dueOn } = asked();
    const owed = Object.values(driver.state.tasks).filter((task) => task.bodyDeadline && isUnended(task));
    const latest = Object.values(driver.state.audits).map(({ latestOn }) => latestOn);
    driver.does({ type: 'pause', reason: 'A merger.' });
    const until = new Date(Date.parse(driver.now) + 14 * 86_400_000).toISOString();
    driver.until(until).does({ type: 'resume', reason: 'Over.' });
    expect(driver.state.tasks[taskId]?.dueOn).toBe(dueOn.replace('-14', '-28'));
    for (const task of owed) expect(driver.state.tasks[task.id]?.dueOn).toBe(task.dueOn);
    expect(Object.values(driver.state.audits).map(({ latestOn }) => latestOn)).toEqual(latest);
  });

  it('the program is cancelled: nothing is open any more and nothing more is taken', () => {
    const { driver, taskId } = asked();
    driver.as(who.sponsor).does({ type: 'cancel', reason: 'We stop.' });
    expect(Object.values(driver.state.tasks).every((task) => !isUnended(task) && task.closedOn)).toBe(true);
    for (const command of [
      { type: 'waiveTask', taskId, reason: 'So.' },
      { type: 'changePlan', phases: { certificationAudit: 'P3M' }, reason: 'So.' },
      { type: 'resume', reason: 'So.' },
    ] as const)
      expect(driver.as(who.manager).refuses(command).code).toBe('state');
  });
});
