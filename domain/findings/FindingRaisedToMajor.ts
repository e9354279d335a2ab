import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { isUnverified } from './finding.ts';
import { unanswered } from './reopening.ts';

/** R4, R14, by which `auditId` is the audit that found it open. Minors named in `together` are part of the major now; it is answered again, with a plan until `planDueOn`. */
export const FindingRaisedToMajor = record('FindingRaisedToMajor', {
  data: {
    findingId: Type.String(),
    reason: Type.String(),
    rule: Type.String(),
    auditId: Type.Optional(Type.String()),
    planDueOn: Type.Optional(date),
    verifyDueOn: Type.Optional(date),
    together: Type.Optional(Type.Array(Type.String())),
    ...told,
  },
  leavesTask: false,
  apply(state, { findingId, reason, auditId, planDueOn, verifyDueOn, together = [] }, { today }) {
    const major = changeFinding(state, findingId, (minor) => {
      if (!isUnverified(minor)) return minor;
      const again = planDueOn ? { ...unanswered(minor), planDueOn, missed: [] } : minor;
      const dates = { ...(auditId ? { raisedAt: auditId } : {}), ...(verifyDueOn ? { verifyDueOn } : {}) };
      return { ...again, grade: 'major', raisedBecause: reason, ...dates };
    });
    const closed = { status: 'closed', partOf: findingId, closedOn: today } as const;
    return together.reduce(
      (before, id) => changeFinding(before, id, (part) => (isUnverified(part) ? { ...part, ...closed } : part)),
      major,
    );
  },
});
