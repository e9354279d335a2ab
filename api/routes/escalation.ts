import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { own } from '../../domain/basics.ts';
import { date, email, id, instant } from '../../domain/registry/fields.ts';
import type { ProgramState } from '../../domain/state.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { pageOfAll } from '../pages.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';
import { escalationView } from '../views/escalation.ts';

const preview = Type.Object({
  taskId: id,
  title: Type.String(),
  assignee: email,
  dueOn: date,
  waitsFor: Type.Optional(Type.Array(id, { description: 'Nothing is sent until these have ended' })),
  rungs: Type.Array(
    Type.Object({
      rung: Type.Integer(),
      at: instant,
      to: Type.Array(email),
      what: Type.String(),
      passed: Type.Boolean({ description: 'It was sent, or skipped because the task was opened late.' }),
    }),
  ),
});

/** Who hears what when, if nothing is done. */
export const escalationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/escalation/preview',
    {
      schema: {
        tags: ['Escalation'],
        summary: 'Who is notified when: of each open task, by due date, or of one task',
        operationId: 'previewEscalation',
        querystring: Type.Object({ ...pageQuery.properties, task: Type.Optional(id) }),
        response: { 200: pageOf(preview) },
      },
    },
    async (request) => {
      const { program, query } = request;
      const { state } = await readingOf(app.services, program.id);
      const sight = await sightFor(app.services, request);
      const sees = (task: string) => sight.task(task) && sight.sees({ subject: 'escalation', task });
      const { items, nextCursor } = pageOfAll(asked(state, query.task, sees), query);
      return { items: items.map((task) => escalationView(state, task)), nextCursor };
    },
  );
};

function asked({ tasks }: ProgramState, taskId: string | undefined, sees: (taskId: string) => boolean): Task[] {
  if (taskId === undefined) {
    const open = Object.values(tasks).filter(({ id: of, status }) => status === 'open' && sees(of));
    return open.sort((one, other) => one.dueOn.localeCompare(other.dueOn));
  }
  const task = sees(taskId) ? own(tasks, taskId) : undefined;
  if (!task) throw notFound(`The task ${taskId}`);
  return [task];
}
