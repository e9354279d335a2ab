import { isNonconformity, responseDeadlines } from '../rules/findings.ts';
import type { Audit, BodyProfile, Finding, IsoDate, ProgramState } from '../types/index.ts';
import { type Appliers, change, counted } from './handler.ts';

/** Records of audits, findings and corrective actions. */
export const auditAppliers: Appliers<
  | 'AuditPlanned'
  | 'EarlierAuditRecorded'
  | 'AuditScheduled'
  | 'AuditPrepared'
  | 'AuditMissed'
  | 'AuditOutcomeRecorded'
  | 'AuditCancelled'
  | 'AuditOutdated'
  | 'AuditUnscheduled'
  | 'FindingRaised'
  | 'CorrectiveActionPlanned'
  | 'CorrectiveActionPlanReviewed'
  | 'CorrectiveActionDone'
  | 'FindingVerified'
  | 'FindingRaisedToMajor'
  | 'DeadlineMissed'
> = {
  AuditPlanned: (state, { audit }) => withAudit(state, audit),
  EarlierAuditRecorded: (state, { audit }) => withAudit(state, audit),
  AuditScheduled: (state, { auditId, startsOn, endsOn, team, criteria }) =>
    change(state, 'audits', auditId, (audit) => ({
      ...audit,
      startsOn,
      endsOn,
      team,
      ...(criteria ? { criteria } : {}),
      status: 'scheduled',
    })),
  AuditPrepared: (state, { auditId, step }) =>
    change(state, 'audits', auditId, (audit) => ({ ...audit, prepared: step + 1 })),
  AuditMissed: (state, { auditId }) => change(state, 'audits', auditId, (audit) => ({ ...audit, missed: true })),
  AuditOutcomeRecorded: (state, { auditId, result, covered }) =>
    change(state, 'audits', auditId, (audit) => ({
      ...audit,
      status: 'held',
      result,
      ...(covered ? { covered } : {}),
    })),
  AuditCancelled: (state, { auditId }) =>
    change(state, 'audits', auditId, (audit) => ({ ...audit, status: 'cancelled' })),
  AuditUnscheduled: (state, { auditId }) =>
    change(state, 'audits', auditId, ({ startsOn: _, endsOn: __, criteria: ___, ...audit }) => ({
      ...audit,
      team: [],
      status: 'planned',
    })),
  // A decision that was delayed on it is never taken.
  AuditOutdated: (state, { auditId, rule }) => ({
    ...change(state, 'audits', auditId, (audit) => ({ ...audit, outdated: rule })),
    decision: undefined,
  }),

  FindingRaised: (state, { finding }) => ({
    ...state,
    findings: { ...state.findings, [finding.id]: finding },
    counters: counted(state, finding.id),
  }),
  CorrectiveActionPlanned: (state, { findingId, plan }) => finding(state, findingId, { status: 'planned', plan }),
  CorrectiveActionPlanReviewed: (state, { findingId, verdict }) =>
    finding(state, findingId, { status: verdict === 'accept' ? 'planAccepted' : 'open' }),
  CorrectiveActionDone: (state, { findingId }) => finding(state, findingId, { status: 'done' }),
  FindingVerified: (state, { findingId, effective, closed }, { today }) =>
    change(state, 'findings', findingId, (found) =>
      effective
        ? { ...found, status: closed ? 'closed' : 'verified', closedOn: today }
        : reopened(found, today, state.body.profile),
    ),
  FindingRaisedToMajor: (state, { findingId, reason, planDueOn, verifyDueOn, together = [] }, { today }) => {
    const raised = finding(state, findingId, {
      grade: 'major',
      raisedBecause: reason,
      ...(planDueOn ? { planDueOn, status: 'open', plan: undefined, missed: [] } : {}),
      ...(verifyDueOn ? { verifyDueOn } : {}),
    });
    const part = { status: 'closed', partOf: findingId, closedOn: today } as const;
    return together.reduce((before, id) => finding(before, id, part), raised);
  },
  DeadlineMissed: (state, { findingId, deadline }) =>
    change(state, 'findings', findingId, (found) => ({ ...found, missed: [...found.missed, deadline] })),
};

function withAudit(state: ProgramState, audit: Audit): ProgramState {
  return { ...state, audits: { ...state.audits, [audit.id]: audit }, counters: counted(state, audit.id) };
}

function finding(state: ProgramState, id: string, changes: Partial<Finding>): ProgramState {
  return change(state, 'findings', id, (found) => ({ ...found, ...changes }));
}

/**
 * R7: an action that was found ineffective is planned again, within the days for a plan from now. The time to verify a
 * major runs anew only when it had been verified: failing a verification gains no time.
 */
function reopened(found: Finding, today: IsoDate, profile: BodyProfile): Finding {
  if (!isNonconformity(found.grade)) return found;
  const { planDueOn, verifyDueOn } = responseDeadlines(found.grade, today, profile);
  const anew = found.closedOn !== undefined;
  return {
    ...found,
    status: 'open',
    plan: undefined,
    closedOn: undefined,
    planDueOn,
    ...(anew && verifyDueOn ? { verifyDueOn } : {}),
    missed: found.missed.filter((deadline) => deadline === 'verification' && !anew),
    reopened: found.reopened + 1,
  };
}
