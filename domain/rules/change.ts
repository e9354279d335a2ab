import { requirementState } from '../assessment/requirements.ts';
import type { Role } from '../basics.ts';
import type { ChangeKind } from '../changes/change.ts';
import type { Person } from '../people/person.ts';
import { type Slot, slotOf } from '../standards/slots.ts';
import type { ProgramState } from '../state.ts';

/** What a kind of change can touch. */
interface Effect {
  /** Requirements whose evidence describes what changed. */
  evidence: Slot[];
  /** Whose impact is assessed again. */
  systems: 'all' | 'one' | 'none';
  /** Whether controls may have begun or ceased to apply. */
  applicability: boolean;
}

/**
 * What each kind of change touches. Risks and impacts are assessed again when something significant changes, and the
 * controls follow from the risks. Source: ISO/IEC 42001, 6.3, 8.2, 8.4 and 6.1.3; which documents describe what is
 * common practice.
 */
const effects: Record<ChangeKind, Effect> = {
  scope: { evidence: ['scope', 'riskAssessment'], systems: 'all', applicability: true },
  people: { evidence: ['roles', 'rolesControl'], systems: 'none', applicability: false },
  systemAdded: { evidence: ['riskAssessment'], systems: 'one', applicability: true },
  systemChanged: { evidence: ['riskAssessment'], systems: 'one', applicability: true },
  systemRetired: { evidence: ['riskAssessment'], systems: 'none', applicability: true },
  incident: { evidence: ['riskAssessment'], systems: 'one', applicability: false },
  complaint: { evidence: [], systems: 'one', applicability: false },
};

export interface Touched {
  /** Requirements, by their numbers. */
  evidence: string[];
  systems: string[];
  applicability: boolean;
}

/**
 * What a change touches of what is there: evidence that was submitted or accepted, of requirements that apply; systems
 * in use; a statement of applicability. Before the implementation nothing has been submitted, and what is planned then
 * takes the change in.
 */
export function touchedBy(state: ProgramState, change: ChangeKind, systemId?: string): Touched {
  if (state.status === 'planned' || state.phase === 'gapAssessment') {
    return { evidence: [], systems: [], applicability: false };
  }
  const { evidence, systems, applicability } = effects[change];
  const assessed = slotOf(state, 'impactAssessment') !== undefined;
  const inUse = assessed ? Object.values(state.aiSystems).filter(({ retiredOn }) => !retiredOn) : [];
  return {
    evidence: evidence
      .flatMap((slot) => slotOf(state, slot) ?? [])
      .filter((id) => isShown(state, id) && state.applicability[id]?.applicable !== false),
    systems: inUse.map(({ id }) => id).filter((id) => systems === 'all' || (systems === 'one' && id === systemId)),
    applicability: applicability && Object.keys(state.applicability).length > 0,
  };
}

/** Whether evidence of a requirement was accepted, or waits for its review. */
function isShown(state: ProgramState, id: string): boolean {
  if (requirementState(state, id)?.evidence) return true;
  return Object.values(state.tasks).some(
    ({ kind, status, requirementId }) => kind === 'evidence' && status === 'submitted' && requirementId === id,
  );
}

/**
 * Whether the certification body hears of a change: from the first certification audit on, as far as its profile
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
  const flag = change === 'complaint' ? 'toldOfComplaints' : 'toldOfChanges';
  return profile[flag];
}

/** The roles whose holders are in charge of something: who they are is part of the management system. */
const inCharge: readonly Role[] = ['sponsor', 'topManagement', 'programManager', 'owner', 'internalAuditor'];

/** Whether other people than before are in charge. */
export function otherPeopleInCharge(before: Person[], after: Person[]): boolean {
  const charges = (people: Person[]) =>
    people
      .flatMap(({ email, roles }) => inCharge.filter((role) => roles.includes(role)).map((role) => `${role} ${email}`))
      .sort()
      .join();
  return charges(before) !== charges(after);
}
