import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { administratorEmail } from '../../api/administrator.ts';
import { now, today } from '../../api/clock.ts';
import { commandIdOf } from '../../api/commandIds.ts';
import { asProblem } from '../../api/problem.ts';
import { type StartAsked, startProgram } from '../../api/startProgram.ts';
import { adoptablePhases } from '../../domain/adoption/adoption.ts';
import { addDays, addMonths } from '../../domain/calendar.ts';
import { weekdayOf } from '../../domain/days.ts';
import type { FormError } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';
import { foresee, startErrors } from './check.ts';
import { foreseenPage } from './foreseen.tsx';
import { phasePage, startPage } from './page.tsx';
import { parts } from './parts.ts';
import { phaseIn, placesIn, readStart } from './read.ts';
import { mayStart } from './right.ts';

/** Starting a program, or taking over one under way: all is typed, then it is shown what will happen, then it begins. */
export const startRoutes: FastifyPluginAsync = async (app) => {
  app.get('/programs/new', async (request, reply) => {
    mayStart(request);
    const query = request.query as { 'under-way'?: string; phase?: string };
    const phase = adoptablePhases.find((one) => one === query.phase);
    if (query['under-way'] === undefined) return show(request, reply, beginning(request));
    if (!phase) return reply.show(phasePage());
    return show(request, reply, beginning(request, { 'adopt.phase': phase }));
  });

  app.post('/programs/new', async (request, reply) => {
    mayStart(request);
    const form = Form.of(request.body);
    const what = form.get('_do');
    if (what === 'change') return show(request, reply, form);
    if (what.startsWith('more:')) return show(request, reply, withOneMore(form, what.slice('more:'.length)));
    const read = readStart(form);
    const commandId = commandIdOf({ caller: request.caller.email, programId: '', key: form.get('_key') });
    const foreseen = foresee(read, request.caller, commandId, now());
    if ('errors' in foreseen) return show(request, reply, form, 422, foreseen.errors);
    if (what !== 'start') return reply.show(foreseenPage(foreseen, form, request.csrf()));
    try {
      const { definition } = await startProgram(app.services, request.caller, read.asked as StartAsked, commandId);
      return reply.redirect(`/programs/${encodeURIComponent(definition.id)}/begun`, 303);
    } catch (error) {
      const problem = asProblem(error);
      if (problem && problem.status >= 500)
        return show(request, reply, form, problem.status, [{ detail: problem.message }]);
      return show(request, reply, form, problem?.status, startErrors(error, read));
    }
  });
};

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  form: Form,
  status = 200,
  errors: readonly FormError[] = [],
): FastifyReply {
  return reply.show(startPage({ form, errors, csrf: request.csrf(), phase: phaseIn(form) }), { status });
}

/** What a form begins with: who starts it is its program manager, and it is where their browser's language is spoken. */
function beginning(request: FastifyRequest, known: Record<string, string> = {}): Form {
  const { email, name } = request.caller;
  const manager = parts.findIndex(({ role }) => role === 'programManager');
  const [, country = ''] = /^[a-z]{2,3}-([A-Z]{2})\b/.exec(request.headers['accept-language'] ?? '') ?? [];
  const fields: Record<string, string> = {
    ...known,
    'calendar.country': country,
    'plan.startsOn': known['adopt.phase'] ? addMonths(today(), -6) : nextMonday(),
    ...(email !== administratorEmail && { [`people[${manager}].email`]: email, [`people[${manager}].name`]: name }),
  };
  return new Form(Object.entries(fields).map(([field, value]) => [field, [value]]));
}

/** A place more in a list: it has a field, with nothing in it. */
function withOneMore(form: Form, list: string): Form {
  // Other lists always show a place more than is filled in.
  if (list !== 'people' && list !== 'aiSystems') return form;
  const least = list === 'people' ? parts.length : 2;
  const place = Math.max(least, placesIn(form, list));
  const fields = Object.entries(form.typedAndAsked()).filter(([name]) => name !== '_do');
  return new Form([...fields, [`${list}[${place}].name`, ['']]]);
}

/** The next Monday that is not today: people find the first mail at the beginning of a week. */
function nextMonday() {
  const on = today();
  return addDays(on, 8 - weekdayOf(on));
}
