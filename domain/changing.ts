import type { Audit } from './audits/audit.ts';
import type { Finding } from './findings/finding.ts';
import type { ProgramState } from './state.ts';
import { noteBelonging } from './tasks/belonging.ts';
import { noteWaiting } from './tasks/dependencies.ts';
import type { Task } from './tasks/task.ts';

/** The tasks that were copied since `inOneGo` began. */
let copied: WeakSet<object> | undefined;

/**
 * Lets work that changes many tasks, one after the other, copy them once instead of once for each: what it copied is changed
 * itself. Only for work that keeps none of the states in between.
 */
export function inOneGo<T>(work: () => T): T {
  if (copied) return work();
  copied = new WeakSet();
  try {
    return work();
  } finally {
    copied = undefined;
  }
}

/** Tasks with some of them new, or changed. */
export function withTasks(tasks: ProgramState['tasks'], others: Task[]): ProgramState['tasks'] {
  const all = copied?.has(tasks) ? tasks : { ...tasks };
  copied?.add(all);
  for (const task of others) {
    all[task.id] = task;
    noteWaiting(all, task);
    noteBelonging(all, task);
  }
  return all;
}

/** The state with one task changed. A task that is not there is a defect of the register. */
export function changeTask(state: ProgramState, id: string, change: (task: Task) => Task): ProgramState {
  const task = change(there(state, state.tasks, id));
  return { ...state, tasks: withTasks(state.tasks, [task]) };
}

/** The state with one audit changed, as `changeTask`. */
export function changeAudit(state: ProgramState, id: string, change: (audit: Audit) => Audit): ProgramState {
  return { ...state, audits: changed(state, state.audits, id, change) };
}

/** The state with one finding changed, as `changeTask`. */
export function changeFinding(state: ProgramState, id: string, change: (finding: Finding) => Finding): ProgramState {
  return { ...state, findings: changed(state, state.findings, id, change) };
}

/** The counters with the number in an id such as `T-12` taken. */
export function counted(state: ProgramState, id: string): Record<string, number> {
  const [letter = '', number] = id.split('-');
  return { ...state.counters, [letter]: Math.max(state.counters[letter] ?? 0, Number(number)) };
}

/** Every entry of a keyed part changed. */
export function mapped<T>(entries: Record<string, T>, change: (entry: T, id: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, change(entry, id)]));
}

function changed<T>(state: ProgramState, entries: Record<string, T>, id: string, change: (entry: T) => T) {
  return { ...entries, [id]: change(there(state, entries, id)) };
}

function there<T>(state: ProgramState, entries: Record<string, T>, id: string): T {
  const entry = entries[id];
  if (!entry)
    throw new Error(`The register of ${state.id} names ${id} before it was recorded (after record ${state.seq}).`);
  return entry;
}
