import type { IsoDate } from '../basics.ts';
import { addWorkingDays, earliest, latest, yearOf } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { manager } from '../people/people.ts';
import { yearsOwed } from '../rules/cycle.ts';
import { say } from '../say.ts';
import { AuditMissed } from './AuditMissed.ts';
import { type Audit, auditOn, type ComingAudit, type HeldAudit, isComing, isHeld } from './audit.ts';
import { MissedAuditTakenBack } from './MissedAuditTakenBack.ts';
import { cancelAudits, planAuditOf, schedulingDays } from './planning.ts';
import { auditsOf, comingAudit } from './queries.ts';

/** The last day that a rule allows, which went by. */
interface Passed {
  latestOn: IsoDate;
  rule: string;
}

/**
 * R10, R11: a surveillance was not held by its last day, as far as anybody said. Without dates after that day, its manager
 * is asked to make up for it.
 */
export function missSurveillance(draft: Draft, audit: ComingAudit, passed: Passed): void {
  const { id: auditId, status } = audit;
  draft.emit(AuditMissed, { auditId, ...passed });
  if (status === 'planned' || audit.endsOn <= passed.latestOn) askToMakeUpFor(draft, audit, passed);
}

/**
 * R3: a Stage 2 that had dates did not begin by the last day, as far as anybody said. Stage 1 is held again; until that has
 * its outcome, an outcome of this Stage 2 that is told late still counts.
 */
export function missStage2(draft: Draft, { id: auditId }: ComingAudit, passed: Passed): void {
  draft.emit(AuditMissed, { auditId, ...passed });
  draft.cancelTasks({ auditId }, say('timeIsOver', { auditId, ...passed }));
}

/**
 * Takes back that an audit was missed which was held in time and whose outcome was told late; whoever was told of the
 * one is told of the other. Where Stage 1 was to be held again in its place, it is not.
 */
export function takeBackMissed(draft: Draft, auditId: string): void {
  const audit = draft.audit(auditId);
  if (!isHeld(audit) || !audit.missed || !wasInTime(audit)) return;
  const { latestOn, latestRule: rule, startsOn, endsOn } = audit;
  if (!latestOn || !rule) return;
  draft.emit(MissedAuditTakenBack, { auditId, rule, latestOn, startsOn, endsOn });
  const again = audit.kind === 'stage2' ? comingAudit(draft.state, 'stage1') : undefined;
  if (again) cancelAudits(draft, [again], say('stage2WasHeld', { auditId, startsOn }));
}

/** R11: a surveillance that was held before its calendar year does not serve that year: another is planned for it. */
export function planYearLeft(draft: Draft, auditId: string): void {
  const { certificate, body } = draft.state;
  const audit = draft.audit(auditId);
  if (!isHeld(audit) || audit.kind !== 'surveillance' || !certificate) return;
  const year = yearOf(audit.latestOn ?? audit.endsOn);
  const others = auditsOf(draft.state, 'surveillance').map((one) => yearOf(isHeld(one) ? one.endsOn : auditOn(one)));
  if (others.includes(year) || !yearsOwed(certificate, body.profile).includes(year)) return;
  const latestOn: IsoDate = `${year}-12-31`;
  const targetOn = earliest(latest(audit.targetOn, draft.today), latestOn);
  planAuditOf(draft, 'surveillance', { targetOn, latestOn, latestRule: 'R11' }, say('yearStillOwed', { year }), false);
}

/** A Stage 2 that was given up for a Stage 1 that has its outcome now: its time is counted anew from that. */
export function giveUpMissedStage2(draft: Draft): void {
  const missed = Object.values(draft.state.audits).filter(isMissedStage2);
  cancelAudits(draft, missed, say('stage2NotHeld', {}));
}

/** R3: whether it is a Stage 2 that is not held and whose time to begin is over. */
export function isMissedStage2(audit: Audit): audit is ComingAudit {
  return audit.kind === 'stage2' && isComing(audit) && audit.missed === true;
}

/** R3 counts the day on which Stage 2 begins, R10 and R11 the last day of a surveillance. */
function wasInTime({ kind, startsOn, endsOn, latestOn }: HeldAudit): boolean {
  return latestOn !== undefined && (kind === 'stage2' ? startsOn : endsOn) <= latestOn;
}

/**
 * A missed surveillance has one task in place of the one that asked for its dates in time. The time is the
 * body's and over: no pause holds it. It is done with dates, whether the certificate is suspended or not, and pointless
 * once the audit is cancelled, as with a lapse or a new cycle.
 */
export function askToMakeUpFor(draft: Draft, { id: auditId, kind, status }: ComingAudit, passed: Passed): void {
  draft.cancelTasks({ auditId }, say('timeIsOver', { auditId, ...passed }), 'auditSchedule');
  draft.openTask(
    {
      kind: 'missedAudit',
      title: say('taskMakeUpForMissed', { auditId, kind }),
      assignee: manager(draft.state),
      dueOn: addWorkingDays(draft.today, schedulingDays, draft.state.calendar),
      auditId,
      priority: 'critical',
      bodyDeadline: true,
    },
    status === 'planned' ? say('lastDayPassed', passed) : say('noOutcomeByLastDay', passed),
  );
}
