import { type Static, Type } from 'typebox';
import { isDecided } from '../audits/queries.ts';
import { mustSay } from '../checks.ts';
import { findingsFor } from '../findings/queries.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id, reason } from '../registry/fields.ts';
import { actOfBody } from '../registry/told.ts';
import { hasExpired } from '../rules/certificate.ts';
import { allowedDecisions, isGrant, openNonconformities, standingOn } from '../rules/decision.ts';
import { say } from '../say.ts';
import { mustBeIndependent, mustBeInTime, mustBeLast, mustFollowAudit, renew } from './deciding.ts';
import { certificateIn } from './suspending.ts';
import { takeBackForDecision } from './toldLate.ts';

export const restoreCertificate = command('restoreCertificate', {
  summary: 'Restore it after a lapse (R17)',
  payload: {
    auditId: id,
    reason,
    validFrom: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description: 'R32: the day from which the certificate runs again, where it is later than the decision.',
      }),
    ),
    ...actOfBody,
  },
  roles: ['decisionMaker'],
  address: { does: 'act', path: '/certificate/restore', gives: 'certificate' },
  example: {
    at: 'lapsedAfterRecertification',
    by: 'decisionMaker',
    payload: { auditId: 'A-6', reason: 'The recertification audit ended without open nonconformities.' },
  },
  decide(draft, { auditId, reason: why, validFrom }) {
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
    mustFollowAudit(draft, audit, 'granted');
    if (!hasExpired(certificate, draft.on)) refuse('R17', 'decidedBeforeLapse', { lastDay: certificate.lastDay });
    mustBeInTime(draft, audit);
    const findings = standingOn(findingsFor(draft.state, audit), draft.on);
    if (!allowedDecisions(findings).some(isGrant)) {
      refuse('R5', 'cannotBeRestored', { open: openNonconformities(findings) });
    }
    draft.complete('decision', { auditId }, say('certificateRestored', {}));
    takeBackForDecision(draft, certificate);
    renew(draft, certificate, { audit, number: certificate.number, validFrom }, why, draft.told);
  },
});
