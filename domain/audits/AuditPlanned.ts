import { counted } from '../changing.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import type { ProgramState } from '../state.ts';
import { type Audit, plannedAudit } from './audit.ts';

/** An audit is to take place; its days and its team are not agreed yet. */
export const AuditPlanned = record('AuditPlanned', {
  data: { audit: plannedAudit, ...told },
  leavesTask: false,
  creates: ({ audit }) => ({ auditId: audit.id }),
  apply: (state, { audit }) => withAudit(state, audit),
});

/** The state with one audit more. */
export function withAudit(state: ProgramState, audit: Audit): ProgramState {
  return { ...state, audits: { ...state.audits, [audit.id]: audit }, counters: counted(state, audit.id) };
}
