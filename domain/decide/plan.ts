import { isCalendarDuration } from '../calendar.ts';
import { refuse, wrong } from '../rejection.ts';
import { unusualLength } from '../rules/plan.ts';
import { auditsOfPlan, notAfterR3, phasesOver, presentSpan, replanned, tasksOfPlan } from '../rules/replan.ts';
import type { CommandMap, IsoDate, Plan, PlannedPhase, ProgramState, RecordMap } from '../types/index.ts';
import { mustNotBePast, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';

type Moved = RecordMap['PlanChanged']['moved'];

/** The plan is changed: the new one counts from now, the former stays readable with who replaced it, when and why. */
export const planDeciders: Deciders<'changePlan'> = {
  changePlan(draft, { startsOn, phases = {}, reason }) {
    mustSay(reason, 'reason');
    const { plan: previous } = draft.state;
    if (startsOn) mustBeMovable(draft, startsOn);
    mustBeAhead(draft, phases);
    const plan = { ...previous, startsOn: startsOn ?? previous.startsOn, phases: { ...previous.phases, ...phases } };
    if (JSON.stringify(plan) === JSON.stringify(previous)) {
      refuse('state', 'The plan says this already; name a start or a length of a phase that is another.');
    }
    const moved = movedBy(draft.state, plan, draft.state.pausedOn ?? draft.today);
    draft.emit({ type: 'PlanChanged', data: { plan, previous, reason, moved } });
    const warning = unusualLength(plan);
    if (warning) draft.emit({ type: 'WarningNoted', data: { code: 'R24', text: warning } });
  },
};

function mustBeMovable(draft: Draft, startsOn: IsoDate): void {
  mustNotBePast(draft, startsOn, 'startsOn');
  if (draft.state.status === 'planned' || startsOn === draft.state.plan.startsOn) return;
  refuse('state', 'startsOn: the program has begun; its start cannot be moved.');
}

/** Refuses lengths that are none, of phases that are over, and one with which the present phase would have ended. */
function mustBeAhead(draft: Draft, phases: NonNullable<CommandMap['changePlan']['phases']>): void {
  const { state } = draft;
  const over = phasesOver(state);
  for (const [name, duration] of Object.entries(phases)) {
    const phase = name as PlannedPhase;
    if (!isCalendarDuration(duration)) {
      wrong('dates', `phases.${phase}: ${duration} is not a duration of years, months, weeks or days, such as P2M.`);
    }
    if (duration === state.plan.phases[phase]) continue;
    if (over.includes(phase)) {
      refuse('state', `phases.${phase}: that phase is over; change those that are under way or ahead.`);
    }
    if (phase !== state.phase || state.status === 'planned') continue;
    const span = presentSpan(state, { ...state.plan, phases: { ...state.plan.phases, [phase]: duration } });
    if (span && span.endsOn <= (state.pausedOn ?? draft.today)) {
      wrong(
        'dates',
        `phases.${phase}: it began on ${span.startsOn} and would have ended on ${span.endsOn}; give it an end that lies ahead.`,
      );
    }
  }
}

/** What moves with the plan: open work of the present phase, and audits whose dates were not agreed. */
function movedBy(state: ProgramState, plan: Plan, today: IsoDate): Moved {
  const before = presentSpan(state, state.plan);
  const after = presentSpan(state, plan);
  if (state.status === 'planned' || !before || !after || before.endsOn === after.endsOn) {
    return { tasks: [], audits: [] };
  }
  const tasks = tasksOfPlan(state).map(({ id: taskId, dueOn: previousDueOn }) => {
    return { taskId, previousDueOn, dueOn: replanned(previousDueOn, before, after, today) };
  });
  const audits = auditsOfPlan(state).map((audit) => {
    const targetOn = notAfterR3(state, audit, replanned(audit.targetOn, before, after, today));
    return { auditId: audit.id, previousTargetOn: audit.targetOn, targetOn };
  });
  return {
    tasks: tasks.filter(({ dueOn, previousDueOn }) => dueOn !== previousDueOn),
    audits: audits.filter(({ targetOn, previousTargetOn }) => targetOn !== previousTargetOn),
  };
}
