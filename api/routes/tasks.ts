import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { TaskFilter } from '../../db/types.ts';
import { email, id, strict } from '../../domain/registry/fields.ts';
import type { TaskStatus } from '../../domain/tasks/task.ts';
import { now } from '../clock.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { seenTask } from '../schemas/seen.ts';
import { sightFor, sightsOf } from '../sights.ts';
import { isWhollyOf, taskView } from '../views/parts.ts';

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
const inboxTask = Type.Unsafe<Static<typeof seenTask> & { programId: string }>(
  Type.Union(seenTask.anyOf.map(({ properties }) => Type.Object({ ...properties, programId: id }, strict))),
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
        response: { 200: pageOf(seenTask) },
      },
    },
    async (request) => {
      const { program, query } = request;
      const sight = await sightFor(app.services, request);
      const { items, nextCursor } = await read.tasks(program.id, filterOf(query), pageRequest(query), sight.task);
      return { items: items.map((task) => taskView(task, sight)), nextCursor };
    },
  );

  app.get(
    '/tasks/:taskId',
    {
      schema: {
        tags,
        summary: 'A task',
        operationId: 'getTask',
        params: Type.Object({ programId: id, taskId: id }),
        response: { 200: seenTask },
      },
    },
    async (request) => {
      const { programId, taskId } = request.params;
      const sight = await sightFor(app.services, request);
      const found = sight.task(taskId) && (await read.task(programId, taskId));
      if (!found) throw notFound(`The task ${taskId}`);
      return taskView(found, sight);
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
    async ({ caller, query }) => {
      const viewer = { email: caller.email, programId: caller.scope?.programId };
      const { items, nextCursor } = await read.inbox(viewer, filterOf(query), pageRequest(query));
      // What others submitted for the caller's tasks may not be theirs to read; that is rare.
      const others = items.filter((task) => !isWhollyOf(task, caller.email));
      const sights = await sightsOf(app.services, new Set(others.map(({ programId }) => programId)), caller);
      const seen = items.map((task) => (others.includes(task) ? taskView(task, sights.get(task.programId)!) : task));
      return { items: seen, nextCursor };
    },
  );
};

function filterOf({ status, assignee, overdue }: Static<typeof programFilter>): TaskFilter {
  return { status, assignee, overdue, now: now() };
}
