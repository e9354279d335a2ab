import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { inParts } from '../formBodies.ts';
import { mustBeOwnForm } from '../sameSite.ts';
import { actOnTask, happenedOn, showTask } from './handle.tsx';
import type { Looking } from './reading.ts';

/** The pages of tasks, for who is signed in; below `/programs/:programId`. */
export const taskRoutes: FastifyPluginAsync = async (app) => {
  app.get('/tasks/:taskId', async (request, reply) => {
    const looking = lookingOf(request);
    const { done } = request.query as { done?: string };
    return showTask(app, reply, looking, { happened: await happenedOn(app, looking, done) });
  });

  app.post('/tasks/:taskId', inParts, async (request, reply) => {
    return actOnTask(app, request, reply, lookingOf(request), (form) => mustBeOwnForm(request, form));
  });
};

function lookingOf(request: FastifyRequest): Looking {
  const { programId, taskId } = request.params as { programId: string; taskId: string };
  const url = `/programs/${encodeURIComponent(programId)}/tasks/${encodeURIComponent(taskId)}`;
  const { email, installationRole } = request.caller;
  return { programId, taskId, email, installationRole, by: 'session', url, csrf: request.csrf() };
}
