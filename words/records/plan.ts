import { cadenceNames, own, plannedPhases } from '../../domain/basics.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { RecordMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { cadenceLabels, phaseLabels } from '../labels.ts';
import { count, duration } from '../phrases.ts';
import { later, type Telling, type WordsOfRecords } from './entry.ts';
import { steerers } from './recipients.ts';

/** How a change of the plan reads, and who hears of it. */
export const planRecords = {
  PlanChanged: {
    line: ({ plan, previous, reason, moved }) =>
      `Plan changed (${planChanges(previous, plan).join('; ')}), ${count(moved.tasks.length, 'task')} moved: ${reason}`,
    tells: planChanged,
  },
} satisfies Partial<WordsOfRecords>;

/** How a plan differs from the one before, one difference for each part. */
export function planChanges(before: Plan, after: Plan): string[] {
  return [
    ...(before.startsOn === after.startsOn ? [] : [`start: ${after.startsOn} instead of ${before.startsOn}`]),
    ...cadenceNames
      .filter((name) => before.cadences[name] !== after.cadences[name])
      .map((name) => {
        const [now, then] = [after.cadences[name], before.cadences[name]];
        return `${cadenceLabels[name]}: every ${count(now, 'month')} instead of every ${count(then, 'month')}`;
      }),
    ...plannedPhases
      .filter((phase) => before.phases[phase] !== after.phases[phase])
      .map((phase) => {
        const [now, then] = [duration(after.phases[phase]), duration(before.phases[phase])];
        return `${phaseLabels[phase]}: ${now} instead of ${then}`;
      }),
  ];
}

/** Those who steer hear of a new plan, and everybody whose due dates moved with it, each of their own. */
function planChanged(state: ProgramState, { plan, previous, reason, moved }: RecordMap['PlanChanged']): Telling[] {
  const changes = planChanges(previous, plan);
  const tasks = moved.tasks.flatMap(({ taskId, dueOn }) => {
    const task = own(state.tasks, taskId);
    return task ? [{ assignee: task.assignee, taskId, title: task.title, dueOn }] : [];
  });
  const told = new Set([...steerers(state), ...tasks.map(({ assignee }) => assignee)]);
  return [...told].map((email) => {
    const theirs = tasks.filter(({ assignee }) => assignee === email).map(({ assignee: _, ...moved }) => moved);
    return later([email], { kind: 'planChanged', reason, changes, moved: theirs });
  });
}
