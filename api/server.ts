import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client } from '@temporalio/client';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RouteOptions } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { Database } from '../db/types.ts';
import { entriesOf } from '../domain/basics.ts';
import { strict } from '../domain/registry/fields.ts';
import { commandRoutes } from './commandRoutes.ts';
import type { CommandTag } from './commandTags.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { auth } from './plugins/auth.ts';
import { health } from './plugins/health.ts';
import { idempotency } from './plugins/idempotency.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { problems, refuseEarly } from './plugins/problems.ts';
import { programAccess } from './plugins/programAccess.ts';
import { services } from './plugins/services.ts';
import { createProgramStates } from './programStates.ts';
import { applicabilityRoutes } from './routes/applicability.ts';
import { auditRoutes } from './routes/audits.ts';
import { certificateRoutes } from './routes/certificate.ts';
import { clockRoutes } from './routes/clock.ts';
import { commandsRoutes } from './routes/commands.ts';
import { escalationRoutes } from './routes/escalation.ts';
import { findingRoutes } from './routes/findings.ts';
import { gapAssessmentRoutes } from './routes/gapAssessment.ts';
import { mailRoutes } from './routes/mails.ts';
import { programRoutes } from './routes/program.ts';
import { programsRoutes } from './routes/programs.ts';
import { registerRoutes } from './routes/register.ts';
import { standardRoutes } from './routes/standards.ts';
import { inboxRoutes, taskRoutes } from './routes/tasks.ts';
import { timelineRoutes } from './routes/timeline.ts';
import { tokenRoutes } from './routes/tokens.ts';
import type { Settings } from './services.ts';
import { validatorCompiler } from './validator.ts';

/** What a service is built on. Temporal is reached through a client, or through a gateway that is there already. */
export type ServerOptions = {
  database: Database;
  settings: Settings;
  /** Silent when absent. */
  logger?: FastifyBaseLogger;
} & ({ client: Client } | { gateway: Gateway });

/**
 * Builds the service: not yet listening, ready for `inject` and `listen`. Closing it leaves the database and the client
 * open, which belong to the caller.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { database, settings, logger } = options;
  const app = Fastify({
    ...(logger && { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: refuseEarly,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are what the register holds: schemas describe them, they do not cut them down.
  app.setSerializerCompiler(() => JSON.stringify);
  logAnswers(app);
  takeJsonOnly(app);
  letGoWhenClosing(app);

  const gateway = 'gateway' in options ? options.gateway : createGateway({ client: options.client, database });
  await app.register(services, { database, gateway, states: createProgramStates(database), settings });
  await app.register(problems);
  await app.register(metrics);
  await app.register(openapi);
  await app.register(health);
  await app.register(idempotency);
  await app.register(version1, { prefix: '/v1' });
  return app as unknown as FastifyInstance;
}

async function version1(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', refuseUnknownQueries);
  await app.register(auth);
  for (const routes of [tokenRoutes, programsRoutes, inboxRoutes, standardRoutes]) await app.register(routes);
  await app.register(oneProgram, { prefix: '/programs/:programId' });
}

async function oneProgram(app: FastifyInstance): Promise<void> {
  await app.register(programAccess);
  for (const [tag, reading] of entriesOf(programParts)) {
    if (reading) await app.register(reading);
    await app.register(commandRoutes(tag));
  }
  for (const routes of otherParts) await app.register(routes);
}

/** What can be read under each heading of the contract, in its order; the commands under the heading follow it. */
const programParts: Record<CommandTag, FastifyPluginAsyncTypebox | undefined> = {
  Programs: programRoutes,
  'AI systems': undefined,
  'Incidents and complaints': undefined,
  'Management reviews': undefined,
  'Gap assessment': gapAssessmentRoutes,
  'Statement of applicability': applicabilityRoutes,
  Tasks: taskRoutes,
  Audits: auditRoutes,
  Findings: findingRoutes,
  Certificate: certificateRoutes,
};

const otherParts = [commandsRoutes, registerRoutes, timelineRoutes, mailRoutes, escalationRoutes, clockRoutes];

/** A parameter that is mistyped would otherwise give the whole list as if it were what was asked for. */
function refuseUnknownQueries(route: RouteOptions): void {
  if (route.method !== 'GET') return;
  const { properties = {} } = (route.schema?.querystring ?? {}) as Partial<TObject>;
  route.schema = { ...route.schema, querystring: Type.Object(properties, strict) };
}

/** One line for each call, once it was answered; Fastify's own two say less. */
function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ log, method, url, caller }, { statusCode, elapsedTime }) => {
    log.info({ method, url, by: caller?.email, status: statusCode, ms: Math.round(elapsedTime) }, 'answered');
  });
}

/** Text is not JSON (415); a call without a body may say that its body is JSON all the same. */
function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null);
    else parse(request, body as string, done);
  });
}

/**
 * A connection that was busy when the service began to close would wait for its next request, for more than a minute,
 * and the service with it: it is closed after its answer.
 */
function letGoWhenClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
  });
}
