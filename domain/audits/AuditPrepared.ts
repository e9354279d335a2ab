import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';

/** A step of the preparation of an audit was done, `days` before it. */
export const AuditPrepared = record('AuditPrepared', {
  data: { auditId: Type.String(), step: Type.Integer(), days: Type.Integer() },
  leavesTask: false,
  apply: (state, { auditId, step }) => changeAudit(state, auditId, (audit) => ({ ...audit, prepared: step + 1 })),
});
