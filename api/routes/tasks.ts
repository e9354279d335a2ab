import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { TaskFilter } from '../../db/types.ts';
import { addCommandRoutes } from '../commandRoutes.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, task } from '../schemas/answers.ts';
import { email, id, pageQuery } from '../schemas/basics.ts';

const tags = ['Tasks'];

const filter = Type.Object({
  ...pageQuery.properties,
  status: Type.Optional(Type.Enum(['open', 'submitted', 'accepted', 'waived', 'cancelled'])),
  overdue: Type.Optional(
    Type.Boolean({
      description: 'Not handed in, waiting for no other task, and past the due date by the program’s clock.',
    }),
  ),
});
const programFilter = Type.Object({ ...filter.properties, assignee: Type.Optional(email) });

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

  addCommandRoutes(app, 'Tasks', [
    { method: 'POST', path: '/tasks', type: 'openTask', gives: 'task', creates: true, summary: 'Open a task by hand' },
    {
      method: 'POST',
      path: '/tasks/:taskId/evidence',
      type: 'submitEvidence',
      gives: 'task',
      summary: 'Submit evidence',
    },
    {
      method: 'POST',
      path: '/tasks/:taskId/review',
      type: 'reviewEvidence',
      gives: 'task',
      summary: 'Accept or reject the evidence',
    },
    {
      method: 'POST',
      path: '/tasks/:taskId/reassign',
      type: 'reassignTask',
      gives: 'task',
      summary: 'Give it to another',
    },
    { method: 'POST', path: '/tasks/:taskId/extend', type: 'extendTask', gives: 'task', summary: 'Move the due date' },
    {
      method: 'POST',
      path: '/tasks/:taskId/acknowledge',
      type: 'acknowledgeTask',
      gives: 'task',
      summary: 'Say when it is expected; this moves the escalation once, never the due date',
    },
    {
      method: 'PUT',
      path: '/tasks/:taskId/dependencies',
      type: 'setDependencies',
      gives: 'task',
      summary: 'Say which tasks come before it, all of them',
    },
    { method: 'POST', path: '/tasks/:taskId/waive', type: 'waiveTask', gives: 'task', summary: 'Waive it' },
  ]);
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
        response: { 200: pageOf(Type.Object({ ...task.properties, programId: id })) },
      },
    },
    ({ caller, query }) => read.inbox(caller.email, filterOf(query), pageRequest(query)),
  );
};

function filterOf({ status, assignee, overdue }: Static<typeof programFilter>): TaskFilter {
  return { status, assignee, overdue, now: new Date().toISOString() };
}
