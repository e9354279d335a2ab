import type { HeldAudit, ScheduledAudit } from '../audits/audit.ts';
import { mustNotBeFinal } from '../audits/finality.ts';
import { latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { deadlinesInTime } from '../rules/findings.ts';
import { say } from '../say.ts';
import { askForPlan } from './asks.ts';
import { FindingCorrected } from './FindingCorrected.ts';
import type { Finding, NonconformityGrade, OpenFinding } from './finding.ts';

/** The audit of a finding, whose findings can still be put right (R27): it is under way, or nothing rests on it. */
export function mustBeCorrectable(
  draft: Draft,
  { auditId, id: findingId, status }: Finding,
): HeldAudit | ScheduledAudit {
  const audit = draft.audit(auditId);
  if (status === 'withdrawn') refuse('state', 'findingWithdrawn', { findingId });
  if (audit.status === 'held') mustNotBeFinal(draft, audit);
  // Findings are raised in audits that have begun.
  if (audit.status !== 'held' && audit.status !== 'scheduled')
    refuse('state', 'auditNotScheduled', { auditId, status: audit.status });
  return audit;
}

/** A finding as it waits for its plan, with the days that R7 gives it: from the audit's end, or from when it was told. */
export function asked(
  draft: Draft,
  { id, auditId, requirementId, statement, raisedOn, raisedBy, reopened }: Finding,
  { grade, endsOn }: { grade: NonconformityGrade; endsOn: HeldAudit['endsOn'] },
): OpenFinding {
  const since = latest(endsOn, draft.today);
  const shared = { id, auditId, requirementId, statement, raisedOn, raisedBy, reopened, missed: [] };
  const audit = { kind: draft.audit(auditId).kind, endsOn };
  const deadlines = deadlinesInTime(draft.state, audit, grade, since, draft.today);
  return { ...shared, grade, status: 'open', ...deadlines };
}

/** R4: the minors that were raised together to a major that it no longer is are minors again, each with a plan of its own. */
export function separate(draft: Draft, { id: majorId }: Finding, { endsOn }: Pick<HeldAudit, 'endsOn'>): void {
  for (const part of Object.values(draft.state.findings)) {
    if (!('partOf' in part) || part.partOf !== majorId) continue;
    const finding = asked(draft, part, { grade: 'minor', endsOn });
    draft.emit(FindingCorrected, { finding, previous: pastOf(part), reason: draft.say('noLongerPart', { majorId }) });
    if (finding.planDueOn) askForPlan(draft, finding, finding.planDueOn);
  }
}

/** What a finding was before it was put right. */
export function pastOf({ grade, requirementId, statement }: Finding) {
  return { grade, requirementId, statement };
}

/** Nobody answers any more what a finding no longer asks for. */
export function stopAsking(draft: Draft, findingId: string, why: string): void {
  draft.cancelTasks({ findingId }, say('findingPutRight', { findingId, reason: why }));
}
