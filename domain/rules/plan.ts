import { requirementState } from '../assessment/requirements.ts';
import type { IsoDate, IsoDuration, PlannedPhase } from '../basics.ts';
import { addDays, addDuration, addMonths, daysBetween } from '../calendar.ts';
import type { Plan } from '../plan/plan.ts';
import { type Saying, say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { Task } from '../tasks/task.ts';

/** R24: months from the start to the planned Stage 2 that are usual at least and at most. */
const usualMonths = { least: 6, most: 18 };

/** Days of work that a task takes whose requirement nobody rated. */
const usualEffort = 5;

/** The first and the last day of a phase. */
export interface PhaseSpan {
  startsOn: IsoDate;
  endsOn: IsoDate;
}

/** The first day and the last day that the plan gives each phase. */
export function planned({ startsOn, phases }: Plan): Record<PlannedPhase, PhaseSpan> {
  const gapAssessment = span(startsOn, phases.gapAssessment);
  const implementation = span(gapAssessment.endsOn, phases.implementation);
  const internalAudit = span(implementation.endsOn, phases.internalAudit);
  const certificationAudit = span(internalAudit.endsOn, phases.certificationAudit);
  return { gapAssessment, implementation, internalAudit, certificationAudit };
}

/** When the plan wants Stage 1 and Stage 2: Stage 1 as the audits begin, Stage 2 in the first half of the phase. */
export function plannedStages(plan: Plan): { stage1On: IsoDate; stage2On: IsoDate } {
  const { startsOn, endsOn } = planned(plan).certificationAudit;
  const half = Math.floor(daysBetween(startsOn, endsOn) / 2);
  return { stage1On: addDays(startsOn, 7), stage2On: addDays(startsOn, Math.max(half, 1)) };
}

/** Days of work that a task takes: as the gap assessment rated its requirement, else 5; at least one. */
export function effortOf(
  state: Pick<ProgramState, 'standard' | 'requirements'>,
  { kind, requirementId }: Pick<Task, 'kind' | 'requirementId'>,
): number {
  const rating = kind === 'evidence' && requirementId ? requirementState(state, requirementId)?.rating : undefined;
  return Math.max(1, rating ? rating.effortDays : usualEffort);
}

/**
 * R24: from the start to the planned Stage 2 it takes 6 to 18 months; a plan outside that is accepted with a warning.
 * Gives the warning, or undefined. Source: common experience with implementations.
 */
export function unusualLength(plan: Plan): Saying | undefined {
  const { stage2On } = plannedStages(plan);
  const { least, most } = usualMonths;
  if (stage2On < addMonths(plan.startsOn, least)) return say('planUnusuallyShort', { stage2On, months: least });
  if (stage2On > addMonths(plan.startsOn, most)) return say('planUnusuallyLong', { stage2On, months: most });
  return undefined;
}

/**
 * R23: operating evidence of about three months before Stage 2. Gives the warning when the first accepted evidence is
 * younger than that on the day Stage 2 begins. Source: practice of bodies.
 */
export function tooLittleOperation(
  firstEvidenceOn: IsoDate | undefined,
  stage2On: IsoDate,
  months: number,
): Saying | undefined {
  if (firstEvidenceOn && addMonths(firstEvidenceOn, months) <= stage2On) return undefined;
  return say('tooLittleOperation', { stage2On, months, ...(firstEvidenceOn ? { firstEvidenceOn } : {}) });
}

function span(startsOn: IsoDate, length: IsoDuration): PhaseSpan {
  return { startsOn, endsOn: addDuration(startsOn, length) };
}
