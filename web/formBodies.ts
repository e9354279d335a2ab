import { parse } from 'node:querystring';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../api/problem.ts';
import { isEncodedUtf8, notUtf8 } from '../api/utf8.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route reads `multipart/form-data`, and looks for the token of the session as it does. */
    readsParts?: boolean;
  }
}

/** Of a route that reads forms part by part: those with files, and what mail programs send as such a form. */
export const inParts = { config: { readsParts: true } };

/** Stands for a form that is not in UTF-8: a parser that threw would end the process. */
const unreadable = Object.freeze({});

/** Reads forms; one that is not in UTF-8 is a 400, and one in parts a 415 where none is read. */
export const formBodies = fp(
  async (app) => {
    await app.register(formbody, {
      parser: (text) => (isEncodedUtf8(text) && !text.includes('\ufffd') ? { ...parse(text) } : unreadable),
    });
    await app.register(multipart, {
      limits: { fields: 500, fieldSize: 100_000, files: 20, fileSize: Number.MAX_SAFE_INTEGER, headerPairs: 100 },
    });
    app.addHook('preValidation', async (request) => {
      if (request.body === unreadable) throw notUtf8('The form');
      mustReadParts(request);
    });
  },
  { name: 'formBodies' },
);

/** A form in parts has no fields before it is read, and so none that prove from where it was sent. */
function mustReadParts(request: FastifyRequest): void {
  if (!request.isMultipart() || request.routeOptions.config.readsParts) return;
  throw new Problem(415, 'mediaType', 'This form takes no files. Open the page again, and send it from there.');
}
