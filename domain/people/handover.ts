import { requirementsOf } from '../assessment/requirements.ts';
import { isExternal } from '../audits/audit.ts';
import type { Email, Role } from '../basics.ts';
import { inOneGo } from '../changing.ts';
import type { Draft } from '../draft.ts';
import { refuse, wrong } from '../refusal.ts';
import { bodyAuditors, organization } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import { auditorsTasks } from '../tasks/answering.ts';
import { TaskReassigned } from '../tasks/TaskReassigned.ts';
import type { Task } from '../tasks/task.ts';
import { hasRole, isOfBody, manager, mustBeOfOrganization, nameOf, person } from './people.ts';
import type { Person } from './person.ts';
import { RequirementsHandedOver } from './RequirementsHandedOver.ts';
import { canAnswer } from './sides.ts';
import { canAnswerTask, isForBody, successorFor } from './whoAnswers.ts';

/**
 * Has the program manager answer for the requirements of people who left, changed sides or only look from now on, as far as
 * nobody was named for them; with a warning that names them.
 */
export function handOverRequirements(draft: Draft, names: Pick<ProgramState, 'people'>): void {
  const to = manager(draft.state);
  const owners = new Set(Object.values(requirementsOf(draft.state)).flatMap(({ rating }) => rating?.owner ?? []));
  for (const from of owners) {
    const owner = person(draft.state, from);
    if (owner && canAnswer(owner) && !isOfBody(owner)) continue;
    const requirements = ownedBy(draft.state, from);
    draft.emit(RequirementsHandedOver, { from, to, requirements });
    const toName = nameOf(draft.state, to);
    draft.warn('people', 'requirementsHandedOver', { requirements, name: nameOf(names, from), toName, to });
  }
}

function ownedBy(state: ProgramState, email: Email): string[] {
  return Object.entries(requirementsOf(state)).flatMap(([id, { rating }]) => (rating?.owner === email ? [id] : []));
}

/**
 * Hands on the open tasks that nobody can answer who has them, because they left or have other roles: to whom they would
 * be asked of now, at the least to the program manager. A warning says how many went from whom to whom, as nobody chose them
 * one by one. What an auditor is to do goes to one as soon as there is one. `names` are the people as they were before.
 */
export function handOverTasks(draft: Draft, names: Pick<ProgramState, 'people'>): void {
  const handed = inOneGo(() => handOn(draft, names));
  for (const { from, to, count: tasks } of handed.values()) {
    const name = nameOf(names, from);
    draft.warn('people', 'tasksHandedOver', { tasks, name, toName: nameOf(draft.state, to), to });
  }
}

/** Hands on each of them; gives how many of those whose people changed went from whom to whom. */
function handOn(draft: Draft, names: Pick<ProgramState, 'people'>) {
  const handed = new Map<string, { from: Email; to: Email; count: number }>();
  for (const task of draft.openTasksOf(undefined, {})) {
    const { id: taskId, assignee: from, kind } = task;
    const isChanged = !isSame(person(names, from), person(draft.state, from));
    if (canAnswerTask(draft.state, task, from) || !(isChanged || auditorsTasks.includes(kind))) continue;
    const to = successorFor(draft.state, task);
    if (to === from) continue;
    draft.emit(TaskReassigned, { taskId, from, to, reason: whyHandedOver(draft, task, names) });
    const key = `${from} ${to}`;
    if (isChanged) handed.set(key, { from, to, count: (handed.get(key)?.count ?? 0) + 1 });
  }
  return handed;
}

function whyHandedOver(draft: Draft, task: Task, names: Pick<ProgramState, 'people'>): string {
  const { assignee } = task;
  const now = person(draft.state, assignee);
  if (!now) return draft.say('assigneeLeft', { name: nameOf(names, assignee) });
  if (isForBody(draft.state, task)) return draft.say('isForBody', {});
  return draft.say('assigneeCannotAnswer', { name: now.name });
}

function isSame(one: Person | undefined, other: Person | undefined): boolean {
  return one?.roles.join() === other?.roles.join();
}

/** Somebody who left, by the name that they had. */
type Former = Pick<Person, 'email' | 'name'>;

/**
 * Hands what somebody had to one person: their open tasks, and the requirements that they answered for. Refuses where that
 * person cannot have them: what one side of the certification owes is not the other's, and nobody judges what they own (R9).
 */
export function handTo(draft: Draft, { email: from, name }: Former, to: Email): void {
  const tasks = draft.openTasksOf(undefined, {}).filter(({ assignee }) => assignee === from);
  const requirements = ownedBy(draft.state, from);
  for (const task of tasks) mustFit(draft, task, to, requirements);
  if (requirements.length > 0) {
    mustBeAnswering(draft, to);
    draft.emit(RequirementsHandedOver, { from, to, requirements });
  }
  const reason = draft.say('assigneeLeft', { name });
  // What needs a role that they have not goes to whom it is asked of, as when nobody is named.
  inOneGo(() => {
    for (const task of tasks)
      if (canAnswerTask(draft.state, task, to)) draft.emit(TaskReassigned, { taskId: task.id, from, to, reason });
  });
}

/**
 * Warns of audits whose days and team are agreed, for each who was on such a team and left it or lost the role for it:
 * nobody takes that over by itself.
 */
export function warnOfTeams(draft: Draft, before: Person[]): void {
  const scheduled = Object.values(draft.state.audits).filter((audit) => audit.status === 'scheduled');
  for (const { email, name, roles } of before) {
    const lost = scheduled.filter(({ kind, team }) => {
      const able: readonly Role[] = isExternal(kind) ? bodyAuditors : ['internalAuditor'];
      return team.includes(email) && roles.some((role) => able.includes(role)) && !hasRole(draft.state, email, ...able);
    });
    if (lost.length > 0) draft.warn('team', 'leftTeam', { name, audits: lost.map(({ id }) => id) });
  }
}

function mustFit(draft: Draft, task: Task, to: Email, theirs: string[]): void {
  const { id: taskId, kind, findingId, requirementId } = task;
  if (!auditorsTasks.includes(kind)) {
    mustBeAnswering(draft, to);
    return;
  }
  if (isForBody(draft.state, task)) {
    if (!hasRole(draft.state, to, 'leadAuditor', 'auditor', 'decisionMaker'))
      wrong('independence', 'taskIsForBody', { taskId, email: to }, 'handTo');
    return;
  }
  mustBeOfOrganization(draft.state, to, 'handTo');
  const owner = requirementId && requirementsOf(draft.state)[requirementId]?.rating?.owner;
  if (requirementId && findingId && (owner === to || theirs.includes(requirementId)))
    refuse('R9', 'ownersDoNotJudge', { email: to, requirementId, findingId }, 'handTo');
}

/** Who gets work of the organization is of the organization, and has a role in which it can be answered. */
function mustBeAnswering(draft: Draft, to: Email): void {
  mustBeOfOrganization(draft.state, to, 'handTo');
  if (!hasRole(draft.state, to, ...organization)) wrong('people', 'cannotAnswer', { email: to }, 'handTo');
}
