import { mustNotPrecede } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { hasRole } from '../people/people.ts';
import { forbidden, refuse } from '../refusal.ts';
import type { HeldAudit, ScheduledAudit } from './audit.ts';
import { mustNotOwn } from './scheduling.ts';

/** The audit, which must have begun and have no outcome yet, and whose team the sender is on or speaks for. */
export function mustBeUnderWay(draft: Draft, auditId: string): ScheduledAudit {
  const audit = draft.audit(auditId);
  if (audit.status === 'held') refuse('state', 'auditHasOutcome', { auditId, result: audit.result });
  if (audit.status !== 'scheduled') refuse('state', 'auditNotScheduled', { auditId, status: audit.status });
  const { startsOn } = audit;
  if (draft.today < startsOn) refuse('dates', 'auditNotBegun', { auditId, startsOn });
  mustNotPrecede(draft, startsOn);
  mustSpeakForTeam(draft, audit);
  return audit;
}

/**
 * Findings and outcome are the team's. Where nobody of it takes part any more who could lead it, another lead auditor of the
 * body reports, or of an internal audit another internal auditor who did not work on what it looked at (R9).
 */
export function mustSpeakForTeam(
  draft: Draft,
  { id: auditId, kind, team, criteria, endsOn }: ScheduledAudit | HeldAudit,
): void {
  const { state, sender } = draft;
  if (team.includes(sender)) return;
  const role = kind === 'internal' ? 'internalAuditor' : 'leadAuditor';
  const isLeft = !team.some((email) => hasRole(state, email, role));
  if (!isLeft || !hasRole(state, sender, role)) forbidden('notOnTeam', { email: sender, auditId, team });
  if (kind === 'internal') mustNotOwn(draft, [sender], endsOn, criteria);
}
