import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';
import { everOnTeam } from './audit.ts';

/**
 * R3, R28: a Stage 2 was given up without dates, and was held in its time after all, as is told late. R16, R28: an audit was
 * cancelled by a lapse that is taken back; `asAgreed`: with the days and the team that it had.
 */
export const AuditTakenUpAgain = record('AuditTakenUpAgain', {
  data: { auditId: Type.String(), reason: Type.String(), asAgreed: Type.Optional(Type.Literal(true)) },
  leavesTask: false,
  apply: (state, { auditId, asAgreed }) =>
    changeAudit(state, auditId, (audit) => {
      if (audit.status !== 'cancelled') return audit;
      const { startsOn, endsOn, byLapse: _, ...planned } = audit;
      if (asAgreed && startsOn && endsOn) return { ...planned, startsOn, endsOn, status: 'scheduled' };
      return { ...planned, team: [], tookPart: everOnTeam(audit), status: 'planned' };
    }),
});
