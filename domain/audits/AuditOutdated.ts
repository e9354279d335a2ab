import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { isHeld } from './audit.ts';

/**
 * R6: no decision can rest on a held Stage 2 any more; `findings` are the majors not verified until `untilOn`. A decision
 * that was delayed on it is never taken.
 */
export const AuditOutdated = record('AuditOutdated', {
  data: { auditId: Type.String(), rule: Type.String(), untilOn: date, findings: Type.Array(Type.String()) },
  leavesTask: false,
  apply: (state, { auditId, rule }) => ({
    ...changeAudit(state, auditId, (audit) => (isHeld(audit) ? { ...audit, outdated: rule } : audit)),
    decision: undefined,
  }),
});
