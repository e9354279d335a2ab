import { addWorkingDays, daysBetween, isCalendarDuration } from '../calendar.ts';
import { mustHavePeople } from '../definition.ts';
import { manager, mustBeOfOrganization } from '../people.ts';
import { openTasks } from '../progress.ts';
import { refuse, wrong } from '../rejection.ts';
import { unusualLength } from '../rules/plan.ts';
import { mustBeDate, mustHaveBegun, mustNotBeAhead, mustNotBePast, mustSay } from './checks.ts';
import { own } from './draft.ts';
import { impactAssessmentOf } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';
import { handToBody } from './transfer.ts';

/** Working days in which an incident or a complaint is dealt with. */
const reactionDays = { high: 2, medium: 5, low: 10, complaint: 5 };

/** Commands about the program itself: plan, scope, people, systems, what happened, pause and end. */
export const programDeciders: Deciders<
  | 'changePlan'
  | 'changeScope'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'setPeople'
  | 'putAiSystem'
  | 'retireAiSystem'
  | 'reportIncident'
  | 'reportComplaint'
  | 'holdManagementReview'
  | 'recordHolidays'
  | 'noteRejection'
> = {
  changePlan(draft, { startsOn, phases, reason }) {
    mustSay(reason, 'reason');
    const previous = draft.state.plan;
    if (startsOn) {
      mustNotBePast(draft, startsOn, 'startsOn');
      if (draft.state.status !== 'planned')
        refuse('state', 'startsOn: the program has begun; its start cannot be moved.');
    }
    for (const [phase, duration] of Object.entries(phases ?? {})) {
      if (!isCalendarDuration(duration)) {
        wrong('dates', `phases.${phase}: ${duration} is not a duration of years, months, weeks or days, such as P2M.`);
      }
    }
    const plan = { startsOn: startsOn ?? previous.startsOn, phases: { ...previous.phases, ...phases } };
    draft.emit({ type: 'PlanChanged', data: { plan, previous, reason } });
    const warning = unusualLength(plan);
    if (warning) draft.emit({ type: 'WarningNoted', data: { code: 'R24', text: warning } });
  },

  changeScope(draft, { reason, statement, exclusions }) {
    const scope = { statement, ...(exclusions ? { exclusions } : {}) };
    mustSay(reason, 'reason');
    mustSay(scope.statement, 'statement');
    draft.emit({ type: 'ScopeChanged', data: { scope, previous: draft.state.scope, reason } });
  },

  pause(draft, { reason }) {
    mustHaveBegun(draft.state);
    mustSay(reason, 'reason');
    if (draft.state.status === 'paused') refuse('state', `The program is paused since ${draft.state.pausedOn}.`);
    draft.emit({ type: 'ProgramPaused', data: { reason } });
  },

  resume(draft, { reason }) {
    mustSay(reason, 'reason');
    if (draft.state.status !== 'paused') refuse('state', `The program is ${draft.state.status}, not paused.`);
    const days = daysBetween(draft.state.pausedOn as string, draft.today);
    draft.emit({ type: 'ProgramResumed', data: { reason, days } });
  },

  cancel(draft, { reason }) {
    mustSay(reason, 'reason');
    draft.cancelTasks({}, 'The program was cancelled.');
    draft.emit({ type: 'ProgramCancelled', data: { reason } });
  },

  setPeople(draft, { people, reason }) {
    mustHavePeople(people);
    draft.emit({ type: 'PeopleChanged', data: { people, ...(reason ? { reason } : {}) } });
    const remaining = new Set(people.map((person) => person.email));
    for (const task of openTasks(draft.state).filter((open) => !remaining.has(open.assignee))) {
      const to = manager(draft.state);
      draft.emit({ type: 'TaskReassigned', data: { taskId: task.id, from: task.assignee, to } });
    }
    handToBody(draft);
  },

  putAiSystem(draft, { id, name, role, risk }) {
    const system = { id, name, role, risk };
    mustSay(name, 'name');
    const change = own(draft.state.aiSystems, system.id) ? 'changed' : 'added';
    draft.emit({ type: 'AiSystemPut', data: { system, change } });
    const asked = draft.openTasksOf('impactAssessment', { systemId: system.id }).length > 0;
    const later = draft.state.phase === 'gapAssessment' || draft.state.status === 'planned';
    if (asked || later) return;
    const dueOn = addWorkingDays(draft.today, 20, draft.state.calendar);
    draft.openTask({ ...impactAssessmentOf(draft, system.id), dueOn }, `The AI system ${system.name} was ${change}.`);
  },

  retireAiSystem(draft, { systemId, reason }) {
    const system = own(draft.state.aiSystems, systemId);
    if (!system) wrong('unknown', `There is no AI system ${systemId} in this program.`);
    if (system.retiredOn) refuse('state', `The AI system ${systemId} was retired on ${system.retiredOn}.`);
    draft.emit({ type: 'AiSystemRetired', data: { systemId, ...(reason ? { reason } : {}) } });
    // An incident with it is still dealt with, and its cause found (10.2).
    for (const task of draft.openTasksOf(undefined, { systemId }).filter((open) => open.kind !== 'incident')) {
      const reason = `The AI system ${system.name} was retired.`;
      draft.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason } });
    }
  },

  reportIncident(draft, { occurredOn, systemId, severity, description }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, occurredOn, 'occurredOn');
    mustSay(description, 'description');
    if (systemId && !own(draft.state.aiSystems, systemId))
      wrong('unknown', `systemId: there is no AI system ${systemId}.`);
    const id = draft.newId('I');
    const of = systemId ? { systemId } : {};
    draft.emit({ type: 'IncidentReported', data: { id, occurredOn, ...of, severity, description } });
    const dueOn = addWorkingDays(draft.today, reactionDays[severity], draft.state.calendar);
    const title = `Incident ${id}: react, find the cause, decide on corrective action`;
    draft.openTask(
      { kind: 'incident', title, assignee: manager(draft.state), dueOn, ...of, requirementId: '10.2' },
      description,
    );
  },

  reportComplaint(draft, { receivedOn, from, description }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, receivedOn, 'receivedOn');
    mustSay(description, 'description');
    const id = draft.newId('C');
    draft.emit({ type: 'ComplaintReceived', data: { id, receivedOn, from, description } });
    const dueOn = addWorkingDays(draft.today, reactionDays.complaint, draft.state.calendar);
    const title = `Complaint ${id} from ${from}: answer it and keep what was done`;
    draft.openTask({ kind: 'complaint', title, assignee: manager(draft.state), dueOn }, description);
  },

  holdManagementReview(draft, { heldOn, attendees, inputs, decisions, actions }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, heldOn, 'heldOn');
    mustSay(inputs, 'inputs');
    mustSay(decisions, 'decisions');
    if (attendees.length === 0) wrong('empty', 'attendees: name who took part in the review.');
    for (const [index, action] of actions.entries()) {
      mustSay(action.title, `actions[${index}].title`);
      mustBeOfOrganization(draft.state, action.assignee, `actions[${index}].assignee`);
      mustNotBePast(draft, action.dueOn, `actions[${index}].dueOn`);
    }
    const id = draft.newId('R');
    const review = { id, heldOn, attendees, inputs, decisions, actions };
    draft.emit({ type: 'ManagementReviewHeld', data: review });
    draft.complete('managementReview', {}, `Management review ${id} was held on ${heldOn}.`);
    for (const action of actions) draft.openTask({ kind: 'manual', ...action }, `Action of management review ${id}.`);
  },

  recordHolidays(draft, { through, holidays, warning }) {
    for (const holiday of holidays) mustBeDate(holiday, 'holidays');
    draft.emit({ type: 'HolidaysRecorded', data: { through, holidays } });
    if (warning) draft.emit({ type: 'WarningNoted', data: { code: 'holidays', text: warning } });
  },

  noteRejection(draft, { commandId, commandType, sentBy, code, detail }) {
    draft.emit({ type: 'CommandRejected', data: { commandId, commandType, sentBy, code, detail } });
  },
};
