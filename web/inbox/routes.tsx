import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../api/problem.ts';
import type { InboxList } from '../../db/inbox.ts';
import { Form } from '../forms/form.ts';
import { textsOf } from '../program/query.ts';
import { type BulkAct, carryOut, errorsOf, isBulkAct, type Outcome, refsOf } from './bulk.ts';
import { triedTasks } from './done.ts';
import { inboxPage } from './page.tsx';
import { type Asked, readInbox } from './reading.ts';
import { listUrls } from './words.ts';

/** The inbox of who is signed in. */
export const inboxRoutes: FastifyPluginAsync = async (app) => {
  for (const [list, url] of Object.entries(listUrls) as [InboxList, string][]) {
    app.get(url, async (request, reply) => {
      const asked = askedOf(list, request);
      const reading = await readInbox(app, request.caller.email, asked);
      return reply.show(inboxPage({ reading, csrf: request.csrf(), done: await doneOn(app, request) }));
    });

    app.post(url, { bodyLimit: 200_000 }, async (request, reply) => {
      const form = Form.of(request.body);
      const act = form.get('_do');
      if (!isBulkAct(act) || !fits(act, list)) throw notFound('What this form asks for');
      return actOnMany(app, request, reply, askedOf(list, request), act, form);
    });
  }
};

async function actOnMany(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  act: BulkAct,
  form: Form,
): Promise<FastifyReply> {
  const { email } = request.caller;
  const refs = refsOf(form);
  const errors = errorsOf(act, refs, form);
  const outcomes = errors.length > 0 ? [] : await carryOut(app, email, act, refs, form);
  const refused = outcomes.filter(({ refusal }) => refusal !== undefined);
  const done = outcomes.filter(({ refusal }) => refusal === undefined).map(({ ref }) => ref);
  if (errors.length === 0 && refused.length === 0) {
    const query = new URLSearchParams([['done', act], ...done.map((ref) => ['task', ref])]);
    return reply.redirect(`${listUrls[asked.list]}?${query}`, 303);
  }
  const reading = await readInbox(app, email, asked);
  // What was checked stays so, also when nothing was sent yet.
  const kept = errors.length > 0 ? refs.map((ref): Outcome => ({ ref })) : refused;
  const tasks = errors.length > 0 ? [] : await triedTasks(app, email, act, refs);
  const tried = { act, form, errors, outcomes: kept, tasks };
  return reply.show(inboxPage({ reading, csrf: request.csrf(), tried }), { status: statusOf(refused, outcomes) });
}

/** 503 when it may all work in a minute. */
function statusOf(refused: readonly Outcome[], outcomes: readonly Outcome[]): number {
  const isAway =
    refused.length > 0 && refused.length === outcomes.length && refused.every(({ status }) => status === 503);
  return isAway ? 503 : 422;
}

function fits(act: BulkAct, list: InboxList): boolean {
  if (list === 'submitted') return false;
  return (act === 'accept') === (list === 'review');
}

function askedOf(list: InboxList, { query }: FastifyRequest): Asked {
  const { cursor, filter } = textsOf(query);
  return { list, cursor, filter: filter?.trim().slice(0, 100) || undefined };
}

/** What was just done, by the address: `?done=accept&task=aims/T-7`. */
async function doneOn(app: FastifyInstance, { query, caller }: FastifyRequest) {
  const { done, task } = query as { done?: unknown; task?: unknown };
  if (typeof done !== 'string' || !isBulkAct(done) || !task) return undefined;
  const refs = refsOf(Form.of({ task }));
  return { act: done, tasks: await triedTasks(app, caller.email, done, refs) };
}
