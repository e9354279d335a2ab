import { Type } from 'typebox';
import { changeAudit } from '../changing.ts';
import { mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { hasRole } from '../people/people.ts';
import { forbidden, refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email, id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { bodySpeakers, manager } from '../registry/roles.ts';
import { actOfBody, told } from '../registry/told.ts';
import { say } from '../say.ts';
import { type Audit, everOnTeam, isComing } from './audit.ts';
import { askToMakeUpFor, isMissedStage2 } from './missing.ts';
import { askForSchedule, schedulingDueOn } from './planning.ts';
import { mustBeTheirs } from './scheduling.ts';

export const callOffAudit = command('callOffAudit', {
  summary: 'Call it off: the days that were agreed do not hold',
  payload: { auditId: id, reason, ...actOfBody },
  roles: [...manager, ...bodySpeakers, 'internalAuditor'],
  address: { does: 'act', path: '/audits/:auditId/call-off', gives: 'audit' },
  example: {
    at: 'stage2UnderWay',
    by: 'programManager',
    payload: { auditId: 'A-3', reason: 'The audit team is snowed in.' },
  },
  decide(draft, { auditId, reason: why }) {
    const audit = draft.audit(auditId);
    mustBeTheirsToCallOff(draft, audit);
    mustSay(why, 'reason');
    mustNotHaveBegun(draft, audit);
    const { kind, team } = audit;
    // In place of a Stage 2 whose time is over, Stage 1 is held again (R3).
    const forGood = kind === 'special' || isMissedStage2(audit);
    draft.emit(AuditCalledOff, { auditId, reason: why, team, ...(forGood ? { forGood } : {}), ...draft.told });
    draft.cancelTasks({ auditId }, say('auditCalledOff', { auditId, reason: why }));
    if (!forGood) askAgain(draft, auditId);
  },
});

/**
 * Its days and its team, `team`, no longer hold; others are agreed on. `forGood`: it does not take place, as a special audit,
 * which nothing but its occasion asks for.
 */
export const AuditCalledOff = record('AuditCalledOff', {
  data: {
    auditId: Type.String(),
    reason: Type.String(),
    team: Type.Array(email),
    forGood: Type.Optional(Type.Literal(true)),
    ...told,
  },
  leavesTask: false,
  apply: (state, { auditId, forGood }) =>
    changeAudit(state, auditId, (audit) => {
      if (!isComing(audit)) return audit;
      if (forGood) return { ...audit, status: 'cancelled' };
      const { startsOn: _, endsOn: __, criteria: ___, ...planned } = { startsOn: '', endsOn: '', ...audit };
      return { ...planned, team: [], tookPart: everOnTeam(audit), status: 'planned' };
    }),
});

/** Who agrees on an audit can call it off; one at short notice is the body's alone (R19). */
function mustBeTheirsToCallOff(draft: Draft, audit: Audit): void {
  const { kind, occasion } = audit;
  const ofBody = kind === 'special' && occasion !== undefined && occasion !== 'scopeExtension';
  if (!ofBody) mustBeTheirs(draft, audit);
  else if (!hasRole(draft.state, draft.sender, ...bodySpeakers)) forbidden('shortNoticeIsTheBodys', { occasion });
}

/** What was held, or has found something, took place; what has no days yet is not agreed, but for a special audit. */
function mustNotHaveBegun({ state }: Draft, audit: Audit): void {
  const { id: auditId, status, kind } = audit;
  const isAgreed = status === 'scheduled' || (status === 'planned' && kind === 'special');
  if (!isAgreed) refuse('state', 'nothingToCallOff', { auditId, status });
  const found = Object.values(state.findings).find((finding) => finding.auditId === auditId);
  const wasHeld = status === 'scheduled' && audit.reopened;
  if (found || wasHeld)
    refuse('state', 'calledOffAfterItBegan', { auditId, ...(found ? { findingId: found.id } : {}) });
}

/** Other days are agreed on: at once, unless the preparation of the audit asks for them when it is near. */
function askAgain(draft: Draft, auditId: string): void {
  const audit = draft.audit(auditId);
  if (audit.status !== 'planned') return;
  const { kind, prepared, missed, latestOn, latestRule: rule } = audit;
  if (missed && latestOn && rule) {
    askToMakeUpFor(draft, audit, { latestOn, rule });
    return;
  }
  const isAskedLater = (kind === 'surveillance' || kind === 'recertification') && prepared === 0;
  if (!isAskedLater) askForSchedule(draft, audit, schedulingDueOn(draft), say('otherDaysNeeded', {}));
}
