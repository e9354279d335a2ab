import { Type } from 'typebox';
import type { HeldAudit, ScheduledAudit } from '../audits/audit.ts';
import { mustNotBeFinal } from '../audits/finality.ts';
import { mustNotOwn } from '../audits/scheduling.ts';
import { mustBeUnderWay } from '../audits/underWay.ts';
import { addDays, latest } from '../calendar.ts';
import { mustBeRequirement, mustNotPrecede, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { forbidden, refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, text } from '../registry/fields.ts';
import { auditors } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { gradesOf } from '../rules/audits.ts';
import { deadlinesInTime } from '../rules/findings.ts';
import { askForConcern, askForPlan, concernDays } from './asks.ts';
import { FindingRaised } from './FindingRaised.ts';
import { type Finding, type Grade, grades, isNonconformity, type NotedFinding, type OpenFinding } from './finding.ts';

export const raiseFinding = command('raiseFinding', {
  summary: 'Raise a finding',
  payload: { auditId: id, requirementId: id, grade: Type.Enum(grades), statement: text, ...actOfBody },
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
    const audit = mustTakeFindings(draft, auditId);
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
    if (kind === 'internal') mustNotOwn(draft, [draft.sender], draft.on, [requirementId]);
    raise(draft, audit, { requirementId, grade, statement });
  },
});

/** R27: the audit, under way or with an outcome on which nothing rests yet. */
function mustTakeFindings(draft: Draft, auditId: string): ScheduledAudit | HeldAudit {
  const audit = draft.audit(auditId);
  if (audit.status !== 'held') return mustBeUnderWay(draft, auditId);
  mustNotBeFinal(draft, audit);
  mustNotPrecede(draft, audit.startsOn);
  if (!audit.team.includes(draft.sender)) forbidden('notOnTeam', { email: draft.sender, auditId, team: audit.team });
  return audit;
}

/** Records a finding; a nonconformity asks its owner for a plan, a concern for an answer. */
function raise(
  draft: Draft,
  audit: ScheduledAudit | HeldAudit,
  { grade, ...found }: { requirementId: string; grade: Grade; statement: string },
): void {
  const { id: auditId } = audit;
  // R7 counts from the audit's last day, of what is told after an outcome, though it was reopened, from when it was.
  const isAfter = audit.status === 'held' || audit.reopened === true;
  const endsOn = isAfter ? latest(audit.endsOn, draft.today) : audit.endsOn;
  const shared: Omit<Finding, 'grade' | 'status'> = {
    id: draft.newId('F'),
    auditId,
    ...found,
    raisedOn: draft.on,
    raisedBy: draft.sender,
    missed: [],
    reopened: 0,
  };
  if (isNonconformity(grade)) {
    const deadlines = deadlinesInTime(draft.state, audit, grade, endsOn, draft.today);
    const finding: OpenFinding = { ...shared, grade, status: 'open', ...deadlines };
    draft.emit(FindingRaised, { finding, ...draft.told });
    askForPlan(draft, finding, deadlines.planDueOn);
    return;
  }
  const finding: NotedFinding = { ...shared, grade, status: 'noted' };
  draft.emit(FindingRaised, { finding, ...draft.told });
  if (grade === 'concern') askForConcern(draft, finding, addDays(endsOn, concernDays));
}
