import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { IdempotencyKeys } from '../../db/types.ts';
import { instantAgo, now } from '../clock.ts';
import { commandIdOf, type KeyScope, newCommandId } from '../commandIds.ts';
import { asProblem, documentOf, Problem, type ProblemDocument } from '../problem.ts';
import type {} from '../services.ts';

/** What a command call answers. */
export interface Outcome<B = unknown> {
  status: number;
  body: B;
  location?: string;
}

/**
 * Works out what a call sets out for, once: an attempt after one that had no answer (a crash, a 503) gets what the first
 * worked out. For what would be something else by then, such as a moment a month from now.
 */
export type AimOnce = <T>(work: () => Promise<T>) => Promise<T>;

/** Carries out what a request asks for, under a command id. */
export type Act<B = unknown> = (commandId: string, aimOnce: AimOnce) => Promise<Outcome<B>>;

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Carries out a command call once for each `Idempotency-Key` of its caller and program (`''` where the program
     * is yet to be): the same key and body get the first answer, a rejection included, the same key with another
     * body a 422. Without a key it carries it out each time.
     */
    once<B>(request: FastifyRequest, programId: string, act: Act<B>): Promise<Outcome<B>>;
  }
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const forgetFailed = 'Old answers to Idempotency-Keys could not be forgotten.';

export const idempotency = fp(
  async (app) => {
    const { idempotency: keys } = app.services.database;
    const underway = new Map<string, { bodyHash: string; outcome: Promise<Outcome> }>();

    async function once(request: FastifyRequest, programId: string, act: Act): Promise<Outcome> {
      const key = keyOf(request);
      if (key === undefined) return act(newCommandId(), (work) => work());
      const scope = { caller: request.caller.email, programId, key };
      const commandId = commandIdOf(scope);
      const bodyHash = hashOf(request);
      const same = underway.get(commandId);
      if (same) return same.bodyHash === bodyHash ? same.outcome : Promise.reject(otherBody(key));
      const outcome = answerOnce(keys, scope, bodyHash, request, (aimOnce) => act(commandId, aimOnce));
      underway.set(commandId, { bodyHash, outcome });
      return outcome.finally(() => underway.delete(commandId));
    }
    const { answerDays = 30 } = app.services.settings;
    const forget = () => keys.forget(instantAgo(answerDays * dayMs));
    // Old answers do no harm: that they could not be forgotten is told, and tried again.
    const timer = setInterval(() => forget().catch((error) => app.log.warn({ err: error }, forgetFailed)), hourMs);
    timer.unref();
    app.addHook('onClose', async () => clearInterval(timer));

    // What is kept with a key is what the same call answered: its type is the type of its answer.
    app.decorate('once', once as FastifyInstance['once']);
  },
  { name: 'idempotency', dependencies: ['services'] },
);

async function answerOnce(
  keys: IdempotencyKeys,
  scope: KeyScope,
  bodyHash: string,
  request: FastifyRequest,
  act: (aimOnce: AimOnce) => Promise<Outcome>,
): Promise<Outcome> {
  const claim = await keys.claim(scope, bodyHash, now());
  if (claim.state === 'conflict') throw otherBody(scope.key);
  if (claim.state === 'answered') return fromKept(claim.status, claim.body as Kept);
  const aimOnce: AimOnce = async <T>(work: () => Promise<T>) => {
    if (claim.state === 'pending' && claim.aim !== undefined) return claim.aim as T;
    const aim = await work();
    await keys.aim(scope, aim);
    return aim;
  };
  try {
    const outcome = await act(aimOnce);
    await keys.answer(scope, outcome.status, keep(outcome));
    return outcome;
  } catch (error) {
    const problem = asProblem(error);
    // A 5xx and a 429 say nothing of the command: asking again must try again.
    if (problem && problem.status < 500 && problem.status !== 429) {
      await keys.answer(scope, problem.status, { problem: documentOf(problem, request.url) } satisfies Kept);
    }
    throw error;
  }
}

/** An answer as it is kept with its key. */
type Kept = { body: unknown; location?: string } | { problem: ProblemDocument };

function keep({ body, location }: Outcome): Kept {
  return { body, location };
}

function fromKept(status: number, kept: Kept): Outcome {
  if (!('problem' in kept)) return { status, ...kept };
  const { code, detail, errors } = kept.problem;
  throw new Problem(status, code, detail, { errors });
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem(400, 'validation', 'Idempotency-Key: send 1 to 255 visible ASCII characters, such as a UUID.');
}

/** The same for two requests that ask for the same thing, whatever the order in which their body is written. */
function hashOf(request: FastifyRequest): string {
  const asked = canonicalize({ method: request.method, url: request.url, body: request.body ?? null });
  return createHash('sha256')
    .update(asked as string)
    .digest('hex');
}

function otherBody(key: string): Problem {
  return new Problem(422, 'idempotencyKey', `The Idempotency-Key ${key} was used for another request; send a new one.`);
}
