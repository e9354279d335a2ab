import type { BodyProfile, ChangeKind, ProgramState } from '../types/index.ts';

/** What a kind of change can touch. */
interface Reach {
  /** Requirements whose evidence describes what changed. */
  evidence: string[];
  /** Whose impact is assessed again. */
  systems: 'all' | 'one' | 'none';
  /** Whether controls may have begun or ceased to apply. */
  applicability: boolean;
}

/**
 * What each kind of change reaches. Risks and impacts are assessed again when something significant changes, and the
 * controls follow from the risks. Source: ISO/IEC 42001, 6.3, 8.2, 8.4 and 6.1.3; which documents describe what is
 * common practice.
 */
const reaches: Record<ChangeKind, Reach> = {
  scope: { evidence: ['4.3', '8.2'], systems: 'all', applicability: true },
  people: { evidence: ['5.3', 'A.3.2'], systems: 'none', applicability: false },
  systemAdded: { evidence: ['8.2'], systems: 'one', applicability: true },
  systemChanged: { evidence: ['8.2'], systems: 'one', applicability: true },
  systemRetired: { evidence: ['8.2'], systems: 'none', applicability: true },
  incident: { evidence: ['8.2'], systems: 'one', applicability: false },
  complaint: { evidence: [], systems: 'one', applicability: false },
};

export interface Touched {
  evidence: string[];
  systems: string[];
  applicability: boolean;
}

/**
 * What a change touches of what is there: evidence that was handed in or accepted, of requirements that apply; systems
 * in use; a statement of applicability. Before the implementation nothing has been handed in, and what is planned then takes the change in.
 */
export function touchedBy(state: ProgramState, change: ChangeKind, systemId?: string): Touched {
  if (state.status === 'planned' || state.phase === 'gapAssessment') {
    return { evidence: [], systems: [], applicability: false };
  }
  const { evidence, systems, applicability } = reaches[change];
  const submitted = Object.values(state.tasks).filter(
    ({ kind, status }) => kind === 'evidence' && status === 'submitted',
  );
  const handedIn = (id: string) =>
    state.requirements[id]?.evidence || submitted.some(({ requirementId }) => requirementId === id);
  const inUse = Object.values(state.aiSystems).filter(({ retiredOn }) => !retiredOn);
  return {
    evidence: evidence.filter((id) => handedIn(id) && state.applicability[id]?.applicable !== false),
    systems: inUse.map(({ id }) => id).filter((id) => systems === 'all' || (systems === 'one' && id === systemId)),
    applicability: applicability && Object.keys(state.applicability).length > 0,
  };
}

/**
 * Whether the certification body is told of a change: from the first certification audit on, as far as its profile
 * wants to know. Source: ISO/IEC 17021-1, 8.5.3 (notice of changes by a certified client).
 */
export function bodyIsTold(
  { phase, body }: Pick<ProgramState, 'phase' | 'body'>,
  change: ChangeKind,
  severity?: 'high' | 'medium' | 'low',
): boolean {
  if (phase !== 'certificationAudit' && phase !== 'surveillanceCycle') return false;
  const { profile } = body;
  if (change === 'incident') return severity === 'high' && profile.toldOfIncidents;
  const flag: keyof BodyProfile = change === 'complaint' ? 'toldOfComplaints' : 'toldOfChanges';
  return profile[flag];
}

/** The roles whose holders are in charge of something: who they are is part of the management system. */
const inCharge = ['sponsor', 'topManagement', 'programManager', 'owner', 'internalAuditor'] as const;

/** Whether other people than before are in charge. */
export function otherPeopleInCharge(before: ProgramState['people'], after: ProgramState['people']): boolean {
  const charges = (people: ProgramState['people']) =>
    people
      .flatMap(({ email, roles }) => inCharge.filter((role) => roles.includes(role)).map((role) => `${role} ${email}`))
      .sort()
      .join();
  return charges(before) !== charges(after);
}
