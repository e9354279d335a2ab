import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { date, email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { everOnTeam, isComing } from './audit.ts';

/** Its days, its team and what it audits are agreed, for the first time or again; all requirements where none is named. */
export const AuditScheduled = record('AuditScheduled', {
  data: {
    auditId: Type.String(),
    startsOn: date,
    endsOn: date,
    team: Type.Array(email),
    criteria: Type.Optional(Type.Array(Type.String())),
    reason: Type.Optional(Type.String()),
    ...told,
  },
  leavesTask: false,
  apply: (state, { auditId, startsOn, endsOn, team, criteria }) =>
    changeAudit(state, auditId, (audit) => {
      if (!isComing(audit)) return audit;
      // What was set down as audited ended with the days before.
      const { auditedScope: _, criteria: __, reopened: ___, ...rest } = { reopened: undefined, ...audit };
      const left = everOnTeam(audit).filter((email) => !team.includes(email));
      return {
        ...rest,
        startsOn,
        endsOn,
        team,
        ...(left.length > 0 ? { tookPart: left } : {}),
        ...(criteria ? { criteria } : {}),
        status: 'scheduled',
      };
    }),
});
