import { type Static, Type } from 'typebox';
import type { ReadTables } from '../../db/types.ts';
import { auditKinds } from '../../domain/audits/audit.ts';
import type { Moved } from '../../domain/plan/plan.ts';
import { date, id } from '../../domain/registry/fields.ts';

/** What a change of the plan moved, from when to when. */
export const movedSchema = Type.Object(
  {
    tasks: Type.Array(Type.Object({ taskId: id, title: Type.String(), previousDueOn: date, dueOn: date })),
    audits: Type.Array(
      Type.Object({ auditId: id, kind: Type.Enum(auditKinds), previousTargetOn: date, targetOn: date }),
    ),
  },
  { description: 'What the plan moved, from when to when; the rest is due when it was' },
);
export type MovedView = Static<typeof movedSchema>;

/** The same with what the tasks and audits are called, by their new dates. */
export async function movedView(read: ReadTables, programId: string, { tasks, audits }: Moved): Promise<MovedView> {
  const named = await read.tasksOf(
    programId,
    tasks.map(({ taskId }) => taskId),
  );
  const titles = new Map(named.map((task) => [task.id, task.title]));
  const planned = await Promise.all(audits.map(({ auditId }) => read.audit(programId, auditId)));
  return {
    tasks: tasks
      .map(({ taskId, dueOn, previousDueOn }) => ({
        taskId,
        title: titles.get(taskId) ?? taskId,
        previousDueOn,
        dueOn,
      }))
      .sort((one, other) => one.dueOn.localeCompare(other.dueOn)),
    audits: audits.flatMap(({ auditId, targetOn, previousTargetOn }, index) => {
      const audit = planned[index];
      return audit ? [{ auditId, kind: audit.kind, previousTargetOn, targetOn }] : [];
    }),
  };
}
