import { AuditMissed } from '../audits/AuditMissed.ts';
import { AuditOutdated } from '../audits/AuditOutdated.ts';
import { auditOn, type ComingAudit, isComing } from '../audits/audit.ts';
import { cancelAudits, schedulingDays } from '../audits/planning.ts';
import { prepare } from '../audits/preparing.ts';
import { heldAuditOf, isDecided, stage2CountsFrom } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addWorkingDays, earliest, endOfDay, morningOf } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { findingsFor } from '../findings/queries.ts';
import { manager } from '../people/people.ts';
import { preparationDays } from '../profile.ts';
import { stage2BeginsUntil } from '../rules/audits.ts';
import { recertificationPreparedFrom } from '../rules/cycle.ts';
import { majorsVerifiedTooLate, majorVerifiedUntil } from '../rules/findings.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { Due } from './moment.ts';

/** For each audit that is not held: its day, the steps that prepare it, and the moment from which it is missed. */
export function auditMoments(state: ProgramState): Due[] {
  const coming = Object.values(state.audits)
    .filter(isComing)
    .flatMap((audit) => [
      dayOf(state, audit),
      ...preparation(state, audit),
      ...missed(state, audit),
      ...tooLate(state, audit),
    ]);
  return [...coming, ...outdated(state)];
}

function dayOf({ calendar }: ProgramState, audit: ComingAudit): Due {
  const { id: auditId, kind, status } = audit;
  const title = say('momentOfAudit', { auditId, kind, agreed: status === 'scheduled' });
  return { at: morningOf(auditOn(audit), calendar.timeZone), kind: 'audit', title, ref: auditId };
}

/** R13 and the preparation table: 90, 60 and 30 days before; for a recertification from 6 months before expiry (R15). */
function preparation(state: ProgramState, audit: ComingAudit): Due[] {
  const { id: auditId, kind, prepared } = audit;
  if (kind !== 'surveillance' && kind !== 'recertification') return [];
  return preparationDays.slice(prepared).map((days, index) => {
    const step = prepared + index;
    const at = morningOf(stepOn(state, audit, step, days), state.calendar.timeZone);
    const act = (draft: Draft) => prepare(draft, auditId, step, days);
    return { at, kind: 'preparation', title: say('momentOfPreparation', { auditId, kind, days }), ref: auditId, act };
  });
}

function stepOn({ certificate, body }: ProgramState, audit: ComingAudit, step: number, days: number): IsoDate {
  const on = addDays(auditOn(audit), -days);
  if (audit.kind !== 'recertification' || step > 0 || !certificate) return on;
  return earliest(on, recertificationPreparedFrom(certificate, body.profile));
}

/**
 * R10, R11: the last day on which the audit is allowed went by. One that is held in time and has its outcome recorded
 * later is not missed. R15 ends with the certificate itself.
 */
function missed({ calendar }: ProgramState, audit: ComingAudit): Due[] {
  const { id: auditId, kind, status, latestOn, latestRule: rule } = audit;
  if (!latestOn || !rule || audit.missed || kind !== 'surveillance') return [];
  if (status === 'scheduled' && audit.endsOn <= latestOn) return [];
  const act = (draft: Draft) => {
    draft.emit(AuditMissed, { auditId, rule, latestOn });
    if (status === 'planned') askToMakeUpFor(draft, audit, { latestOn, rule });
  };
  const title = say('momentOfLatestDay', { auditId, kind, rule });
  return [{ at: endOfDay(latestOn, calendar.timeZone), kind: 'latest', title, ref: auditId, act }];
}

/**
 * R10, R11: a missed audit without dates has one task in place of the one that asked for them in time. The time is the
 * body's and over: no pause holds it. It is done with dates, whether the certificate is suspended or not, and pointless
 * once the audit is cancelled, as with a lapse or a new cycle.
 */
function askToMakeUpFor(draft: Draft, audit: ComingAudit, late: { latestOn: IsoDate; rule: string }): void {
  const { id: auditId, kind } = audit;
  draft.cancelTasks({ auditId }, say('timeIsOver', { auditId, ...late }), 'auditSchedule');
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
    say('lastDayPassed', late),
  );
}

/** R3: the last day on which Stage 2 may begin went by without dates for it: it is given up, and Stage 1 is repeated. */
function tooLate(state: ProgramState, audit: ComingAudit): Due[] {
  if (audit.kind !== 'stage2' || audit.status !== 'planned') return [];
  const from = stage2CountsFrom(state);
  if (!from) return [];
  const until = stage2BeginsUntil(from, state.body.profile);
  const act = (draft: Draft) => {
    draft.warn('R3', 'stage2GivenUp', { until, from });
    cancelAudits(draft, [audit], say('stage2GivenUp', { until, from }));
  };
  const title = say('momentOfStage2Latest', { until });
  return [{ at: endOfDay(until, state.calendar.timeZone), kind: 'latest', title, ref: audit.id, act }];
}

/**
 * R6: the last day on which the majors can be verified for a decision to rest on this Stage 2. Past it, whatever was
 * asked for on this Stage 2 is cancelled, and the story plans another.
 */
function outdated(state: ProgramState): Due[] {
  const stage2 = state.phase === 'certificationAudit' ? heldAuditOf(state, 'stage2') : undefined;
  if (!stage2 || isDecided(state, stage2)) return [];
  const { profile } = state.body;
  const until = majorVerifiedUntil(stage2.endsOn, profile);
  const late = majorsVerifiedTooLate(findingsFor(state, stage2), stage2, addDays(until, 1), profile);
  if (late.length === 0) return [];
  const { id: auditId } = stage2;
  const findings = late.map(({ id }) => id);
  const act = (draft: Draft) => {
    draft.emit(AuditOutdated, { auditId, rule: 'R6', untilOn: until, findings });
    draft.cancelTasks({ auditId }, say('stage2Outdated', { findings }));
  };
  const title = say('momentOfMajorsLatest', { auditId, findings, until });
  return [{ at: endOfDay(until, state.calendar.timeZone), kind: 'latest', title, ref: auditId, act }];
}
