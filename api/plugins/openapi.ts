import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { problemSchema } from '../schemas/answers.ts';
import type {} from '../services.ts';

/** Serves the contract of the API as OpenAPI 3.1 at `/openapi.json`, and as pages at `/docs`. */
export const openapi = fp(
  async (app) => {
    app.addHook('onRoute', (route) => {
      if (!route.url.startsWith('/v1') || route.schema?.hide) return;
      const response = { ...(route.schema?.response as object), '4xx': problem, '5xx': problem };
      route.schema = { security: [{ token: [] }], ...route.schema, response };
    });
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Certloop',
          version: '1',
          description,
          license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        },
        servers: [{ url: app.services.settings.publicUrl }],
        components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      },
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      // Without the bar at the top, which asks for the address of another contract.
      uiConfig: { docExpansion: 'none', layout: 'BaseLayout' },
      theme: {
        title: 'Certloop API',
        favicon: [{ filename: 'certloop.svg', rel: 'icon', ...icon, sizes: 'any' }],
      },
      // In place of the plugin's own, which it would write into the page's script.
      logo: icon,
    });
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  },
  { name: 'openapi', dependencies: ['services'] },
);

const problem = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** A loop with a check mark in it. */
const icon = {
  type: 'image/svg+xml',
  content: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#1f5f8b" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
  <path d="M27 12a12 12 0 1 0 1 4"/><path d="m27 5v7h-7"/><path d="m11 16 4 4 7-8"/>
</svg>`,
};

const description = `Runs ISO/IEC 42001 certification programs.

Every call under /v1 needs a token. Lists take \`limit\` and \`cursor\` and answer \`{ items, nextCursor }\`. Calls that
change a program take an \`Idempotency-Key\`: asked again with the same key and body, they answer as the first time.
After a 503 such a call may still be carried out; ask again with the same key. Calendar dates are meant in the
program's time zone, instants are in UTC.`;
