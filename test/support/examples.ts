import type { Email } from '../../domain/basics.ts';
import type { Notice } from '../../domain/notices.ts';
import { type CommandType, commands, type UserCommand } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { moments } from './moments.ts';

/** Who sends an example: the assignee of the task that it names, or else the first who has the role. */
export function senderOf(type: CommandType, { people, tasks }: ProgramState): Email {
  const { by, payload } = commands[type].example;
  const assignee = 'taskId' in payload ? tasks[payload.taskId as string]?.assignee : undefined;
  const able = people.filter(({ roles }) => roles.includes(by)).map(({ email }) => email);
  const sender = able.find((email) => email === assignee) ?? able[0];
  if (!sender) throw new Error(`Nobody in the sample program is ${by}.`);
  return sender;
}

/** Who is told what when the example of a command is carried out. */
export function noticesOfExample(type: CommandType): Notice[] {
  const { at, payload } = commands[type].example;
  const driver = moments[at]();
  const before = driver.notices.length;
  driver.as(senderOf(type, driver.state)).does({ type, ...payload } as UserCommand);
  return driver.notices.slice(before);
}
