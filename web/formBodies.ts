import { parse } from 'node:querystring';
import formbody from '@fastify/formbody';
import fp from 'fastify-plugin';
import { isEncodedUtf8, notUtf8 } from '../api/utf8.ts';

/** Stands for a form that is not in UTF-8: a parser that threw would end the process. */
const unreadable = Object.freeze({});

/** Reads forms; one that is not in UTF-8 is a 400. */
export const formBodies = fp(
  async (app) => {
    await app.register(formbody, {
      parser: (text) => (isEncodedUtf8(text) && !text.includes('\ufffd') ? { ...parse(text) } : unreadable),
    });
    app.addHook('preValidation', async ({ body }) => {
      if (body === unreadable) throw notUtf8('The form');
    });
  },
  { name: 'formBodies' },
);
