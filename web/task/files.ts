import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';
import { openFile, sendAttachment, sendPreview } from '../../api/files.ts';
import { notFound } from '../../api/problem.ts';
import { readerOf } from '../../api/sights.ts';
import { person } from '../../domain/people/people.ts';
import type { Reader } from '../../identity/reading/reader.ts';
import { mustReadTask } from './handle.tsx';
import type { Looking } from './reading.ts';

interface Asked {
  sha256: string;
}

/** The files of a program, for who is signed in and may read them; below `/programs/:programId`. */
export const fileRoutes: FastifyPluginAsync = async (app) => {
  for (const preview of [false, true]) {
    app.get(`/files/:sha256${preview ? '/preview' : ''}`, async (request, reply) => {
      const { sha256 } = request.params as Asked;
      const { name } = request.query as { name?: string };
      return sendFile(app, reply, request.program.id, readerOf(request), { sha256, name, preview });
    });
  }
};

/** A file of the task behind the link of a mail. Throws the 404 problem for every other file. */
export async function sendFileOfTask(
  app: FastifyInstance,
  reply: FastifyReply,
  looking: Looking,
  asked: { sha256: string; name?: string; preview: boolean },
): Promise<FastifyReply> {
  const { evidence, state, offers, task } = await mustReadTask(app, looking);
  const { email } = looking;
  const concerned = task.assignee === email || evidence?.by === email || offers.length > 0;
  const isOfTask = concerned && evidence?.files?.some(({ sha256 }) => sha256 === asked.sha256);
  if (!isOfTask) throw notFound(`The file ${asked.sha256}`);
  const roles = person(state, email)?.roles ?? [];
  return sendFile(app, reply, looking.programId, { email, roles }, asked);
}

async function sendFile(
  app: FastifyInstance,
  reply: FastifyReply,
  programId: string,
  reader: Reader,
  { sha256, name, preview }: { sha256: string; name?: string; preview: boolean },
): Promise<FastifyReply> {
  const file = await openFile(app.services, programId, reader, sha256);
  return preview ? sendPreview(reply, file) : sendAttachment(reply, file, name);
}
