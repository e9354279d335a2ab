import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';
import { isHeld } from './audit.ts';

/** R6, R28: the majors of a Stage 2 were verified in time, as was told later: a decision rests on it after all. */
export const OutdatedTakenBack = record('OutdatedTakenBack', {
  data: { auditId: Type.String(), findings: Type.Array(Type.String()) },
  leavesTask: false,
  apply: (state, { auditId }) =>
    changeAudit(state, auditId, (audit) => {
      if (!isHeld(audit)) return audit;
      const { outdated: _, ...rest } = audit;
      return rest;
    }),
});
