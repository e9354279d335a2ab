import { requirementState } from '../assessment/requirements.ts';
import { isExternal } from '../audits/audit.ts';
import type { Email, Role } from '../basics.ts';
import { assessors, bodyAuditors, manager as managers, organization, steering } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import { hasRole, holders, manager } from './people.ts';

/** What matters of a task for who answers it. */
type Asked = Pick<Task, 'kind' | 'auditId' | 'findingId'>;

/** Of the organization's tasks, those that not every role of it can answer. */
const rolesOfKind: Partial<Record<TaskKind, readonly Role[]>> = {
  gapAssessment: assessors,
  auditSchedule: managers,
  missedAudit: managers,
  managementReview: steering,
  earlierAudit: [...managers, 'internalAuditor'],
};

/** The roles in which a task can be answered. */
export function rolesToAnswer(state: Pick<ProgramState, 'audits' | 'findings'>, task: Asked): readonly Role[] {
  switch (task.kind) {
    case 'decision':
      return ['decisionMaker'];
    case 'auditOutcome':
      return isForBody(state, task) ? ['leadAuditor'] : ['internalAuditor'];
    case 'planReview':
    case 'verification':
    case 'effectivenessCheck':
      return isForBody(state, task) ? bodyAuditors : ['internalAuditor'];
    default:
      return rolesOfKind[task.kind] ?? organization;
  }
}

/** Whether somebody takes part in a role in which they can answer a task. */
export function canAnswerTask(state: ProgramState, task: Task, email: Email): boolean {
  return hasRole(state, email, ...rolesToAnswer(state, task));
}

/** Who gets a task that its assignee cannot answer: whoever it would be asked of now, at the least the program manager. */
export function successorFor(state: ProgramState, task: Asked): Email {
  const audit = state.audits[task.auditId ?? ''];
  const finding = state.findings[task.findingId ?? ''];
  const near = task.kind === 'decision' ? [] : [...(finding ? [finding.raisedBy] : []), ...(audit?.team ?? [])];
  const able = rolesToAnswer(state, task).flatMap((role) => holders(state, role));
  // R8: the decision is not for whoever audited, as long as there is another.
  const apart = task.kind === 'decision' ? able.filter((email) => !audit?.team.includes(email)) : [];
  if (!auditing.includes(task.kind)) return manager(state);
  // R9: an internal finding is not judged by whoever owns what it is about, as long as there is another.
  const owner = finding && requirementState(state, finding.requirementId)?.rating?.owner;
  const inOrder = [...near.filter((email) => able.includes(email)), ...apart, ...able];
  return inOrder.find((email) => email !== owner) ?? inOrder[0] ?? manager(state);
}

const auditing: readonly TaskKind[] = ['auditOutcome', 'planReview', 'verification', 'effectivenessCheck', 'decision'];

/** Whether a decision, an outcome or a judgment on a finding is the body's to give. */
export function isForBody(
  { audits, findings }: Pick<ProgramState, 'audits' | 'findings'>,
  { auditId, findingId }: Pick<Task, 'auditId' | 'findingId'>,
): boolean {
  const audit = audits[auditId ?? findings[findingId ?? '']?.auditId ?? ''];
  return audit !== undefined && isExternal(audit.kind);
}
