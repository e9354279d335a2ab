import { type Audit, isHeld } from '../audits/audit.ts';
import type { Email } from '../basics.ts';
import { hasRole, holders } from '../people/people.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { auditsDecidedOn, auditsDeciderTookPartIn } from '../rules/decision.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';

/** R8, R25: the audits in which somebody took part, among those that a decision on one rests on. */
export function tookPartIn(state: ProgramState, email: Email, audit: Audit): Audit[] {
  return auditsDeciderTookPartIn(email, auditsDecidedOn(state, audit), Object.values(state.findings));
}

/** The decision maker who is asked to decide on an audit: the first who took no part in it; undefined when nobody may. */
export function deciderOn(state: ProgramState, audit: Audit): Email | undefined {
  return holders(state, 'decisionMaker').find((email) => tookPartIn(state, email, audit).length === 0);
}

/** The kind of task that asks for what is decided on an audit: on certification, or on what its team recommends. */
export function decisionTask(audit: Audit): 'decision' | 'recommendation' {
  return isHeld(audit) && audit.recommends ? 'recommendation' : 'decision';
}

/**
 * Whether a decision is asked of somebody who may take it or, where nobody may, the manager is asked to name somebody. It
 * no longer is when that person leaves, or when somebody was named.
 */
export function isDecisionAsked(state: ProgramState, audit: Audit): boolean {
  const asked = openTasks(state).filter(({ auditId }) => auditId === audit.id);
  const [task] = asked.filter(({ kind }) => kind === decisionTask(audit));
  if (task && hasRole(state, task.assignee, ...bodySpeakers) && tookPartIn(state, task.assignee, audit).length === 0) {
    return true;
  }
  return !task && !deciderOn(state, audit) && asked.some(({ kind }) => kind === 'deciderNeeded');
}

/** The audits whose team recommends something for the certificate that is not decided yet (R25). */
export function recommended({ audits }: Pick<ProgramState, 'audits'>) {
  return Object.values(audits)
    .filter(isHeld)
    .flatMap((audit) => (audit.recommends ? [{ ...audit, recommends: audit.recommends }] : []));
}
