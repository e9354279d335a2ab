import { Type } from 'typebox';
import { type Audit, decisionKinds, type HeldAudit } from '../audits/audit.ts';
import { isDecided } from '../audits/queries.ts';
import { mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { findingsFor } from '../findings/queries.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, name, text } from '../registry/fields.ts';
import { allowedDecisions, isGrant, openNonconformities } from '../rules/decision.ts';
import { say } from '../say.ts';
import { DecisionRecorded } from './DecisionRecorded.ts';
import { grant, mustBeIndependent, mustBeInTime, mustBeLast, refuseOutdated } from './deciding.ts';
import { decideOnScope } from './scope.ts';

export const recordDecision = command('recordDecision', {
  summary: "Record the body's decision",
  payload: {
    auditId: id,
    decision: Type.Enum(decisionKinds),
    certificateNumber: Type.Optional(name),
    basis: text,
  },
  roles: ['decisionMaker'],
  address: { does: 'act', path: '/decision', gives: 'program' },
  example: {
    at: 'decisionDue',
    by: 'decisionMaker',
    payload: {
      auditId: 'A-3',
      decision: 'granted',
      certificateNumber: 'AIMS-2030-017',
      basis: 'The audit team recommends certification; no nonconformity is open.',
    },
  },
  decide(draft, { auditId, decision, certificateNumber, basis }) {
    const named = draft.audit(auditId);
    mustSay(basis, 'basis');
    const audit = mustRestOn(draft, named);
    mustBeIndependent(draft, audit);
    if (isGrant(decision)) mustBeInTime(draft, audit);
    const findings = findingsFor(draft.state, audit);
    const allowed = allowedDecisions(findings);
    if (!allowed.includes(decision)) {
      refuse('R5', 'decisionNotAllowed', { decision, open: openNonconformities(findings), allowed });
    }
    if (audit.kind === 'special') {
      decideOnScope(draft, audit, decision, basis);
      return;
    }
    const number = certificateNumber ?? draft.state.certificate?.number;
    if (isGrant(decision) && !number) wrong('empty', 'grantNeedsNumber', {}, 'certificateNumber');
    draft.emit(DecisionRecorded, { auditId, decision, basis, ...(number ? { certificateNumber: number } : {}) });
    draft.complete('decision', { auditId }, say('decisionTaken', { decision }));
    if (isGrant(decision) && number) grant(draft, number);
  },
});

/** The audit, which must be one that a decision can rest on, held, and not decided. */
function mustRestOn(draft: Draft, audit: Audit): HeldAudit {
  const { id: auditId, kind, status } = audit;
  const ofScope = audit.occasion === 'scopeExtension';
  if (kind !== 'stage2' && kind !== 'recertification' && !ofScope) {
    refuse('R1', 'decisionRestsOnOtherAudit', { auditId, kind });
  }
  if (audit.status !== 'held') refuse('state', 'noOutcomeToDecideOn', { auditId, status });
  if (audit.outdated) refuseOutdated(draft, audit);
  if (isDecided(draft.state, audit)) refuse('state', 'decisionTakenBefore', { auditId });
  if (ofScope) return audit;
  mustBeLast(draft, audit);
  if (kind === 'recertification' && draft.state.phase !== 'surveillanceCycle') {
    refuse('R17', 'decisionRestsOnNewStage2', { auditId });
  }
  return audit;
}
