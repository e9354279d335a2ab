import { type Static, Type } from 'typebox';
import { type Audit, decisionKinds, type HeldAudit } from '../audits/audit.ts';
import { isDecided } from '../audits/queries.ts';
import { mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustDiffer, withFiles } from '../evidence/showing.ts';
import { findingsFor } from '../findings/queries.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, files, id, name, text } from '../registry/fields.ts';
import { actOfBody } from '../registry/told.ts';
import { restorableUntil } from '../rules/certificate.ts';
import { allowedDecisions, isGrant, openNonconformities, standingOn } from '../rules/decision.ts';
import { say } from '../say.ts';
import { DecisionRecorded } from './DecisionRecorded.ts';
import {
  grant,
  mustBeIndependent,
  mustBeInTime,
  mustBeLast,
  mustFollowAudit,
  refuseOutdated,
  warnOfFormerWork,
} from './deciding.ts';
import { decideOnScope } from './scope.ts';
import { takeBackForDecision } from './toldLate.ts';
import { mustBeToldFirst } from './withdrawnByClock.ts';

export const recordDecision = command('recordDecision', {
  summary: "Record the body's decision",
  payload: {
    auditId: id,
    decision: Type.Enum(decisionKinds),
    certificateNumber: Type.Optional(name),
    validFrom: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description: 'R32: the day from which the certificate runs, where it is later than the decision.',
      }),
    ),
    basis: text,
    files: Type.Optional(files),
    ...actOfBody,
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
  decide(draft, { auditId, decision, certificateNumber, validFrom, basis, files: uploaded }) {
    const named = draft.audit(auditId);
    mustSay(basis, 'basis');
    mustDiffer(uploaded);
    const audit = mustRestOn(draft, named);
    if (audit.kind === 'recertification' && draft.state.phase !== 'surveillanceCycle' && !isGrant(decision)) {
      refuse('R17', 'decisionRestsOnNewStage2', { auditId });
    }
    mustBeIndependent(draft, audit);
    warnOfFormerWork(draft);
    mustFollowAudit(draft, audit, decision);
    if (isGrant(decision)) mustBeInTime(draft, audit);
    if (validFrom && (!isGrant(decision) || audit.kind === 'special')) {
      wrong('R32', 'nothingTakesEffect', {}, 'validFrom');
    }
    const findings = standingOn(findingsFor(draft.state, audit), draft.on);
    const allowed = allowedDecisions(findings);
    if (!allowed.includes(decision)) {
      refuse('R5', 'decisionNotAllowed', { decision, open: openNonconformities(findings), allowed });
    }
    if (audit.kind === 'special') {
      decideOnScope(draft, audit, { decision, basis, files: uploaded });
      return;
    }
    const number = certificateNumber ?? draft.state.certificate?.number;
    if (isGrant(decision) && !number) wrong('empty', 'grantNeedsNumber', {}, 'certificateNumber');
    const numbered = number ? { certificateNumber: number } : {};
    const { certificate } = draft.state;
    const isRenewed = isGrant(decision) && audit.kind === 'recertification';
    if (isRenewed && certificate && certificate.status !== 'withdrawn') takeBackForDecision(draft, certificate);
    draft.emit(DecisionRecorded, { auditId, decision, basis, ...numbered, ...withFiles(uploaded), ...draft.told });
    draft.complete('decision', { auditId }, say('decisionTaken', { decision }));
    if (isGrant(decision) && number) grant(draft, { audit, number, validFrom });
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
  mustBeToldFirst(draft);
  mustBeLast(draft, audit);
  // R28: one that came in time and is told late takes the new certification back.
  const { certificate, body } = draft.state;
  const inTime = certificate && draft.on <= restorableUntil(certificate.lastDay, body.profile);
  if (kind === 'recertification' && draft.state.phase !== 'surveillanceCycle' && !inTime) {
    refuse('R17', 'decisionRestsOnNewStage2', { auditId });
  }
  return audit;
}
