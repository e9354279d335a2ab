import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { now } from '../../api/clock.ts';
import { personOfClaims } from '../../identity/oidc/person.ts';
import type { Provider } from '../../identity/oidc/provider.ts';
import { ProviderError } from '../../identity/oidc/reasons.ts';
import type { Page } from '../html/layout.tsx';
import { localPath } from '../localPath.ts';
import type {} from './routes.tsx';

/** The path to which the provider sends people back. */
export const callbackPath = '/sign-in/oidc/callback';

/** What the browser keeps while it is at the provider, and for how long. */
const away = 'oidc';
const awaySeconds = 600;

/** Coming in by a provider of OpenID Connect. What goes wrong there is told, with the other ways in. */
export const oidcRoutes: FastifyPluginAsync<{ provider: Provider | undefined }> = async (app, { provider }) => {
  if (!provider) return;
  const { database } = app.services;
  const { name } = provider.settings;
  app.otherWaysIn.push({ href: '/sign-in/oidc', label: `Sign in with ${name}` });

  app.get('/sign-in/oidc', async (request, reply) => {
    const { to } = request.query as { to?: string };
    return orReason(reply, async () => {
      const { url, kept } = await provider.depart();
      reply.keep(away, JSON.stringify({ kept, to: localPath(to) }), awaySeconds);
      return reply.redirect(url, 303);
    });
  });

  app.get(callbackPath, async (request, reply) => {
    const { kept, to } = JSON.parse(reply.kept(away) ?? '{}') as { kept?: string; to?: string };
    return orReason(reply, async () => {
      const claims = await provider.arrive(new URL(request.url, provider.settings.redirectUri).search, kept);
      const email = await personOfClaims(database, provider.settings, claims, now());
      await reply.signIn(email, 'oidc');
      reply.keep(away, undefined, 0);
      return reply.redirect(localPath(to), 303);
    });
  });

  async function orReason(reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      reply.log.warn({ err: error.cause ?? error }, `Nobody could sign in with ${name}: ${error.message}`);
      return reply.show(failedPage(name, error.message, app.postman !== undefined), { status: 502, visiting: true });
    }
  }
};

function failedPage(name: string, reason: string, canMail: boolean): Page {
  const title = `Signing in with ${name} did not work`;
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <p>{reason}</p>
        <ul class="ways">
          <li>
            <a class="button" href="/sign-in/oidc">
              Try again
            </a>
          </li>
          <li>
            <a class="button" href="/sign-in">
              {canMail ? 'Sign in with a code sent by mail' : 'Sign in another way'}
            </a>
          </li>
        </ul>
        <p class="aside">If it goes on, tell the administrator what stands here; it is in the log of the server too.</p>
      </>
    ),
  };
}
