import { anAudit, auditName } from '../auditNames.ts';
import { addDays } from '../calendar.ts';
import { holders, nameOf } from '../people.ts';
import { auditsOf, findingsFor, heldAudit, isDecided, recertificationStage1s } from '../progress.ts';
import { refuse, wrong } from '../rejection.ts';
import { hasExpired, lastValidDay, renewedLastDay, restorableUntil } from '../rules/certificate.ts';
import { allowedDecisions, auditsDeciderTookPartIn, explainDecision } from '../rules/decision.ts';
import { majorsVerifiedTooLate, majorVerifiedUntil } from '../rules/findings.ts';
import type { Audit, Certificate, IsoDate } from '../types/index.ts';
import { cancelAudits, leadAuditor } from './audits.ts';
import { mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';
import { decideOnScope } from './scope.ts';

/** Days in which the body takes its decision. */
const decisionDays = 30;

/** The certification decision, and what happens to the certificate afterwards. */
export const certificateDeciders: Deciders<'askForDecision' | 'recordDecision' | 'restoreCertificate'> = {
  askForDecision(draft, { auditId }) {
    askForDecision(draft, draft.audit(auditId));
  },

  recordDecision(draft, { auditId, decision, certificateNumber, basis }) {
    const audit = draft.audit(auditId);
    mustSay(basis, 'basis');
    mustRestOn(draft, audit);
    mustBeIndependent(draft, audit);
    const grants = decision === 'granted' || decision === 'grantedWithCorrectiveAction';
    if (grants) mustBeInTime(draft, audit);
    const findings = findingsFor(draft.state, audit);
    const allowed = allowedDecisions(findings);
    if (!allowed.includes(decision)) {
      refuse('R5', `${decision} is not possible: ${explainDecision(findings)}. Possible: ${allowed.join(', ')}.`);
    }
    if (audit.kind === 'special') {
      decideOnScope(draft, audit, decision, basis);
      return;
    }
    const number = certificateNumber ?? draft.state.certificate?.number;
    if (grants && !number) wrong('empty', 'certificateNumber: a certificate that is granted has a number.');
    draft.emit({
      type: 'DecisionRecorded',
      data: { auditId, decision, basis, ...(number ? { certificateNumber: number } : {}) },
    });
    draft.complete('decision', { auditId }, `Decided: ${decision}.`);
    if (grants) grant(draft, number as string);
  },

  restoreCertificate(draft, { auditId, reason }) {
    mustSay(reason, 'reason');
    const certificate = certificateIn(draft, 'lapsed');
    const audit = draft.audit(auditId);
    if (audit.kind !== 'recertification' || audit.status !== 'held') {
      refuse(
        'R17',
        `Restoring rests on a recertification audit with its outcome; ${auditId} is ${anAudit(audit.kind)}, ${audit.status}.`,
      );
    }
    if (audit.cycle !== certificate.cycle) {
      refuse('R17', `Audit ${auditId} was that of an earlier cycle; restoring rests on one of the cycle that lapsed.`);
    }
    mustBeLast(draft, audit);
    if (isDecided(draft.state, audit)) {
      refuse('R17', `The recertification was refused on audit ${auditId}; plan another recertification audit.`);
    }
    mustBeIndependent(draft, audit);
    mustBeInTime(draft, audit);
    const findings = findingsFor(draft.state, audit);
    if (allowedDecisions(findings).every((decision) => decision === 'delayed' || decision === 'refused')) {
      refuse('R5', `The certificate cannot be restored: ${explainDecision(findings)}.`);
    }
    draft.complete('decision', { auditId }, 'The certificate was restored.');
    renew(draft, certificate, certificate.number, reason);
  },
};

/** Asks the body for its decision on an audit that has its outcome. */
export function askForDecision(draft: Draft, audit: Audit): void {
  const assignee = holders(draft.state, 'decisionMaker')[0] ?? leadAuditor(draft);
  const dueOn = addDays(draft.today, decisionDays);
  const what = audit.kind === 'special' ? 'the extension of scope' : 'certification';
  const title = `Decide on ${what} from the ${auditName(audit.kind)} ${audit.id}`;
  draft.openTask(
    { kind: 'decision', title, assignee, dueOn, auditId: audit.id, priority: 'high' },
    'The audit has its outcome.',
  );
}

function grant(draft: Draft, number: string): void {
  const { certificate } = draft.state;
  if (certificate && certificate.status !== 'withdrawn' && draft.state.phase === 'surveillanceCycle') {
    renew(draft, certificate, number, 'Recertified.');
    return;
  }
  const decidedOn = draft.today;
  const issued: Certificate = {
    number,
    scope: draft.state.scope,
    status: 'valid',
    initialDecisionOn: decidedOn,
    decidedOn,
    validFrom: decidedOn,
    lastDay: lastValidDay(decidedOn, draft.state.body.profile),
    cycle: (certificate?.cycle ?? 0) + 1,
  };
  draft.emit({ type: 'CertificateIssued', data: { certificate: issued } });
  draft.emit({ type: 'CycleStarted', data: { cycle: issued.cycle } });
}

/** R15 on time, R17 after a lapse: the new last day follows the old cycle; valid from expiry, or from the decision. */
function renew(draft: Draft, old: Certificate, number: string, reason: string): void {
  const lapsed = old.status === 'lapsed';
  const renewed: Certificate = {
    number,
    scope: draft.state.scope,
    status: old.status === 'suspended' ? 'suspended' : 'valid',
    initialDecisionOn: old.initialDecisionOn,
    decidedOn: draft.today,
    validFrom: lapsed ? draft.today : addDays(old.lastDay, 1),
    lastDay: renewedLastDay(old.lastDay, draft.state.body.profile),
    cycle: old.cycle + 1,
    ...(old.status === 'suspended' ? { suspendedOn: old.suspendedOn } : {}),
  };
  const ofOldCycle = Object.values(draft.state.audits).filter(
    (audit) => audit.kind === 'surveillance' || audit.kind === 'recertification' || audit.kind === 'stage1',
  );
  cancelAudits(draft, ofOldCycle, 'The certificate was renewed; its new cycle has audits of its own.');
  if (lapsed) draft.emit({ type: 'CertificateRestored', data: { certificate: renewed, reason } });
  else draft.emit({ type: 'CertificateRenewed', data: { certificate: renewed } });
  draft.emit({ type: 'CycleStarted', data: { cycle: renewed.cycle } });
}

export function certificateIn(draft: Draft, ...statuses: Certificate['status'][]): Certificate {
  const { certificate } = draft.state;
  if (!certificate) refuse('state', 'There is no certificate yet.');
  if (!statuses.includes(certificate.status)) {
    refuse('state', `The certificate is ${certificate.status}; this is possible while it is ${statuses.join(' or ')}.`);
  }
  return certificate;
}

function mustRestOn(draft: Draft, audit: Audit): void {
  const ofScope = audit.occasion === 'scopeExtension';
  if (audit.kind !== 'stage2' && audit.kind !== 'recertification' && !ofScope) {
    refuse(
      'R1',
      `A decision rests on a Stage 2 or recertification audit, or on a special one for an extension of scope; ${audit.id} is ${anAudit(audit.kind)}.`,
    );
  }
  if (audit.status !== 'held') refuse('state', `Audit ${audit.id} has no outcome yet; it is ${audit.status}.`);
  if (audit.outdated) refuseOutdated(draft, audit);
  if (isDecided(draft.state, audit)) {
    refuse('state', `The decision on audit ${audit.id} was taken; it is taken once.`);
  }
  if (ofScope) return;
  mustBeLast(draft, audit);
  if (audit.kind === 'recertification' && draft.state.phase !== 'surveillanceCycle') {
    refuse(
      'R17',
      `The certificate could not be restored in time; the decision rests on a new Stage 2, not on ${audit.id}.`,
    );
  }
}

function mustBeLast(draft: Draft, audit: Audit): void {
  const last = heldAudit(draft.state, audit.kind);
  if (last?.id === audit.id) return;
  refuse(
    'state',
    `Audit ${audit.id} was followed by ${last?.id ?? 'a new attempt'}; the decision rests on the last one.`,
  );
}

/** R6: says why no decision can rest on a Stage 2, and what comes in its place. */
function refuseOutdated(draft: Draft, audit: Audit): never {
  const until = majorVerifiedUntil(audit.endsOn as IsoDate, draft.state.body.profile);
  refuse(
    'R6',
    `A major was not verified until ${until}, so no decision rests on Stage 2 ${audit.id}; Stage 2 is done again.`,
  );
}

/** R8: whoever decides was not on the audit team. */
function mustBeIndependent(draft: Draft, audit: Audit): void {
  const stage1s = audit.kind === 'stage2' ? auditsOf(draft.state, 'stage1') : recertificationStage1s(draft.state);
  const audits = [audit, ...(audit.kind === 'special' ? [] : stage1s)];
  const [tookPart] = auditsDeciderTookPartIn(draft.actor.email, audits);
  if (tookPart) {
    const name = nameOf(draft.state, draft.actor.email);
    refuse('R8', `${name} was on the team of the ${auditName(tookPart.kind)} ${tookPart.id}; somebody else decides.`);
  }
}

/** R6 for Stage 2; for a recertification R16 on the day after expiry, before the clock has told of it, and R17 after. */
function mustBeInTime(draft: Draft, audit: Audit): void {
  const { profile } = draft.state.body;
  const { certificate } = draft.state;
  if (audit.kind === 'stage2') {
    const late = majorsVerifiedTooLate(findingsFor(draft.state, audit), audit, draft.today, profile);
    if (late.length > 0) refuseOutdated(draft, audit);
  }
  if (audit.kind !== 'recertification' || !certificate) return;
  if (certificate.status !== 'lapsed' && hasExpired(certificate, draft.today)) {
    refuse(
      'R16',
      `The certificate was valid through ${certificate.lastDay} and is not extended; it can be restored (R17).`,
    );
  }
  if (certificate.status === 'lapsed' && draft.today > restorableUntil(certificate.lastDay, profile)) {
    refuse(
      'R17',
      `The certificate lapsed after ${certificate.lastDay}; it could be restored until ${restorableUntil(certificate.lastDay, profile)}.`,
    );
  }
}
