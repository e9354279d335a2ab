import { Type } from 'typebox';
import type { ScheduledAudit } from '../audits/audit.ts';
import { mustNotOwn } from '../audits/scheduling.ts';
import { mustBeUnderWay } from '../audits/underWay.ts';
import { addDays } from '../calendar.ts';
import { mustBeRequirement, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, text } from '../registry/fields.ts';
import { auditors } from '../registry/roles.ts';
import { gradesOf } from '../rules/audits.ts';
import { responseDeadlines } from '../rules/findings.ts';
import { askForConcern, askForPlan, concernDays } from './asks.ts';
import { FindingRaised } from './FindingRaised.ts';
import { type Finding, type Grade, grades, isNonconformity, type NotedFinding, type OpenFinding } from './finding.ts';

export const raiseFinding = command('raiseFinding', {
  summary: 'Raise a finding',
  payload: { auditId: id, requirementId: id, grade: Type.Enum(grades), statement: text },
  roles: auditors,
  address: { does: 'create', path: '/audits/:auditId/findings', gives: 'finding' },
  example: {
    at: 'stage2UnderWay',
    by: 'leadAuditor',
    payload: {
      auditId: 'A-3',
      requirementId: '7.2',
      grade: 'minor',
      statement: 'For two of five developers there is no record that they were trained on the AI policy.',
    },
  },
  decide(draft, { auditId, requirementId, grade, statement }) {
    const audit = mustBeUnderWay(draft, auditId);
    const { kind, criteria } = audit;
    mustBeRequirement(draft.state, requirementId, 'requirementId');
    mustSay(statement, 'statement');
    const allowed = gradesOf(kind);
    if (!allowed.includes(grade)) {
      refuse(kind === 'stage1' ? 'R2' : 'R4', 'gradeNotOfAudit', { kind, allowed, grade }, 'grade');
    }
    if (criteria && !criteria.includes(requirementId)) {
      refuse('criteria', 'notAmongCriteria', { requirementId, auditId });
    }
    if (kind === 'internal') mustNotOwn(draft, [draft.sender], [requirementId]);
    raise(draft, audit, { requirementId, grade, statement });
  },
});

/** Records a finding; a nonconformity asks its owner for a plan, a concern for an answer. */
function raise(
  draft: Draft,
  { id: auditId, endsOn }: ScheduledAudit,
  { grade, ...found }: { requirementId: string; grade: Grade; statement: string },
): void {
  const shared: Omit<Finding, 'grade' | 'status'> = {
    id: draft.newId('F'),
    auditId,
    ...found,
    raisedOn: draft.today,
    raisedBy: draft.sender,
    missed: [],
    reopened: 0,
  };
  if (isNonconformity(grade)) {
    const deadlines = responseDeadlines(grade, endsOn, draft.state.body.profile);
    const finding: OpenFinding = { ...shared, grade, status: 'open', ...deadlines };
    draft.emit(FindingRaised, { finding });
    askForPlan(draft, finding, deadlines.planDueOn);
    return;
  }
  const finding: NotedFinding = { ...shared, grade, status: 'noted' };
  draft.emit(FindingRaised, { finding });
  if (grade === 'concern') askForConcern(draft, finding, addDays(endsOn, concernDays));
}
