import { cadenceNames, type IsoDate } from '../basics.ts';
import { roundsOf } from '../rules/cadence.ts';
import { datesBeforePlans, neverPast, notAfterR3, presentSpan, replanned } from '../rules/replan.ts';
import type { ProgramState } from '../state.ts';
import type { Moved, Plan } from './plan.ts';

/** What moves when a plan comes in the place of the present one: with a phase first, then with a cadence. */
export function movedBy(state: ProgramState, plan: Plan, today: IsoDate): Moved {
  const withPhase = movedByPhase(state, plan, today);
  const withCadence = movedByCadence(state, plan, today);
  return {
    tasks: once([...withPhase.tasks, ...withCadence.tasks], ({ taskId }) => taskId),
    audits: once([...withPhase.audits, ...withCadence.audits], ({ auditId }) => auditId),
  };
}

/** What moves with a phase: open work of the present phase, and audits whose dates were not agreed. */
function movedByPhase(state: ProgramState, plan: Plan, today: IsoDate): Moved {
  const before = presentSpan(state, state.plan);
  const after = presentSpan(state, plan);
  const moved: Moved = { tasks: [], audits: [] };
  if (state.status === 'planned' || !before || !after || before.endsOn === after.endsOn) return moved;
  for (const [id, date] of datesBeforePlans(state, before, today)) {
    const on = replanned(date, after, { today, calendar: state.calendar });
    const audit = state.audits[id];
    if (!audit) moved.tasks.push({ taskId: id, dueOn: on, previousDueOn: date.gave });
    else {
      const targetOn = neverPast(notAfterR3(state, audit, on), date.gave, { today, calendar: state.calendar });
      moved.audits.push({ auditId: id, targetOn, previousTargetOn: date.gave });
    }
  }
  return {
    tasks: moved.tasks.filter(({ dueOn, previousDueOn }) => dueOn !== previousDueOn),
    audits: moved.audits.filter(({ targetOn, previousTargetOn }) => targetOn !== previousTargetOn),
  };
}

/** What moves with a cadence: what was asked for by it, on the day that it gave, and whose date nobody moved after that. */
function movedByCadence(state: ProgramState, plan: Plan, today: IsoDate): Moved {
  const moved: Moved = { tasks: [], audits: [] };
  for (const name of cadenceNames.filter((each) => state.plan.cadences[each] !== plan.cadences[each])) {
    const after = roundsOf(state, name, plan.cadences[name]);
    for (const [index, { asked, dueOn: previous }] of roundsOf(state, name).entries()) {
      const next = after[index];
      if (!asked || !next) continue;
      const dueOn = neverPast(next.dueOn, previous, { today, calendar: state.calendar });
      if (dueOn === previous) continue;
      if ('taskId' in asked && state.tasks[asked.taskId]?.dueOn === previous) {
        moved.tasks.push({ taskId: asked.taskId, dueOn, previousDueOn: previous });
      }
      if ('auditId' in asked && isPlannedFor(state, asked.auditId, previous)) {
        moved.audits.push({ auditId: asked.auditId, targetOn: dueOn, previousTargetOn: previous });
      }
    }
  }
  return moved;
}

function isPlannedFor({ audits }: ProgramState, auditId: string, on: IsoDate): boolean {
  return audits[auditId]?.status === 'planned' && audits[auditId].targetOn === on;
}

/** The first of each. */
function once<T>(entries: T[], key: (entry: T) => string): T[] {
  const firsts = new Map<string, T>();
  for (const entry of entries) if (!firsts.has(key(entry))) firsts.set(key(entry), entry);
  return [...firsts.values()];
}
