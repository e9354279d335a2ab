import { addDays, addDuration, daysBetween, earliest, latest } from '../calendar.ts';
import { stage2CountsFrom } from '../progress.ts';
import {
  type Audit,
  type IsoDate,
  type Phase,
  type Plan,
  type PlannedPhase,
  type ProgramState,
  plannedPhases,
  type Task,
  type TaskKind,
} from '../types/index.ts';
import { stage2BeginsUntil } from './audits.ts';
import { planned } from './plan.ts';

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

/** The first and the last day of the present phase: from the day on which it really began, as long as a plan gives it. */
export interface PhaseSpan {
  startsOn: IsoDate;
  endsOn: IsoDate;
}

/** How the present phase lies in a plan; undefined in a phase that no plan gives a length. */
export function presentSpan(state: ProgramState, plan: Plan): PhaseSpan | undefined {
  const phase = plannedPhases.find((name) => name === state.phase);
  if (!phase) return undefined;
  const startsOn = latest(state.phaseStartedOn, planned(plan)[phase].startsOn);
  return { startsOn, endsOn: addDuration(startsOn, plan.phases[phase]) };
}

/** The phases that are over: their length is history, and no plan changes it. */
export function phasesOver(state: ProgramState): PlannedPhase[] {
  const present = (plannedPhases as readonly Phase[]).indexOf(state.phase);
  return present === -1 ? [...plannedPhases] : plannedPhases.slice(0, present);
}

/**
 * Where a date lies after the present phase got another length: it keeps its share of the phase; one after its end
 * keeps its distance to the end. Never before tomorrow, and what was overdue never earlier than it was.
 */
export function replanned(on: IsoDate, before: PhaseSpan, after: PhaseSpan, today: IsoDate): IsoDate {
  const notBefore = earliest(on, addDays(today, 1));
  if (on > before.endsOn) return latest(addDays(after.endsOn, daysBetween(before.endsOn, on)), notBefore);
  const share = daysBetween(before.startsOn, on) / Math.max(1, daysBetween(before.startsOn, before.endsOn));
  const days = Math.round(Math.max(0, share) * daysBetween(after.startsOn, after.endsOn));
  return latest(addDays(after.startsOn, days), notBefore);
}

/** The open tasks that follow the plan, and are not owed to the certification body or for a finding. */
export function tasksOfPlan(state: ProgramState): Task[] {
  return Object.values(state.tasks).filter(
    ({ closedOn, bodyDeadline, findingId, auditId, kind }) =>
      !closedOn && !bodyDeadline && !findingId && followThePlan.includes(kind) && !ofBody(state.audits[auditId ?? '']),
  );
}

/** The audits that have no agreed dates yet and whose targets the plan gave. */
export function auditsOfPlan(state: ProgramState): Audit[] {
  return Object.values(state.audits).filter(
    ({ kind, status }) => status === 'planned' && (kind === 'internal' || kind === 'stage1' || kind === 'stage2'),
  );
}

/** R3: a plan moves the target of Stage 2 no further than the body allows. */
export function notAfterR3(state: ProgramState, { kind }: Audit, targetOn: IsoDate): IsoDate {
  const from = stage2CountsFrom(state);
  if (kind !== 'stage2' || !from) return targetOn;
  return earliest(targetOn, stage2BeginsUntil(from, state.body.profile));
}

function ofBody(audit: Audit | undefined): boolean {
  return audit !== undefined && audit.kind !== 'internal';
}
