import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** It was held in its time after all, as its outcome says that was told later: it is not missed any more. */
export const MissedAuditTakenBack = record('MissedAuditTakenBack', {
  data: { auditId: Type.String(), rule: Type.String(), latestOn: date, startsOn: date, endsOn: date },
  leavesTask: false,
  apply: (state, { auditId }) => changeAudit(state, auditId, ({ missed: _, ...audit }) => audit),
});
