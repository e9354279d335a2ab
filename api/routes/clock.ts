import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { agenda } from '../../domain/agenda/index.ts';
import { date, duration, instant, strict } from '../../domain/registry/fields.ts';
import { type ClockTarget, instantOf } from '../clockTargets.ts';
import type { AimOnce } from '../plugins/idempotency.ts';
import { conflict, forbidden, Problem } from '../problem.ts';
import { readingOf, summaryOf } from '../readings.ts';
import { keyHeader, reply } from '../requests.ts';
import type { ProgramAccess, Services } from '../services.ts';

const advance = Type.Object(
  {
    by: Type.Optional(duration),
    until: Type.Optional(date),
    to: Type.Optional(Type.Enum(['nextMoment'])),
  },
  { ...strict, description: 'Exactly one of the three. `until` means the beginning of that day.' },
);

/** The clock of a rehearsal. */
export const clockRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/clock/advance',
    {
      schema: {
        tags: ['Rehearsals'],
        summary: 'Advance the clock; answers once everything that falls due on the way is recorded',
        operationId: 'advanceClock',
        headers: keyHeader,
        body: advance,
        response: { 200: Type.Object({ now: instant }) },
      },
    },
    (request, response) => {
      const target = targetOf(request.body);
      const outcome = app.once(request, request.program.id, async (_commandId, aimOnce) => {
        mustTakePart(request.program);
        return { status: 200, body: { now: await advanceTo(app.services, request.program.id, target, aimOnce) } };
      });
      return reply(response, outcome);
    },
  );
};

function targetOf(body: Static<typeof advance>): ClockTarget {
  // The schema knows three fields, and this is one of them.
  if (Object.keys(body).length === 1) return body as ClockTarget;
  throw new Problem(400, 'validation', 'Send exactly one of by (P30D), until (2027-05-01) and to (nextMoment).');
}

/** Whoever may only look on must not move other people's clock. */
function mustTakePart({ id, roles, installationRole }: ProgramAccess): void {
  if (installationRole === 'administrator' || roles.some((role) => role !== 'viewer')) return;
  throw forbidden(`Only those who take part in ${id} can advance its clock; a viewer can only read.`);
}

async function advanceTo(services: Services, programId: string, target: ClockTarget, aimOnce: AimOnce) {
  const summary = await summaryOf(services, programId);
  if (!summary.rehearsal) {
    throw conflict(
      'rehearsal',
      `${programId} is not a rehearsal: its clock is real time. Start a program with rehearsal: true.`,
    );
  }
  const now = await services.gateway.advance(programId, (shown) =>
    aimOnce(async () => {
      const { state } = await readingOf(services, programId);
      const nextMoments = () => agenda(state).map(({ at }) => at);
      return instantOf(target, shown, state.calendar.timeZone, nextMoments);
    }),
  );
  await services.database.read.setClock(programId, now);
  return now;
}
