import { addDays, isCalendarDuration, latest } from '../calendar.ts';
import { mustBeCadences, mustEndInTime } from '../definition.ts';
import { refuse, wrong } from '../rejection.ts';
import { type Round, roundsOf } from '../rules/cadence.ts';
import { unusualLength } from '../rules/plan.ts';
import { datesBeforePlans, notAfterR3, phasesOver, presentSpan, replanned, tooMuchWork } from '../rules/replan.ts';
import {
  type CommandMap,
  cadenceNames,
  type IsoDate,
  type Plan,
  type PlannedPhase,
  type ProgramState,
  type RecordMap,
} from '../types/index.ts';
import { mustNotBePast, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';

type Moved = RecordMap['PlanChanged']['moved'];

/** The plan is changed: the new one counts from now, the former stays readable with who replaced it, when and why. */
export const planDeciders: Deciders<'changePlan'> = {
  changePlan(draft, { startsOn, phases = {}, cadences = {}, reason }) {
    mustSay(reason, 'reason');
    const { plan: previous } = draft.state;
    if (startsOn) mustBeMovable(draft, startsOn);
    mustBeAhead(draft, phases);
    mustBeCadences(cadences, 'cadences');
    const plan = {
      startsOn: startsOn ?? previous.startsOn,
      phases: { ...previous.phases, ...phases },
      cadences: { ...previous.cadences, ...cadences },
    };
    mustEndInTime(plan, 'phases');
    if (JSON.stringify(plan) === JSON.stringify(previous)) {
      refuse('state', 'The plan says this already; name a start, a length of a phase or a cadence that is another.');
    }
    const today = draft.state.pausedOn ?? draft.today;
    const withPhase = movedByPhase(draft.state, plan, today);
    const withCadence = movedByCadence(draft.state, plan, today);
    const moved = {
      tasks: once([...withPhase.tasks, ...withCadence.tasks], ({ taskId }) => taskId),
      audits: once([...withPhase.audits, ...withCadence.audits], ({ auditId }) => auditId),
    };
    draft.emit({ type: 'PlanChanged', data: { plan, previous, reason, moved } });
    const warning = unusualLength(plan);
    if (warning) draft.emit({ type: 'WarningNoted', data: { code: 'R24', text: warning } });
    warnOfTooMuch(draft, previous, today);
  },
};

/** Warns when the implementation got a length in which the work that is left cannot be done. */
function warnOfTooMuch(draft: Draft, previous: Plan, today: IsoDate): void {
  const span = presentSpan(draft.state, draft.state.plan);
  if (!span || span.endsOn === presentSpan(draft.state, previous)?.endsOn) return;
  const text = tooMuchWork(draft.state, span, today);
  if (text) draft.emit({ type: 'WarningNoted', data: { code: 'plan', text } });
}

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

/** What moves with a cadence: what was asked for by it, on the day that it gave, and whose date nobody moved since. */
function movedByCadence(state: ProgramState, plan: Plan, today: IsoDate): Moved {
  const moved: Moved = { tasks: [], audits: [] };
  for (const name of cadenceNames) {
    const [before, after] = [state.plan, plan].map(({ cadences }) => roundsOf(state, name, cadences[name]));
    for (const [index, { asked, dueOn: previous }] of (before as Round[]).entries()) {
      const dueOn = latest((after as Round[])[index]?.dueOn as IsoDate, addDays(today, 1));
      if (!asked || dueOn === previous || state.plan.cadences[name] === plan.cadences[name]) continue;
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

/** The first of each. */
function once<T>(entries: T[], key: (entry: T) => string): T[] {
  return entries.filter((entry, index) => entries.findIndex((other) => key(other) === key(entry)) === index);
}

function isPlannedFor({ audits }: ProgramState, auditId: string, on: IsoDate): boolean {
  return audits[auditId]?.status === 'planned' && audits[auditId].targetOn === on;
}

/** What moves with a phase: open work of the present phase, and audits whose dates were not agreed. */
function movedByPhase(state: ProgramState, plan: Plan, today: IsoDate): Moved {
  const before = presentSpan(state, state.plan);
  const after = presentSpan(state, plan);
  if (state.status === 'planned' || !before || !after || before.endsOn === after.endsOn) {
    return { tasks: [], audits: [] };
  }
  const { calendar } = state;
  const moved: Moved = { tasks: [], audits: [] };
  for (const [id, date] of datesBeforePlans(state, before, today)) {
    const on = replanned(date, after, { today, calendar });
    const audit = state.audits[id];
    if (!audit) moved.tasks.push({ taskId: id, previousDueOn: date.gave, dueOn: on });
    else moved.audits.push({ auditId: id, previousTargetOn: date.gave, targetOn: notAfterR3(state, audit, on) });
  }
  return {
    tasks: moved.tasks.filter(({ dueOn, previousDueOn }) => dueOn !== previousDueOn),
    audits: moved.audits.filter(({ targetOn, previousTargetOn }) => targetOn !== previousTargetOn),
  };
}
