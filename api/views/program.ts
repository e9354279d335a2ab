import { isOverdue } from '../../domain/overdue.ts';
import { readiness } from '../../domain/readiness.ts';
import { isWaiting } from '../../domain/rules/dependencies.ts';
import { planned } from '../../domain/rules/plan.ts';
import { type Instant, type ProgramState, type ProgramSummary, plannedPhases } from '../../domain/types/index.ts';
import type { ProgramReading } from '../programStates.ts';

/** The program's clock: the world's, or a rehearsal's own as it was when it was last advanced or recorded to. */
export function clockNow({ rehearsal, clockAt }: Pick<ProgramSummary, 'rehearsal' | 'clockAt'>): Instant {
  return rehearsal ? clockAt : new Date().toISOString();
}

/** A program as lists show it. */
export function summaryView(summary: ProgramSummary) {
  const { clockAt: _, standardId: standard, seq: __, timeZone: ___, ...rest } = summary;
  return { ...rest, standard, clock: { now: clockNow(summary) } };
}

/** A program in full. */
export function programView(summary: ProgramSummary, { state, warnings }: ProgramReading) {
  const { percent: _, ...readinessDetails } = readiness(state);
  return {
    ...summaryView(summary),
    standardPin: state.standard,
    scope: state.scope,
    people: state.people,
    aiSystems: Object.values(state.aiSystems),
    plan: state.plan,
    calendar: state.calendar,
    certificationBody: { name: state.body.name, rules: state.body.profile },
    escalation: state.ladder,
    ...(state.certificate && { certificate: state.certificate }),
    readinessDetails,
    counts: countsOf(state, clockNow(summary)),
    warnings,
    seq: state.seq,
  };
}

/** The plan and those before it. */
export function planView({ state: { plan, formerPlans } }: ProgramReading) {
  const spans = planned(plan);
  return { plan, phases: plannedPhases.map((phase) => ({ phase, ...spans[phase] })), former: formerPlans };
}

function countsOf(state: ProgramState, now: Instant) {
  const tasks = Object.values(state.tasks);
  const open = tasks.filter(({ status }) => status === 'open');
  const audits = Object.values(state.audits);
  return {
    tasks: {
      open: open.length,
      overdue: open.filter((task) => isOverdue(task, state, now)).length,
      waiting: open.filter(isWaiting).length,
      submitted: tasks.filter(({ status }) => status === 'submitted').length,
    },
    audits: { ahead: audits.filter(({ status }) => status === 'planned' || status === 'scheduled').length },
    findings: {
      open: Object.values(state.findings).filter(({ closedOn, status }) => !closedOn && status !== 'noted').length,
    },
  };
}
