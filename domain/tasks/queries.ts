import type { ProgramState } from '../state.ts';
import { isUnended, type TaskKind, type UnendedTask } from './task.ts';

/** Tasks that somebody still has to do something about. */
export function openTasks(state: Pick<ProgramState, 'tasks'>): UnendedTask[] {
  return Object.values(state.tasks).filter(isUnended);
}

/** Whether something of a kind is still asked for. */
export function isAsked(state: Pick<ProgramState, 'tasks'>, ...kinds: TaskKind[]): boolean {
  return openTasks(state).some(({ kind }) => kinds.includes(kind));
}
