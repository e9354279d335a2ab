import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';
import { isComing } from './audit.ts';

/**
 * It will not take place; `takenBack` where it was planned on an outcome that was reopened, `byLapse` where the certificate
 * lapsed (R16), so that it comes back with that.
 */
export const AuditCancelled = record('AuditCancelled', {
  data: {
    auditId: Type.String(),
    reason: Type.String(),
    takenBack: Type.Optional(Type.Boolean()),
    byLapse: Type.Optional(Type.Literal(true)),
  },
  leavesTask: false,
  apply: (state, { auditId, takenBack, byLapse }) =>
    changeAudit(state, auditId, (audit) =>
      isComing(audit)
        ? { ...audit, status: 'cancelled', ...(takenBack ? { takenBack } : {}), ...(byLapse ? { byLapse } : {}) }
        : audit,
    ),
});
