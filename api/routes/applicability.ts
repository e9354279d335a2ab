import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { implementationStatuses } from '../../domain/assessment/requirement.ts';
import { id } from '../../domain/registry/fields.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import type { ProgramState } from '../../domain/state.ts';
import { frozenApplicability } from '../applicability.ts';
import { pageOfAll } from '../pages.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import type { Services } from '../services.ts';
import { sightFor } from '../sights.ts';

const line = Type.Object({
  controlId: id,
  title: Type.String(),
  section: Type.String(),
  applicable: Type.Optional(Type.Boolean({ description: 'Absent until it is set.' })),
  justification: Type.Optional(Type.String()),
  implementation: Type.Optional(Type.Enum(implementationStatuses)),
});

/** The statement of applicability: which controls apply, and why. */
export const applicabilityRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/applicability',
    {
      schema: {
        tags: ['Statement of applicability'],
        summary: 'Which controls apply, in the order of the standard',
        operationId: 'getApplicability',
        querystring: Type.Object({
          ...pageQuery.properties,
          version: Type.Optional(
            Type.Integer({ minimum: 1, description: 'As a certification audit saw it; as it is now when absent' }),
          ),
        }),
        response: { 200: pageOf(line) },
      },
    },
    async (request) => {
      const { program, query } = request;
      const { state } = await readingOf(app.services, program.id);
      const sight = await sightFor(app.services, request);
      const controls = standardOutline(state.standard.id).requirements.filter(
        ({ id: controlId, kind }) => kind === 'control' && sight.requirement('applicability', controlId),
      );
      const entries = await entriesOf(app.services, state, query.version);
      const lines = controls.map(({ id: controlId, title, section }) => ({
        controlId,
        title,
        section,
        ...entries[controlId],
      }));
      return pageOfAll(lines, query);
    },
  );
};

/** The statement as it is, or one of its former versions: the register keeps each that was frozen for an audit. */
async function entriesOf(
  services: Services,
  { id: programId, applicability }: ProgramState,
  version: number | undefined,
): Promise<ProgramState['applicability']> {
  if (version === undefined) return applicability;
  const frozen = (await frozenApplicability(services, programId)).find((one) => one.version === version);
  if (frozen) return frozen.entries;
  throw notFound(`Version ${version} of the statement of applicability`);
}
