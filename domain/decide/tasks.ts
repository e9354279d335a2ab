import { addWorkingDays, workingDayFrom, workingDaysBetween } from '../calendar.ts';
import { mustBeOfOrganization, nameOf, person } from '../people.ts';
import { forbidden, refuse, wrong } from '../rejection.ts';
import { requirementOutline } from '../standards/outline.ts';
import type { Task, TaskKind } from '../types/index.ts';
import { mustNotBePast, mustSay } from './checks.ts';
import { mustBeThere, mustNotWait, warnOfOrder, warnOfWaiting } from './dependencies.ts';
import { type Draft, own } from './draft.ts';
import type { Deciders } from './handler.ts';
import { mustBeAnothers, warnOfNoReviewer } from './review.ts';

/** The most working days by which an acknowledgement moves the ladder, once. */
export const mostLadderShift = 10;

/** Tasks that another command completes, and which. */
const completedBy: Partial<Record<TaskKind, string>> = {
  gapAssessment: 'POST gap-assessment/complete',
  auditSchedule: 'POST audits/{auditId}/schedule',
  missedAudit: 'POST audits/{auditId}/schedule',
  auditOutcome: 'POST audits/{auditId}/outcome',
  managementReview: 'POST management-reviews',
  correctiveActionPlan: 'POST findings/{findingId}/plan',
  planReview: 'POST findings/{findingId}/plan-review',
  correctiveAction: 'POST findings/{findingId}/done',
  verification: 'POST findings/{findingId}/verify',
  effectivenessCheck: 'POST findings/{findingId}/verify',
  decision: 'POST decision',
  earlierAudit: 'POST audits/earlier',
  suspension: 'POST certificate/reinstate or certificate/reduce-scope of the certification body',
};

/** Commands about tasks: evidence asked, given, reviewed; who does it and by when. */
export const taskDeciders: Deciders<
  'openTask' | 'submitEvidence' | 'reviewEvidence' | 'reassignTask' | 'extendTask' | 'acknowledgeTask' | 'waiveTask'
> = {
  openTask(draft, { title, assignee, dueOn, requirementId, systemId, dependsOn = [] }) {
    mustSay(title, 'title');
    mustNotBePast(draft, dueOn, 'dueOn');
    mustBeOfOrganization(draft.state, assignee, 'assignee');
    if (requirementId) mustBeRequirement(draft, requirementId);
    if (systemId && !own(draft.state.aiSystems, systemId))
      wrong('unknown', `systemId: there is no AI system ${systemId}.`);
    const of = { ...(requirementId ? { requirementId } : {}), ...(systemId ? { systemId } : {}) };
    const before = mustBeThere(draft, dependsOn);
    const id = draft.openTask(
      { kind: 'manual', title, assignee, dueOn, ...of, dependsOn: before },
      `Asked for by ${nameOf(draft.state, draft.actor.email)}.`,
    );
    warnOfOrder(draft, id, dueOn, before);
  },

  submitEvidence(draft, { taskId, links, note, validUntil }) {
    const task = openTask(draft, taskId);
    const by = draft.actor.email;
    const other = completedBy[task.kind];
    if (other) refuse('state', `Task ${taskId} is not answered with evidence: it is done by ${other}.`);
    if (task.assignee !== by && !isManager(draft)) {
      forbidden(`Task ${taskId} is ${nameOf(draft.state, task.assignee)}'s; have it reassigned before answering it.`);
    }
    if (links.length === 0) mustSay(note, 'note');
    if (validUntil) mustNotBePast(draft, validUntil, 'validUntil');
    const evidence = { links, note, ...(validUntil ? { validUntil } : {}), by, at: draft.now };
    draft.emit({ type: 'EvidenceSubmitted', data: { taskId, evidence } });
    warnOfNoReviewer(draft, task, by);
  },

  reviewEvidence(draft, { taskId, verdict, note }) {
    const task = draft.task(taskId);
    if (task.status !== 'submitted')
      refuse('state', `Task ${taskId} is ${task.status}: there is no evidence to review.`);
    mustBeAnothers(draft, task);
    if (verdict === 'reject') mustSay(note, 'note');
    else mustNotWait(task);
    const type = verdict === 'accept' ? 'EvidenceAccepted' : 'EvidenceRejected';
    draft.emit({ type, data: { taskId, note } });
  },

  reassignTask(draft, { taskId, to }) {
    const task = openTask(draft, taskId);
    const assignee = person(draft.state, to);
    if (!assignee) wrong('unknown', `to: ${to} is not among the people of this program; add them with PUT people.`);
    if (task.assignee === to) refuse('state', `Task ${taskId} is ${to}'s already.`);
    mustStayOnItsSide(draft, task, to);
    draft.emit({ type: 'TaskReassigned', data: { taskId, from: task.assignee, to } });
  },

  extendTask(draft, { taskId, dueOn, reason }) {
    const task = openTask(draft, taskId);
    mustSay(reason, 'reason');
    mustNotBePast(draft, dueOn, 'dueOn');
    if (task.bodyDeadline) {
      refuse('R7', `The deadline of ${taskId} is the certification body's; only the body can move it.`);
    }
    if (dueOn <= task.dueOn) wrong('dates', `dueOn: ${dueOn} is not later than the present due date ${task.dueOn}.`);
    draft.emit({ type: 'TaskExtended', data: { taskId, dueOn, previousDueOn: task.dueOn, reason } });
    warnOfWaiting(draft, taskId);
  },

  acknowledgeTask(draft, { taskId, expectedOn }) {
    const task = openTask(draft, taskId);
    mustNotBePast(draft, expectedOn, 'expectedOn');
    if (task.assignee !== draft.actor.email) forbidden(`Only ${task.assignee} can acknowledge ${taskId}.`);
    if (task.bodyDeadline)
      refuse('R7', `The deadline of ${taskId} is the certification body's: its ladder does not move.`);
    if (task.ladderShift !== undefined) refuse('ladder', `${taskId} was acknowledged before; the ladder moves once.`);
    const { calendar } = draft.state;
    const shift = workingDaysBetween(workingDayFrom(task.dueOn, calendar), expectedOn, calendar);
    if (shift === 0) wrong('dates', `expectedOn: ${expectedOn} is not later than the due date ${task.dueOn}.`);
    const ladderShift = Math.min(shift, mostLadderShift);
    draft.emit({ type: 'TaskAcknowledged', data: { taskId, expectedOn, ladderShift } });
    if (shift > mostLadderShift) {
      const until = addWorkingDays(task.dueOn, mostLadderShift, calendar);
      const text = `The ladder of ${taskId} moves by ${mostLadderShift} working days, to ${until}, and no further.`;
      draft.emit({ type: 'WarningNoted', data: { code: 'ladder', text } });
    }
  },

  waiveTask(draft, { taskId, reason }) {
    const task = openTask(draft, taskId, 'submitted');
    mustSay(reason, 'reason');
    const other = completedBy[task.kind];
    if (task.bodyDeadline) refuse('R7', `${taskId} is owed to the certification body and cannot be waived.`);
    if (other && task.kind !== 'managementReview' && task.kind !== 'earlierAudit')
      refuse('state', `${taskId} cannot be waived: it is done by ${other}.`);
    draft.emit({ type: 'TaskWaived', data: { taskId, reason } });
  },
};

export function mustBeRequirement(draft: Draft, requirementId: string, field = 'requirementId'): void {
  if (!requirementOutline(draft.state.standard.id, requirementId)) {
    wrong('unknown', `${field}: ${draft.state.standard.id} has no requirement ${requirementId}.`);
  }
}

/** The task, which must wait for its assignee (or also be `submitted`, when that is named). */
function openTask(draft: Draft, taskId: string, also?: 'submitted'): Task {
  const task = draft.task(taskId);
  if (task.status === 'open' || task.status === also) return task;
  const why = task.status === 'submitted' ? 'its evidence is being reviewed' : `it is ${task.status}`;
  return refuse('state', `Task ${taskId} is not open: ${why}.`);
}

function isManager(draft: Draft): boolean {
  return person(draft.state, draft.actor.email)?.roles.includes('programManager') ?? false;
}

const bodyTasks: readonly TaskKind[] = ['decision'];

/** What the organization owes is not handed to the certification body. */
function mustStayOnItsSide(draft: Draft, task: Task, to: string): void {
  const auditorsTask = ['auditOutcome', 'planReview', 'verification', 'effectivenessCheck'].includes(task.kind);
  if (!auditorsTask && !bodyTasks.includes(task.kind)) mustBeOfOrganization(draft.state, to, 'to');
}
