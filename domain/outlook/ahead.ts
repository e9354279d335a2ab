import { requirementsOf } from '../assessment/requirements.ts';
import { type AuditKind, auditOn, type ComingAudit, type HeldAudit } from '../audits/audit.ts';
import { comingAudit, heldAuditOf, isDecided, nextExternalAudit, stage1Ready } from '../audits/queries.ts';
import type { IsoDate, Phase } from '../basics.ts';
import { withdrawnByClock } from '../certificate/withdrawnByClock.ts';
import { isUnverified, type UnverifiedFinding } from '../findings/finding.ts';
import { findingsFor, isOfBodyFinding } from '../findings/queries.ts';
import { isEnded } from '../program/queries.ts';
import { restorableUntil, suspensionEndsOn } from '../rules/certificate.ts';
import { openNonconformities } from '../rules/decision.ts';
import { isInternallyAudited, notAuditedInternally, requirementsThatApply } from '../rules/internalAudits.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';
import { isWaiting, type TaskKind } from '../tasks/task.ts';
import { peopleLacking } from './peopleLacking.ts';
import { type Wait, type WaitKind, waitOfTask } from './waits.ts';

/** What comes next in the life of a program. */
export type Next =
  | { kind: 'ended' | 'resume' | 'adoption' }
  | { kind: 'begin'; on: IsoDate }
  | { kind: 'phase'; phase: Exclude<Phase, 'gapAssessment' | 'surveillanceCycle' | 'closed'> }
  | { kind: 'stage1Again' }
  | { kind: 'audit'; auditId: string; audit: AuditKind; agreed: boolean; startsOn: IsoDate; endsOn: IsoDate }
  | { kind: 'decision'; auditId: string }
  | { kind: 'reinstatement' | 'restoration'; untilOn: IsoDate }
  /** R18: a suspended certificate whose last day comes before the end of the suspension. */
  | { kind: 'lapseSuspended'; untilOn: IsoDate }
  /** R18: it was withdrawn, and the program closes unless it is told that its suspension was resolved in time. */
  | { kind: 'closing'; untilOn: IsoDate }
  | { kind: 'cycle' };

/** What comes next, and everything that it waits for. */
export interface Ahead {
  next: Next;
  waits: Wait[];
}

/**
 * What comes next in the life of a program, and whose turn it is. It follows the story (`story.ts`): where that waits for
 * people or for time, this says for whom and for when.
 */
export function ahead(state: ProgramState): Ahead {
  if (isEnded(state)) return { next: { kind: 'ended' }, waits: [] };
  if (state.status === 'planned') return { next: { kind: 'begin', on: state.plan.startsOn }, waits: [] };
  const coming = state.unasked ? { next: { kind: 'adoption' } as const, waits: [] } : chapters[state.phase](state);
  const found = { ...coming, waits: [...peopleLacking(state, coming), ...coming.waits] };
  return state.status === 'paused' ? { ...found, next: { kind: 'resume' } } : found;
}

const chapters: Record<Phase, (state: ProgramState) => Ahead> = {
  gapAssessment: (state) => ({ next: { kind: 'phase', phase: 'implementation' }, waits: ratings(state) }),
  implementation: (state) => ({ next: { kind: 'phase', phase: 'internalAudit' }, waits: implementation(state) }),
  internalAudit: (state) => ({ next: { kind: 'phase', phase: 'certificationAudit' }, waits: gate(state) }),
  certificationAudit,
  surveillanceCycle,
  closed: () => ({ next: { kind: 'ended' }, waits: [] }),
};

/** The requirements that are not rated yet. Once all are, the assessment itself is to be completed. */
function ratings(state: ProgramState): Wait[] {
  const asked = tasksOf(state, 'rating', ['gapAssessment']);
  const { who = [], since, dueOn } = asked[0] ?? {};
  const unrated = Object.entries(requirementsOf(state)).filter(([, { rating }]) => !rating);
  if (unrated.length === 0) return asked;
  return unrated.map(([requirementId]) => ({ what: 'rating', requirementId, who, review: false, since, dueOn }));
}

function implementation(state: ProgramState): Wait[] {
  const unanswered = Object.values(state.findings)
    .filter(isUnverified)
    .filter(({ status }) => status !== 'done');
  return [
    ...tasksOf(state, 'evidence', ['evidence']),
    ...tasksOf(state, 'impactAssessment', ['impactAssessment']),
    ...unanswered.map((finding) => waitOfFinding(state, finding)),
  ];
}

/** R2: what the gate to Stage 1 waits for. */
function gate(state: ProgramState): Wait[] {
  const internal = isInternallyAudited(state) ? undefined : comingAudit(state, 'internal');
  const lacking = notAuditedInternally(state);
  const left = lacking.length < requirementsThatApply(state).length ? lacking : undefined;
  const findings = Object.values(state.findings)
    .filter(isUnverified)
    .filter(({ grade, status }) => grade === 'major' || (status !== 'planAccepted' && status !== 'done'));
  const review = state.reviews.length > 0 ? [] : tasksOf(state, 'managementReview', ['managementReview']);
  return [
    ...(internal
      ? waitsOfAudit(state, internal, 'internalAudit').map((wait) => ({ ...wait, requirements: left }))
      : []),
    ...findings.map((finding) => waitOfFinding(state, finding)),
    ...review,
  ];
}

function certificationAudit(state: ProgramState): Ahead {
  const stage2 = heldAuditOf(state, 'stage2');
  if (stage2 && !isDecided(state, stage2)) return decision(state, stage2);
  const coming = comingAudit(state, stage1Ready(state) ? 'stage2' : 'stage1');
  if (coming) return audit(state, coming);
  return { next: { kind: 'stage1Again' }, waits: tasksOf(state, 'concern', ['concern']) };
}

function surveillanceCycle(state: ProgramState): Ahead {
  const { certificate, body } = state;
  const withdrawn = withdrawnByClock(state);
  if (withdrawn) {
    const next = { kind: 'closing', untilOn: withdrawn.toldUntil } as const;
    return { next, waits: tasksOf(state, 'suspension', ['suspension']) };
  }
  const recertification = heldAuditOf(state, 'recertification');
  if (recertification && !isDecided(state, recertification)) return decision(state, recertification);
  if (certificate?.status === 'suspended') {
    const untilOn = suspensionEndsOn(certificate.suspendedOn, body.profile);
    const { lastDay } = certificate;
    const next =
      lastDay < untilOn
        ? ({ kind: 'lapseSuspended', untilOn: lastDay } as const)
        : ({ kind: 'reinstatement', untilOn } as const);
    return { next, waits: tasksOf(state, 'suspension', ['suspension']) };
  }
  const coming = comingAudit(state, 'stage1') ?? nextExternalAudit(state);
  if (certificate?.status === 'lapsed') {
    const untilOn = restorableUntil(certificate.lastDay, body.profile);
    return { next: { kind: 'restoration', untilOn }, waits: coming ? waitsOfAudit(state, coming) : [] };
  }
  return coming ? audit(state, coming) : { next: { kind: 'cycle' }, waits: [] };
}

function audit(state: ProgramState, coming: ComingAudit): Ahead {
  const { id: auditId, kind } = coming;
  const startsOn = auditOn(coming);
  const endsOn = coming.status === 'scheduled' ? coming.endsOn : startsOn;
  const agreed = coming.status === 'scheduled';
  return {
    next: { kind: 'audit', auditId, audit: kind, agreed, startsOn, endsOn },
    waits: waitsOfAudit(state, coming),
  };
}

/** R5: the decision, and the findings that keep it from being granted. */
function decision(state: ProgramState, held: HeldAudit): Ahead {
  const { kind, ids } = openNonconformities(findingsFor(state, held));
  const open = kind === 'major' || kind === 'unplanned' ? ids : [];
  const findings = open.flatMap((id) => {
    const finding = state.findings[id];
    return finding && isUnverified(finding) ? [waitOfFinding(state, finding)] : [];
  });
  const asked = tasksOf(state, 'decision', ['decision'], held.id);
  return { next: { kind: 'decision', auditId: held.id }, waits: findings.length > 0 ? findings : asked };
}

/** An audit waits for its dates, and then for its day; after it for its outcome. */
function waitsOfAudit(state: ProgramState, { id, status }: ComingAudit, what?: WaitKind): Wait[] {
  if (status === 'planned') return tasksOf(state, what ?? 'dates', ['auditSchedule', 'missedAudit'], id);
  return tasksOf(state, what ?? 'outcome', ['auditOutcome'], id);
}

const doing: Partial<Record<TaskKind, WaitKind>> = {
  correctiveActionPlan: 'plan',
  planReview: 'plan',
  correctiveAction: 'action',
  verification: 'verification',
};

/** A nonconformity by the task that is open for it; without one it waits for an auditor of its side. */
function waitOfFinding(state: ProgramState, finding: UnverifiedFinding): Wait {
  const { id: findingId, requirementId, status, raisedBy, planDueOn, verifyDueOn } = finding;
  const task = openTasks(state).find(({ kind, findingId: of }) => of === findingId && doing[kind]);
  const what = doing[task?.kind ?? 'verification'] ?? 'verification';
  const isPlan = status === 'open' || status === 'planned';
  const dueOn = isOfBodyFinding(state, finding) ? (isPlan ? planDueOn : verifyDueOn) : undefined;
  if (!task) return { what, findingId, requirementId, who: [raisedBy], review: false, dueOn };
  return { ...waitOfTask(state, what, task), review: task.kind === 'planReview', dueOn: dueOn ?? task.dueOn };
}

/** The open tasks of some kinds, of one audit where it is named; what waits for other tasks comes with those. */
function tasksOf(state: ProgramState, what: WaitKind, kinds: TaskKind[], auditId?: string): Wait[] {
  return openTasks(state)
    .filter((task) => kinds.includes(task.kind) && (auditId === undefined || task.auditId === auditId))
    .sort((one, other) => Number(isWaiting(one)) - Number(isWaiting(other)))
    .map((task) => waitOfTask(state, what, task));
}
