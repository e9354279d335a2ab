import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client } from '@temporalio/client';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
  type RouteOptions,
} from 'fastify';
import { type TObject, Type } from 'typebox';
import { isTracing } from '../db/tracing.ts';
import type { Database } from '../db/types.ts';
import { entriesOf } from '../domain/basics.ts';
import { strict } from '../domain/registry/fields.ts';
import type { Files } from '../files/receive.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { commandRoutes } from './commandRoutes.ts';
import type { CommandTag } from './commandTags.ts';
import { withCounting } from './counted.ts';
import { withCountries } from './countries.ts';
import { withElsewhere } from './elsewhere.ts';
import { addExecutionGauges } from './executions/gauges.ts';
import { createExecutionWatch } from './executions/watch.ts';
import { withFiles } from './files/gateway.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { letGoWhenClosing } from './letGo.ts';
import { loggedAddress } from './loggedAddress.ts';
import { auth } from './plugins/auth.ts';
import { executionSweeps } from './plugins/executions.ts';
import { fileRemovals } from './plugins/fileRemovals.ts';
import { health } from './plugins/health.ts';
import { idempotency } from './plugins/idempotency.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { mustNameHost, problems, refuseEarly, refuseExpectation, refuseUnread } from './plugins/problems.ts';
import { programAccess } from './plugins/programAccess.ts';
import { security } from './plugins/security.ts';
import { services } from './plugins/services.ts';
import { slowRequests } from './plugins/slowRequests.ts';
import { traces } from './plugins/traces.ts';
import { createProgramStates } from './programStates.ts';
import { accountRoutes } from './routes/accounts.ts';
import { applicabilityRoutes } from './routes/applicability.ts';
import { auditRoutes } from './routes/audits.ts';
import { certificateRoutes } from './routes/certificate.ts';
import { clockRoutes } from './routes/clock.ts';
import { commandsRoutes } from './routes/commands.ts';
import { escalationRoutes } from './routes/escalation.ts';
import { executionRoutes } from './routes/executions.ts';
import { fileRoutes } from './routes/files.ts';
import { findingRoutes } from './routes/findings.ts';
import { gapAssessmentRoutes } from './routes/gapAssessment.ts';
import { installationRoutes } from './routes/installation.ts';
import { mailRoutes } from './routes/mails.ts';
import { managementReviewRoutes, occurrenceRoutes } from './routes/occurrences.ts';
import { programRoutes } from './routes/program.ts';
import { programsRoutes } from './routes/programs.ts';
import { registerRoutes } from './routes/register.ts';
import { requirementRoutes } from './routes/requirements.ts';
import { standardRoutes } from './routes/standards.ts';
import { inboxRoutes, taskRoutes } from './routes/tasks.ts';
import { timelineRoutes } from './routes/timeline.ts';
import { tokenRoutes } from './routes/tokens.ts';
import type { Settings } from './services.ts';
import { mustHaveUtf8Query, mustNotBeEncoded, textOf } from './utf8.ts';
import { validatorCompiler } from './validator.ts';

/** What a service is built on. Temporal is reached through a client, or through a gateway that is there already. */
export type ServerOptions = {
  database: Database;
  /** Where evidence files are kept. Closing the service leaves it open. */
  files: Files;
  settings: Settings;
  /** Silent when absent. */
  logger?: FastifyBaseLogger;
  /** The pages, where there are any beside the API. */
  pages?: FastifyPluginAsync;
  /** Counts requests and commands, where anybody asks for it. */
  metrics?: Metrics;
} & (
  | {
      client: Client;
      /** What it sends is signed with. */
      keys: SigningKeys;
      /** Whether this process compares executions with the register. */
      watches?: boolean;
    }
  | { gateway: Gateway }
);

/** A connection that sends no request, or half of one, is ended after so long; looked at every so often. In milliseconds. */
const headersInTime = { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };

/** Node refuses a request without a Host with nothing but a number; `mustNameHost` says it in words. */
const wordsForHost = { requireHostHeader: false };

/**
 * Builds the service: not yet listening, ready for `inject` and `listen`. Closing it leaves the database and the client
 * open, which belong to the caller.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { database, files, settings, logger, metrics: counted } = options;
  const app = Fastify({
    ...(logger && { loggerInstance: logger }),
    trustProxy: settings.trustedProxies?.split(',').map((proxy) => proxy.trim()) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: refuseEarly,
    clientErrorHandler: refuseUnread,
    http: { ...headersInTime, ...wordsForHost },
    // The link of a mail and the id of a passkey are parts of addresses, and longer than the 100 characters of a router's own.
    routerOptions: { maxParamLength: 2_000 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are what the register holds: schemas describe them, they do not cut them down.
  app.setSerializerCompiler(() => JSON.stringify);
  app.server.on('checkExpectation', refuseExpectation);
  logAnswers(app);
  takeJsonOnly(app);
  app.addHook('onRequest', mustNameHost);
  app.addHook('onRequest', mustHaveUtf8Query);
  app.addHook('onRequest', mustNotBeEncoded);
  letGoWhenClosing(app);

  const states = createProgramStates(database);
  const given =
    'gateway' in options ? options.gateway : createGateway({ client: options.client, keys: options.keys, database });
  const whole = withElsewhere(withFiles(withCountries(given), { database, states, files }), { database, states });
  const gateway = counted ? withCounting(whole, counted) : whole;
  const executions =
    'client' in options && options.watches
      ? createExecutionWatch({ client: options.client, keys: options.keys, database, log: app.log })
      : undefined;
  await app.register(services, { database, gateway, states, files, settings, executions });
  if (executions && counted) addExecutionGauges(counted, executions);
  if (executions) await app.register(executionSweeps, { watch: executions });
  await app.register(security);
  await app.register(problems);
  if (isTracing()) await app.register(traces);
  await app.register(slowRequests);
  if (counted) await app.register(metrics, { metrics: counted });
  await app.register(openapi);
  await app.register(health);
  await app.register(idempotency);
  await app.register(fileRemovals);
  await app.register(version1, { prefix: '/v1' });
  if (options.pages) await app.register(options.pages);
  return app as unknown as FastifyInstance;
}

async function version1(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', refuseUnknownQueries);
  await app.register(auth);
  for (const routes of [
    tokenRoutes,
    accountRoutes,
    installationRoutes,
    executionRoutes,
    programsRoutes,
    inboxRoutes,
    standardRoutes,
  ])
    await app.register(routes);
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
  'Incidents and complaints': occurrenceRoutes,
  'Management reviews': managementReviewRoutes,
  'Gap assessment': gapAssessmentRoutes,
  'Statement of applicability': applicabilityRoutes,
  Files: fileRoutes,
  Tasks: taskRoutes,
  Audits: auditRoutes,
  Findings: findingRoutes,
  Certificate: certificateRoutes,
};

const otherParts = [
  requirementRoutes,
  commandsRoutes,
  registerRoutes,
  timelineRoutes,
  mailRoutes,
  escalationRoutes,
  clockRoutes,
];

/** A parameter that is mistyped would otherwise give the whole list as if it were what was asked for. */
function refuseUnknownQueries(route: RouteOptions): void {
  if (route.method !== 'GET') return;
  const { properties = {} } = (route.schema?.querystring ?? {}) as Partial<TObject>;
  route.schema = { ...route.schema, querystring: Type.Object(properties, strict) };
}

/** One line for each call, once it was answered; Fastify's own two say less. */
function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ log, method, url, caller }, { statusCode, elapsedTime }) => {
    log.info(
      { method, url: loggedAddress(url), by: caller?.email, status: statusCode, ms: Math.round(elapsedTime) },
      'answered',
    );
  });
}

/** Text is not JSON (415); a call without a body may say that its body is JSON all the same. */
function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = textOf(body as Buffer, 'The body');
      if (text === '') done(null);
      else parse(request, text, done);
    } catch (error) {
      done(error as Error);
    }
  });
}
