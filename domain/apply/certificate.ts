import type { Certificate, ProgramState } from '../types/index.ts';
import { type Appliers, change } from './handler.ts';

/** Records of the decision and of the certificate's life. */
export const certificateAppliers: Appliers<
  | 'DecisionRecorded'
  | 'CertificateIssued'
  | 'CertificateRenewed'
  | 'CertificateSuspended'
  | 'CertificateReinstated'
  | 'CertificateScopeChanged'
  | 'CertificateTransferred'
  | 'CertificateWithdrawn'
  | 'CertificateLapsed'
  | 'RestorationEnded'
  | 'CertificateRestored'
  | 'SignificantChangeReported'
  | 'CycleStarted'
> = {
  DecisionRecorded: (state, { auditId, decision }, { today }) =>
    state.audits[auditId]?.kind === 'special'
      ? change(state, 'audits', auditId, (audit) => ({ ...audit, decision }))
      : { ...state, decision: { auditId, decision, on: today } },
  CertificateIssued: (state, { certificate }) => ({ ...state, certificate }),
  CertificateRenewed: (state, { certificate }) => ({ ...state, certificate }),
  CertificateSuspended: (state, _data, { today }) => changed(state, { status: 'suspended', suspendedOn: today }),
  CertificateReinstated: (state) => changed(state, { status: 'valid', suspendedOn: undefined }),
  CertificateScopeChanged: (state, { scope }) => ({ ...changed(state, { scope }), scope }),
  CertificateTransferred: (state, { to, certificateNumber }) => ({
    ...(certificateNumber ? changed(state, { number: certificateNumber }) : state),
    body: to,
  }),
  CertificateWithdrawn: (state) => changed(state, { status: 'withdrawn' }),
  CertificateLapsed: (state, { lastDay }) => changed(state, { status: 'lapsed', lapsedOn: lastDay }),
  RestorationEnded: (state, _data, { today }) => changed(state, { restorationEndedOn: today }),
  CertificateRestored: (state, { certificate }) => ({ ...state, certificate }),
  SignificantChangeReported: (state, { description }, { today }) => ({
    ...state,
    significantChange: { on: today, description },
  }),
  CycleStarted: (state) => ({ ...state, phasePlanned: false, decision: undefined, significantChange: undefined }),
};

function changed(state: ProgramState, changes: Partial<Certificate>): ProgramState {
  return { ...state, certificate: { ...(state.certificate as Certificate), ...changes } };
}

/**
 * A new cycle carries on with what is open; what was closed in the old one stays in the register and the read tables.
 * The audits of the last cycle are kept until the next: R9 and R14 look back at them. This is done as the work of the
 * cycle is laid out, not as it starts: what the decision closes must reach the read tables before it is let go.
 */
export function pruned(state: ProgramState): ProgramState {
  const tasks = Object.values(state.tasks).filter((task) => !task.closedOn);
  const findings = Object.values(state.findings).filter(
    (finding) => finding.status !== 'closed' && finding.status !== 'noted',
  );
  const named = new Set(findings.map((finding) => finding.auditId));
  const cycle = state.certificate?.cycle ?? 0;
  const audits = Object.values(state.audits).filter(
    (audit) =>
      audit.cycle >= cycle - 1 || named.has(audit.id) || audit.status === 'planned' || audit.status === 'scheduled',
  );
  return { ...state, tasks: byId(tasks), findings: byId(findings), audits: byId(audits) };
}

function byId<T extends { id: string }>(entries: T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}
