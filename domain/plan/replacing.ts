import type { IsoDate } from '../basics.ts';
import { mapped } from '../changing.ts';
import type { Meta } from '../registry/record.ts';
import { datesBeforePlans, presentSpan } from '../rules/replan.ts';
import type { ProgramState } from '../state.ts';
import { firstRungAhead } from '../tasks/ladder.ts';
import type { FormerPlan, Moved, Plan } from './plan.ts';

/** How many former plans a program carries; all are in the register. */
const mostFormerPlans = 20;

/** A plan in the place of the one before. */
export interface Replacement {
  plan: Plan;
  previous: Plan;
  reason: string;
  moved: Moved;
}

/** The state with another plan, and with everything that moves with it at its new date. */
export function replaced(
  state: ProgramState,
  { plan, previous, reason, moved }: Replacement,
  { at, today, actor }: Meta,
): ProgramState {
  const former: FormerPlan = { plan: previous, replacedOn: today, by: actor, reason };
  const dueOns = new Map(moved.tasks.map(({ taskId, dueOn }) => [taskId, dueOn]));
  const targetOns = new Map(moved.audits.map(({ auditId, targetOn }) => [auditId, targetOn]));
  return {
    ...state,
    ...remembered(state, plan, new Map([...dueOns, ...targetOns]), state.pausedOn ?? today),
    plan,
    formerPlans: [...state.formerPlans, former].slice(-mostFormerPlans),
    tasks: mapped(state.tasks, (task, id) => {
      const dueOn = dueOns.get(id);
      if (!dueOn) return task;
      const due = { ...task, dueOn, ...(dueOn < today ? {} : { escalationLevel: 0 }) };
      return { ...due, nextRung: firstRungAhead(due, at, state) };
    }),
    audits: mapped(state.audits, (audit, id) => {
      const targetOn = targetOns.get(id);
      return targetOn ? { ...audit, targetOn } : audit;
    }),
  };
}

/** What the dates were that a new length of the present phase moves, so that the next one counts from there. */
function remembered(
  state: ProgramState,
  plan: Plan,
  gives: Map<string, IsoDate>,
  today: IsoDate,
): Pick<ProgramState, 'beforePlans'> {
  const span = presentSpan(state, state.plan);
  if (state.status === 'planned' || !span || span.endsOn === presentSpan(state, plan)?.endsOn) return {};
  const dates = [...datesBeforePlans(state, span, today)];
  return {
    beforePlans: Object.fromEntries(dates.map(([id, date]) => [id, { ...date, gave: gives.get(id) ?? date.gave }])),
  };
}
