import { hasRole } from '../people.ts';
import { isDecided } from '../progress.ts';
import { forbidden, refuse, wrong } from '../rejection.ts';
import { hasExpired } from '../rules/certificate.ts';
import type { Audit, Certificate, CommandMap, DecisionKind, Scope } from '../types/index.ts';
import { planAudit } from './audits.ts';
import { certificateIn } from './certificate.ts';
import { mustNotBePast, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';
import { endSuspension, mustNotBeOver } from './suspension.ts';

/** Commands about what a certificate certifies. */
export const scopeDeciders: Deciders<'reduceScope'> = {
  // R18: the scope without what failed is the alternative to a withdrawal, so a suspension ends with it.
  reduceScope(draft, { statement, exclusions, reason }) {
    mustSay(statement, 'statement');
    mustSay(exclusions, 'exclusions');
    mustSay(reason, 'reason');
    const { scope: previous } = certificateIn(draft, 'valid', 'suspended');
    mustNotBeOver(draft);
    if (previous.statement === statement && previous.exclusions === exclusions) {
      wrong('R18', 'statement: this is the scope that is certified already; leave out what no longer is.');
    }
    const scope = { statement, exclusions };
    draft.emit({ type: 'CertificateScopeChanged', data: { change: 'reduced', scope, previous, reason } });
    endSuspension(draft, `The scope was reduced: ${reason}`);
  },
};

/**
 * R19: plans a special audit: an extension of scope, for which the organization or the body applies, or one at short
 * notice, which the body holds over a complaint, a change, or a suspension. Source: ISO/IEC 17021-1, 9.6.4.
 */
export function planSpecial(draft: Draft, { targetOn, reason, occasion, scope }: CommandMap['planAudit']): void {
  mustNotBePast(draft, targetOn, 'targetOn');
  if (!occasion) {
    wrong('R19', 'occasion: say what the special audit is for: scopeExtension, complaint, change or suspension.');
  }
  mustSay(reason, 'reason');
  const certificate = mustBeCertified(draft);
  if (occasion === 'scopeExtension') {
    const applied = mustBeApplication(draft, certificate, scope);
    planAudit(draft, 'special', { targetOn, occasion, scope: applied }, `Extension of scope (R19): ${reason}`);
    return;
  }
  if (scope) wrong('R19', `scope: only an extension of scope applies for one, not a ${occasion}.`);
  if (!hasRole(draft.state, draft.actor.email, 'leadAuditor', 'decisionMaker')) {
    forbidden(`A special audit over a ${occasion} is the certification body's to plan; apply for scopeExtension only.`);
  }
  if (occasion === 'suspension' && certificate.status !== 'suspended') {
    refuse('R19', `The certificate is ${certificate.status}, not suspended; choose another occasion.`);
  }
  planAudit(draft, 'special', { targetOn, occasion }, `Short notice (R19): ${reason}`);
}

/** R19: the decision on an extension of scope: granted, the certificate is extended; its dates stay. */
export function decideOnScope(draft: Draft, audit: Audit, decision: DecisionKind, basis: string): void {
  const auditId = audit.id;
  const granted = decision === 'granted' || decision === 'grantedWithCorrectiveAction';
  if (granted) mustBeUsable(draft, certificateIn(draft, 'valid'));
  draft.emit({ type: 'DecisionRecorded', data: { auditId, decision, basis } });
  // Delayed, the same task waits for the decision that is to come.
  if (decision === 'delayed') return;
  draft.complete('decision', { auditId }, `Decided: ${decision}.`);
  if (!granted) return;
  const data = {
    change: 'extended' as const,
    scope: audit.scope as Scope,
    previous: (draft.state.certificate as Certificate).scope,
    reason: basis,
  };
  draft.emit({ type: 'CertificateScopeChanged', data });
}

function mustBeCertified(draft: Draft): Certificate {
  const { certificate } = draft.state;
  if (!certificate || (certificate.status !== 'valid' && certificate.status !== 'suspended')) {
    refuse(
      'R19',
      `A special audit is held on a certificate that is valid or suspended; here it is ${certificate?.status ?? 'not granted yet'}.`,
    );
  }
  return certificate;
}

function mustBeApplication(draft: Draft, certificate: Certificate, scope: Scope | undefined): Scope {
  if (!scope) wrong('R19', 'scope: say what the extended scope is to be.');
  mustSay(scope.statement, 'scope.statement');
  if (certificate.status !== 'valid') {
    refuse('R19', 'The certificate is suspended; its scope is extended once it is reinstated.');
  }
  const pending = Object.values(draft.state.audits).find(
    (audit) => audit.occasion === 'scopeExtension' && audit.status !== 'cancelled' && !isDecided(draft.state, audit),
  );
  if (pending) refuse('R19', `Audit ${pending.id} is for an extension that is not decided yet; one at a time.`);
  return scope;
}

function mustBeUsable(draft: Draft, certificate: Certificate): void {
  if (hasExpired(certificate, draft.today)) {
    refuse('R16', `The certificate was valid through ${certificate.lastDay}; there is nothing to extend.`);
  }
}
