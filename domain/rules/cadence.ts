import { requirementState, requirementsOf } from '../assessment/requirements.ts';
import { isComing } from '../audits/audit.ts';
import { type CadenceName, cadenceNames, type IsoDate, type Phase } from '../basics.ts';
import { addDays, addMonths, daysBetween, latest } from '../calendar.ts';
import { type Slot, slotOf } from '../standards/slots.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';
import type { Task, UnendedTask } from '../tasks/task.ts';
import { internallyAuditedOn } from './internalAudits.ts';
import { planned } from './plan.ts';

/** Something that comes around: when it is due next, for what, and what asks for it already. */
export interface Round {
  /** The cadence, or the validity of evidence, which comes around with each piece of evidence. */
  cadence: CadenceName | 'evidenceValidity';
  requirementId?: string;
  systemId?: string;
  /** When it was done last, or waived; the end of the implementation when never. */
  lastOn: IsoDate;
  dueOn: IsoDate;
  /** The open task or the coming audit that it waits for. */
  asked?: { taskId: string } | { auditId: string };
}

/** One thing that a cadence is about. */
type Subject = Pick<Round, 'requirementId' | 'systemId' | 'lastOn' | 'asked'>;

/** What a cadence is about, in a standard that asks for it. */
interface Cadence {
  /** The requirement that asks for it; where the standard has none, nothing comes around. */
  slot: Slot;
  subjects(state: ProgramState, open: UnendedTask[], requirementId: string): Subject[];
}

/** The phases in which things come around: from the day on which the implementation was complete. */
const phases: readonly Phase[] = ['internalAudit', 'certificationAudit', 'surveillanceCycle'];

/**
 * What an organization does at planned intervals, in one table: each cadence with what it is about. Their lengths stand
 * in the plan. Source: ISO/IEC 42001, 5.2, 6.2, 8.2, 8.4, 9.2, 9.3 and 10.1.
 */
const cadences: Record<CadenceName, Cadence> = {
  managementReview: { slot: 'managementReview', subjects: lastManagementReview },
  internalAudit: { slot: 'internalAudit', subjects: lastInternalAudit },
  riskAssessment: { slot: 'riskAssessment', subjects: lastEvidence },
  impactAssessment: { slot: 'impactAssessment', subjects: lastImpactAssessments },
  policyReview: { slot: 'policy', subjects: lastEvidence },
  objectivesReview: { slot: 'objectives', subjects: lastEvidence },
  improvementReview: { slot: 'improvement', subjects: lastEvidence },
};

/** The next round of everything that comes around. */
export function rounds(state: ProgramState): Round[] {
  if (!phases.includes(state.phase)) return [];
  const open = openTasks(state);
  return [...cadenceNames.flatMap((name) => roundsOf(state, name, undefined, open)), ...validities(state, open)];
}

/** The next rounds of one cadence, one for each thing that it is about. A pause since the last one puts them off. */
export function roundsOf(
  state: ProgramState,
  cadence: CadenceName,
  months = state.plan.cadences[cadence],
  open = openTasks(state),
): Round[] {
  const { slot, subjects } = cadences[cadence];
  const requirementId = slotOf(state, slot);
  if (requirementId === undefined) return [];
  return subjects(state, open, requirementId).map((subject) => {
    const inTurn = addMonths(subject.lastOn, months);
    const paused = daysPaused(state, subject.lastOn);
    const dueOn = paused > 0 ? addDays(inTurn, paused) : inTurn;
    return { cadence, ...subject, dueOn };
  });
}

/** How far ahead rounds are told: to the last day of the certificate, or before there is one to the end of the plan. */
export function roundsThrough({ certificate, plan }: ProgramState): IsoDate {
  return certificate ? certificate.lastDay : planned(plan).certificationAudit.endsOn;
}

/** The key under which a waived round is kept: the next one is counted from it. Those of one requirement are apart. */
export function roundKey({ cadence, requirementId, systemId }: Round): string | undefined {
  if (cadence === 'managementReview') return cadence;
  if (cadence === 'evidenceValidity') return validityKey(requirementId);
  return systemId ? `system ${systemId}` : requirementId;
}

function validityKey(requirementId = ''): string {
  return `validity ${requirementId}`;
}

/** The key that what was waived in the first version has, by its kind. */
export function roundOf({ kind, requirementId, systemId }: Task): string | undefined {
  if (kind === 'managementReview') return kind;
  if (kind === 'impactAssessment') return `system ${systemId}`;
  return kind === 'evidence' ? requirementId : undefined;
}

/** Evidence that was accepted until a day is asked for again before it. A pause does not make it last longer. */
function validities(state: ProgramState, open: UnendedTask[]): Round[] {
  return withValidity(state).flatMap(({ requirementId, lastOn, dueOn }): Round[] => {
    if (state.applicability[requirementId]?.applicable === false) return [];
    if (waivedOn(state, validityKey(requirementId)).some((on) => on >= dueOn)) return [];
    return [{ cadence: 'evidenceValidity', requirementId, lastOn, dueOn, ...evidenceAsked(open, requirementId) }];
  });
}

type Validity = { requirementId: string; lastOn: IsoDate; dueOn: IsoDate };
const validOnes = new WeakMap<ReturnType<typeof requirementsOf>, Validity[]>();

/** The requirements whose evidence ends some day: few of many, and looked for after every command. */
function withValidity(state: ProgramState): Validity[] {
  const requirements = requirementsOf(state);
  const known = validOnes.get(requirements);
  if (known) return known;
  const found = Object.entries(requirements).flatMap(([requirementId, { evidence }]) =>
    evidence?.validUntil ? [{ requirementId, lastOn: evidence.acceptedOn, dueOn: evidence.validUntil }] : [],
  );
  validOnes.set(requirements, found);
  return found;
}

function lastManagementReview(state: ProgramState, open: UnendedTask[]): Subject[] {
  const lastOn = latest(state.reviews.at(-1)?.heldOn ?? countedFrom(state), ...waivedOn(state, 'managementReview'));
  return [{ lastOn, ...askedBy(open, (task) => task.kind === 'managementReview') }];
}

/** An audit of some requirements does not put off that of the others. */
function lastInternalAudit(state: ProgramState): Subject[] {
  const coming = Object.values(state.audits).find((audit) => audit.kind === 'internal' && isComing(audit));
  const lastOn = internallyAuditedOn(state) ?? countedFrom(state);
  return [{ lastOn, ...(coming && { asked: { auditId: coming.id } }) }];
}

function lastEvidence(state: ProgramState, open: UnendedTask[], requirementId: string): Subject[] {
  const { evidence } = requirementState(state, requirementId) ?? {};
  const lastOn = latest(evidence?.acceptedOn ?? countedFrom(state), ...waivedOn(state, requirementId));
  return [{ requirementId, lastOn, ...evidenceAsked(open, requirementId) }];
}

function lastImpactAssessments(state: ProgramState, open: UnendedTask[]): Subject[] {
  return Object.values(state.aiSystems)
    .filter(({ retiredOn }) => !retiredOn)
    .map(({ id: systemId, assessedOn }) => ({
      systemId,
      lastOn: latest(assessedOn ?? countedFrom(state), ...waivedOn(state, `system ${systemId}`)),
      ...askedBy(open, (task) => task.kind === 'impactAssessment' && task.systemId === systemId),
    }));
}

/** What never was done is counted from the end of the implementation. */
function countedFrom({ implementedOn, phaseStartedOn }: ProgramState): IsoDate {
  return implementedOn ?? phaseStartedOn;
}

function waivedOn({ waivedRounds }: ProgramState, key: string): IsoDate[] {
  const on = waivedRounds[key];
  return on ? [on] : [];
}

function evidenceAsked(open: UnendedTask[], requirementId: string): Pick<Subject, 'asked'> {
  return askedBy(open, (task) => task.kind === 'evidence' && task.requirementId === requirementId);
}

function askedBy(open: UnendedTask[], asks: (task: UnendedTask) => boolean): Pick<Subject, 'asked'> {
  const task = open.find(asks);
  return task ? { asked: { taskId: task.id } } : {};
}

function daysPaused({ pauses }: ProgramState, from: IsoDate): number {
  return pauses.reduce((days, pause) => days + Math.max(0, daysBetween(latest(pause.from, from), pause.until)), 0);
}
