import { type Audit, type DecisionKind, type HeldAudit, isHeld } from '../audits/audit.ts';
import { cancelAudits } from '../audits/planning.ts';
import { heldAuditOf } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addWorkingDays, latest } from '../calendar.ts';
import { mustBeDate, mustNotPrecede } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { findingsFor } from '../findings/queries.ts';
import { manager, nameOf } from '../people/people.ts';
import { isSameScope } from '../program/scope.ts';
import { refuse, wrong } from '../refusal.ts';
import type { Told } from '../registry/told.ts';
import {
  effectiveUntil,
  followsOldCycle,
  hasExpired,
  inTimeFor,
  lastValidDay,
  renewedLastDay,
  restorableUntil,
  unresolved,
} from '../rules/certificate.ts';
import { certifiedScope, grantableFrom, isGrant } from '../rules/decision.ts';
import { majorsVerifiedTooLate, majorVerifiedUntil } from '../rules/findings.ts';
import { independentFrom, workedForOrganization } from '../rules/independence.ts';
import { type Saying, say, type Text } from '../say.ts';
import { TaskReassigned } from '../tasks/TaskReassigned.ts';
import { CertificateIssued } from './CertificateIssued.ts';
import { CertificateRenewed } from './CertificateRenewed.ts';
import { CertificateRestored } from './CertificateRestored.ts';
import { CycleStarted } from './CycleStarted.ts';
import type { LapsedCertificate, LiveCertificate, ValidCertificate } from './certificate.ts';
import { deciderOn, decisionTask, tookPartIn } from './deciders.ts';
import { endSuspension, mustNotBeOver, staysSuspended } from './suspending.ts';

const noSuspension = { suspendedOn: undefined, suspendedFor: undefined, reinstatedOn: undefined };
/** Days in which the body takes its decision. */
const decisionDays = 30;
/** Working days in which somebody is named who may decide. */
const namingDays = 5;
/** Working days in which an extension of scope is applied for. */
const extensionDays = 10;

/**
 * Asks the body for its decision on an audit that has its outcome, or on what its team recommends: a decision maker who
 * took no part in it (R8, R25). Where there is none, the manager is asked to name one; the decision is asked for then.
 */
export function requestDecision(draft: Draft, auditId: string): void {
  const audit = draft.audit(auditId);
  const kind = decisionTask(audit);
  const to = deciderOn(draft.state, audit);
  if (!to) {
    askForDecider(draft, audit);
    return;
  }
  draft.complete('deciderNeeded', { auditId }, say('deciderNamed', { name: nameOf(draft.state, to) }));
  const asked = draft.openTasksOf(kind, { auditId });
  for (const { id: taskId, assignee: from } of asked) {
    draft.emit(TaskReassigned, { taskId, from, to, reason: draft.say('decidedByOther', {}) });
  }
  if (asked.length > 0) return;
  const dueOn = inTimeFor(draft.state, addDays(draft.today, decisionDays), draft.today);
  draft.openTask(
    { kind, title: titleOf(audit), assignee: to, dueOn, auditId, priority: 'high' },
    say('auditHasItsOutcome', {}),
  );
}

/** R8: nobody who decides may decide on this audit. */
function askForDecider(draft: Draft, { id: auditId, kind }: Audit): void {
  const why = say('nobodyMayDecide', { kind, auditId });
  draft.cancelTasks({ auditId }, why, decisionTask(draft.audit(auditId)));
  if (draft.openTasksOf('deciderNeeded', { auditId }).length > 0) return;
  const { state, today } = draft;
  const dueOn = inTimeFor(state, addWorkingDays(today, namingDays, state.calendar), today);
  const title = say('nameDecider', { kind, auditId });
  draft.openTask({ kind: 'deciderNeeded', title, assignee: manager(state), dueOn, auditId, priority: 'high' }, why);
}

function titleOf(audit: Audit): Saying {
  const { id: auditId, kind } = audit;
  const recommends = isHeld(audit) ? audit.recommends : undefined;
  return recommends
    ? say('decideOnRecommendation', { kind, auditId, recommends })
    : say('decideOnAudit', { kind, auditId });
}

/** R8: whoever decides took no part in what the decision rests on. */
export function mustBeIndependent(draft: Draft, audit: HeldAudit): void {
  const [tookPart] = tookPartIn(draft.state, draft.sender, audit);
  if (!tookPart) return;
  const name = nameOf(draft.state, draft.sender);
  refuse('R8', 'deciderWasOnTeam', { name, kind: tookPart.kind, auditId: tookPart.id });
}

/** R26: warns when whoever decides worked for the organization not long ago; what the body makes of it is its own to say. */
export function warnOfFormerWork(draft: Draft): void {
  const { state, sender, on } = draft;
  const lastOn = workedForOrganization(state, sender, on);
  if (!lastOn) return;
  const from = independentFrom(lastOn, state.body.profile);
  draft.warn('R26', 'deciderWasOfOrganization', { name: nameOf(state, sender), lastOn, from });
}

/** R6 for Stage 2; for a recertification R16 on the day after expiry, before the clock has told of it, and R17 after. */
export function mustBeInTime(draft: Draft, audit: HeldAudit): void {
  const { body, certificate } = draft.state;
  if (audit.kind === 'stage2') {
    const late = majorsVerifiedTooLate(findingsFor(draft.state, audit), audit, draft.on, body.profile);
    if (late.length > 0) refuseOutdated(draft, audit);
  }
  if (audit.kind !== 'recertification' || !certificate) return;
  const { status, lastDay } = certificate;
  mustNotBeOver(draft);
  if (status !== 'lapsed' && hasExpired(certificate, draft.on)) refuse('R16', 'expiredAndNotExtended', { lastDay });
  const untilOn = restorableUntil(lastDay, body.profile);
  if (status === 'lapsed' && draft.on > untilOn) refuse('R17', 'restorableNoLonger', { lastDay, untilOn });
}

/**
 * R28: refuses a decision dated before what it rests on: the outcome of the audit, a decision that delayed it and, where it
 * grants, the verification of every major.
 */
export function mustFollowAudit(draft: Draft, audit: HeldAudit, decision: DecisionKind): void {
  const { outcomeOn = audit.endsOn, notBefore = outcomeOn } = audit;
  mustNotPrecede(draft, latest(outcomeOn, notBefore));
  if (isGrant(decision)) mustNotPrecede(draft, grantableFrom(audit, findingsFor(draft.state, audit)));
}

/** Refuses an audit that was followed by another of its kind. */
export function mustBeLast(draft: Draft, { id: auditId, kind }: HeldAudit): void {
  const last = heldAuditOf(draft.state, kind);
  if (last?.id === auditId) return;
  refuse('state', 'decisionRestsOnLast', { auditId, ...(last ? { lastId: last.id } : {}) });
}

/** R6: says why no decision can rest on a Stage 2, and what comes in its place. */
export function refuseOutdated(draft: Draft, { id: auditId, endsOn }: HeldAudit): never {
  const untilOn = majorVerifiedUntil(endsOn, draft.state.body.profile);
  refuse('R6', 'noDecisionOnOutdatedStage2', { auditId, untilOn });
}

/** What a grant gives: on which audit, under which number, and from when, where the body says more than the rules. */
export interface Grant {
  audit: HeldAudit;
  number: string;
  validFrom?: IsoDate | undefined;
}

/** Gives the certificate: renews the one that there is, or issues a new one, for the scope that was audited (R29). */
export function grant(draft: Draft, granted: Grant): void {
  const { certificate, phase, body } = draft.state;
  if (certificate && certificate.status !== 'withdrawn' && phase === 'surveillanceCycle') {
    renew(draft, certificate, granted, say('recertified', {}));
    return;
  }
  const decidedOn = draft.on;
  const validFrom = takesEffectOn(draft, granted.validFrom);
  const issued: ValidCertificate = {
    number: granted.number,
    scope: certifiedScope(draft.state, granted.audit),
    status: 'valid',
    initialDecisionOn: decidedOn,
    decidedOn,
    validFrom,
    lastDay: lastValidDay(validFrom, body.profile),
    cycle: (certificate?.cycle ?? 0) + 1,
  };
  draft.emit(CertificateIssued, { certificate: issued });
  begin(draft, issued);
}

/**
 * R15 on time, R17 after a lapse: the new last day follows the old cycle; valid from expiry, or from the decision. R33:
 * earlier than that, the new cycle begins with the decision. R18: what is suspended stays so.
 */
export function renew(
  draft: Draft,
  before: LiveCertificate | LapsedCertificate,
  granted: Grant,
  reason: Text,
  told: Told = {},
): void {
  const old = resolved(draft, before);
  const lapsed = old.status === 'lapsed';
  const decidedOn = draft.on;
  const { profile } = draft.state.body;
  const follows = followsOldCycle(decidedOn, old.lastDay, profile);
  const validFrom =
    follows && !lapsed ? followsOn(draft, old.lastDay, granted.validFrom) : takesEffectOn(draft, granted.validFrom);
  const { suspendedOn, suspendedFor, reinstatedOn } = { ...noSuspension, ...old };
  const certificate: LiveCertificate = {
    number: granted.number,
    scope: certifiedScope(draft.state, granted.audit),
    ...(suspendedOn
      ? { status: 'suspended', suspendedOn, ...(suspendedFor ? { suspendedFor } : {}) }
      : { status: 'valid', ...(reinstatedOn ? { reinstatedOn } : {}) }),
    initialDecisionOn: old.initialDecisionOn,
    decidedOn,
    validFrom,
    lastDay: follows ? renewedLastDay(old.lastDay, profile) : lastValidDay(validFrom, profile),
    cycle: old.cycle + 1,
  };
  const ofOldCycle = Object.values(draft.state.audits).filter(
    ({ kind }) => kind === 'surveillance' || kind === 'recertification' || kind === 'stage1',
  );
  cancelAudits(draft, ofOldCycle, say('newCycleHasItsOwnAudits', {}));
  if (lapsed) draft.emit(CertificateRestored, { certificate, reason: draft.words(reason), ...told });
  else draft.emit(CertificateRenewed, { certificate });
  begin(draft, certificate);
  staysSuspended(draft);
}

/**
 * R18: what the clock suspended over a major is resolved by the decision that looked at its verification (R5); what
 * somebody decided on stays. Gives the certificate that is renewed.
 */
function resolved(draft: Draft, old: LiveCertificate | LapsedCertificate): LiveCertificate | LapsedCertificate {
  const { suspendedFor: findingId } = { suspendedFor: undefined, ...old };
  if (!findingId || unresolved(draft.state).length > 0) return old;
  const { on } = draft.told;
  endSuspension(draft, say('resolvedByDecision', { findingId }), on ? { on } : {});
  const { certificate } = draft.state;
  return certificate && certificate.status !== 'withdrawn' ? certificate : old;
}

/** Begins the cycle of a certificate; where it certifies less than the program has in its scope, that is said (R29). */
function begin(draft: Draft, { cycle, scope: certified }: LiveCertificate): void {
  draft.emit(CycleStarted, { cycle });
  const { scope, calendar } = draft.state;
  if (isSameScope(scope, certified)) return;
  draft.warn('R29', 'certifiedAsAudited', { statement: certified.statement });
  draft.openTask(
    {
      kind: 'manual',
      title: say('applyForExtension', {}),
      assignee: manager(draft.state),
      dueOn: addWorkingDays(draft.today, extensionDays, calendar),
      priority: 'high',
    },
    say('certifiedAsAudited', { statement: certified.statement }),
  );
}

/** R32: the day from which a certificate runs: that of the decision, or a later one that the body printed. */
function takesEffectOn(draft: Draft, validFrom: IsoDate | undefined): IsoDate {
  const decidedOn = draft.on;
  if (!validFrom) return decidedOn;
  mustTakeEffectAfter(decidedOn, validFrom);
  const until = effectiveUntil(decidedOn, draft.state.body.profile);
  if (validFrom > until) wrong('R32', 'takesEffectTooLate', { validFrom, decidedOn, until }, 'validFrom');
  return validFrom;
}

/** R15, R32: a certificate that follows another begins after it, or with the decision at the earliest; there is no gap. */
function followsOn(draft: Draft, oldLastDay: IsoDate, validFrom: IsoDate | undefined): IsoDate {
  const next = addDays(oldLastDay, 1);
  if (!validFrom) return next;
  mustTakeEffectAfter(draft.on, validFrom);
  if (validFrom > next) wrong('R15', 'leavesGap', { validFrom, next }, 'validFrom');
  return validFrom;
}

function mustTakeEffectAfter(decidedOn: IsoDate, validFrom: IsoDate): void {
  mustBeDate(validFrom, 'validFrom');
  if (validFrom < decidedOn) wrong('R32', 'takesEffectBeforeDecision', { validFrom, decidedOn }, 'validFrom');
}
