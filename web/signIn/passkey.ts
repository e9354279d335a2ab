import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { now } from '../../api/clock.ts';
import { askToSignIn, PasskeyError, passkeySite, signInByPasskey } from '../../identity/passkeys.ts';
import { localPath } from '../localPath.ts';
import type {} from '../visit.ts';

/** Nobody finds a passkey by trying; but each challenge is kept for a while. */
const seldom = { rateLimit: { max: 60, timeWindow: '10 minutes', keyGenerator: ({ ip }: FastifyRequest) => ip } };

/** Coming in by a passkey, without typing who one is. The script of the sign-in page calls these. */
export const passkeySignInRoutes: FastifyPluginAsync = async (app) => {
  const { database, settings } = app.services;
  const site = passkeySite(settings.publicUrl);
  if (!site) return;

  app.post('/sign-in/passkey/options', { config: seldom }, () => askToSignIn(database, site, now()));

  app.post('/sign-in/passkey', { config: seldom }, async (request, reply) => {
    const { response, to } = (request.body ?? {}) as { response?: unknown; to?: unknown };
    return orDetail(reply, async () => {
      await reply.signIn(await signInByPasskey(database, site, response, now()), 'passkey');
      return { to: localPath(typeof to === 'string' ? to : undefined) };
    });
  });
};

/** Answers a script: what it asked for, or 422 with the reason that it shows. */
export async function orDetail(reply: FastifyReply, work: () => Promise<object>): Promise<object> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PasskeyError)) throw error;
    return reply.code(422).send({ detail: error.message });
  }
}
