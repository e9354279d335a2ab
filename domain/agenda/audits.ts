import { AuditOutdated } from '../audits/AuditOutdated.ts';
import { auditOn, type ComingAudit, isComing } from '../audits/audit.ts';
import { missStage2, missSurveillance } from '../audits/missing.ts';
import { cancelAudits } from '../audits/planning.ts';
import { prepare } from '../audits/preparing.ts';
import { heldAuditOf, isDecided, stage2CountsFrom } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, earliest, endOfDay, latest, morningOf } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { findingsFor } from '../findings/queries.ts';
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
 * R10, R11: the last day on which the audit is allowed went by without an outcome. One that was held in time and has its
 * outcome recorded later is not missed then. R15 ends with the certificate itself.
 */
function missed({ calendar }: ProgramState, audit: ComingAudit): Due[] {
  const { id: auditId, kind, latestOn, latestRule: rule } = audit;
  if (!latestOn || !rule || audit.missed || isReopened(audit) || kind !== 'surveillance') return [];
  const act = (draft: Draft) => missSurveillance(draft, audit, { rule, latestOn });
  const title = say('momentOfLatestDay', { auditId, kind, rule });
  return [{ at: endOfDay(latestOn, calendar.timeZone), kind: 'latest', title, ref: auditId, act }];
}

/** R27: it was held; what is reopened is its outcome alone. */
function isReopened(audit: ComingAudit): boolean {
  return audit.status === 'scheduled' && audit.reopened === true;
}

/**
 * R3: the last day on which Stage 2 may begin went by. Without dates it is given up, and Stage 1 is repeated; with dates,
 * that is once its own days are over and it has no outcome.
 */
function tooLate(state: ProgramState, audit: ComingAudit): Due[] {
  if (audit.kind !== 'stage2' || audit.missed || isReopened(audit)) return [];
  const from = stage2CountsFrom(state);
  if (!from) return [];
  const until = stage2BeginsUntil(from, state.body.profile);
  const act = (draft: Draft) => {
    if (audit.status === 'scheduled') {
      missStage2(draft, audit, { rule: 'R3', latestOn: until });
      return;
    }
    draft.warn('R3', 'stage2GivenUp', { until, from });
    cancelAudits(draft, [audit], say('stage2GivenUp', { until, from }));
  };
  const title = say('momentOfStage2Latest', { until });
  const on = audit.status === 'scheduled' ? latest(until, audit.endsOn) : until;
  return [{ at: endOfDay(on, state.calendar.timeZone), kind: 'latest', title, ref: audit.id, act }];
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
