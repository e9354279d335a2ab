import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { date, email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { isComing } from './audit.ts';

/** Its days and its team are agreed, for the first time or again. */
export const AuditScheduled = record('AuditScheduled', {
  data: {
    auditId: Type.String(),
    startsOn: date,
    endsOn: date,
    team: Type.Array(email),
    criteria: Type.Optional(Type.Array(Type.String())),
  },
  leavesTask: false,
  apply: (state, { auditId, startsOn, endsOn, team, criteria }) =>
    changeAudit(state, auditId, (audit) =>
      isComing(audit)
        ? { ...audit, startsOn, endsOn, team, ...(criteria ? { criteria } : {}), status: 'scheduled' }
        : audit,
    ),
});
