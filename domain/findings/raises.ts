import { Type } from 'typebox';
import { takeBackSuspension } from '../certificate/suspending.ts';
import { changeFinding } from '../changing.ts';
import type { Draft } from '../draft.ts';
import { record } from '../registry/record.ts';
import { say, type Text } from '../say.ts';
import { isUnverified, type Nonconformity, needsNoAction } from './finding.ts';

/** R14, R28: a minor that had been verified by the end of the audit that found it open, as is told late, was never a major. */
export function takeBackRaise(draft: Draft, { id: findingId, raisedAt }: Nonconformity): void {
  const audit = raisedAt ? draft.state.audits[raisedAt] : undefined;
  if (!audit || audit.status === 'cancelled' || audit.status === 'planned' || draft.on > audit.endsOn) return;
  const reason = say('verifiedBeforeAudit', { auditId: audit.id, kind: audit.kind, verifiedOn: draft.on });
  draft.emit(RaiseTakenBack, { findingId, auditId: audit.id, reason: draft.words(reason) });
}

/** R14, R27: with an outcome that is reopened, what it raised is a minor again; the next outcome says whether it is open still. */
export function takeBackRaises(draft: Draft, auditId: string, reason: Text): void {
  for (const finding of Object.values(draft.state.findings)) {
    if (!isUnverified(finding) || finding.raisedAt !== auditId) continue;
    draft.emit(RaiseTakenBack, { findingId: finding.id, auditId, reason: draft.words(reason) });
    takeBackSuspension(draft, finding.id, { mistaken: true });
  }
}

/** R14: it did not become a major; what was answered stays answered. */
export const RaiseTakenBack = record('RaiseTakenBack', {
  data: { findingId: Type.String(), auditId: Type.String(), reason: Type.String() },
  leavesTask: false,
  apply: (state, { findingId }) =>
    changeFinding(state, findingId, (finding) => {
      if (needsNoAction(finding)) return finding;
      const { raisedAt: _, raisedBecause: __, verifyDueOn: ___, missed, ...rest } = finding;
      return { ...rest, grade: 'minor', missed: missed.filter((deadline) => deadline !== 'verification') };
    }),
});
