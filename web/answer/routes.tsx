import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { today } from '../../api/clock.ts';
import { notFound, Problem } from '../../api/problem.ts';
import { person } from '../../domain/people/people.ts';
import { isEnd } from '../../domain/tasks/task.ts';
import { inParts } from '../formBodies.ts';
import { readForm } from '../forms/read.ts';
import { sendFileOfTask } from '../task/files.ts';
import { actOnTask, draftWords, happenedOn, mustReadTask, showTask } from '../task/handle.tsx';
import type { Looking, TaskReading } from '../task/reading.ts';
import { wordsOf } from '../task/typed.tsx';
import { endedLinkPage, type LinkOver } from './pages.tsx';

/**
 * The pages behind the links of mails: one task, for the one person to whom the mail was sent, without an account. Opening
 * one changes nothing. A link gives no session, and nothing but its task.
 */
export const answerRoutes: FastifyPluginAsync = async (app) => {
  app.get('/answer/:token', async (request, reply) => {
    const looking = lookingOf(request);
    const reading = await mustReadTask(app, looking);
    const over = whyOver(looking, reading);
    if (over) {
      const page = endedLinkPage(over, reading, await draftWords(app, looking));
      return reply.show(page, { status: over === 'expired' ? 410 : 200, visiting: true });
    }
    const { done } = request.query as { done?: string };
    return showTask(app, reply, looking, { happened: await happenedOn(app, looking, done) });
  });

  app.post('/answer/:token', inParts, async (request, reply) => {
    const looking = lookingOf(request);
    const reading = await mustReadTask(app, looking);
    const over = whyOver(looking, reading);
    if (over) {
      const { form } = await readForm(request, noFiles, () => false);
      return reply.show(endedLinkPage(over, reading, wordsOf(form)), { status: 410, visiting: true });
    }
    // Whoever has the link may send its form: it holds what a session's own token would.
    return actOnTask(app, request, reply, looking, () => undefined);
  });

  for (const preview of [false, true]) {
    app.get(`/answer/:token/files/:sha256${preview ? '/preview' : ''}`, async (request, reply) => {
      const { sha256 } = request.params as { sha256: string };
      const { name } = request.query as { name?: string };
      const looking = lookingOf(request);
      if (whyOver(looking, await mustReadTask(app, looking))) throw notFound(`The file ${sha256}`);
      return sendFileOfTask(app, reply, looking, { sha256, name, preview });
    });
  }

  function lookingOf(request: FastifyRequest): Looking & { expired: boolean } {
    const { token } = request.params as { token: string };
    const link = app.taskLinks.read(token);
    if (!link) {
      throw new Problem(
        404,
        'link',
        'This link is not known here. It may have been cut off on its way: copy the whole address from the mail, or sign in.',
      );
    }
    const { programId, taskId, email, expiresOn } = link;
    const { visitor } = request;
    const other = visitor && visitor.email !== email ? { other: visitor.name } : {};
    return {
      ...{ programId, taskId, email, ...other },
      ...{ by: 'link', url: `/answer/${token}`, csrf: '', expired: expiresOn < today() },
    };
  }
};

/** Of a form that comes too late the words are shown; its files stay where they are. */
async function noFiles(): Promise<never> {
  throw notFound('A place for this file');
}

/** A link ends with its last day, with its person's part in the program, and when there is nothing for them here. */
function whyOver(
  { email, expired }: Looking & { expired: boolean },
  { state, task, offers, evidence }: TaskReading,
): LinkOver | undefined {
  if (!person(state, email)) return 'left';
  if (expired) return 'expired';
  const theirs = task.assignee === email || evidence?.by === email;
  const concerned = theirs || offers.length > 0 || isEnd(task.status);
  return concerned ? undefined : 'reassigned';
}
