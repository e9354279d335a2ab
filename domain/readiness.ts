import { standardOutline } from './standards/outline.ts';
import type { ProgramState, RequirementState } from './types/index.ts';

export interface Readiness {
  /** Percent of the applicable requirements that are met, rounded down. */
  percent: number;
  met: number;
  applicable: number;
  sections: { section: string; met: number; applicable: number }[];
  lacking: { requirementId: string; why: string }[];
}

/**
 * How ready the management system is: a requirement is met when it conforms or its gap was closed with accepted
 * evidence, and where documented information is asked for, evidence was accepted. Controls that do not apply do not
 * count.
 */
export function readiness(state: ProgramState): Readiness {
  const sections = new Map<string, { section: string; met: number; applicable: number }>();
  const lacking: Readiness['lacking'] = [];
  for (const { id, section, documented } of standardOutline(state.standard.id).requirements) {
    const requirement = state.requirements[id] ?? {};
    if (!applies(state, id, requirement)) continue;
    const line = sections.get(section) ?? { section, met: 0, applicable: 0 };
    sections.set(section, line);
    line.applicable++;
    const why = whyNotMet(requirement, documented);
    if (why) lacking.push({ requirementId: id, why });
    else line.met++;
  }
  const lines = [...sections.values()];
  const applicable = lines.reduce((sum, line) => sum + line.applicable, 0);
  const met = lines.reduce((sum, line) => sum + line.met, 0);
  return { percent: percent(met, applicable), met, applicable, sections: lines, lacking };
}

/** The percentage alone: asked for with every commit, so it counts without listing. */
export function percentReady(state: ProgramState): number {
  let met = 0;
  let applicable = 0;
  for (const { id, documented } of standardOutline(state.standard.id).requirements) {
    const requirement = state.requirements[id] ?? {};
    if (!applies(state, id, requirement)) continue;
    applicable++;
    if (!whyNotMet(requirement, documented)) met++;
  }
  return percent(met, applicable);
}

function applies(state: ProgramState, id: string, requirement: RequirementState): boolean {
  return state.applicability[id]?.applicable ?? requirement.rating?.status !== 'notApplicable';
}

function whyNotMet({ rating, evidence }: RequirementState, documented: boolean): string | undefined {
  if (!rating) return 'not rated yet';
  if (evidence?.staleSince) return `a change on ${evidence.staleSince} made its evidence stale`;
  if (evidence || (rating.status === 'conforms' && !documented)) return undefined;
  return rating.status === 'conforms' ? 'documented information not yet shown' : 'no accepted evidence yet';
}

function percent(met: number, applicable: number): number {
  return applicable === 0 ? 0 : Math.floor((100 * met) / applicable);
}
