import { addDuration, addMonths, daysBetween } from '../calendar.ts';
import {
  type IsoDate,
  type Plan,
  type PlannedPhase,
  type ProgramState,
  plannedPhases,
  type Task,
} from '../types/index.ts';

/** The first day and the last day that the plan gives each phase. */
export function planned(plan: Plan): Record<PlannedPhase, { startsOn: IsoDate; endsOn: IsoDate }> {
  let startsOn = plan.startsOn;
  const entries = plannedPhases.map((phase) => {
    const endsOn = addDuration(startsOn, plan.phases[phase]);
    const span = { startsOn, endsOn };
    startsOn = endsOn;
    return [phase, span] as const;
  });
  return Object.fromEntries(entries) as Record<PlannedPhase, { startsOn: IsoDate; endsOn: IsoDate }>;
}

/** When the plan wants Stage 1 and Stage 2: Stage 1 as the audits begin, Stage 2 in the first half of the phase. */
export function plannedStages(plan: Plan): { stage1On: IsoDate; stage2On: IsoDate } {
  const { startsOn, endsOn } = planned(plan).certificationAudit;
  const half = Math.floor(daysBetween(startsOn, endsOn) / 2);
  return { stage1On: addDuration(startsOn, 'P7D'), stage2On: addDuration(startsOn, `P${Math.max(half, 1)}D`) };
}

/** Days of work that a task takes: as the gap assessment rated its requirement, else 5; at least one. */
export function effortOf({ requirements }: ProgramState, task: Pick<Task, 'kind' | 'requirementId'>): number {
  const rating = task.kind === 'evidence' ? requirements[task.requirementId ?? '']?.rating : undefined;
  return Math.max(1, rating ? rating.effortDays : 5);
}

/**
 * R24: from the start to the planned Stage 2 it takes 6 to 18 months; a plan outside that is accepted with a warning.
 * Gives the warning, or undefined. Source: common experience with implementations.
 */
export function unusualLength(plan: Plan): string | undefined {
  const { stage2On } = plannedStages(plan);
  const shortest = addMonths(plan.startsOn, 6);
  const longest = addMonths(plan.startsOn, 18);
  if (stage2On < shortest)
    return `Stage 2 is planned on ${stage2On}, less than 6 months after the start: implementations rarely take so little.`;
  if (stage2On > longest)
    return `Stage 2 is planned on ${stage2On}, more than 18 months after the start: plan it nearer or in steps.`;
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
): string | undefined {
  if (firstEvidenceOn && addMonths(firstEvidenceOn, months) <= stage2On) return undefined;
  const since = firstEvidenceOn ? `reaches back to ${firstEvidenceOn} only` : 'was not yet accepted';
  return `Operating evidence ${since}; bodies expect about ${months} months of it before Stage 2 on ${stage2On}.`;
}
