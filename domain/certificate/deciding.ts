import type { Audit, HeldAudit } from '../audits/audit.ts';
import { cancelAudits, leadAuditor } from '../audits/planning.ts';
import { auditsOf, heldAuditOf, recertificationStage1s } from '../audits/queries.ts';
import { addDays } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { findingsFor } from '../findings/queries.ts';
import { holders, nameOf } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { hasExpired, lastValidDay, renewedLastDay, restorableUntil } from '../rules/certificate.ts';
import { auditsDeciderTookPartIn } from '../rules/decision.ts';
import { majorsVerifiedTooLate, majorVerifiedUntil } from '../rules/findings.ts';
import { say, type Text } from '../say.ts';
import { CertificateIssued } from './CertificateIssued.ts';
import { CertificateRenewed } from './CertificateRenewed.ts';
import { CertificateRestored } from './CertificateRestored.ts';
import { CycleStarted } from './CycleStarted.ts';
import type { LapsedCertificate, LiveCertificate, ValidCertificate } from './certificate.ts';

/** Days in which the body takes its decision. */
const decisionDays = 30;

/** Asks the body for its decision on an audit that has its outcome. */
export function requestDecision(draft: Draft, { id: auditId, kind }: Pick<Audit, 'id' | 'kind'>): void {
  const assignee = holders(draft.state, 'decisionMaker')[0] ?? leadAuditor(draft);
  const dueOn = addDays(draft.today, decisionDays);
  const title = say('decideOnAudit', { kind, auditId });
  draft.openTask(
    { kind: 'decision', title, assignee, dueOn, auditId, priority: 'high' },
    say('auditHasItsOutcome', {}),
  );
}

/** R8: whoever decides was not on the audit team. */
export function mustBeIndependent(draft: Draft, audit: HeldAudit): void {
  const stage1s = audit.kind === 'stage2' ? auditsOf(draft.state, 'stage1') : recertificationStage1s(draft.state);
  const audits = [audit, ...(audit.kind === 'special' ? [] : stage1s)];
  const [tookPart] = auditsDeciderTookPartIn(draft.sender, audits);
  if (!tookPart) return;
  const name = nameOf(draft.state, draft.sender);
  refuse('R8', 'deciderWasOnTeam', { name, kind: tookPart.kind, auditId: tookPart.id });
}

/** R6 for Stage 2; for a recertification R16 on the day after expiry, before the clock has told of it, and R17 after. */
export function mustBeInTime(draft: Draft, audit: HeldAudit): void {
  const { body, certificate } = draft.state;
  if (audit.kind === 'stage2') {
    const late = majorsVerifiedTooLate(findingsFor(draft.state, audit), audit, draft.today, body.profile);
    if (late.length > 0) refuseOutdated(draft, audit);
  }
  if (audit.kind !== 'recertification' || !certificate) return;
  const { status, lastDay } = certificate;
  if (status !== 'lapsed' && hasExpired(certificate, draft.today)) refuse('R16', 'expiredAndNotExtended', { lastDay });
  const untilOn = restorableUntil(lastDay, body.profile);
  if (status === 'lapsed' && draft.today > untilOn) refuse('R17', 'restorableNoLonger', { lastDay, untilOn });
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

/** Gives the certificate: renews the one that there is, or issues a new one. */
export function grant(draft: Draft, number: string): void {
  const { certificate, phase, scope, body } = draft.state;
  if (certificate && certificate.status !== 'withdrawn' && phase === 'surveillanceCycle') {
    renew(draft, certificate, number, say('recertified', {}));
    return;
  }
  const decidedOn = draft.today;
  const issued: ValidCertificate = {
    number,
    scope,
    status: 'valid',
    initialDecisionOn: decidedOn,
    decidedOn,
    validFrom: decidedOn,
    lastDay: lastValidDay(decidedOn, body.profile),
    cycle: (certificate?.cycle ?? 0) + 1,
  };
  draft.emit(CertificateIssued, { certificate: issued });
  draft.emit(CycleStarted, { cycle: issued.cycle });
}

/** R15 on time, R17 after a lapse: the new last day follows the old cycle; valid from expiry, or from the decision. */
export function renew(draft: Draft, old: LiveCertificate | LapsedCertificate, number: string, reason: Text): void {
  const lapsed = old.status === 'lapsed';
  const certificate: LiveCertificate = {
    number,
    scope: draft.state.scope,
    ...(old.status === 'suspended' ? { status: 'suspended', suspendedOn: old.suspendedOn } : { status: 'valid' }),
    initialDecisionOn: old.initialDecisionOn,
    decidedOn: draft.today,
    validFrom: lapsed ? draft.today : addDays(old.lastDay, 1),
    lastDay: renewedLastDay(old.lastDay, draft.state.body.profile),
    cycle: old.cycle + 1,
  };
  const ofOldCycle = Object.values(draft.state.audits).filter(
    ({ kind }) => kind === 'surveillance' || kind === 'recertification' || kind === 'stage1',
  );
  cancelAudits(draft, ofOldCycle, say('newCycleHasItsOwnAudits', {}));
  if (lapsed) draft.emit(CertificateRestored, { certificate, reason: draft.words(reason) });
  else draft.emit(CertificateRenewed, { certificate });
  draft.emit(CycleStarted, { cycle: certificate.cycle });
}
