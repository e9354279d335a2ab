import { readiness } from '../../domain/assessment/readiness.ts';
import { isComing } from '../../domain/audits/audit.ts';
import { type Instant, plannedPhases } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { isUnverified } from '../../domain/findings/finding.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { planned } from '../../domain/rules/plan.ts';
import type { ProgramState } from '../../domain/state.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';
import { isWaiting } from '../../domain/tasks/task.ts';
import { nextDue, type ProgramSummary } from '../../domain/views.ts';
import { usualWeekend } from '../../domain/weekends.ts';
import { type Sight, seesEveryDay } from '../../identity/reading/sight.ts';
import { personTopic } from '../../identity/reading/topics.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import { now } from '../clock.ts';
import type { ProgramReading } from '../programStates.ts';

/** The program's clock: the world's, or a rehearsal's own as it was when it was last advanced or recorded to. */
export function clockNow({ rehearsal, clockAt }: Pick<ProgramSummary, 'rehearsal' | 'clockAt'>): Instant {
  return rehearsal ? clockAt : now();
}

/**
 * A program as lists show it to somebody. With its `reading`, the next day is looked for among those that they see; without,
 * it is the one of the row.
 */
export function summaryView(summary: ProgramSummary, sight: Sight, reading?: ProgramReading) {
  const {
    clockAt: _,
    standardId: standard,
    seq: __,
    timeZone: ___,
    nextDue: next,
    atRisk,
    readiness,
    ...rest
  } = summary;
  const due = reading && !seesEveryDay(sight) ? nextDue(reading.state, sight) : next;
  return {
    ...rest,
    nextDue: due && { at: due.at, title: wordsOf(due.title) },
    standard,
    clock: { now: clockNow(summary) },
    ...(sight.all('readiness') && { atRisk, readiness }),
  };
}

/** A program in full, as far as somebody reads it. */
export function programView(summary: ProgramSummary, reading: ProgramReading, sight: Sight) {
  const { state, warnings } = reading;
  const { calendar, body, ladder, certificate, plan } = state;
  const absences = (state.absences ?? []).filter(({ email, deputy }) =>
    sight.sees({ subject: 'absence', to: [email, deputy] }),
  );
  return {
    ...summaryView(summary, sight, reading),
    standardPin: state.standard,
    ...(sight.all('scope') && { scope: state.scope }),
    people: state.people.filter((person) => sight.sees(personTopic(person))),
    ...(absences.length > 0 && { absences }),
    ...(sight.all('aiSystem') && { aiSystems: Object.values(state.aiSystems) }),
    ...(sight.all('plan') && { plan }),
    calendar: { weekend: [...usualWeekend], ...calendar },
    certificationBody: { name: body.name, ...(sight.all('rules') && { rules: body.profile }) },
    ...(sight.all('escalation') && { escalation: ladder }),
    ...(certificate && sight.all('certificate') && { certificate }),
    ...(sight.all('gapAssessment') && { readinessDetails: readinessDetailsOf(reading) }),
    counts: countsOf(state, clockNow(summary), sight),
    ...(sight.all('warning') && { warnings }),
    ...(sight.all('register') && { seq: state.seq }),
  };
}

function readinessDetailsOf({ state }: ProgramReading) {
  const { percent: _, lacking, ...details } = readiness(state);
  return { ...details, lacking: lacking.map(({ requirementId, why }) => ({ requirementId, why: wordsOf(why) })) };
}

/** The plan and those before it: all that the register has, of which the state carries the last ones. */
export function planView({ state: { plan, calendar } }: ProgramReading, changes: readonly ProgramRecord[]) {
  const spans = planned(plan);
  const former = changes.flatMap(({ type, data, at, actor }) =>
    type === 'PlanChanged'
      ? [{ plan: data.previous, replacedOn: dateAt(at, calendar.timeZone), by: actor, reason: data.reason }]
      : [],
  );
  return { plan, phases: plannedPhases.map((phase) => ({ phase, ...spans[phase] })), former };
}

/** Of what somebody sees. */
function countsOf(state: ProgramState, at: Instant, sight: Sight) {
  const tasks = Object.values(state.tasks).filter(({ id }) => sight.task(id));
  const open = tasks.filter(({ status }) => status === 'open');
  return {
    tasks: {
      open: open.length,
      overdue: open.filter((task) => isOverdue(task, state, at)).length,
      waiting: open.filter(isWaiting).length,
      submitted: tasks.filter(({ status }) => status === 'submitted').length,
    },
    audits: { ahead: Object.values(state.audits).filter((audit) => isComing(audit) && sight.audit(audit.id)).length },
    findings: {
      open: Object.values(state.findings).filter((one) => isUnverified(one) && sight.finding(one.id)).length,
    },
  };
}
