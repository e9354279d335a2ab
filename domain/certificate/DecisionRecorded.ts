import { Type } from 'typebox';
import { type DecisionKind, decisionKinds, type HeldAudit, isHeld } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { changeAudit } from '../changing.ts';
import { findingsFor } from '../findings/queries.ts';
import { files } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { grantableFrom, isGrant } from '../rules/decision.ts';
import type { ProgramState } from '../state.ts';

/** What the certification body decided; on an extension of scope, of that audit alone. */
export const DecisionRecorded = record('DecisionRecorded', {
  data: {
    auditId: Type.String(),
    decision: Type.Enum(decisionKinds),
    basis: Type.String(),
    certificateNumber: Type.Optional(Type.String()),
    files: Type.Optional(files),
    ...told,
  },
  leavesTask: false,
  apply(before, { auditId, decision, on }, { today }) {
    const decidedOn = on ?? today;
    const state = changeAudit(before, auditId, (audit) =>
      isHeld(audit) ? { ...audit, ...followed(before, audit, decision, decidedOn) } : audit,
    );
    return state.audits[auditId]?.kind === 'special'
      ? changeAudit(state, auditId, (audit) => (isHeld(audit) ? { ...audit, decision } : audit))
      : { ...state, decision: { auditId, decision, on: decidedOn } };
  },
});

/** R28: what the next decision on an audit, or the day of this one put right, does not come before. */
function followed(state: ProgramState, audit: HeldAudit, decision: DecisionKind, on: IsoDate): Partial<HeldAudit> {
  if (decision === 'delayed') return { notBefore: on };
  return isGrant(decision) ? { notBefore: grantableFrom(audit, findingsFor(state, audit)) } : {};
}
