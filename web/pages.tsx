import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { programAccess } from '../api/plugins/programAccess.ts';
import { Problem } from '../api/problem.ts';
import { createProvider, type OidcSettings, type Provider } from '../identity/oidc/provider.ts';
import type { Postman } from '../identity/postman.ts';
import { createTaskLinks } from '../identity/taskLinks.ts';
import { answerRoutes } from './answer/routes.tsx';
import { assetsFolder, builtAssets } from './assets.ts';
import { errorPages } from './errors.tsx';
import type { Example } from './example/play.ts';
import { exampleRoutes, exampleStage } from './example/routes.tsx';
import { forgetting } from './forgetting.ts';
import { formBodies } from './formBodies.ts';
import { homeRoutes } from './home/routes.tsx';
import { inboxRoutes } from './inbox/routes.tsx';
import { accountPageRoutes } from './installation/accounts.tsx';
import { providerRoutes } from './installation/provider.tsx';
import { installationRecordRoutes } from './installation/records.tsx';
import { mailboxRoutes } from './mails/mailboxRoutes.tsx';
import { programMailRoutes } from './mails/programRoutes.tsx';
import { portfolioRoutes } from './program/portfolio/routes.tsx';
import { programRoutes } from './program/routes.tsx';
import { sameSite } from './sameSite.ts';
import { passkeyRoutes } from './settings/passkeys.tsx';
import { settingsRoutes } from './settings/routes.tsx';
import { tokenPageRoutes } from './settings/tokens.tsx';
import { show } from './show.tsx';
import { signedIn } from './signedIn.ts';
import { oidcRoutes } from './signIn/oidc.tsx';
import { passkeySignInRoutes } from './signIn/passkey.ts';
import { signInRoutes } from './signIn/routes.tsx';
import { begunRoutes } from './start/begun.tsx';
import { startRoutes } from './start/routes.tsx';
import { fileRoutes } from './task/files.ts';
import { taskRoutes } from './task/routes.tsx';
import { unsubscribeRoutes } from './unsubscribe/routes.tsx';
import { visit } from './visit.ts';
import { welcomeRoutes } from './welcome/routes.tsx';

export interface PagesOptions {
  /** Takes the mails with which people sign in; without one nobody can by mail. */
  postman?: Postman;
  /** The folder of the local mailbox, where there is one. */
  mailboxDir?: string;
  /** The worked example, where it can be played in this installation. */
  example?: Example;
  /** A provider of OpenID Connect by which people can sign in. */
  oidc?: OidcSettings;
  /** How many pages somebody may ask for in a minute; 600 when absent. */
  pagesPerMinute?: number;
}

/** All pages. They are beside the API, on the same services, and answer errors as pages. */
export function pages(options: PagesOptions): FastifyPluginAsync {
  return async (app) => {
    const assets = builtAssets();
    app.decorate('postman', options.postman);
    app.decorate('mailboxDir', options.mailboxDir);
    app.decorate(
      'example',
      exampleStage(options.example, (details, message) => app.log.warn(details, message)),
    );
    app.decorate('otherWaysIn', []);
    app.decorate('taskLinks', createTaskLinks(await app.services.database.secrets.get('taskLinks')));
    await app.register(formBodies);
    await app.register(serveAssets);
    await app.register(visit);
    await app.register(forgetting);
    await app.register(rateLimit, {
      max: options.pagesPerMinute ?? 600,
      timeWindow: '1 minute',
      keyGenerator: ({ ip, visitor }) => visitor?.email ?? ip,
      errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
    });
    await app.register(sameSite);
    await app.register(show, { assets, mailbox: options.mailboxDir !== undefined });
    await app.register(errorPages);
    const provider = options.oidc && createProvider(options.oidc);
    await app.register(oidcRoutes, { provider });
    for (const routes of [signInRoutes, passkeySignInRoutes, answerRoutes, unsubscribeRoutes])
      await app.register(routes);
    await app.register(forWhoIsSignedIn, { provider });
  };
}

/** Pages for people with an account or a part in a program. */
async function forWhoIsSignedIn(app: FastifyInstance, { provider }: { provider: Provider | undefined }): Promise<void> {
  await app.register(signedIn);
  for (const routes of [
    homeRoutes,
    portfolioRoutes,
    welcomeRoutes,
    startRoutes,
    exampleRoutes,
    mailboxRoutes,
    settingsRoutes,
    tokenPageRoutes,
  ])
    await app.register(routes);
  await app.register(inboxRoutes);
  await app.register(passkeyRoutes);
  await app.register(providerRoutes, { provider });
  await app.register(installationRecordRoutes);
  await app.register(accountPageRoutes, { provider: provider !== undefined });
  await app.register(ofOneProgram, { prefix: '/programs/:programId' });
}

/** Pages of a program, for who may see it. */
async function ofOneProgram(app: FastifyInstance): Promise<void> {
  await app.register(programAccess);
  for (const routes of [taskRoutes, fileRoutes, programRoutes, begunRoutes, programMailRoutes])
    await app.register(routes);
}

declare module 'fastify' {
  interface FastifyInstance {
    postman: Postman | undefined;
    mailboxDir: string | undefined;
    taskLinks: ReturnType<typeof createTaskLinks>;
  }
}

/** The names of these files change with their content, so that a browser never asks twice. */
async function serveAssets(app: FastifyInstance): Promise<void> {
  await app.register(serveStatic, {
    root: assetsFolder(),
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    maxAge: '365d',
  });
}

function tooMany(seconds: number): Problem {
  return new Problem(429, 'tooMany', `Too many pages were asked for. Try again in ${seconds} seconds.`);
}
