import type { Draft } from '../draft.ts';
import { forbidden, refuse } from '../refusal.ts';
import type { ScheduledAudit } from './audit.ts';

/** The audit, which must have begun and have no outcome yet, and have the sender on its team. */
export function mustBeUnderWay(draft: Draft, auditId: string): ScheduledAudit {
  const audit = draft.audit(auditId);
  if (audit.status === 'held') refuse('state', 'auditHasOutcome', { auditId, result: audit.result });
  if (audit.status !== 'scheduled') refuse('state', 'auditNotScheduled', { auditId, status: audit.status });
  const { startsOn, team } = audit;
  if (draft.today < startsOn) refuse('dates', 'auditNotBegun', { auditId, startsOn });
  if (!team.includes(draft.sender)) forbidden('notOnTeam', { email: draft.sender, auditId, team });
  return audit;
}
