import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';
import { isComing } from './audit.ts';

/** It will not take place. */
export const AuditCancelled = record('AuditCancelled', {
  data: { auditId: Type.String(), reason: Type.String() },
  leavesTask: false,
  apply: (state, { auditId }) =>
    changeAudit(state, auditId, (audit) => (isComing(audit) ? { ...audit, status: 'cancelled' } : audit)),
});
