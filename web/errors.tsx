import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { tooLong } from '../api/plugins/problems.ts';
import { asProblem, Problem } from '../api/problem.ts';
import { logProblem, programIdIn, unexpected } from '../api/unexpected.ts';
import { problemPage } from './errorPage.tsx';
import { localPath } from './localPath.ts';
import type {} from './show.tsx';

/** Answers every error of a page with a page. Who is not signed in is led to the sign-in, and back. */
export const errorPages = fp(
  async (app) => {
    app.setErrorHandler<FastifyError>(async (error, request, reply) => {
      const problem =
        asProblem(error) ?? ofFastify(error) ?? (await unexpected(app.services, error, programOf(app, request)));
      if (problem.status === 401 && request.method === 'GET') {
        return reply.redirect(`/sign-in?to=${encodeURIComponent(localPath(request.url))}`, 303);
      }
      logProblem(request, problem, error);
      reply.headers(problem.headers);
      return showProblem(reply, problem);
    });

    // What no route answers: a page for who reads pages, a problem document for programs.
    app.get('/*', async (request, reply) => {
      const wantsPage = /text\/html/.test(request.headers.accept ?? '') && !request.url.startsWith('/v1');
      if (!wantsPage) return reply.callNotFound();
      if (pathOf(request.url).some((part) => part.length > longestPart)) return showProblem(reply, tooLong());
      return showProblem(
        reply,
        new Problem(404, 'unknown', 'There is nothing at this address, or it is not for you to see.'),
      );
    });
  },
  { name: 'errorPages', dependencies: ['show'] },
);

/** A page that says what is so, and what to do. */
export function showProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { request } = reply;
  const again = request.method === 'GET' ? localPath(request.url) : undefined;
  return reply.show(problemPage(problem, { again, isSignedIn: request.visitor !== undefined }), {
    status: problem.status,
  });
}

/** The program that a request is about: its address names it, or the link of a mail does. */
function programOf(app: FastifyInstance, { params, url }: FastifyRequest): string | undefined {
  const { token } = (params ?? {}) as { token?: string };
  const link = token !== undefined && url.startsWith('/answer/') ? app.taskLinks.read(token) : undefined;
  return link?.programId ?? programIdIn(params);
}

/** No id and no link is longer; the router takes no more. */
const longestPart = 2_000;

function pathOf(url: string): string[] {
  return (url.split('?')[0] ?? '').split('/');
}

function ofFastify({ statusCode = 500, message, code }: FastifyError): Problem | undefined {
  if (statusCode >= 500) return undefined;
  const known: Record<string, string> = {
    FST_ERR_CTP_BODY_TOO_LARGE: 'What was sent is larger than a form may be. Send less text, and long texts as a file.',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'This is not the form of a page. Open the page again, and send it from there.',
  };
  return new Problem(statusCode, 'request', known[code] ?? message);
}
