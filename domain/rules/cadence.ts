import { addDays, addMonths, daysBetween, latest } from '../calendar.ts';
import { openTasks } from '../progress.ts';
import type { CadenceName, IsoDate, Phase, ProgramState, Task } from '../types/index.ts';
import { planned } from './plan.ts';

/** Something that comes round: when it is due next, for what, and what asks for it already. */
export interface Round {
  /** The cadence, or the validity of evidence, which comes round with each piece of evidence. */
  cadence: CadenceName | 'evidenceValidity';
  /** What it is, for titles. */
  what: string;
  requirementId?: string;
  systemId?: string;
  /** When it was done last, or let go; the end of the implementation when never. */
  lastOn: IsoDate;
  dueOn: IsoDate;
  /** The open task or the coming audit that it waits for. */
  asked?: { taskId: string } | { auditId: string };
}

/** One thing that a cadence is about. */
type Subject = Pick<Round, 'requirementId' | 'systemId' | 'lastOn' | 'asked'> & { what: string };

/** The phases in which things come round: from the day on which the implementation was complete. */
const phases: readonly Phase[] = ['internalAudit', 'certificationAudit', 'surveillanceCycle'];

/**
 * What an organization does at planned intervals, in one table: each cadence with what it is about. Their lengths stand
 * in the plan. Source: ISO/IEC 42001, 5.2, 6.2, 8.2, 8.4, 9.2, 9.3 and 10.1.
 */
const cadences: Record<CadenceName, (state: ProgramState, open: Task[]) => Subject[]> = {
  managementReview: (state, open) => [
    {
      what: 'management review',
      lastOn: latest(state.reviews.at(-1)?.heldOn ?? since(state), ...letGo(state, 'managementReview')),
      ...askedBy(open, (task) => task.kind === 'managementReview'),
    },
  ],
  internalAudit: (state) => [{ what: 'internal audit', ...lastInternalAudit(state) }],
  riskAssessment: (state, open) => onRequirement(state, open, '8.2', 'assess the risks again'),
  impactAssessment: (state, open) =>
    Object.values(state.aiSystems)
      .filter(({ retiredOn }) => !retiredOn)
      .map(({ id: systemId, name, assessedOn }) => ({
        what: `impact assessment of ${name}`,
        systemId,
        lastOn: latest(assessedOn ?? since(state), ...letGo(state, `system ${systemId}`)),
        ...askedBy(open, (task) => task.kind === 'impactAssessment' && task.systemId === systemId),
      })),
  policyReview: (state, open) => onRequirement(state, open, '5.2', 'review the policy, and confirm or renew it'),
  objectivesReview: (state, open) => onRequirement(state, open, '6.2', 'measure the objectives, and set the next'),
  improvementReview: (state, open) =>
    onRequirement(state, open, '10.1', 'review what was improved in the year, and what comes next'),
};

/** The next round of everything that comes round. */
export function rounds(state: ProgramState): Round[] {
  if (!phases.includes(state.phase)) return [];
  const names = Object.keys(cadences) as CadenceName[];
  const open = openTasks(state);
  return [...names.flatMap((name) => roundsOf(state, name, undefined, open)), ...validities(state, open)];
}

/** The next rounds of one cadence, one for each thing that it is about. A pause since the last one puts them off. */
export function roundsOf(
  state: ProgramState,
  cadence: CadenceName,
  months = state.plan.cadences[cadence],
  open = openTasks(state),
): Round[] {
  return cadences[cadence](state, open).map((subject) => {
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

/** The key under which a waived request is kept: the next round is counted from it. */
export function roundOf({ kind, requirementId, systemId }: Task): string | undefined {
  if (kind === 'managementReview') return kind;
  if (kind === 'impactAssessment') return `system ${systemId}`;
  return kind === 'evidence' ? requirementId : undefined;
}

/** Evidence that was accepted until a day is asked for again before it. A pause does not make it last longer. */
function validities(state: ProgramState, open: Task[]): Round[] {
  return withValidity(state.requirements).flatMap(({ requirementId, lastOn, dueOn }): Round[] => {
    if (state.applicability[requirementId]?.applicable === false) return [];
    if (letGo(state, requirementId).some((on) => on >= dueOn)) return [];
    const asked = askedBy(open, (task) => task.kind === 'evidence' && task.requirementId === requirementId);
    return [{ cadence: 'evidenceValidity', what: 'renew the evidence', requirementId, lastOn, dueOn, ...asked }];
  });
}

type Validity = { requirementId: string; lastOn: IsoDate; dueOn: IsoDate };
const validOnes = new WeakMap<ProgramState['requirements'], Validity[]>();

/** The requirements whose evidence ends some day: few of many, and looked for after every command. */
function withValidity(requirements: ProgramState['requirements']): Validity[] {
  const known = validOnes.get(requirements);
  if (known) return known;
  const found = Object.entries(requirements).flatMap(([requirementId, { evidence }]) =>
    evidence?.validUntil ? [{ requirementId, lastOn: evidence.acceptedOn, dueOn: evidence.validUntil }] : [],
  );
  validOnes.set(requirements, found);
  return found;
}

function onRequirement(state: ProgramState, open: Task[], requirementId: string, what: string): Subject[] {
  const lastOn = latest(
    state.requirements[requirementId]?.evidence?.acceptedOn ?? since(state),
    ...letGo(state, requirementId),
  );
  const asked = askedBy(open, (task) => task.kind === 'evidence' && task.requirementId === requirementId);
  return [{ what, requirementId, lastOn, ...asked }];
}

function lastInternalAudit(state: ProgramState): Pick<Subject, 'lastOn' | 'asked'> {
  const internal = Object.values(state.audits).filter(({ kind }) => kind === 'internal');
  const held = internal.flatMap(({ status, endsOn }) => (status === 'held' && endsOn ? [endsOn] : []));
  const coming = internal.find(({ status }) => status === 'planned' || status === 'scheduled');
  return {
    lastOn: held.length > 0 ? latest(...(held as [IsoDate])) : since(state),
    ...(coming && { asked: { auditId: coming.id } }),
  };
}

function since({ implementedOn, phaseStartedOn }: ProgramState): IsoDate {
  return implementedOn ?? phaseStartedOn;
}

function letGo({ waivedRounds }: ProgramState, key: string): IsoDate[] {
  const on = waivedRounds[key];
  return on ? [on] : [];
}

function askedBy(open: Task[], asks: (task: Task) => boolean): Pick<Subject, 'asked'> {
  const task = open.find(asks);
  return task ? { asked: { taskId: task.id } } : {};
}

function daysPaused({ pauses }: ProgramState, from: IsoDate): number {
  return pauses.reduce((days, pause) => days + Math.max(0, daysBetween(latest(pause.from, from), pause.until)), 0);
}
