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
    await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'none' } });
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  },
  { name: 'openapi', dependencies: ['services'] },
);

const problem = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
};

const description = `Runs ISO/IEC 42001 certification programs.

Every call under /v1 needs a token. Lists take \`limit\` and \`cursor\` and answer \`{ items, nextCursor }\`. Calls that
change a program take an \`Idempotency-Key\`: asked again with the same key and body, they answer as the first time.
After a 503 such a call may still be carried out; ask again with the same key. Calendar dates are meant in the
program's time zone, instants are in UTC.`;
