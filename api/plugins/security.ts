import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';
import type {} from '../services.ts';

/** What a page may load: its own scripts, styles and pictures, and nothing that stands in the page itself. */
const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  connectSrc: ["'self'"],
  // Mails are shown as they look, each in a frame with a stricter policy of its own.
  frameSrc: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/**
 * Headers with which a browser keeps to what we meant, on every answer: pages, the contract's pages and the API alike.
 * What is somebody's is never kept by a cache; an answer that may be says so itself.
 */
export const security = fp(
  async (app) => {
    const isSecure = app.services.settings.publicUrl.startsWith('https:');
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: policy },
      // Without TLS it would be a promise that nobody keeps; and a browser would ask for a page's parts over https.
      strictTransportSecurity: isSecure && { maxAge: 365 * 24 * 3600, includeSubDomains: false },
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    });
    app.addHook('onSend', async (_request, reply, payload) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      return payload;
    });
  },
  { name: 'security', dependencies: ['services'] },
);
