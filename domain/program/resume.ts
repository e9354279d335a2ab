import { Type } from 'typebox';
import type { IsoDate } from '../basics.ts';
import { addDays, dateAt, daysBetween, latest } from '../calendar.ts';
import { mapped } from '../changing.ts';
import { mustSay } from '../checks.ts';
import { isUnverified, type UnverifiedFinding } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import { isUnended, type UnendedTask } from '../tasks/task.ts';

/** How many pauses a program carries: only those after something came around last put it off. */
const mostPauses = 20;

export const resume = command('resume', {
  summary: 'Resume the program',
  payload: { reason },
  roles: steering,
  address: { does: 'act', path: '/resume', gives: 'program' },
  example: { at: 'paused', by: 'sponsor', payload: { reason: 'The move is done.' } },
  decide(draft, { reason: why }) {
    mustSay(why, 'reason');
    const { pausedOn, status } = draft.state;
    if (!pausedOn) refuse('state', 'notPaused', { status });
    draft.emit(ProgramResumed, { reason: why, days: daysBetween(pausedOn, draft.today) });
  },
});

/**
 * After a pause internal due dates lie later by its length, or by the part of it in which they were known; those of the
 * certification body stay where they were.
 */
export const ProgramResumed = record('ProgramResumed', {
  data: { reason: Type.String(), days: Type.Integer() },
  leavesTask: false,
  apply(state, { days }, { today }) {
    const { pausedOn: from = addDays(today, -days), ...rest } = state;
    const pause = { from, until: addDays(from, days) };
    return {
      ...rest,
      status: 'active',
      pauses: [...state.pauses, pause].slice(-mostPauses),
      tasks: mapped(state.tasks, (task) =>
        isUnended(task) && !task.bodyDeadline ? delayed(task, pause, state.calendar.timeZone) : task,
      ),
      findings: mapped(state.findings, (finding) => {
        const waits = isUnverified(finding) && !isOfBodyFinding(state, finding);
        return waits ? delayedDeadlines(finding, pause) : finding;
      }),
      beforePlans: delayedPlans(state, pause),
    };
  },
});

type Pause = ProgramState['pauses'][number];

/** How long a pause was for what there was from a day on. */
function daysOf({ from, until }: Pause, knownFrom: IsoDate): number {
  return daysBetween(latest(knownFrom, from), until);
}

function delayed(task: UnendedTask, pause: Pause, timeZone: string): UnendedTask {
  const dueOn = addDays(task.dueOn, daysOf(pause, task.openedOn));
  if (task.status === 'open') return { ...task, dueOn };
  const reviewFrom = task.reviewFrom ?? dateAt(task.evidence.at, timeZone);
  return { ...task, dueOn, reviewFrom: addDays(reviewFrom, daysOf(pause, reviewFrom)) };
}

function delayedDeadlines(finding: UnverifiedFinding, pause: Pause): UnverifiedFinding {
  const days = daysOf(pause, finding.raisedOn);
  const { planDueOn, verifyDueOn } = finding;
  return {
    ...finding,
    ...(planDueOn ? { planDueOn: addDays(planDueOn, days) } : {}),
    ...(verifyDueOn ? { verifyDueOn: addDays(verifyDueOn, days) } : {}),
  };
}

function delayedPlans({ beforePlans = {}, tasks }: ProgramState, pause: Pause): ProgramState['beforePlans'] {
  return mapped(beforePlans, (date, id) => {
    const task = tasks[id];
    if (!task || !isUnended(task)) return date;
    const days = daysOf(pause, task.openedOn);
    return { ...date, paused: date.paused + days, gave: addDays(date.gave, days) };
  });
}
