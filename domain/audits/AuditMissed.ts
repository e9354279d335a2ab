import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** R3, R10, R11: its latest day passed, and nobody had said that it took place. */
export const AuditMissed = record('AuditMissed', {
  data: { auditId: Type.String(), rule: Type.String(), latestOn: date },
  leavesTask: false,
  apply: (state, { auditId, rule, latestOn }) =>
    changeAudit(state, auditId, (audit) => ({
      ...audit,
      latestOn: audit.latestOn ?? latestOn,
      latestRule: audit.latestRule ?? rule,
      missed: true,
    })),
});
