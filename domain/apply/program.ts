import { addDays } from '../calendar.ts';
import type { AiSystem, ApplicabilityEntry, ProgramState } from '../types/index.ts';
import { pruned } from './certificate.ts';
import { type Appliers, counted } from './handler.ts';

/** Records of the program itself: its life, its plan, its people and systems. */
export const programAppliers: Appliers<
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
  ProgramBegan: (state, _data, { today }) => ({ ...state, status: 'active', phaseStartedOn: today }),
  PhaseStarted: (state, { phase }, { today }) => ({
    ...state,
    phase,
    phaseStartedOn: today,
    phasePlanned: false,
    auditsFrom: phase === 'certificationAudit' ? (state.counters.A ?? 0) : state.auditsFrom,
    status: phase === 'closed' ? 'closed' : state.status,
  }),
  PhasePlanned: (state, { phase }) => ({
    ...(phase === 'surveillanceCycle' ? pruned(state) : state),
    phasePlanned: true,
  }),
  WarningNoted: (state) => state,
  PlanChanged: (state, { plan }) => ({ ...state, plan }),
  ScopeChanged: (state, { scope }) => ({ ...state, scope }),
  PeopleChanged: (state, { people }) => ({ ...state, people }),
  AiSystemPut: (state, { system }) => ({ ...state, aiSystems: { ...state.aiSystems, [system.id]: system } }),
  AiSystemRetired: (state, { systemId }, { today }) => ({
    ...state,
    aiSystems: { ...state.aiSystems, [systemId]: { ...(state.aiSystems[systemId] as AiSystem), retiredOn: today } },
  }),
  IncidentReported: (state, { id }) => ({ ...state, counters: counted(state, id) }),
  ComplaintReceived: (state, { id }) => ({ ...state, counters: counted(state, id) }),
  ProgramPaused: (state, _data, { today }) => ({ ...state, status: 'paused', pausedOn: today }),
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

/** After a pause internal due dates lie later by its length; those of the certification body stay where they were. */
function resumed(state: ProgramState, days: number): ProgramState {
  const tasks = Object.values(state.tasks).map((task) =>
    task.bodyDeadline || task.closedOn ? task : { ...task, dueOn: addDays(task.dueOn, days) },
  );
  const { pausedOn: _, ...rest } = state;
  return { ...rest, status: 'active', tasks: Object.fromEntries(tasks.map((task) => [task.id, task])) };
}
