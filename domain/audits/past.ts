import type { IsoDate } from '../basics.ts';
import { addDays, latest } from '../calendar.ts';
import { mustBeDate, mustCount } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { hasRole } from '../people/people.ts';
import { wrong } from '../refusal.ts';
import { stage2BeginsUntil } from '../rules/audits.ts';
import { say } from '../say.ts';
import { AuditTakenUpAgain } from './AuditTakenUpAgain.ts';
import { type Audit, type ComingAudit, isExternal, isHeld } from './audit.ts';
import { cancelAudits } from './planning.ts';
import { auditsOf, comingAudit, stage2CountsFrom } from './queries.ts';

/**
 * R28, R30: days that have passed are those of an audit that was held before it is entered. Of the body's they are told by its
 * lead auditor, or by the program manager on behalf of one; and they do not lie before what the audit follows.
 */
export function mustBeEntered(draft: Draft, audit: ComingAudit, startsOn: IsoDate, endsOn: IsoDate): void {
  mustBeDate(startsOn, 'startsOn');
  mustBeDate(endsOn, 'endsOn');
  const { today } = draft;
  const isUnchanged = audit.status === 'scheduled' && audit.startsOn === startsOn;
  if (startsOn >= today || (isUnchanged && endsOn >= today)) return;
  const speaks = !isExternal(audit.kind) || hasRole(draft.state, draft.sender, 'leadAuditor');
  if (!speaks) wrong('dates', 'pastIsToldByBody', { startsOn, today }, 'startsOn');
  if (audit.kind === 'internal') mustCount(draft.state, startsOn, 'startsOn', 'internalAudit');
  const first = firstDayOf(draft, audit);
  if (first && startsOn < first) wrong('dates', 'auditBeforeWhatItFollows', { startsOn, first }, 'startsOn');
}

/** What an audit of the body follows: the start of the program, the audit of its kind before it, or the decision of its cycle. */
function firstDayOf({ state }: Draft, { kind, targetOn }: Audit): IsoDate | undefined {
  if (kind === 'internal') return undefined;
  // R28: of two surveillances the later one may have been told first.
  const before =
    kind === 'special'
      ? []
      : auditsOf(state, kind)
          .filter(isHeld)
          .filter((one) => kind !== 'surveillance' || one.targetOn < targetOn);
  const began = state.phase === 'surveillanceCycle' ? state.certificate?.decidedOn : state.plan.startsOn;
  const days = [...(began ? [began] : []), ...before.map(({ endsOn }) => addDays(endsOn, 1))];
  return days.reduce<IsoDate | undefined>((last, day) => (last ? latest(last, day) : day), undefined);
}

/**
 * R3, R28: a Stage 2 that was given up, as it had no dates in its time, and began in time after all: it is taken up again, and
 * Stage 1 is not repeated. Gives the audit as it is then.
 */
export function takeUpAgain(draft: Draft, audit: Audit, startsOn: IsoDate): Audit {
  const isPast = startsOn < draft.today;
  if (audit.status !== 'cancelled' || audit.kind !== 'stage2' || !isPast) return audit;
  const { phase, body, auditsFrom } = draft.state;
  const from = stage2CountsFrom(draft.state);
  const isOfAttempt = phase === 'certificationAudit' && Number(audit.id.slice(2)) > auditsFrom;
  const last = Object.values(draft.state.audits)
    .filter(({ kind }) => kind === 'stage2')
    .at(-1);
  if (!from || !isOfAttempt || last?.id !== audit.id || startsOn > stage2BeginsUntil(from, body.profile)) return audit;
  const reason = say('stage2WasHeld', { auditId: audit.id, startsOn });
  draft.emit(AuditTakenUpAgain, { auditId: audit.id, reason: draft.words(reason) });
  const again = comingAudit(draft.state, 'stage1');
  if (again) cancelAudits(draft, [again], reason);
  return draft.audit(audit.id);
}
