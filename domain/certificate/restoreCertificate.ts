import { isDecided } from '../audits/queries.ts';
import { mustSay } from '../checks.ts';
import { findingsFor } from '../findings/queries.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { allowedDecisions, isGrant, openNonconformities } from '../rules/decision.ts';
import { say } from '../say.ts';
import { mustBeIndependent, mustBeInTime, mustBeLast, renew } from './deciding.ts';
import { certificateIn } from './suspending.ts';

export const restoreCertificate = command('restoreCertificate', {
  summary: 'Restore it after a lapse (R17)',
  payload: { auditId: id, reason },
  roles: ['decisionMaker'],
  address: { does: 'act', path: '/certificate/restore', gives: 'certificate' },
  example: {
    at: 'lapsedAfterRecertification',
    by: 'decisionMaker',
    payload: { auditId: 'A-6', reason: 'The recertification audit ended without open nonconformities.' },
  },
  decide(draft, { auditId, reason: why }) {
    mustSay(why, 'reason');
    const certificate = certificateIn(draft, 'lapsed');
    const audit = draft.audit(auditId);
    const { kind, status } = audit;
    if (kind !== 'recertification' || audit.status !== 'held') {
      refuse('R17', 'restoringRestsOnRecertification', { auditId, kind, status });
    }
    if (audit.cycle !== certificate.cycle) refuse('R17', 'restoringRestsOnLapsedCycle', { auditId });
    mustBeLast(draft, audit);
    if (isDecided(draft.state, audit)) refuse('R17', 'recertificationRefusedOn', { auditId });
    mustBeIndependent(draft, audit);
    mustBeInTime(draft, audit);
    const findings = findingsFor(draft.state, audit);
    if (!allowedDecisions(findings).some(isGrant)) {
      refuse('R5', 'cannotBeRestored', { open: openNonconformities(findings) });
    }
    draft.complete('decision', { auditId }, say('certificateRestored', {}));
    renew(draft, certificate, certificate.number, why);
  },
});
