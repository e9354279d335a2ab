import type { Email, Instant } from '../../domain/basics.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { Evidence } from '../../domain/tasks/task.ts';
import type { Sight } from '../../identity/reading/sight.ts';
import type { Ties } from '../../identity/reading/ties.ts';
import { shows } from '../../identity/reading/topics.ts';

/** Evidence that was accepted, and by whom. */
export interface AcceptedPiece {
  taskId: string;
  evidence: Evidence;
  acceptedAt: Instant;
  acceptedBy: Email | 'system';
  /** What the reviewer said. */
  note: string;
}

/**
 * Every piece of evidence in some records that was accepted as such and that somebody may read, the latest first. What was
 * accepted for a task that somebody opened by hand, or for an incident, shows nothing of a requirement.
 */
export function acceptedIn(
  records: readonly ProgramRecord[],
  { sight, ties }: { sight: Sight; ties: Ties },
): AcceptedPiece[] {
  const submitted = new Map<string, { evidence: Evidence; seq: number }>();
  const accepted: AcceptedPiece[] = [];
  for (const { type, data, seq, at, actor } of records) {
    if (type === 'EvidenceSubmitted') submitted.set(data.taskId, { evidence: data.evidence, seq });
    if (type !== 'EvidenceAccepted') continue;
    const last = submitted.get(data.taskId);
    if (!last || !shows(data.taskId, ties) || !sight.evidence(data.taskId, last.seq)) continue;
    const { taskId, note } = data;
    accepted.push({ taskId, evidence: last.evidence, acceptedAt: at, acceptedBy: actor, note });
  }
  return accepted.reverse();
}
