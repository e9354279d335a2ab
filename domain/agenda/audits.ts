import { auditName } from '../auditNames.ts';
import { addDays, addMonths, addWorkingDays, earliest, endOfDay, latest, morningOf } from '../calendar.ts';
import { askForSchedule, cancelAudits, planAudit } from '../decide/audits.ts';
import type { Draft } from '../decide/draft.ts';
import { askForReview } from '../decide/phases.ts';
import { askForEvidence } from '../decide/renewal.ts';
import { manager } from '../people.ts';
import { preparationDays } from '../profile.ts';
import {
  auditOn,
  comingAudit,
  findingsFor,
  heldAudit,
  isDecided,
  recertificationStage1s,
  stage2CountsFrom,
} from '../progress.ts';
import { stage2BeginsUntil } from '../rules/audits.ts';
import { roundsOf } from '../rules/cadence.ts';
import { recertificationPreparedFrom } from '../rules/cycle.ts';
import { majorsVerifiedTooLate, majorVerifiedUntil } from '../rules/findings.ts';
import { surveillanceChecklist } from '../rules/surveillance.ts';
import type { Audit, Certificate, IsoDate, ProgramState, Task } from '../types/index.ts';
import type { Due } from './moment.ts';

/** For each audit that is not held: its day, the steps that prepare it, and the moment from which it is missed. */
export function auditMoments(state: ProgramState): Due[] {
  const coming = Object.values(state.audits)
    .filter((audit) => audit.status === 'planned' || audit.status === 'scheduled')
    .flatMap((audit) => [
      dayOf(state, audit),
      ...preparation(state, audit),
      ...missed(state, audit),
      ...tooLate(state, audit),
    ]);
  return [...coming, ...outdated(state)];
}

function dayOf(state: ProgramState, audit: Audit): Due {
  const title = `${auditName(audit.kind)} ${audit.id}${audit.startsOn ? '' : ' (planned)'}`;
  return { at: morningOf(auditOn(audit), state.calendar.timeZone), kind: 'audit', title, ref: audit.id };
}

/** R13 and the preparation table: 90, 60 and 30 days before; for a recertification from 6 months before expiry (R15). */
function preparation(state: ProgramState, audit: Audit): Due[] {
  if (audit.kind !== 'surveillance' && audit.kind !== 'recertification') return [];
  return preparationDays.slice(audit.prepared).map((days, index) => {
    const step = audit.prepared + index;
    const on = stepOn(state, audit, step, days);
    const act = (draft: Draft) => prepare(draft, audit.id, step, days);
    const title = `${days} days before the ${auditName(audit.kind)} ${audit.id}`;
    return { at: morningOf(on, state.calendar.timeZone), kind: 'preparation', title, ref: audit.id, act };
  });
}

function stepOn(state: ProgramState, audit: Audit, step: number, days: number): IsoDate {
  const on = addDays(auditOn(audit), -days);
  if (audit.kind !== 'recertification' || step > 0) return on;
  return earliest(on, recertificationPreparedFrom(state.certificate as Certificate, state.body.profile));
}

function prepare(draft: Draft, auditId: string, step: number, days: number): void {
  const audit = draft.audit(auditId);
  if (step === 0) {
    const renewed = renewEvidence(draft, audit);
    auditInternally(draft, audit);
    reviewBefore(draft, audit, renewed);
    if (audit.status === 'planned') {
      const dueOn = latest(addDays(auditOn(audit), -60), draft.today);
      askForSchedule(draft, audit, dueOn, `The ${auditName(audit.kind)} is near; the body needs dates.`);
    }
    if (audit.kind === 'recertification') scheduleStage1(draft);
  }
  if (step === 2) askForChecklist(draft, audit);
  draft.emit({ type: 'AuditPrepared', data: { auditId, step, days } });
}

/** R15: the Stage 1 of a recertification is asked for with it, in the ten working days in which dates are agreed. */
function scheduleStage1(draft: Draft): void {
  for (const stage1 of recertificationStage1s(draft.state).filter(({ status }) => status === 'planned')) {
    if (draft.openTasksOf('auditSchedule', { auditId: stage1.id }).length > 0) continue;
    const dueOn = addWorkingDays(draft.today, 10, draft.state.calendar);
    askForSchedule(draft, stage1, dueOn, 'The recertification begins with a Stage 1 (R15); the body needs dates.');
  }
}

/** Evidence whose validity ends before the audit is asked for again. Gives the tasks that ask for it. */
function renewEvidence(draft: Draft, audit: Audit): Task[] {
  const ended = new Set<string>();
  for (const [id, { evidence }] of Object.entries(draft.state.requirements)) {
    if (!evidence?.validUntil || evidence.validUntil >= auditOn(audit)) continue;
    const dueOn = latest(addDays(auditOn(audit), -30), draft.today);
    const why = `The evidence is valid until ${evidence.validUntil}, before the ${auditName(audit.kind)}.`;
    askForEvidence(draft, id, 'renew the evidence', dueOn, why);
    ended.add(id);
  }
  return draft.openTasksOf('evidence', {}).filter(({ requirementId }) => ended.has(requirementId as string));
}

/** The internal audit of the year comes before the body's; one that was held in the last months counts. */
function auditInternally(draft: Draft, audit: Audit): void {
  const since = addMonths(auditOn(audit), 3 - Math.min(draft.state.plan.cadences.internalAudit, 12));
  const recent = Object.values(draft.state.audits).some(
    (other) => other.kind === 'internal' && other.status === 'held' && (other.endsOn as string) >= since,
  );
  if (recent || comingAudit(draft.state, 'internal')) return;
  const targetOn = latest(addDays(auditOn(audit), -60), draft.today);
  planAudit(draft, 'internal', { targetOn }, `Before the ${auditName(audit.kind)}, the internal audit of the year.`);
}

/** A review not long before the audit, no later than it comes round anyway, once what it looks at is renewed. */
function reviewBefore(draft: Draft, audit: Audit, renewed: Task[]): void {
  const recent = addMonths(auditOn(audit), -draft.state.plan.cadences.managementReview);
  const last = draft.state.reviews.at(-1)?.heldOn;
  if (last && last >= recent) return;
  const inTurn = roundsOf(draft.state, 'managementReview').map(({ dueOn }) => dueOn);
  const dueOn = latest(earliest(addDays(auditOn(audit), -30), ...inTurn), draft.today);
  const before = renewed.filter((task) => task.dueOn <= dueOn).map(({ id }) => id);
  askForReview(draft, dueOn, before);
}

/** R13: the checklist names what the audit covers, with what the program has for each. */
function askForChecklist(draft: Draft, audit: Audit): void {
  const title = `Work through the readiness checklist for the ${auditName(audit.kind)} ${audit.id}`;
  const dueOn = latest(addDays(auditOn(audit), -7), draft.today);
  const why = `The audit is 30 days away: clauses 4 to 10, the controls that apply, completeness of documents, and what it covers (R13): ${surveillanceChecklist(draft.state)}.`;
  draft.openTask({ kind: 'readinessChecklist', title, assignee: manager(draft.state), dueOn, auditId: audit.id }, why);
}

/**
 * R10, R11: the last day on which the audit is allowed went by. One that is held in time and has its outcome recorded
 * later is not missed. R15 ends with the certificate itself.
 */
function missed(state: ProgramState, audit: Audit): Due[] {
  const { id, latestOn, latestRule, endsOn } = audit;
  if (!latestOn || !latestRule || audit.missed || audit.kind !== 'surveillance') return [];
  if (endsOn && endsOn <= latestOn) return [];
  const act = (draft: Draft) => {
    draft.emit({ type: 'AuditMissed', data: { auditId: id, rule: latestRule, latestOn } });
    if (audit.status === 'planned') askToMakeGood(draft, audit, `${latestOn} was its last day (${latestRule}).`);
  };
  const title = `last day for the ${auditName(audit.kind)} ${id} (${latestRule})`;
  return [{ at: endOfDay(latestOn, state.calendar.timeZone), kind: 'latest', title, ref: id, act }];
}

/**
 * R10, R11: a missed audit without dates has one task in place of the one that asked for them in time. The time is the
 * body's and over: no pause holds it. It is done with dates, whether the certificate is suspended or not, and pointless
 * once the audit is cancelled, as with a lapse or a new cycle.
 */
function askToMakeGood(draft: Draft, { id: auditId, kind }: Audit, why: string): void {
  for (const { id: taskId } of draft.openTasksOf('auditSchedule', { auditId })) {
    draft.emit({ type: 'TaskCancelled', data: { taskId, reason: `The time for ${auditId} is over: ${why}` } });
  }
  const title = `Agree with the certification body how the missed ${auditName(kind)} ${auditId} is made good`;
  const dueOn = addWorkingDays(draft.today, 10, draft.state.calendar);
  const of = { auditId, priority: 'critical' as const, bodyDeadline: true };
  draft.openTask({ kind: 'missedAudit', title, assignee: manager(draft.state), dueOn, ...of }, why);
}

/** R3: the last day on which Stage 2 may begin went by without dates for it: it is given up, and Stage 1 is repeated. */
function tooLate(state: ProgramState, audit: Audit): Due[] {
  if (audit.kind !== 'stage2' || audit.status !== 'planned') return [];
  const from = stage2CountsFrom(state);
  if (!from) return [];
  const until = stage2BeginsUntil(from, state.body.profile);
  const act = (draft: Draft) => {
    const reason = `Stage 2 could begin until ${until}, counted from ${from}; Stage 1 is repeated (R3).`;
    draft.emit({ type: 'WarningNoted', data: { code: 'R3', text: reason } });
    cancelAudits(draft, [audit], reason);
  };
  const title = `last day on which Stage 2 may begin: ${until} (R3)`;
  return [{ at: endOfDay(until, state.calendar.timeZone), kind: 'latest', title, ref: audit.id, act }];
}

/**
 * R6: the last day on which the majors can be verified for a decision to rest on this Stage 2. Past it, whatever was
 * asked for on this Stage 2 is cancelled, and the story plans another.
 */
function outdated(state: ProgramState): Due[] {
  const stage2 = state.phase === 'certificationAudit' ? heldAudit(state, 'stage2') : undefined;
  if (!stage2 || isDecided(state, stage2)) return [];
  const until = majorVerifiedUntil(stage2.endsOn as IsoDate, state.body.profile);
  const late = majorsVerifiedTooLate(findingsFor(state, stage2), stage2, addDays(until, 1), state.body.profile);
  if (late.length === 0) return [];
  const findings = late.map((finding) => finding.id);
  const act = (draft: Draft) => {
    draft.emit({ type: 'AuditOutdated', data: { auditId: stage2.id, rule: 'R6', untilOn: until, findings } });
    draft.cancelTasks(
      { auditId: stage2.id },
      `Stage 2 is done again: ${findings.join(', ')} not verified in time (R6).`,
    );
  };
  const title = `last day to verify ${findings.join(', ')} for a decision on ${stage2.id}: ${until} (R6)`;
  return [{ at: endOfDay(until, state.calendar.timeZone), kind: 'latest', title, ref: stage2.id, act }];
}
