import { type IsoDate, priorities } from '../basics.ts';
import {
  addDays,
  addDuration,
  addWorkingDays,
  daysBetween,
  earliest,
  endOfWorkingWeek,
  latest,
  workingDayFrom,
  workingDayUntil,
} from '../calendar.ts';
import { inOneGo } from '../changing.ts';
import type { Draft } from '../draft.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { step } from '../registry/command.ts';
import { effortOf, planned } from '../rules/plan.ts';
import { type Saying, say } from '../say.ts';
import { standardOutline } from '../standards/outline.ts';
import { impactAssessmentOf, type UndatedRequest } from './asks.ts';
import { ownerOf } from './owner.ts';
import { requirementState } from './requirements.ts';

/** Something that the implementation asks for. */
interface Work {
  request: UndatedRequest;
  why: Saying;
  /** The requirement whose evidence it is. */
  evidenceOf?: string;
}

/** The implementation begins: evidence is asked for, and the impact assessment of every AI system. */
export const planImplementation = step()('planImplementation', (draft) => {
  inOneGo(() => askForAll(draft));
  draft.emit(PhasePlanned, { phase: 'implementation' });
});

function askForAll(draft: Draft): void {
  const { comesAfter } = standardOutline(draft.state.standard.id);
  const opened = new Map<string, string>();
  for (const { request, dueOn, why, evidenceOf = '' } of inOrderOfDueDate(draft, [
    ...impactAssessments(draft),
    ...evidenceRequests(draft),
  ])) {
    const before = opened.get(comesAfter[evidenceOf] ?? '');
    const taskId = draft.openTask({ ...request, dueOn, ...(before ? { dependsOn: [before] } : {}) }, why);
    if (evidenceOf) opened.set(evidenceOf, taskId);
  }
}

function impactAssessments(draft: Draft): Work[] {
  return Object.values(draft.state.aiSystems)
    .filter((system) => !system.retiredOn && !system.assessedOn)
    .filter((system) => draft.openTasksOf('impactAssessment', { systemId: system.id }).length === 0)
    .flatMap((system) => impactAssessmentOf(draft, system.id) ?? [])
    .map((request) => ({ request, why: say('whyImpactIsAssessed', {}) }));
}

/** Working days that are left at least for the evidence of a control that applies after all. */
const leastDays = 20;

/** Asks for the evidence of a control that was ruled out and applies after all, as planning the implementation would have. */
export function askForControl(draft: Draft, controlId: string): void {
  const { phase, phasePlanned, plan, calendar } = draft.state;
  if (phase === 'gapAssessment' || (phase === 'implementation' && !phasePlanned)) return;
  const asked = evidenceRequests(draft).find(({ evidenceOf }) => evidenceOf === controlId);
  if (!asked) return;
  const dueOn = latest(
    addDays(planned(plan).implementation.endsOn, -1),
    addWorkingDays(draft.today, leastDays, calendar),
  );
  draft.openTask({ ...asked.request, dueOn }, asked.why);
}

/** Evidence of every gap, and of what conforms where documented information is asked for; none of a control ruled out. */
function evidenceRequests(draft: Draft): Work[] {
  return standardOutline(draft.state.standard.id).requirements.flatMap(({ id, title, documented }): Work[] => {
    const { rating, evidence } = requirementState(draft.state, id) ?? {};
    if (draft.state.applicability[id]?.applicable === false) return [];
    if (!rating || evidence || draft.openTasksOf('evidence', { requirementId: id }).length > 0) return [];
    const isGap = rating.status === 'partial' || rating.status === 'missing';
    if (!isGap && !(rating.status === 'conforms' && documented)) return [];
    const request: UndatedRequest = {
      kind: 'evidence',
      title: say('showEvidenceOf', { requirementId: id, title }),
      requirementId: id,
      assignee: ownerOf(draft, id),
      priority: isGap ? rating.priority : 'low',
    };
    const why = isGap ? say('gapFound', { gap: rating.gap }) : say('whyDocumentIsShown', {});
    return [{ request, why, evidenceOf: id }];
  });
}

/**
 * Due dates inside the phase: critical before high before the rest, high-risk systems first, each task ending in the
 * week that its share of the whole effort reaches, on the last working day of that week.
 */
function inOrderOfDueDate(draft: Draft, work: Work[]): (Work & { dueOn: IsoDate })[] {
  const startsOn = latest(draft.today, planned(draft.state.plan).implementation.startsOn);
  const endsOn = addDays(addDuration(startsOn, draft.state.plan.phases.implementation), -1);
  const first = workingDayFrom(draft.today, draft.state.calendar);
  const last = workingDayUntil(endsOn, draft.state.calendar);
  const ordered = inOrderOfUrgency(draft, work);
  const total = ordered.reduce((sum, { request }) => sum + effortOf(draft.state, request), 0);
  let reached = 0;
  return ordered.map((one) => {
    reached += effortOf(draft.state, one.request);
    const target = addDays(startsOn, Math.round((daysBetween(startsOn, endsOn) * reached) / total));
    const week = endOfWorkingWeek(target, draft.state.calendar);
    return { ...one, dueOn: latest(earliest(week, last), first) };
  });
}

/** What another waits for is as urgent as that. */
function inOrderOfUrgency(draft: Draft, work: Work[]): Work[] {
  const { comesAfter } = standardOutline(draft.state.standard.id);
  const evidence = work.filter(({ evidenceOf }) => evidenceOf !== undefined);
  const ranked = work.map((one) => {
    const later = evidence.filter(({ evidenceOf = '' }) => one.evidenceOf && comesAfter[evidenceOf] === one.evidenceOf);
    return { one, rank: Math.min(...[one, ...later].map(rankOf)) };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}

function rankOf({ request: { priority = 'medium' } }: Work): number {
  return priorities.indexOf(priority);
}
