import { type Audit, isExternal, type PlannedAudit } from '../audits/audit.ts';
import { stage2CountsFrom } from '../audits/queries.ts';
import { type Email, type IsoDate, type Phase, type PlannedPhase, plannedPhases } from '../basics.ts';
import {
  addDays,
  addDuration,
  daysBetween,
  earliest,
  latest,
  workingDayFrom,
  workingDaysBetween,
  workingDayUntil,
} from '../calendar.ts';
import { nameOf } from '../people/people.ts';
import type { Plan } from '../plan/plan.ts';
import type { CalendarSpec } from '../program/definition.ts';
import { type Saying, say } from '../say.ts';
import type { DateBeforePlans, ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';
import type { TaskKind, UnendedTask } from '../tasks/task.ts';
import { stage2BeginsUntil } from './audits.ts';
import { effortOf, type PhaseSpan, planned } from './plan.ts';

/** The work that follows the plan. What answers an audit, a finding, an incident or a complaint has dates of its own. */
const followThePlan: readonly TaskKind[] = [
  'gapAssessment',
  'evidence',
  'impactAssessment',
  'applicabilityReview',
  'managementReview',
  'auditSchedule',
  'manual',
];

/**
 * How the present phase lies in a plan, from the day on which it really began; undefined in a phase that no plan gives
 * a length.
 */
export function presentSpan(state: ProgramState, plan: Plan): PhaseSpan | undefined {
  const phase = plannedPhases.find((name) => name === state.phase);
  if (!phase) return undefined;
  const startsOn = latest(state.phaseStartedOn, planned(plan)[phase].startsOn);
  return { startsOn, endsOn: addDuration(startsOn, plan.phases[phase]) };
}

/** The phases that are over: their length is history, and no plan changes it. */
export function phasesOver(state: ProgramState): PlannedPhase[] {
  const all: readonly Phase[] = plannedPhases;
  const present = all.indexOf(state.phase);
  return present === -1 ? [...plannedPhases] : plannedPhases.slice(0, present);
}

/**
 * Where a date lies after the present phase got another length: it keeps the share of the phase that it had before plans
 * moved it, and one after the end its distance to the end, on a working day; in the span that the phase had then it is
 * the date that it was. Never before the next working day: what would lie behind that gets that day, and what is due by
 * then already, overdue or not, stays where it is.
 */
export function replanned(
  before: DateBeforePlans,
  after: PhaseSpan,
  { today, calendar }: { today: IsoDate; calendar: CalendarSpec },
): IsoDate {
  const asBefore = before.startsOn === after.startsOn && before.endsOn === after.endsOn;
  const on = asBefore ? before.on : workingDayOf(after, shareOf(before, after), calendar);
  return neverPast(addDays(on, before.paused), before.gave, { today, calendar });
}

/** A new date for work that was due on another day: what is asked for lies ahead, and what lies behind is not moved. */
export function neverPast(
  on: IsoDate,
  was: IsoDate,
  { today, calendar }: { today: IsoDate; calendar: CalendarSpec },
): IsoDate {
  const soonest = workingDayFrom(addDays(today, 1), calendar);
  if (on >= soonest) return on;
  return earliest(was, soonest);
}

/**
 * What the dates that follow the plan were before plans of the present phase moved them, by task and audit; one that
 * somebody else moved after that is as it is now. `before` is how the phase lies in the plan that is left.
 */
export function datesBeforePlans(state: ProgramState, before: PhaseSpan, today: IsoDate): Map<string, DateBeforePlans> {
  const dates = [
    ...tasksOfPlan(state).map(({ id, dueOn }) => ({ id, on: dueOn })),
    ...auditsOfPlan(state).map(({ id, targetOn }) => ({ id, on: targetOn })),
  ];
  return new Map(
    dates.map(({ id, on }) => {
      const known = state.beforePlans?.[id];
      if (known?.gave === on) return [id, known];
      return [id, { on, ...before, overdue: on <= today, paused: 0, gave: on }];
    }),
  );
}

/**
 * Who has more work left in the implementation than working days until its last one, and how much; undefined when the
 * work of everybody fits.
 */
export function tooMuchWork(state: ProgramState, { startsOn, endsOn }: PhaseSpan, today: IsoDate): Saying | undefined {
  if (state.phase !== 'implementation') return undefined;
  const workingDays = workingDaysBetween(latest(today, addDays(startsOn, -1)), addDays(endsOn, -1), state.calendar);
  const efforts = new Map<Email, number>();
  for (const task of tasksOfPlan(state)) {
    if (task.status !== 'open' || (task.kind !== 'evidence' && task.kind !== 'impactAssessment')) continue;
    efforts.set(task.assignee, (efforts.get(task.assignee) ?? 0) + effortOf(state, task));
  }
  const over = [...efforts].filter(([, effort]) => effort > workingDays);
  if (over.length === 0) return undefined;
  const overloaded = over.map(([email, effortDays]) => ({ name: nameOf(state, email), effortDays }));
  return say('tooMuchWork', { workingDays, endsOn, overloaded });
}

/** The open tasks that follow the plan, and are not owed to the certification body or for a finding. */
export function tasksOfPlan(state: ProgramState): UnendedTask[] {
  return openTasks(state).filter(({ bodyDeadline, findingId, auditId, kind }) => {
    const audit = state.audits[auditId ?? ''];
    const ofBody = audit !== undefined && isExternal(audit.kind);
    return !bodyDeadline && !findingId && followThePlan.includes(kind) && !ofBody;
  });
}

/** The audits that have no agreed dates yet and whose targets the plan gave. */
export function auditsOfPlan(state: ProgramState): PlannedAudit[] {
  return Object.values(state.audits).filter(
    (audit): audit is PlannedAudit =>
      audit.status === 'planned' && (audit.kind === 'internal' || audit.kind === 'stage1' || audit.kind === 'stage2'),
  );
}

/** R3: a plan moves the target of Stage 2 no further than the body allows. */
export function notAfterR3(state: ProgramState, { kind }: Audit, targetOn: IsoDate): IsoDate {
  const from = stage2CountsFrom(state);
  if (kind !== 'stage2' || !from) return targetOn;
  return earliest(targetOn, stage2BeginsUntil(from, state.body.profile));
}

function shareOf(before: DateBeforePlans, after: PhaseSpan): IsoDate {
  if (before.on > before.endsOn) return addDays(after.endsOn, daysBetween(before.endsOn, before.on));
  const share = daysBetween(before.startsOn, before.on) / Math.max(1, daysBetween(before.startsOn, before.endsOn));
  return addDays(after.startsOn, Math.round(Math.max(0, share) * daysBetween(after.startsOn, after.endsOn)));
}

function workingDayOf({ startsOn }: PhaseSpan, on: IsoDate, calendar: CalendarSpec): IsoDate {
  const day = workingDayUntil(on, calendar);
  return day < startsOn ? workingDayFrom(on, calendar) : day;
}
