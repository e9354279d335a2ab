import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { By } from '../db/installation.ts';
import type { Caller } from './gateway.ts';
import type { Outcome } from './plugins/idempotency.ts';
import type {} from './services.ts';

/** The header that every call takes which changes something. */
export const keyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ maxLength: 255, description: 'The same key and body get the same answer as the first time.' }),
  ),
});

/** The caller of a request. */
export function callerOf({ caller }: Pick<FastifyRequest, 'caller'>): Caller {
  const { email, installationRole, tokenId } = caller;
  return { email, ...(installationRole && { installationRole }), ...(tokenId && { tokenId }) };
}

/** Who does something in the installation by a request, and by which way. */
export function byOf({ caller: { email: actor, tokenId } }: Pick<FastifyRequest, 'caller'>): By {
  return tokenId === undefined ? { actor, through: 'page' } : { actor, tokenId, through: 'api' };
}

/** Answers a call with its outcome. */
export async function reply<B>(to: Pick<FastifyReply, 'code' | 'header'>, outcome: Promise<Outcome<B>>): Promise<B> {
  const { status, body, location } = await outcome;
  to.code(status);
  if (location) to.header('location', location);
  return body;
}
