import { Type } from 'typebox';
import { takeBackSuspension } from '../certificate/suspending.ts';
import { changeFinding } from '../changing.ts';
import { mustNotPrecede, mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { auditors } from '../registry/roles.ts';
import { actOfBody, told } from '../registry/told.ts';
import { mustBeCorrectable, separate, stopAsking } from './correcting.ts';
import type { Finding, WithdrawnFinding } from './finding.ts';
import { judgedOn, mustAuditFor } from './judging.ts';

export const withdrawFinding = command('withdrawFinding', {
  summary: 'Withdraw a finding that was a mistake (R27)',
  payload: { findingId: id, reason, ...actOfBody },
  roles: auditors,
  address: { does: 'act', path: '/findings/:findingId/withdraw', gives: 'finding' },
  example: {
    at: 'findingRaised',
    by: 'leadAuditor',
    payload: { findingId: 'F-1', reason: 'It belongs to another organization that was audited in that week.' },
  },
  decide(draft, { findingId, reason: why }) {
    const finding = draft.finding(findingId);
    const audit = mustBeCorrectable(draft, finding);
    mustAuditFor(draft, finding);
    mustSay(why, 'reason');
    mustNotPrecede(draft, finding.raisedOn);
    stopAsking(draft, findingId, why);
    draft.emit(FindingWithdrawn, { findingId, reason: why, ...draft.told });
    separate(draft, finding, audit);
    takeBackSuspension(draft, findingId, { mistaken: true });
  },
});

/** R27: it asks for nothing any more, and no decision looks at it. */
export const FindingWithdrawn = record('FindingWithdrawn', {
  data: { findingId: Type.String(), reason: Type.String(), ...told },
  leavesTask: false,
  apply: (state, { findingId, on }, { today }) =>
    changeFinding(judgedOn(state, findingId, on ?? today), findingId, (finding) => withdrawn(finding, on ?? today)),
});

function withdrawn(finding: Finding, withdrawnOn: WithdrawnFinding['withdrawnOn']): WithdrawnFinding {
  const { id: findingId, auditId, requirementId, statement, raisedOn, raisedBy, missed, reopened, grade } = finding;
  const kept = { id: findingId, auditId, requirementId, statement, raisedOn, raisedBy, missed, reopened, grade };
  return { ...kept, status: 'withdrawn', withdrawnOn };
}
