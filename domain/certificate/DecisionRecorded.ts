import { Type } from 'typebox';
import { decisionKinds, isHeld } from '../audits/audit.ts';
import { changeAudit } from '../changing.ts';
import { record } from '../registry/record.ts';

/** What the certification body decided; on an extension of scope, of that audit alone. */
export const DecisionRecorded = record('DecisionRecorded', {
  data: {
    auditId: Type.String(),
    decision: Type.Enum(decisionKinds),
    basis: Type.String(),
    certificateNumber: Type.Optional(Type.String()),
  },
  leavesTask: false,
  apply: (state, { auditId, decision }, { today }) =>
    state.audits[auditId]?.kind === 'special'
      ? changeAudit(state, auditId, (audit) => (isHeld(audit) ? { ...audit, decision } : audit))
      : { ...state, decision: { auditId, decision, on: today } },
});
