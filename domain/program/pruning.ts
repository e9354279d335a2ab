import { isComing } from '../audits/audit.ts';
import { needsNoAction } from '../findings/finding.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';

/**
 * A new cycle carries on with what is open; what was closed in the old one stays in the register and the read tables.
 * The audits of the last cycle are kept until the next: R9 and R14 look back at them. This is done as the work of the
 * cycle is laid out, not as it starts: what the decision closes must reach the read tables before it leaves the state.
 */
export function pruned({ nearlyFullOn: _, ...state }: ProgramState): ProgramState {
  const findings = Object.values(state.findings).filter((one) => one.status !== 'closed' && !needsNoAction(one));
  const named = new Set(findings.map(({ auditId }) => auditId));
  const cycle = state.certificate?.cycle ?? 0;
  const audits = Object.values(state.audits).filter(
    (audit) => audit.cycle >= cycle - 1 || named.has(audit.id) || isComing(audit),
  );
  return { ...state, tasks: byId(openTasks(state)), findings: byId(findings), audits: byId(audits) };
}

function byId<T extends { id: string }>(entries: T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}
