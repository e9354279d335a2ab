import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { TaskFilter } from '../../db/types.ts';
import { email, id, strict } from '../../domain/registry/fields.ts';
import { type Task, type TaskStatus, task } from '../../domain/tasks/task.ts';
import { now } from '../clock.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const tags = ['Tasks'];

const taskStatuses: TaskStatus[] = ['open', 'submitted', 'accepted', 'waived', 'cancelled'];

const filter = Type.Object({
  ...pageQuery.properties,
  status: Type.Optional(Type.Enum(taskStatuses)),
  overdue: Type.Optional(
    Type.Boolean({
      description: 'Not submitted, waiting for no other task, and past the due date by the program’s clock.',
    }),
  ),
});
const programFilter = Type.Object({ ...filter.properties, assignee: Type.Optional(email) });

/** A task of one program among those of several. */
const inboxTask = Type.Unsafe<Task & { programId: string }>(
  Type.Union(task.anyOf.map(({ properties }) => Type.Object({ ...properties, programId: id }, strict))),
);

/** The tasks of one program. */
export const taskRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.services.database;

  app.get(
    '/tasks',
    {
      schema: {
        tags,
        summary: 'The tasks of a program, by due date',
        operationId: 'listTasks',
        querystring: programFilter,
        response: { 200: pageOf(task) },
      },
    },
    ({ program, query }) => read.tasks(program.id, filterOf(query), pageRequest(query)),
  );

  app.get(
    '/tasks/:taskId',
    {
      schema: {
        tags,
        summary: 'A task',
        operationId: 'getTask',
        params: Type.Object({ programId: id, taskId: id }),
        response: { 200: task },
      },
    },
    async ({ params: { programId, taskId } }) => {
      const found = await read.task(programId, taskId);
      if (!found) throw notFound(`The task ${taskId}`);
      return found;
    },
  );
};

/** The caller's tasks over all programs. */
export const inboxRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.services.database;

  app.get(
    '/tasks',
    {
      schema: {
        tags,
        summary: "The caller's tasks over all programs, by due date",
        operationId: 'listInbox',
        querystring: filter,
        response: { 200: pageOf(inboxTask) },
      },
    },
    ({ caller, query }) => read.inbox(caller.email, filterOf(query), pageRequest(query)),
  );
};

function filterOf({ status, assignee, overdue }: Static<typeof programFilter>): TaskFilter {
  return { status, assignee, overdue, now: now() };
}
