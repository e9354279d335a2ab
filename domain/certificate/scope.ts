import type { DecisionKind, HeldAudit, Occasion } from '../audits/audit.ts';
import { planAuditOf } from '../audits/planning.ts';
import { isDecided } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { mustNotBePast, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { withFiles } from '../evidence/showing.ts';
import { hasRole } from '../people/people.ts';
import type { Scope } from '../program/scope.ts';
import { forbidden, refuse, wrong } from '../refusal.ts';
import type { FileRef } from '../registry/fields.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { hasExpired } from '../rules/certificate.ts';
import { isGrant } from '../rules/decision.ts';
import { say } from '../say.ts';
import { CertificateScopeChanged } from './CertificateScopeChanged.ts';
import { isLive, type LapsedCertificate, type LiveCertificate } from './certificate.ts';
import { DecisionRecorded } from './DecisionRecorded.ts';
import { certificateIn } from './suspending.ts';

/** What a special audit is asked for with. */
export interface SpecialAudit {
  targetOn: IsoDate;
  reason?: string | undefined;
  occasion?: Occasion | undefined;
  scope?: Scope | undefined;
}

/**
 * R19: plans a special audit: an extension of scope, for which the organization or the body applies, or one at short
 * notice, which the body holds over a complaint, a change, or a suspension. Source: ISO/IEC 17021-1, 9.6.4.
 */
export function planSpecial(draft: Draft, { targetOn, reason = '', occasion, scope }: SpecialAudit): void {
  mustNotBePast(draft, targetOn, 'targetOn');
  if (!occasion) wrong('R19', 'specialNeedsOccasion', {}, 'occasion');
  mustSay(reason, 'reason');
  const certificate = mustBeCertified(draft);
  if (occasion === 'scopeExtension') {
    const applied = mustBeApplication(draft, certificate, scope);
    planAuditOf(
      draft,
      'special',
      { targetOn, occasion, scope: applied },
      say('extensionAppliedFor', { reason }),
      true,
      draft.told,
    );
    return;
  }
  if (scope) wrong('R19', 'onlyExtensionHasScope', { occasion }, 'scope');
  if (!hasRole(draft.state, draft.sender, ...bodySpeakers)) forbidden('shortNoticeIsTheBodys', { occasion });
  if (occasion === 'suspension' && certificate.status !== 'suspended') {
    refuse('R19', 'notSuspended', { status: certificate.status });
  }
  planAuditOf(draft, 'special', { targetOn, occasion }, say('heldAtShortNotice', { reason }), true, draft.told);
}

/** R19: the decision on an extension of scope: granted, the certificate is extended; its dates stay. */
export function decideOnScope(
  draft: Draft,
  { id: auditId, scope }: HeldAudit,
  { decision, basis, files }: { decision: DecisionKind; basis: string; files: FileRef[] | undefined },
): void {
  const extended = isGrant(decision) ? mustBeUsable(draft) : undefined;
  draft.emit(DecisionRecorded, { auditId, decision, basis, ...withFiles(files), ...draft.told });
  // Delayed, the same task waits for the decision that is to come.
  if (decision === 'delayed') return;
  draft.complete('decision', { auditId }, say('decisionTaken', { decision }));
  if (!extended || !scope) return;
  draft.emit(CertificateScopeChanged, {
    change: 'extended',
    scope,
    previous: extended.scope,
    reason: basis,
    ...(draft.told.on ? { on: draft.told.on } : {}),
  });
}

function mustBeCertified({ state: { certificate } }: Draft): LiveCertificate {
  if (isLive(certificate)) return certificate;
  return refuse('R19', 'specialNeedsCertificate', certificate ? { status: certificate.status } : {});
}

function mustBeApplication(draft: Draft, certificate: LiveCertificate, scope: Scope | undefined): Scope {
  if (!scope) wrong('R19', 'extensionNeedsScope', {}, 'scope');
  mustSay(scope.statement, 'scope.statement');
  if (certificate.status !== 'valid') refuse('R19', 'extensionWaitsForReinstatement', {});
  const pending = Object.values(draft.state.audits).find(
    (audit) => audit.occasion === 'scopeExtension' && audit.status !== 'cancelled' && !isDecided(draft.state, audit),
  );
  if (pending) refuse('R19', 'extensionUndecided', { auditId: pending.id });
  return scope;
}

/** R16: only what is valid on the day of the decision can be extended, also before the clock has told of its end. */
function mustBeUsable(draft: Draft): LiveCertificate | LapsedCertificate {
  const { certificate: present } = draft.state;
  const wasValid = present?.status === 'lapsed' && !present.suspendedOn && !hasExpired(present, draft.on);
  const certificate = wasValid ? present : certificateIn(draft, 'valid');
  if (hasExpired(certificate, draft.on)) refuse('R16', 'nothingToExtend', { lastDay: certificate.lastDay });
  return certificate;
}
