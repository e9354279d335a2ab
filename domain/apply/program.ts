import { addDays, dateAt, daysBetween, latest } from '../calendar.ts';
import { firstRungAhead } from '../ladder.ts';
import { isOpen } from '../rules/findings.ts';
import { datesBeforePlans, presentSpan } from '../rules/replan.ts';
import type {
  AdoptedState,
  AiSystem,
  ApplicabilityEntry,
  Audit,
  Finding,
  FormerPlan,
  IsoDate,
  Phase,
  ProgramState,
  RecordMap,
  RequirementState,
  Task,
} from '../types/index.ts';
import { pruned } from './certificate.ts';
import { type Appliers, counted, type Meta } from './handler.ts';

/** Records of the program itself: its life, its plan, its people and systems. */
export const programAppliers: Appliers<
  | 'ProgramAdopted'
  | 'MissingAskedFor'
  | 'ProgramBegan'
  | 'PhaseStarted'
  | 'PhasePlanned'
  | 'WarningNoted'
  | 'PlanChanged'
  | 'ScopeChanged'
  | 'PeopleChanged'
  | 'AiSystemPut'
  | 'AiSystemRetired'
  | 'IncidentReported'
  | 'ComplaintReceived'
  | 'ChangeAssessed'
  | 'ProgramPaused'
  | 'ProgramResumed'
  | 'ProgramCancelled'
  | 'HolidaysRecorded'
  | 'CommandRejected'
  | 'RequirementRated'
  | 'GapAssessmentCompleted'
  | 'ApplicabilitySet'
  | 'StatementOfApplicabilityFrozen'
  | 'ProgressReported'
  | 'ManagementReviewHeld'
> = {
  ProgramAdopted: (state, adopted, meta) => adoptedInto(state, adopted, meta),
  MissingAskedFor: ({ unasked: _, ...state }) => state,
  ProgramBegan: (state, _data, { today }) => ({ ...state, status: 'active', phaseStartedOn: today }),
  PhaseStarted: (state, { phase }, { today }) => ({
    ...state,
    phase,
    phaseStartedOn: today,
    phasePlanned: false,
    ...implemented(state, phase, today),
    beforePlans: {},
    auditsFrom: phase === 'certificationAudit' ? (state.counters.A ?? 0) : state.auditsFrom,
    status: phase === 'closed' ? 'closed' : state.status,
  }),
  PhasePlanned: (state, { phase }) => ({
    ...(phase === 'surveillanceCycle' ? pruned(state) : state),
    phasePlanned: true,
  }),
  WarningNoted: (state) => state,
  PlanChanged: (state, data, meta) => replanned(state, data, meta),
  ScopeChanged: (state, { scope }) => ({ ...state, scope }),
  PeopleChanged: (state, { people }) => ({ ...state, people }),
  AiSystemPut: (state, { system }) => ({ ...state, aiSystems: { ...state.aiSystems, [system.id]: system } }),
  AiSystemRetired: (state, { systemId }, { today }) => ({
    ...state,
    aiSystems: { ...state.aiSystems, [systemId]: { ...(state.aiSystems[systemId] as AiSystem), retiredOn: today } },
  }),
  IncidentReported: (state, { id }) => ({ ...state, counters: counted(state, id) }),
  ComplaintReceived: (state, { id }) => ({ ...state, counters: counted(state, id) }),
  ChangeAssessed: (state, { evidence }, { today }) => madeStale(state, evidence, today),
  // Open tasks are copied, because rows are written of what changed, and none of the organization is overdue in a pause.
  ProgramPaused: (state, _data, { today }) => ({
    ...state,
    status: 'paused',
    pausedOn: today,
    tasks: mapped(state.tasks, (task) => (task.bodyDeadline || task.closedOn ? task : { ...task })),
  }),
  ProgramResumed: (state, { days }) => resumed(state, days),
  ProgramCancelled: (state) => ({ ...state, status: 'cancelled' }),
  HolidaysRecorded: (state, { through, holidays }) => ({
    ...state,
    calendar: {
      ...state.calendar,
      holidays: [...new Set([...state.calendar.holidays, ...holidays])].sort(),
      holidaysThrough: through,
    },
  }),
  CommandRejected: (state) => state,
  RequirementRated: (state, { requirementId, ...rating }) => ({
    ...state,
    requirements: { ...state.requirements, [requirementId]: { ...state.requirements[requirementId], rating } },
  }),
  GapAssessmentCompleted: (state, { applicability }, { today }) => ({
    ...state,
    applicability,
    gapAssessmentCompletedOn: today,
  }),
  ApplicabilitySet: (state, { controlId, applicable, justification, implementation }) => {
    const entry: ApplicabilityEntry = { applicable, justification, implementation };
    return { ...state, applicability: { ...state.applicability, [controlId]: entry } };
  },
  StatementOfApplicabilityFrozen: (state, { version }) => ({ ...state, soaVersion: version }),
  ProgressReported: (state, { month }) => ({ ...state, lastProgress: month }),
  ManagementReviewHeld: (state, { id, heldOn }) => ({
    ...state,
    reviews: [...state.reviews, { id, heldOn }].sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1)).slice(-8),
    counters: counted(state, id),
  }),
};

/** A program under way begins here in the phase that it is in, with what is known of it. */
function adoptedInto(state: ProgramState, adopted: AdoptedState, { at, today }: Meta): ProgramState {
  const { phase, certificate, managementReviewOn, impactAssessments } = adopted;
  const shown = adopted.evidence.map(({ requirementId, ...evidence }) => [
    requirementId,
    { ...state.requirements[requirementId], evidence },
  ]);
  const assessed = impactAssessments.map(({ systemId, assessedOn }) => [
    systemId,
    { ...(state.aiSystems[systemId] as AiSystem), assessedOn },
  ]);
  const [firstEvidenceOn] = adopted.evidence.map(({ acceptedOn }) => acceptedOn).sort();
  return {
    ...state,
    status: 'active',
    adoptedAt: at,
    phase,
    phaseStartedOn: today,
    ...(firstEvidenceOn ? { firstEvidenceOn } : {}),
    aiSystems: { ...state.aiSystems, ...Object.fromEntries(assessed) },
    requirements: { ...state.requirements, ...Object.fromEntries(shown) },
    unasked: { scopeStatement: adopted.scopeStatement !== undefined },
    ...(certificate ? { certificate } : {}),
    ...(managementReviewOn
      ? { reviews: [{ id: 'R-1', heldOn: managementReviewOn }], counters: counted(state, 'R-1') }
      : {}),
  };
}

/** The implementation is first complete as the phase after it begins, or a later one in a program that was taken over. */
function implemented({ implementedOn }: ProgramState, phase: Phase, today: IsoDate): { implementedOn?: IsoDate } {
  const before = phase === 'gapAssessment' || phase === 'implementation';
  return implementedOn || before ? {} : { implementedOn: today };
}

/** How many former plans a program carries; all are in the register. */
const mostFormerPlans = 20;

function replanned(
  state: ProgramState,
  { plan, previous, reason, moved }: RecordMap['PlanChanged'],
  { at, today, actor }: Meta,
): ProgramState {
  const former: FormerPlan = { plan: previous, replacedOn: today, by: actor, reason };
  const tasks = moved.tasks.map(({ taskId, dueOn }) => {
    const task = state.tasks[taskId] as Task;
    const late = dueOn < today ? {} : { escalationLevel: 0 };
    const later = { ...task, dueOn, ...late };
    return [taskId, { ...later, nextRung: firstRungAhead(later, at, state) }] as const;
  });
  const audits = moved.audits.map(({ auditId, targetOn }) => {
    return [auditId, { ...(state.audits[auditId] as Audit), targetOn }] as const;
  });
  return {
    ...state,
    ...remembered(state, plan, moved, state.pausedOn ?? today),
    plan,
    formerPlans: [...state.formerPlans, former].slice(-mostFormerPlans),
    tasks: { ...state.tasks, ...Object.fromEntries(tasks) },
    audits: { ...state.audits, ...Object.fromEntries(audits) },
  };
}

/** What the dates were that a new length of the present phase moves, so that the next one counts from there. */
function remembered(
  state: ProgramState,
  plan: ProgramState['plan'],
  moved: RecordMap['PlanChanged']['moved'],
  today: IsoDate,
): Pick<ProgramState, 'beforePlans'> {
  const span = presentSpan(state, state.plan);
  if (state.status === 'planned' || !span || span.endsOn === presentSpan(state, plan)?.endsOn) return {};
  const gave = new Map([
    ...moved.tasks.map(({ taskId, dueOn }) => [taskId, dueOn] as const),
    ...moved.audits.map(({ auditId, targetOn }) => [auditId, targetOn] as const),
  ]);
  const dates = [...datesBeforePlans(state, span, today)];
  return {
    beforePlans: Object.fromEntries(dates.map(([id, date]) => [id, { ...date, gave: gave.get(id) ?? date.gave }])),
  };
}

function madeStale(state: ProgramState, requirementIds: string[], today: IsoDate): ProgramState {
  const stale = requirementIds.flatMap((id): [string, RequirementState][] => {
    const requirement = state.requirements[id];
    if (!requirement?.evidence) return [];
    return [[id, { ...requirement, evidence: { ...requirement.evidence, staleSince: today } }]];
  });
  if (stale.length === 0) return state;
  return { ...state, requirements: { ...state.requirements, ...Object.fromEntries(stale) } };
}

/**
 * After a pause internal due dates lie later by its length, or by the part of it in which they were known; those of the
 * certification body stay where they were.
 */
function resumed(state: ProgramState, days: number): ProgramState {
  const { pausedOn, ...rest } = state;
  const paused = pausedOn as IsoDate;
  const until = addDays(paused, days);
  const since = (on: IsoDate) => daysBetween(latest(on, paused), until);
  const tasks = mapped(state.tasks, (task) =>
    task.bodyDeadline || task.closedOn ? task : delayed(task, since, state.calendar.timeZone),
  );
  const findings = mapped(state.findings, (finding) => {
    const internal = state.audits[finding.auditId]?.kind === 'internal';
    return internal && isOpen(finding) ? delayedDeadlines(finding, since(finding.raisedOn)) : finding;
  });
  const beforePlans = mapped(state.beforePlans ?? {}, (date, id) => {
    const task = state.tasks[id];
    if (!task || task.closedOn) return date;
    const later = since(task.openedOn);
    return { ...date, paused: date.paused + later, gave: addDays(date.gave, later) };
  });
  const pauses = [...state.pauses, { from: paused, until }].slice(-mostPauses);
  return { ...rest, status: 'active', pauses, tasks, findings, beforePlans };
}

/** How many pauses a program carries: only those since something came round last put it off. */
const mostPauses = 20;

function delayed(task: Task, since: (on: IsoDate) => number, timeZone: string): Task {
  const dueOn = addDays(task.dueOn, since(task.openedOn));
  if (!task.evidence) return { ...task, dueOn };
  const waitsFrom = task.reviewFrom ?? dateAt(task.evidence.at, timeZone);
  return { ...task, dueOn, reviewFrom: addDays(waitsFrom, since(waitsFrom)) };
}

function delayedDeadlines(finding: Finding, days: number): Finding {
  const { planDueOn, verifyDueOn } = finding;
  return {
    ...finding,
    ...(planDueOn ? { planDueOn: addDays(planDueOn, days) } : {}),
    ...(verifyDueOn ? { verifyDueOn: addDays(verifyDueOn, days) } : {}),
  };
}

function mapped<T>(entries: Record<string, T>, change: (entry: T, id: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, change(entry, id)]));
}
