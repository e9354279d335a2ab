import { type Static, Type } from 'typebox';
import { entriesOf, type IsoDate } from '../basics.ts';
import { isCalendarDuration } from '../calendar.ts';
import { mustNotBePast, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustBeCadences, mustEndInTime } from '../program/define.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { unusualLength } from '../rules/plan.ts';
import { phasesOver, presentSpan, tooMuchWork } from '../rules/replan.ts';
import { movedBy } from './moving.ts';
import { moved, type Plan, plan, someCadences, somePhaseLengths } from './plan.ts';
import { replaced } from './replacing.ts';

/** The new plan counts from now; the former stays readable with who replaced it, when and why. */
export const changePlan = command('changePlan', {
  summary: 'Change the plan; the former one stays readable',
  payload: {
    startsOn: Type.Optional(date),
    phases: Type.Optional(somePhaseLengths),
    cadences: Type.Optional(someCadences),
    reason,
  },
  roles: manager,
  address: { does: 'change', path: '/plan', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { phases: { implementation: 'P6M' }, reason: 'The vendor delivers two months later.' },
  },
  decide(draft, { startsOn, phases = {}, cadences = {}, reason: why }) {
    mustSay(why, 'reason');
    const { plan: previous } = draft.state;
    if (startsOn) mustBeMovable(draft, startsOn);
    mustBeAhead(draft, phases);
    mustBeCadences(cadences, 'cadences');
    const next = {
      startsOn: startsOn ?? previous.startsOn,
      phases: { ...previous.phases, ...phases },
      cadences: { ...previous.cadences, ...cadences },
    };
    mustEndInTime(next, 'phases');
    if (JSON.stringify(next) === JSON.stringify(previous)) refuse('state', 'planUnchanged', {});
    const today = draft.state.pausedOn ?? draft.today;
    draft.emit(PlanChanged, { plan: next, previous, reason: why, moved: movedBy(draft.state, next, today) });
    const unusual = unusualLength(next);
    if (unusual) draft.warn('R24', unusual.say, unusual.with);
    warnOfTooMuch(draft, previous, today);
  },
});

export const PlanChanged = record('PlanChanged', {
  data: { plan, previous: plan, reason: Type.String(), moved },
  leavesTask: false,
  apply: replaced,
});

/** Warns when the implementation got a length in which the work that is left cannot be done. */
function warnOfTooMuch(draft: Draft, previous: Plan, today: IsoDate): void {
  const span = presentSpan(draft.state, draft.state.plan);
  if (!span || span.endsOn === presentSpan(draft.state, previous)?.endsOn) return;
  const tooMuch = tooMuchWork(draft.state, span, today);
  if (tooMuch) draft.warn('plan', tooMuch.say, tooMuch.with);
}

function mustBeMovable(draft: Draft, startsOn: IsoDate): void {
  mustNotBePast(draft, startsOn, 'startsOn');
  if (draft.state.status === 'planned' || startsOn === draft.state.plan.startsOn) return;
  refuse('state', 'startCannotMove', {}, 'startsOn');
}

/** Refuses lengths that are none, of phases that are over, and one with which the present phase would have ended. */
function mustBeAhead(draft: Draft, phases: Static<typeof somePhaseLengths>): void {
  const { state } = draft;
  const over = phasesOver(state);
  for (const [phase, duration] of entriesOf(phases)) {
    const field = `phases.${phase}`;
    if (!isCalendarDuration(duration)) wrong('dates', 'notADuration', { duration }, field);
    if (duration === state.plan.phases[phase]) continue;
    if (over.includes(phase)) refuse('state', 'phaseIsOver', {}, field);
    if (phase !== state.phase || state.status === 'planned') continue;
    const span = presentSpan(state, { ...state.plan, phases: { ...state.plan.phases, [phase]: duration } });
    if (span && span.endsOn <= (state.pausedOn ?? draft.today))
      wrong('dates', 'phaseWouldHaveEnded', { ...span }, field);
  }
}
