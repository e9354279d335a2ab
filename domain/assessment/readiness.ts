import { type Saying, say } from '../say.ts';
import { standardOutline } from '../standards/outline.ts';
import type { ProgramState } from '../state.ts';
import type { RequirementState } from './requirement.ts';
import { requirementState } from './requirements.ts';

export interface Readiness {
  /** Percent of the applicable requirements that are met, rounded down. */
  percent: number;
  met: number;
  applicable: number;
  sections: { section: string; met: number; applicable: number }[];
  lacking: { requirementId: string; why: Saying }[];
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
    const requirement = requirementState(state, id) ?? {};
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
    const requirement = requirementState(state, id) ?? {};
    if (!applies(state, id, requirement)) continue;
    applicable++;
    if (!whyNotMet(requirement, documented)) met++;
  }
  return percent(met, applicable);
}

function applies(state: ProgramState, id: string, requirement: RequirementState): boolean {
  return state.applicability[id]?.applicable ?? requirement.rating?.status !== 'notApplicable';
}

const notRated = say('notRatedYet', {});
const notShown = say('documentNotShown', {});
const noEvidence = say('noEvidenceYet', {});

function whyNotMet({ rating, evidence }: RequirementState, documented: boolean): Saying | undefined {
  if (!rating) return notRated;
  if (evidence?.staleSince) return say('evidenceMadeStale', { changedOn: evidence.staleSince });
  if (evidence || (rating.status === 'conforms' && !documented)) return undefined;
  return rating.status === 'conforms' ? notShown : noEvidence;
}

function percent(met: number, applicable: number): number {
  return applicable === 0 ? 0 : Math.floor((100 * met) / applicable);
}
