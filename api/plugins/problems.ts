import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { TLocalizedValidationError } from 'typebox/error';
import { validationProblem } from '../fieldErrors.ts';
import { asProblem, documentOf, Problem } from '../problem.ts';
import type {} from '../services.ts';
import { logProblem, programIdIn, unexpected } from '../unexpected.ts';

/** Answers every error with a problem document. What is nobody's fault but ours is logged, and not told. */
export const problems = fp(
  async (app) => {
    const routes: { method: string; pattern: RegExp }[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, pattern: patternOf(url) });
    });

    app.setNotFoundHandler((request, reply) => {
      const allowed = routes.filter(({ pattern }) => pattern.test(pathOf(request))).map(({ method }) => method);
      // A call of this kind is there: the router let a part of the address go that is too long for it.
      if (allowed.includes(request.method)) return answer(tooLong(), request, reply);
      if (allowed.length > 0) return answer(notAllowed(request, [...new Set(allowed)].join(', ')), request, reply);
      const detail = `There is no ${request.method} ${pathOf(request)}. GET /docs shows what there is.`;
      return answer(new Problem(404, 'unknown', detail), request, reply);
    });

    app.setErrorHandler<FastifyError>(async (error, request, reply) => {
      const problem =
        asProblem(error) ?? ofFastify(error) ?? (await unexpected(app.services, error, programIdIn(request.params)));
      logProblem(request, problem, error);
      return answer(problem, request, reply);
    });
  },
  { name: 'problems', dependencies: ['services'] },
);

/** Answers with a problem document what fastify refuses before it looks for a route. */
export function refuseEarly(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem =
    error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? tooLong()
      : new Problem(400, 'malformed', `The address cannot be read: ${error.message}. Check its percent signs.`);
  answer(problem, request, reply);
}

/** Answers with a problem document what Node refuses before it is a request: it goes to the connection itself, which then ends. */
export function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else answerOnSocket(socket, unread[error.code ?? ''] ?? notHttp(error));
}

/** Writes a problem document to a connection past every reply, and ends it. */
export function answerOnSocket(socket: Socket, problem: Problem, instance = '/'): void {
  const body = JSON.stringify(documentOf(problem, instance));
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

/** Answers with a problem document to who expects something of us before sending a body that we do not do. */
export function refuseExpectation({ socket, url = '/' }: IncomingMessage): void {
  answerOnSocket(socket, new Problem(417, 'expectation', 'Send the body without an Expect header.'), url.split('?')[0]);
}

/** Refuses a request that does not say whom it is for; HTTP/1.0 had no such header. */
export async function mustNameHost({ raw: { headers, httpVersion } }: FastifyRequest): Promise<void> {
  if (headers.host === undefined && httpVersion !== '1.0')
    throw new Problem(400, 'malformed', 'Send a Host header, with the name of this server.');
}

const unread: Partial<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(
    431,
    'tooLong',
    'The address and the headers are longer than 16 KiB together: send fewer cookies, and what is long in the body.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'slow', 'The headers did not come in time. Send the request again.'),
};

function notHttp({ message }: Error): Problem {
  return new Problem(400, 'malformed', `This is not HTTP as it is to be: ${message}.`);
}

/** A part of the address is longer than any that there is. */
export function tooLong(): Problem {
  const detail =
    'A part of the address is longer than any id or link (2,000 characters); check that it was copied as it is.';
  return new Problem(414, 'tooLong', detail);
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
