import { addWorkingDays } from '../calendar.ts';
import { mustHavePeople } from '../definition.ts';
import { holders, manager } from '../people.ts';
import { refuse, wrong } from '../rejection.ts';
import { bodyIsTold, otherPeopleInCharge, touchedBy } from '../rules/change.ts';
import type { ChangeKind } from '../types/index.ts';
import { mustHaveBegun, mustNotBeAhead, mustSay } from './checks.ts';
import { type Draft, own } from './draft.ts';
import { ownerOf } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';
import { handToManager } from './handover.ts';
import { askForAssessment, askForEvidence, sendBack } from './renewal.ts';
import { warnOfLoneReviewer } from './review.ts';
import { handToBody } from './transfer.ts';

/** Working days in which an incident or a complaint is dealt with. */
const reactionDays = { high: 2, medium: 5, low: 10, complaint: 5 };
/** Working days in which what a change touches is handed in again. */
const renewalDays = 20;
/** Working days in which the manager tells a body that has nobody in the program. */
const tellingDays = 5;

/** Commands about what changes in the system or happens to it: scope, people, AI systems, incidents, complaints. */
export const changeDeciders: Deciders<
  'changeScope' | 'setPeople' | 'putAiSystem' | 'retireAiSystem' | 'reportIncident' | 'reportComplaint'
> = {
  changeScope(draft, { reason, statement, exclusions }) {
    const scope = { statement, ...(exclusions ? { exclusions } : {}) };
    const { scope: previous } = draft.state;
    mustSay(reason, 'reason');
    mustSay(scope.statement, 'statement');
    if (statement === previous.statement && (exclusions ?? '') === (previous.exclusions ?? ''))
      refuse('state', 'The scope says this already; nothing would change.');
    draft.emit({ type: 'ScopeChanged', data: { scope, previous, reason } });
    assess(draft, 'scope', `The scope was changed: ${reason}`);
  },

  setPeople(draft, { people, reason }) {
    mustHavePeople(people);
    const { people: before } = draft.state;
    draft.emit({ type: 'PeopleChanged', data: { people, ...(reason ? { reason } : {}) } });
    const remaining = new Set(people.map((person) => person.email));
    handToBody(draft);
    const left = draft
      .openTasksOf(undefined, {})
      .flatMap(({ assignee }) => (remaining.has(assignee) ? [] : [assignee]));
    handToManager(draft, left, { people: before });
    warnOfLoneReviewer(draft);
    if (otherPeopleInCharge(before, people)) {
      assess(draft, 'people', `Other people are in charge${reason ? `: ${reason}` : '.'}`);
    }
  },

  putAiSystem(draft, { id, name, role, risk }) {
    const system = { id, name, role, risk };
    mustSay(name, 'name');
    const before = own(draft.state.aiSystems, system.id);
    if (before && !before.retiredOn && before.name === name && before.role === role && before.risk === risk)
      refuse('state', `The AI system ${id} is this already; nothing would change.`);
    const change = before ? 'changed' : 'added';
    draft.emit({ type: 'AiSystemPut', data: { system, change } });
    const again = before?.retiredOn ? 'in use again' : change;
    const kind = before && !before.retiredOn ? 'systemChanged' : 'systemAdded';
    assess(draft, kind, `The AI system ${system.name} was ${again === change ? change : `put ${again}`}.`, system.id);
  },

  retireAiSystem(draft, { systemId, reason }) {
    const system = own(draft.state.aiSystems, systemId);
    if (!system) wrong('unknown', `There is no AI system ${systemId} in this program.`);
    if (system.retiredOn) refuse('state', `The AI system ${systemId} was retired on ${system.retiredOn}.`);
    draft.emit({ type: 'AiSystemRetired', data: { systemId, ...(reason ? { reason } : {}) } });
    // What happened with it is still dealt with, and its cause found (10.2).
    const stays = ['incident', 'complaint'];
    for (const task of draft.openTasksOf(undefined, { systemId }).filter((open) => !stays.includes(open.kind))) {
      const reason = `The AI system ${system.name} was retired.`;
      draft.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason } });
    }
    assess(draft, 'systemRetired', `The AI system ${system.name} was retired${reason ? `: ${reason}` : '.'}`);
  },

  reportIncident(draft, { occurredOn, systemId, severity, description }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, occurredOn, 'occurredOn');
    mustSay(description, 'description');
    mustBeSystem(draft, systemId);
    const id = draft.newId('I');
    const of = systemId ? { systemId } : {};
    draft.emit({ type: 'IncidentReported', data: { id, occurredOn, ...of, severity, description } });
    const dueOn = addWorkingDays(draft.today, reactionDays[severity], draft.state.calendar);
    const title = `Incident ${id}: react, find the cause, decide on corrective action`;
    draft.openTask(
      { kind: 'incident', title, assignee: manager(draft.state), dueOn, ...of, requirementId: '10.2' },
      description,
    );
    assess(draft, 'incident', `Incident ${id} of ${severity} severity: ${description}`, systemId, severity);
  },

  reportComplaint(draft, { receivedOn, from, systemId, description }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, receivedOn, 'receivedOn');
    mustSay(description, 'description');
    mustBeSystem(draft, systemId);
    const id = draft.newId('C');
    const of = systemId ? { systemId } : {};
    draft.emit({ type: 'ComplaintReceived', data: { id, receivedOn, from, ...of, description } });
    const dueOn = addWorkingDays(draft.today, reactionDays.complaint, draft.state.calendar);
    const title = `Complaint ${id} from ${from}: answer it and keep what was done`;
    draft.openTask({ kind: 'complaint', title, assignee: manager(draft.state), dueOn, ...of }, description);
    assess(draft, 'complaint', `Complaint ${id} from ${from}: ${description}`, systemId);
  },
};

/** Records what a change touches, asks for all of that again, and has the body told where its profile says so. */
function assess(
  draft: Draft,
  change: ChangeKind,
  what: string,
  systemId?: string,
  severity?: 'high' | 'medium' | 'low',
): void {
  const touched = touchedBy(draft.state, change, systemId);
  const told = bodyIsTold(draft.state, change, severity);
  const { evidence, systems, applicability } = touched;
  if (evidence.length + systems.length === 0 && !applicability && !told) return;
  const to = told ? holders(draft.state, 'leadAuditor') : [];
  draft.emit({ type: 'ChangeAssessed', data: { change, what, ...touched, to } });
  const dueOn = addWorkingDays(draft.today, renewalDays, draft.state.calendar);
  for (const id of systems) {
    sendBack(draft, { systemId: id }, what);
    askForAssessment(draft, id, dueOn, what);
  }
  for (const requirementId of evidence) {
    sendBack(draft, { requirementId }, what);
    askForEvidence(draft, requirementId, 'renew the evidence', dueOn, what);
  }
  if (applicability) reviewApplicability(draft, dueOn, what);
  if (told && to.length === 0) haveBodyTold(draft, what);
}

function reviewApplicability(draft: Draft, dueOn: string, why: string): void {
  if (draft.openTasksOf('applicabilityReview', {}).length > 0) return;
  const title = 'Review the statement of applicability: which controls apply, and why';
  const assignee = ownerOf(draft, '6.1.3');
  draft.openTask({ kind: 'applicabilityReview', title, assignee, dueOn, requirementId: '6.1.3' }, why);
}

/** Nobody of the body takes part in the program: the manager tells it, and keeps what was told. */
function haveBodyTold(draft: Draft, what: string): void {
  const title = `Tell ${draft.state.body.name} of the change, and keep what was told`;
  const dueOn = addWorkingDays(draft.today, tellingDays, draft.state.calendar);
  draft.openTask({ kind: 'manual', title, assignee: manager(draft.state), dueOn, priority: 'high' }, what);
}

function mustBeSystem(draft: Draft, systemId: string | undefined): void {
  if (systemId !== undefined && !own(draft.state.aiSystems, systemId)) {
    wrong('unknown', `systemId: there is no AI system ${systemId} in this program.`);
  }
}
