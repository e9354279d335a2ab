import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { TLocalizedValidationError } from 'typebox/error';
import type { Database } from '../../db/types.ts';
import { validationProblem } from '../fieldErrors.ts';
import { asProblem, documentOf, Problem, unavailable } from '../problem.ts';
import type {} from '../services.ts';

/** Answers every error with a problem document. What is nobody's fault but ours is logged, and not told. */
export const problems = fp(
  async (app) => {
    const routes: { method: string; pattern: RegExp }[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, pattern: patternOf(url) });
    });

    app.setNotFoundHandler((request, reply) => {
      const allowed = routes.filter(({ pattern }) => pattern.test(pathOf(request))).map(({ method }) => method);
      if (allowed.length > 0) return answer(notAllowed(request, [...new Set(allowed)].join(', ')), request, reply);
      const detail = `There is no ${request.method} ${pathOf(request)}. GET /docs shows what there is.`;
      return answer(new Problem(404, 'unknown', detail), request, reply);
    });

    app.setErrorHandler<FastifyError>(async (error, request, reply) => {
      const problem = asProblem(error) ?? ofFastify(error) ?? (await ofOurs(app.services.database));
      if (problem.status === 503) request.log.warn({ err: problem.cause ?? error }, problem.message);
      else if (problem.status >= 500) request.log.error({ err: error }, problem.message);
      return answer(problem, request, reply);
    });
  },
  { name: 'problems', dependencies: ['services'] },
);

/** Answers with a problem document what fastify refuses before it looks for a route. */
export function refuseEarly(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem =
    error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? new Problem(414, 'tooLong', 'A part of the address is longer than any id (100 characters); check it.')
      : new Problem(400, 'malformed', `The address cannot be read: ${error.message}. Check its percent signs.`);
  answer(problem, request, reply);
}

function notAllowed({ method, url }: FastifyRequest, allow: string): Problem {
  const detail = `${method} is not possible on ${url.split('?')[0]}, but ${allow}. GET /docs shows what there is.`;
  return new Problem(405, 'method', detail, { headers: { allow } });
}

/** What the addresses of a route look like; those of pages of files (`*`) are none of the contract's. */
function patternOf(url: string): RegExp {
  if (url.includes('*')) return /$^/;
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:\w+/g, '[^/]+')}$`);
}

/** The problem of an error that fastify itself throws: a body it cannot read, or one that a schema does not allow. */
function ofFastify(error: FastifyError): Problem | undefined {
  if (error.validation) {
    return validationProblem(
      error.validation as unknown as TLocalizedValidationError[],
      error.validationContext ?? 'body',
    );
  }
  const { statusCode: status = 500 } = error;
  if (status >= 500) return undefined;
  return new Problem(
    status,
    codes[status] ?? 'request',
    `${error.message.replace(/\.?$/, '.')}${advice[status] ?? ''}`,
  );
}

/** An error that nobody expected: of the database when it cannot be reached, a defect otherwise. */
async function ofOurs(database: Database): Promise<Problem> {
  try {
    await database.ping();
  } catch (error) {
    return unavailable(
      'The database cannot be reached. Ask again later, with the same Idempotency-Key if you sent one.',
      error,
    );
  }
  return new Problem(
    500,
    'defect',
    'Something went wrong on our side; it was logged. Try again, or tell the administrator.',
  );
}

const codes: Record<number, string> = { 400: 'malformed', 413: 'tooLarge', 415: 'mediaType' };

const advice: Record<number, string> = {
  400: ' Send JSON.',
  413: ' Send less at once.',
  415: ' Send Content-Type: application/json.',
};

function answer(problem: Problem, request: FastifyRequest, reply: FastifyReply) {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json; charset=utf-8')
    .send(documentOf(problem, pathOf(request)));
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] as string;
}
