import { Type } from 'typebox';
import type { HeldAudit } from '../audits/audit.ts';
import { addDays } from '../calendar.ts';
import { takeBackSuspension } from '../certificate/suspending.ts';
import { mustBeRequirement, mustNotPrecede, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason, text } from '../registry/fields.ts';
import { auditors } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { gradesOf } from '../rules/audits.ts';
import { deadlinesInTime } from '../rules/findings.ts';
import { askForConcern, askForPlan, concernDays } from './asks.ts';
import { asked, mustBeCorrectable, pastOf, separate, stopAsking } from './correcting.ts';
import { FindingCorrected } from './FindingCorrected.ts';
import { type Finding, type Grade, grades, isNonconformity, isUnverified, type NotedFinding } from './finding.ts';
import { mustAuditFor } from './judging.ts';

export const correctFinding = command('correctFinding', {
  summary: 'Put a finding right: its grade, its requirement or its words (R27)',
  payload: {
    findingId: id,
    grade: Type.Optional(Type.Enum(grades)),
    requirementId: Type.Optional(id),
    statement: Type.Optional(text),
    reason,
    ...actOfBody,
  },
  roles: auditors,
  address: { does: 'act', path: '/findings/:findingId/correct', gives: 'finding' },
  example: {
    at: 'findingRaised',
    by: 'leadAuditor',
    payload: { findingId: 'F-1', grade: 'observation', reason: 'The records were shown after the closing meeting.' },
  },
  decide(draft, { findingId, reason: why, ...given }) {
    const finding = draft.finding(findingId);
    const audit = mustBeCorrectable(draft, finding);
    mustAuditFor(draft, finding);
    mustSay(why, 'reason');
    mustNotPrecede(draft, finding.raisedOn);
    const { grade = finding.grade, requirementId = finding.requirementId, statement = finding.statement } = given;
    mustBeRequirement(draft.state, requirementId, 'requirementId');
    mustSay(statement, 'statement');
    mustBeGrade(audit, grade);
    if (audit.criteria && !audit.criteria.includes(requirementId))
      refuse('criteria', 'notAmongCriteria', { requirementId, auditId: audit.id });
    const words = { ...finding, requirementId, statement };
    if (grade === finding.grade && requirementId === finding.requirementId && statement === finding.statement)
      wrong('state', 'nothingToPutRight', { findingId }, 'grade');
    const corrected = regraded(draft, words, grade, audit);
    const isAskedAnew = grade !== finding.grade || requirementId !== finding.requirementId;
    if (isAskedAnew && asksDifferently(finding, corrected)) stopAsking(draft, findingId, why);
    draft.emit(FindingCorrected, { finding: corrected, previous: pastOf(finding), reason: why, ...draft.told });
    if (finding.grade === 'major' && grade !== 'major') {
      separate(draft, finding, audit);
      takeBackSuspension(draft, findingId, { mistaken: true });
    }
    if (isAskedAnew && asksDifferently(finding, corrected)) ask(draft, corrected, audit);
  },
});

/** R4: a finding with another grade: what was answered stays answered, what asks for nothing is asked for from now on. */
function regraded(draft: Draft, finding: Finding, grade: Grade, { endsOn }: Pick<HeldAudit, 'endsOn'>): Finding {
  if (grade === finding.grade) return finding;
  if (!isNonconformity(grade)) {
    const { id: findingId, auditId, requirementId, statement, raisedOn, raisedBy, reopened } = finding;
    const noted: NotedFinding = {
      id: findingId,
      auditId,
      requirementId,
      statement,
      raisedOn,
      raisedBy,
      reopened,
      missed: [],
      grade,
      status: 'noted',
    };
    return noted;
  }
  if (finding.status === 'noted' || finding.status === 'withdrawn') return asked(draft, finding, { grade, endsOn });
  if (grade === 'minor') {
    const { verifyDueOn: _, raisedBecause: __, raisedAt: ___, ...rest } = finding;
    return { ...rest, grade, missed: finding.missed.filter((deadline) => deadline !== 'verification') } as Finding;
  }
  const since = draft.today > endsOn ? draft.today : endsOn;
  const audit = { kind: draft.audit(finding.auditId).kind, endsOn };
  const { verifyDueOn } = deadlinesInTime(draft.state, audit, 'major', since, draft.today);
  return { ...finding, grade, ...(verifyDueOn && isUnverified(finding) ? { verifyDueOn } : {}) };
}

/** Whether what is asked of whom becomes another: what has an owner's or an auditor's turn keeps it. */
function asksDifferently(before: Finding, after: Finding): boolean {
  return after.status !== before.status || after.status === 'open' || after.status === 'noted';
}

function ask(draft: Draft, finding: Finding, { endsOn }: Pick<HeldAudit, 'endsOn'>): void {
  if (finding.status === 'open' && finding.planDueOn) askForPlan(draft, finding, finding.planDueOn);
  if (finding.status === 'noted' && finding.grade === 'concern')
    askForConcern(draft, finding, addDays(endsOn, concernDays));
}

/** R2, R4: the grades that an audit of its kind gives. */
function mustBeGrade({ kind }: Pick<HeldAudit, 'kind'>, grade: Grade): void {
  const allowed = gradesOf(kind);
  if (allowed.includes(grade)) return;
  refuse(kind === 'stage1' ? 'R2' : 'R4', 'gradeNotOfAudit', { kind, allowed, grade }, 'grade');
}
