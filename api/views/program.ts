import { readiness } from '../../domain/assessment/readiness.ts';
import { isComing } from '../../domain/audits/audit.ts';
import { type Instant, plannedPhases } from '../../domain/basics.ts';
import { isUnverified } from '../../domain/findings/finding.ts';
import { planned } from '../../domain/rules/plan.ts';
import type { ProgramState } from '../../domain/state.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';
import { isWaiting } from '../../domain/tasks/task.ts';
import type { ProgramSummary } from '../../domain/views.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import { now } from '../clock.ts';
import type { ProgramReading } from '../programStates.ts';

/** The program's clock: the world's, or a rehearsal's own as it was when it was last advanced or recorded to. */
export function clockNow({ rehearsal, clockAt }: Pick<ProgramSummary, 'rehearsal' | 'clockAt'>): Instant {
  return rehearsal ? clockAt : now();
}

/** A program as lists show it. */
export function summaryView(summary: ProgramSummary) {
  const { clockAt: _, standardId: standard, seq: __, timeZone: ___, nextDue, ...rest } = summary;
  return {
    ...rest,
    nextDue: nextDue && { at: nextDue.at, title: wordsOf(nextDue.title) },
    standard,
    clock: { now: clockNow(summary) },
  };
}

/** A program in full. */
export function programView(summary: ProgramSummary, { state, warnings }: ProgramReading) {
  const { percent: _, lacking, ...readinessDetails } = readiness(state);
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
    readinessDetails: {
      ...readinessDetails,
      lacking: lacking.map(({ requirementId, why }) => ({ requirementId, why: wordsOf(why) })),
    },
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

function countsOf(state: ProgramState, at: Instant) {
  const tasks = Object.values(state.tasks);
  const open = tasks.filter(({ status }) => status === 'open');
  return {
    tasks: {
      open: open.length,
      overdue: open.filter((task) => isOverdue(task, state, at)).length,
      waiting: open.filter(isWaiting).length,
      submitted: tasks.filter(({ status }) => status === 'submitted').length,
    },
    audits: { ahead: Object.values(state.audits).filter(isComing).length },
    findings: { open: Object.values(state.findings).filter(isUnverified).length },
  };
}
