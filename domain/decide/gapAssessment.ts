import {
  addDays,
  addDuration,
  daysBetween,
  earliest,
  endOfWorkingWeek,
  latest,
  workingDayFrom,
  workingDayUntil,
} from '../calendar.ts';
import { holders, manager, mustBeOfOrganization, person } from '../people.ts';
import { refuse, wrong } from '../rejection.ts';
import { effortOf, planned } from '../rules/plan.ts';
import { requirementOutline, standardOutline } from '../standards/outline.ts';
import { type ApplicabilityEntry, type Email, priorities, type Rating, type Task } from '../types/index.ts';
import { mustBeInPhase, mustHaveBegun, mustSay } from './checks.ts';
import type { Draft, TaskRequest } from './draft.ts';
import type { Deciders } from './handler.ts';
import { mustBeRequirement } from './tasks.ts';

/** The gap assessment, the statement of applicability that it begins, and the implementation that it plans. */
export const gapAssessmentDeciders: Deciders<
  'planGapAssessment' | 'rateRequirement' | 'completeGapAssessment' | 'setApplicability' | 'planImplementation'
> = {
  planGapAssessment(draft) {
    const assignee = holders(draft.state, 'consultant')[0] ?? manager(draft.state);
    const dueOn = addDays(addDuration(draft.today, draft.state.plan.phases.gapAssessment), -1);
    const title = 'Rate every requirement and complete the gap assessment';
    draft.openTask({ kind: 'gapAssessment', title, assignee, dueOn, priority: 'high' }, 'The gap assessment begins.');
    draft.emit({ type: 'PhasePlanned', data: { phase: 'gapAssessment' } });
  },

  rateRequirement(draft, rating) {
    mustHaveBegun(draft.state);
    mustBeAssessing(draft);
    rate(draft, rating);
  },

  completeGapAssessment(draft) {
    mustHaveBegun(draft.state);
    mustBeAssessing(draft);
    completeAssessment(draft);
    for (const task of draft.openTasksOf('gapAssessment', {})) {
      draft.emit({ type: 'TaskCompleted', data: { taskId: task.id, how: 'Gap assessment completed.' } });
    }
  },

  setApplicability(draft, { controlId, applicable, justification, implementation }) {
    mustHaveBegun(draft.state);
    mustBeRequirement(draft, controlId, 'controlId');
    if (requirementOutline(draft.state.standard.id, controlId)?.kind !== 'control') {
      wrong('applicability', `${controlId} is a clause: the statement of applicability is about controls.`);
    }
    mustSay(justification, 'justification');
    if (applicable === (implementation === 'notApplicable')) {
      wrong('applicability', 'implementation: it is notApplicable exactly when the control is not applicable.');
    }
    draft.emit({ type: 'ApplicabilitySet', data: { controlId, applicable, justification, implementation } });
  },

  planImplementation(draft) {
    const opened = new Map<string, string>();
    for (const request of inOrderOfDueDate(draft, [...impactAssessments(draft), ...evidenceRequests(draft)])) {
      const before =
        request.kind === 'evidence' ? opened.get(comesAfter[request.requirementId as string] ?? '') : undefined;
      const taskId = draft.openTask(
        { ...request, ...(before ? { dependsOn: [before] } : {}) },
        whyAsked(draft, request),
      );
      if (request.kind === 'evidence') opened.set(request.requirementId as string, taskId);
    }
    draft.emit({ type: 'PhasePlanned', data: { phase: 'implementation' } });
  },
};

/** Rates a requirement: refuses an owner who is not of the organization, and a clause that does not apply. */
export function rate(draft: Draft, { requirementId, ...rating }: { requirementId: string } & Rating): void {
  const { status, priority, gap, effortDays, owner } = rating;
  mustBeRequirement(draft, requirementId);
  mustBeOfOrganization(draft.state, owner, 'owner');
  const clause = requirementOutline(draft.state.standard.id, requirementId)?.kind === 'clause';
  if (status === 'notApplicable' && clause) {
    wrong(
      'applicability',
      `${requirementId} is a clause: clauses 4 to 10 always apply, only controls can be left out.`,
    );
  }
  if (status !== 'conforms') mustSay(gap, 'gap');
  else if (gap.trim()) {
    const text = `${requirementId} conforms, and a gap is named: rate it partial if something is lacking.`;
    draft.emit({ type: 'WarningNoted', data: { code: 'rating', text } });
  }
  draft.emit({ type: 'RequirementRated', data: { requirementId, status, priority, gap, effortDays, owner } });
}

/** Sums up the ratings and begins the statement of applicability; refused while a requirement is not rated. */
export function completeAssessment(draft: Draft): void {
  const entries = Object.entries(draft.state.requirements);
  const unrated = entries.filter(([, { rating }]) => !rating).map(([id]) => id);
  if (unrated.length > 0) {
    refuse('gapAssessment', `${unrated.length} requirements are not rated yet: ${unrated.join(', ')}.`);
  }
  const ratings = entries.map(([id, { rating }]) => [id, rating as Rating] as const);
  const counts = { conforms: 0, partial: 0, missing: 0, notApplicable: 0 };
  for (const [, rating] of ratings) counts[rating.status]++;
  const effortDays = ratings.reduce((sum, [, rating]) => sum + rating.effortDays, 0);
  const applicability = beginApplicability(draft, ratings);
  draft.emit({ type: 'GapAssessmentCompleted', data: { counts, effortDays, applicability } });
}

/** In its phase, and later in a program that was taken over without it. */
function mustBeAssessing(draft: Draft): void {
  if (draft.openTasksOf('gapAssessment', {}).length > 0) return;
  const { gapAssessmentCompletedOn: completedOn } = draft.state;
  if (completedOn) {
    refuse(
      'state',
      `The gap assessment was completed on ${completedOn} and its ratings stand. Where one was wrong, ask for what is lacking with POST tasks, waive a task that is not needed, and correct a control with PUT applicability.`,
    );
  }
  mustBeInPhase(draft.state, 'gapAssessment');
}

/** Who answers for a requirement: its rated owner while that person is in the program, else the manager. */
export function ownerOf(draft: Draft, requirementId: string): Email {
  const owner = draft.state.requirements[requirementId]?.rating?.owner;
  return owner && person(draft.state, owner) ? owner : manager(draft.state);
}

export function impactAssessmentOf(draft: Draft, systemId: string): Omit<TaskRequest, 'dueOn'> {
  const system = draft.state.aiSystems[systemId] as { name: string; risk: string };
  return {
    kind: 'impactAssessment',
    title: `AI system impact assessment: ${system.name}`,
    requirementId: '8.4',
    systemId,
    assignee: ownerOf(draft, '8.4'),
    priority: system.risk === 'high' ? 'critical' : 'high',
  };
}

const implementationOf: Record<Rating['status'], ApplicabilityEntry['implementation']> = {
  conforms: 'implemented',
  partial: 'partial',
  missing: 'planned',
  notApplicable: 'notApplicable',
};

/** A first statement of applicability from the ratings of the controls; what was decided before stays. */
function beginApplicability(draft: Draft, ratings: (readonly [string, Rating])[]): Record<string, ApplicabilityEntry> {
  const standard = draft.state.standard.id;
  const entries = ratings
    .filter(([id]) => requirementOutline(standard, id)?.kind === 'control')
    .map(([id, rating]): [string, ApplicabilityEntry] => {
      const applicable = rating.status !== 'notApplicable';
      const justification = applicable ? 'Applies to the AI systems in scope (from the gap assessment).' : rating.gap;
      return [id, { applicable, justification, implementation: implementationOf[rating.status] }];
    });
  return { ...Object.fromEntries(entries), ...draft.state.applicability };
}

/**
 * What comes after what, where a document cannot be written before another: risks are treated once they are assessed,
 * and the policy is reviewed once there is one. Source: ISO/IEC 42001, 6.1.3, 8.3 and A.2.4.
 */
const comesAfter: Record<string, string> = { '6.1.3': '6.1.2', '8.3': '8.2', 'A.2.4': '5.2' };

function impactAssessments(draft: Draft): Omit<TaskRequest, 'dueOn'>[] {
  return Object.values(draft.state.aiSystems)
    .filter((system) => !system.retiredOn && !system.assessedOn)
    .filter((system) => draft.openTasksOf('impactAssessment', { systemId: system.id }).length === 0)
    .map((system) => impactAssessmentOf(draft, system.id));
}

/** Evidence of every gap, and of what conforms where documented information is asked for. */
function evidenceRequests(draft: Draft): Omit<TaskRequest, 'dueOn'>[] {
  return standardOutline(draft.state.standard.id).requirements.flatMap(({ id, title, documented }) => {
    const { rating, evidence } = draft.state.requirements[id] ?? {};
    const gap = rating?.status === 'partial' || rating?.status === 'missing';
    const asked = draft.openTasksOf('evidence', {}).some((task) => task.requirementId === id);
    if (!rating || asked || evidence || !(gap || (rating.status === 'conforms' && documented))) return [];
    const priority = gap ? rating.priority : 'low';
    return [{ kind: 'evidence', title: `${id} ${title}`, requirementId: id, assignee: ownerOf(draft, id), priority }];
  });
}

/**
 * Due dates inside the phase: critical before high before the rest, high-risk systems first, each task ending in the
 * week that its share of the whole effort reaches, on the last working day of that week. What another waits for is as
 * urgent as that.
 */
function inOrderOfDueDate(draft: Draft, requests: Omit<TaskRequest, 'dueOn'>[]): TaskRequest[] {
  const startsOn = latest(draft.today, planned(draft.state.plan).implementation.startsOn);
  const endsOn = addDays(addDuration(startsOn, draft.state.plan.phases.implementation), -1);
  const first = workingDayFrom(draft.today, draft.state.calendar);
  const last = workingDayUntil(endsOn, draft.state.calendar);
  const ranks = new Map(requests.map((request) => [request, rankOf(request)]));
  for (const later of requests.filter(({ kind }) => kind === 'evidence')) {
    const before = requests.find(
      ({ kind, requirementId }) => kind === 'evidence' && requirementId === comesAfter[later.requirementId as string],
    );
    if (before) ranks.set(before, Math.min(rankOf(before), rankOf(later)));
  }
  const rank = (request: Omit<TaskRequest, 'dueOn'>) => ranks.get(request) as number;
  const ordered = [...requests].sort((a, b) => rank(a) - rank(b));
  const total = ordered.reduce((sum, request) => sum + effortOf(draft.state, request), 0);
  let reached = 0;
  return ordered.map((request) => {
    reached += effortOf(draft.state, request);
    const target = addDays(startsOn, Math.round((daysBetween(startsOn, endsOn) * reached) / total));
    const week = endOfWorkingWeek(target, draft.state.calendar);
    return { ...request, dueOn: latest(earliest(week, last), first) };
  });
}

function rankOf({ priority = 'medium' }: { priority?: Task['priority'] }): number {
  return priorities.indexOf(priority);
}

function whyAsked(draft: Draft, request: TaskRequest): string {
  if (request.kind === 'impactAssessment') return 'Each AI system in scope has an impact assessment before the audit.';
  const rating = draft.state.requirements[request.requirementId as string]?.rating as Rating;
  if (rating.status === 'conforms') return 'It conforms; auditors ask to see the documented information.';
  return `The gap assessment found: ${rating.gap}`;
}
