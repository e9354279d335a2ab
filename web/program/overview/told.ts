import type { Register } from '../../../db/types.ts';
import type { Email, IsoDate } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { ProgramState } from '../../../domain/state.ts';

/** That somebody was told of a task that is overdue. */
export interface Told {
  on: IsoDate;
  to: Email[];
  /** 0: the assignee, as it was due; then the levels of the escalation. */
  level: number;
}

/** Who was told of each of some tasks, and when, by the task's id, the first first. */
export async function toldOf(
  register: Register,
  { id: programId, calendar, ladder }: ProgramState,
  taskIds: ReadonlySet<string>,
): Promise<Map<string, Told[]>> {
  const told = new Map<string, Told[]>();
  if (taskIds.size === 0) return told;
  const found = await register.naming(programId, [['TaskReminded', 'TaskEscalated'], [...taskIds]]);
  for (const { type, data, at } of found) {
    const isDue = type === 'TaskReminded' && data.rung >= ladder.reminderDays.length;
    if (!isDue && type !== 'TaskEscalated') continue;
    if (!taskIds.has(data.taskId)) continue;
    const level = type === 'TaskEscalated' ? data.level : 0;
    const one = { on: dateAt(at, calendar.timeZone), to: data.to, level };
    told.set(data.taskId, [...(told.get(data.taskId) ?? []), one]);
  }
  return told;
}
