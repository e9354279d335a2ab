import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';
import { everOnTeam } from './audit.ts';

/** Its days and its team no longer hold; they are agreed again. */
export const AuditUnscheduled = record('AuditUnscheduled', {
  data: { auditId: Type.String(), reason: Type.String() },
  leavesTask: false,
  apply: (state, { auditId }) =>
    changeAudit(state, auditId, (audit) => {
      if (audit.status !== 'scheduled') return audit;
      const { startsOn: _, endsOn: __, criteria: ___, reopened: ____, ...planned } = audit;
      return { ...planned, team: [], tookPart: everOnTeam(audit), status: 'planned' };
    }),
});
