import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { agenda } from '../../domain/agenda/index.ts';
import { laterRounds } from '../../domain/agenda/rounds.ts';
import { actorEmail, instant } from '../../domain/registry/fields.ts';
import { told } from '../../words/records/index.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import { pageRequest, positionOf } from '../pages.ts';
import { readingOf, summaryOf } from '../readings.ts';
import { recordsThrough } from '../records.ts';
import { pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';
import { clockNow } from '../views/program.ts';

const timeline = Type.Object({
  past: Type.Array(
    Type.Object({
      seq: Type.Integer(),
      at: instant,
      type: Type.String(),
      actor: actorEmail,
      text: Type.String({ description: 'The record in a line.' }),
    }),
  ),
  coming: Type.Array(
    Type.Object({ at: instant, kind: Type.String(), title: Type.String(), ref: Type.Optional(Type.String()) }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()], { description: 'The page of what was before.' }),
});

/** What was, told in lines, and what is to come. */
export const timelineRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { register } = app.services.database;

  app.get(
    '/timeline',
    {
      schema: {
        tags: ['Timeline'],
        summary: 'What happened, as its latest page, and everything that lies ahead',
        operationId: 'getTimeline',
        querystring: pageQuery,
        response: { 200: timeline },
      },
    },
    async (request) => {
      const { program, query } = request;
      const summary = await summaryOf(app.services, program.id);
      const { state } = await readingOf(app.services, program.id);
      const now = clockNow(summary);
      const sight = await sightFor(app.services, request);
      const { limit, cursor } = pageRequest(query);
      const through = cursor === undefined ? state.seq : Math.min(positionOf(cursor), state.seq);
      const { items, nextCursor } = await recordsThrough(register, program.id, sight, { through, limit });
      return {
        past: items.map((each) => ({
          seq: each.seq,
          at: each.at,
          type: each.type,
          actor: each.actor,
          text: told(each),
        })),
        coming: [...agenda(state), ...laterRounds(state)]
          .filter((moment) => moment.at > now && sight.moment(moment))
          .sort((one, other) => one.at.localeCompare(other.at))
          .map(({ at, kind, title, ref }) => ({ at, kind, title: wordsOf(title), ...(ref ? { ref } : {}) })),
        nextCursor,
      };
    },
  );
};
