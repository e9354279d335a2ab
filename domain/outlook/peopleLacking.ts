import type { Email, IsoDate, Role } from '../basics.ts';
import { auditsBarring } from '../certificate/recommending.ts';
import { holders } from '../people/people.ts';
import { canAnswerTask, rolesToAnswer } from '../people/whoAnswers.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { ownWorkOf, workedForOrganization } from '../rules/independence.ts';
import { notAuditedInternally, requirementsThatApply } from '../rules/internalAudits.ts';
import type { ProgramState } from '../state.ts';
import type { Wait } from './waits.ts';

/** What comes next, as far as it matters here. */
interface Coming {
  next: { kind: string; auditId?: string };
  waits: Wait[];
}

/**
 * Who is still to be named: for what comes next, roles that nobody has among the people. The program managers name them;
 * until then nothing goes on, whoever is asked.
 */
export function peopleLacking(state: ProgramState, { next, waits }: Coming): Wait[] {
  const roles = new Set<Role>();
  for (const { taskId = '' } of waits) {
    const task = state.tasks[taskId];
    if (!task || task.status === 'submitted' || state.people.some(({ email }) => canAnswerTask(state, task, email)))
      continue;
    const [role] = rolesToAnswer(state, task);
    if (role) roles.add(role);
  }
  for (const { taskId = '', auditId = state.tasks[taskId]?.auditId } of waits)
    if (auditId) roles.add(auditorOf(state, auditId));
  if (next.kind === 'audit' && next.auditId) roles.add(auditorOf(state, next.auditId));
  if (next.kind === 'decision') roles.add('decisionMaker');
  const who = holders(state, 'programManager');
  const lacking = [...roles].filter((role) => !holders(state, role).some((email) => mayAct(state, role, email)));
  if (endsBySpeaking(next) && !isSpokenFor(state) && !lacking.includes('decisionMaker')) lacking.push('decisionMaker');
  return lacking.map((role) => ({ what: 'person', role, who, review: false }));
}

/** Whether it is for the body to say how it goes on with a suspended certificate. */
function endsBySpeaking({ kind }: Coming['next']): boolean {
  return kind === 'reinstatement' || kind === 'lapseSuspended';
}

/** R25: whether somebody of the body may end a suspension: somebody who took no part in what that rests on. */
function isSpokenFor(state: ProgramState): boolean {
  const speakers = bodySpeakers.flatMap((role) => holders(state, role));
  return speakers.some((email) => auditsBarring(state, email, dayOf(state)).length === 0);
}

/**
 * R26: a lead auditor who was of the organization not long ago leads no audit of the body. R9: an internal auditor who worked
 * on all that is left to audit audits nothing of it.
 */
function mayAct(state: ProgramState, role: Role, email: Email): boolean {
  const on = dayOf(state);
  if (role === 'leadAuditor') return !workedForOrganization(state, email, on);
  if (role !== 'internalAuditor') return true;
  const left = notAuditedInternally(state);
  const own = new Set(ownWorkOf(state, [email], on).map(({ requirementId }) => requirementId));
  return (left.length > 0 ? left : requirementsThatApply(state)).some((id) => !own.has(id));
}

/** The day on which the program stands. */
function dayOf({ lastActOn, phaseStartedOn }: ProgramState): IsoDate {
  return lastActOn ?? phaseStartedOn;
}

/** Who leads an audit and tells its outcome. */
function auditorOf({ audits }: ProgramState, auditId: string): Role {
  return audits[auditId]?.kind === 'internal' ? 'internalAuditor' : 'leadAuditor';
}
