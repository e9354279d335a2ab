import type { ProgramState } from '../state.ts';
import type { Task } from './task.ts';

const owners = ['systemId', 'requirementId', 'findingId', 'auditId'] as const;

/** What tasks belong to. */
export type TaskOwner = Partial<Pick<Task, (typeof owners)[number]>>;

/** The ids of tasks, ended ones too, by what they belong to. */
type Belonging = Map<string, Set<string>>;

/** Found out once for what looks up tasks and opens others in one go: thousands would be looked through each time. */
const belongings = new WeakMap<ProgramState['tasks'], Belonging>();

/** The tasks, ended ones too, that belong to something: all when it names nothing. */
export function tasksOf(tasks: ProgramState['tasks'], of: TaskOwner): Task[] {
  const [key] = keysOf(of);
  if (key === undefined) return Object.values(tasks);
  const found = [...(belongingIn(tasks).get(key) ?? [])].flatMap((id) => tasks[id] ?? []);
  return found.filter((task) => owners.every((owner) => of[owner] === undefined || task[owner] === of[owner]));
}

function belongingIn(tasks: ProgramState['tasks']): Belonging {
  const known = belongings.get(tasks);
  if (known) return known;
  const belonging: Belonging = new Map();
  belongings.set(tasks, belonging);
  for (const task of Object.values(tasks)) noteBelonging(tasks, task);
  return belonging;
}

/** Notes what a task belongs to that was put among those that are changed in one go. */
export function noteBelonging(tasks: ProgramState['tasks'], task: Task): void {
  const belonging = belongings.get(tasks);
  if (!belonging) return;
  for (const key of keysOf(task)) belonging.set(key, (belonging.get(key) ?? new Set()).add(task.id));
}

function keysOf(of: TaskOwner): string[] {
  return owners.flatMap((owner) => (of[owner] === undefined ? [] : `${owner} ${of[owner]}`));
}
