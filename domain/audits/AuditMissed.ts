import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** R10, R11: its latest day passed, and it had not taken place. */
export const AuditMissed = record('AuditMissed', {
  data: { auditId: Type.String(), rule: Type.String(), latestOn: date },
  leavesTask: false,
  apply: (state, { auditId }) => changeAudit(state, auditId, (audit) => ({ ...audit, missed: true })),
});
