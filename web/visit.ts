import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { now } from '../api/clock.ts';
import type {} from '../api/services.ts';
import { sha256 } from '../db/hashes.ts';
import type { SignInMeans } from '../db/sessions.ts';
import type { Email } from '../domain/basics.ts';
import { beginSession, type Visitor, visitorOf } from '../identity/sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in in this browser. */
    visitor: Visitor | undefined;
  }
  interface FastifyReply {
    /** Signs somebody in in this browser; who was before is signed out. */
    signIn(email: Email, means: SignInMeans): Promise<void>;
    signOut(): Promise<void>;
    /** Keeps a short text in this browser, signed; none takes it away. Gone after `seconds`. */
    keep(name: string, value: string | undefined, seconds: number): void;
    /** What `keep` kept; undefined when it is not there, or not ours. */
    kept(name: string): string | undefined;
  }
}

const months3 = 90 * 24 * 3600;

/** Knows who is signed in, by a signed cookie that scripts cannot read and that other sites cannot have sent along. */
export const visit = fp(
  async (app) => {
    const { database, settings } = app.services;
    const secure = settings.publicUrl.startsWith('https:');
    // With the prefix no other host of the domain can set it.
    const prefix = secure ? '__Host-' : '';
    const session = `${prefix}certloop`;
    const secret = (await database.secrets.get('cookies')).toString('hex');
    await app.register(cookie, { secret, hook: 'onRequest' });
    const options = { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true } as const;

    function tokenOf(request: FastifyRequest): string | undefined {
      return signedValue(request, session);
    }

    app.decorateRequest('visitor');
    app.addHook('onRequest', async (request) => {
      const token = tokenOf(request);
      request.visitor = token === undefined ? undefined : await visitorOf(database, token, now());
    });

    app.decorateReply('signIn', async function signIn(this: FastifyReply, email: Email, means: SignInMeans) {
      const before = tokenOf(this.request);
      if (before) await database.sessions.end(sha256(before));
      const device = this.request.headers['user-agent'] ?? 'unknown';
      const token = await beginSession(database, { email, means, device }, now());
      this.setCookie(session, token, { ...options, maxAge: months3 });
      this.request.visitor = await visitorOf(database, token, now());
    });

    app.decorateReply('signOut', async function signOut(this: FastifyReply) {
      const token = tokenOf(this.request);
      if (token) await database.sessions.end(sha256(token));
      this.clearCookie(session, { path: '/', secure });
    });

    app.decorateReply('keep', function keep(this: FastifyReply, name, value, seconds) {
      if (value === undefined) this.clearCookie(`${prefix}certloop-${name}`, { path: '/', secure });
      else this.setCookie(`${prefix}certloop-${name}`, value, { ...options, maxAge: seconds });
    });

    app.decorateReply('kept', function kept(this: FastifyReply, name) {
      return signedValue(this.request, `${prefix}certloop-${name}`);
    });
  },
  { name: 'visit', dependencies: ['services'] },
);

function signedValue(request: FastifyRequest, name: string): string | undefined {
  const raw = request.cookies[name];
  if (raw === undefined) return undefined;
  const { valid, value } = request.unsignCookie(raw);
  return valid && value !== null ? value : undefined;
}
