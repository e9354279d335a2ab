import type { FastifyInstance } from 'fastify';
import { unlessUnreadable } from '../../api/unreadable.ts';
import { clockNow } from '../../api/views/program.ts';
import { bodyRoles, type Email, type IsoDate } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { reviewing } from '../../domain/registry/roles.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { shortDay } from '../../words/when.ts';
import type { BulkAct } from './bulk.ts';

/** A task with which something was done or tried, as it is now. */
export interface TriedTask {
  ref: string;
  title: string;
  program: string;
  url: string;
  /** What is so now, if what was asked for was done: `accepted`, `with Olu`, `due Fri, Jan 15`. */
  what: string | undefined;
}

/** So many are told one by one. */
const mostTold = 50;

/**
 * Tasks with which their reader did or tried something, told from how they are now, so that no address can claim what is not so.
 * Those of programs in which the reader has no role that reads every task are left out.
 */
export async function triedTasks(
  app: FastifyInstance,
  email: Email,
  act: BulkAct,
  refs: readonly string[],
): Promise<TriedTask[]> {
  const { read, inbox } = app.services.database;
  const asked = refs.slice(0, mostTold).map((ref) => ref.split('/') as [string, string]);
  const roles = await read.rolesIn([...new Set(asked.map(([programId]) => programId))], email);
  const readsAll = ([programId]: [string, string]) => {
    const held = roles.get(programId) ?? [];
    return held.some((role) => reviewing.includes(role)) && !held.some((role) => bodyRoles.includes(role));
  };
  const found = await Promise.all(
    asked.filter(readsAll).map(([programId, taskId]) => {
      const both = async () => {
        const [program, task] = await Promise.all([read.program(programId), read.task(programId, taskId)]);
        return program && task ? [{ program, task }] : [];
      };
      return unlessUnreadable(app.services, both, []);
    }),
  );
  const names = await inbox.names(
    found.flat().map(({ program, task }) => ({ programId: program.id, email: task.assignee })),
  );
  return found.flat().map(({ program, task }) => ({
    ref: `${program.id}/${task.id}`,
    title: task.title,
    program: program.name,
    url: `/programs/${encodeURIComponent(program.id)}/tasks/${encodeURIComponent(task.id)}`,
    what: whatIsSo(
      act,
      task,
      names.get(`${program.id} ${task.assignee}`) ?? task.assignee,
      dateAt(clockNow(program), program.timeZone),
    ),
  }));
}

function whatIsSo(act: BulkAct, task: Task, assignee: string, today: IsoDate): string | undefined {
  if (act === 'accept') return task.status === 'accepted' ? 'accepted' : undefined;
  return act === 'reassign' ? `with ${assignee}` : `due ${shortDay(task.dueOn, today)}`;
}
