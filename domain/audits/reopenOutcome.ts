import { Type } from 'typebox';
import { yearOf } from '../calendar.ts';
import { changeAudit } from '../changing.ts';
import { mustNotPrecede, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { takeBackRaises } from '../findings/raises.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { actOfBody, told } from '../registry/told.ts';
import { say } from '../say.ts';
import { AuditCancelled } from './AuditCancelled.ts';
import { auditResults, type HeldAudit, type ScheduledAudit, scheduledAudit } from './audit.ts';
import { mustNotBeFinal } from './finality.ts';
import { askForOutcome } from './scheduling.ts';
import { mustSpeakForTeam } from './underWay.ts';

export const reopenOutcome = command('reopenOutcome', {
  summary: 'Reopen its outcome, to record another (R27)',
  payload: { auditId: id, reason, ...actOfBody },
  roles: ['leadAuditor', 'internalAuditor'],
  address: { does: 'act', path: '/audits/:auditId/reopen', gives: 'audit' },
  example: {
    at: 'decisionDue',
    by: 'leadAuditor',
    payload: { auditId: 'A-3', reason: 'A finding of the second day was left out.' },
  },
  decide(draft, { auditId, reason: why }) {
    const audit = draft.audit(auditId);
    if (audit.status !== 'held') refuse('state', 'onlyHeldIsReopened', { auditId, status: audit.status });
    mustSay(why, 'reason');
    mustSpeakForTeam(draft, audit);
    mustNotPrecede(draft, audit.outcomeOn ?? audit.endsOn);
    mustNotBeFinal(draft, audit);
    const because = say('outcomeReopened', { auditId, reason: why });
    takeBackPlanned(draft, audit, draft.words(because));
    draft.emit(OutcomeReopened, { auditId, reason: why, result: audit.result, ...draft.told });
    draft.cancelTasks({ auditId }, because);
    takeBackRaises(draft, auditId, because);
    askForOutcome(draft, audit);
  },
});

/** The outcome does not count; it is as scheduled as it was, and its findings stay. */
export const OutcomeReopened = record('OutcomeReopened', {
  data: { auditId: Type.String(), reason: Type.String(), result: Type.Enum(auditResults), ...told },
  leavesTask: false,
  apply: (state, { auditId }) => ({
    ...changeAudit(state, auditId, (audit) => (audit.status === 'held' ? asScheduled(audit) : audit)),
    // A decision that was delayed waits for the new outcome.
    ...(state.decision?.auditId === auditId ? { decision: undefined } : {}),
  }),
});

/** What a held audit was before its outcome. */
function asScheduled(audit: HeldAudit): ScheduledAudit {
  const kept = Object.entries(audit).filter(([name]) => Object.hasOwn(scheduledAudit.properties, name));
  // What is kept is what a scheduled audit has.
  return { ...Object.fromEntries(kept), status: 'scheduled', reopened: true } as ScheduledAudit;
}

/**
 * What was planned on the strength of the outcome and has no days yet: a Stage 2, or a Stage 1 again; or the surveillance of
 * a calendar year that this one left without (R11).
 */
function takeBackPlanned(draft: Draft, { id, kind, cycle, latestOn }: HeldAudit, why: string): void {
  if (kind !== 'stage1' && kind !== 'surveillance') return;
  const numberOf = (auditId: string) => Number(auditId.slice(2));
  const year = latestOn && yearOf(latestOn);
  const yearEnd = year && `${year}-12-31`;
  for (const other of Object.values(draft.state.audits)) {
    if (other.status !== 'planned' || other.cycle !== cycle || numberOf(other.id) < numberOf(id)) continue;
    const isStage = other.kind === 'stage1' || other.kind === 'stage2';
    const isOfYear = other.kind === 'surveillance' && other.latestRule === 'R11' && other.latestOn === yearEnd;
    if (kind === 'stage1' ? !isStage : !isOfYear) continue;
    draft.emit(AuditCancelled, { auditId: other.id, reason: why, takenBack: true });
    draft.cancelTasks({ auditId: other.id }, why);
  }
}
