import { askForEvidence } from '../assessment/asks.ts';
import { requirementsOf } from '../assessment/requirements.ts';
import { addDays, addMonths, addWorkingDays, earliest, latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { manager } from '../people/people.ts';
import { askForReview } from '../program/reviews.ts';
import { roundsOf } from '../rules/cadence.ts';
import { internallyAuditedOn } from '../rules/internalAudits.ts';
import { surveillanceCoverage } from '../rules/surveillance.ts';
import { say } from '../say.ts';
import type { UnendedTask } from '../tasks/task.ts';
import { AuditPrepared } from './AuditPrepared.ts';
import { type Audit, auditOn } from './audit.ts';
import { askForSchedule, planAuditOf, schedulingDays } from './planning.ts';
import { comingAudit, recertificationStage1s } from './queries.ts';

/** Takes a step of the preparation of a surveillance or a recertification: the first, the second or the third. */
export function prepare(draft: Draft, auditId: string, step: number, days: number): void {
  const audit = draft.audit(auditId);
  if (step === 0) {
    const renewed = renewEvidence(draft, audit);
    auditInternally(draft, audit);
    reviewBefore(draft, audit, renewed);
    if (audit.status === 'planned') {
      askForSchedule(draft, audit, daysBefore(draft, audit, 60), say('auditIsNear', { kind: audit.kind }));
    }
    if (audit.kind === 'recertification') scheduleStage1(draft);
  }
  if (step === 2) askForChecklist(draft, audit);
  draft.emit(AuditPrepared, { auditId, step, days });
}

/** Evidence whose validity ends before the audit is asked for again. Gives the tasks that ask for it. */
function renewEvidence(draft: Draft, audit: Audit): UnendedTask[] {
  const ended = new Set<string | undefined>();
  for (const [requirementId, { evidence }] of Object.entries(requirementsOf(draft.state))) {
    const validUntil = evidence?.validUntil;
    if (!validUntil || validUntil >= auditOn(audit)) continue;
    const why = say('validOnlyBeforeAudit', { kind: audit.kind, validUntil });
    askForEvidence(draft, requirementId, 'renewal', daysBefore(draft, audit, 30), why);
    ended.add(requirementId);
  }
  return draft.openTasksOf('evidence', {}).filter(({ requirementId }) => ended.has(requirementId));
}

/** The internal audit of the year comes before the body's; what was held in the last months counts, if it covers all. */
function auditInternally(draft: Draft, audit: Audit): void {
  const since = addMonths(auditOn(audit), 3 - Math.min(draft.state.plan.cadences.internalAudit, 12));
  const auditedOn = internallyAuditedOn(draft.state);
  if ((auditedOn && auditedOn >= since) || comingAudit(draft.state, 'internal')) return;
  const why = say('internalAuditBefore', { kind: audit.kind });
  planAuditOf(draft, 'internal', { targetOn: daysBefore(draft, audit, 60) }, why);
}

/** A review not long before the audit, no later than it comes around anyway, once what it looks at is renewed. */
function reviewBefore(draft: Draft, audit: Audit, renewed: UnendedTask[]): void {
  const recent = addMonths(auditOn(audit), -draft.state.plan.cadences.managementReview);
  const last = draft.state.reviews.at(-1)?.heldOn;
  if (last && last >= recent) return;
  const inTurn = roundsOf(draft.state, 'managementReview').map(({ dueOn }) => dueOn);
  const dueOn = latest(earliest(addDays(auditOn(audit), -30), ...inTurn), draft.today);
  const before = renewed.filter((task) => task.dueOn <= dueOn).map(({ id }) => id);
  askForReview(draft, dueOn, before);
}

/** R15: the Stage 1 of a recertification is asked for with it, in the working days in which dates are agreed. */
function scheduleStage1(draft: Draft): void {
  const dueOn = addWorkingDays(draft.today, schedulingDays, draft.state.calendar);
  for (const stage1 of recertificationStage1s(draft.state).filter(({ status }) => status === 'planned')) {
    if (draft.openTasksOf('auditSchedule', { auditId: stage1.id }).length > 0) continue;
    askForSchedule(draft, stage1, dueOn, say('beginsWithStage1', {}));
  }
}

/** R13: the checklist names what the audit covers, with what the program has for each. */
function askForChecklist(draft: Draft, audit: Audit): void {
  const { id: auditId, kind } = audit;
  const title = say('taskReadinessChecklist', { auditId, kind });
  const why = say('checklistCovers', { coverage: surveillanceCoverage(draft.state) });
  const dueOn = daysBefore(draft, audit, 7);
  draft.openTask({ kind: 'readinessChecklist', title, assignee: manager(draft.state), dueOn, auditId }, why);
}

/** A day before an audit, or today when it has passed. */
function daysBefore(draft: Draft, audit: Audit, days: number) {
  return latest(addDays(auditOn(audit), -days), draft.today);
}
