import { record } from '../registry/record.ts';
import { withAudit } from './AuditPlanned.ts';
import { heldAudit } from './audit.ts';

/** An audit that was held before the register began. */
export const EarlierAuditRecorded = record('EarlierAuditRecorded', {
  data: { audit: heldAudit },
  leavesTask: false,
  creates: ({ audit }) => ({ auditId: audit.id }),
  apply: (state, { audit }) => withAudit(state, { outcomeOn: audit.endsOn, ...audit }),
});
