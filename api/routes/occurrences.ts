import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type TProperties, Type } from 'typebox';
import { ComplaintCorrected } from '../../domain/changes/correctComplaint.ts';
import { IncidentCorrected } from '../../domain/changes/correctIncident.ts';
import { ComplaintReceived } from '../../domain/changes/reportComplaint.ts';
import { IncidentReported } from '../../domain/changes/reportIncident.ts';
import { SignificantChangeReported } from '../../domain/changes/reportSignificantChange.ts';
import { ManagementReviewCorrected } from '../../domain/program/correctManagementReview.ts';
import { ManagementReviewHeld } from '../../domain/program/holdManagementReview.ts';
import { actorEmail, instant } from '../../domain/registry/fields.ts';
import type { RecordDefinition } from '../../domain/registry/record.ts';
import type { ProgramRecord, RecordType } from '../../domain/registry.ts';
import { pageRequest, positionOf } from '../pages.ts';
import type { Wanted } from '../recordFilter.ts';
import { recordsAfter } from '../records.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';

/** What happened outside of the program and was reported: the state forgets it, the register does not. */
export const occurrenceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const tag = 'Incidents and complaints';
  addList(
    app,
    tag,
    '/incidents',
    'listIncidents',
    'The incidents that were reported, from the first on, as they were told, with what was put right',
    IncidentReported,
    { by: IncidentCorrected, key: 'incidentId' },
  );
  addList(
    app,
    tag,
    '/complaints',
    'listComplaints',
    'The complaints that came, from the first on, as they were told, with what was put right',
    ComplaintReceived,
    { by: ComplaintCorrected, key: 'complaintId' },
  );
  addList(
    app,
    tag,
    '/significant-changes',
    'listSignificantChanges',
    'The significant changes that were reported, from the first on',
    SignificantChangeReported,
  );
};

/** The management reviews that were held. */
export const managementReviewRoutes: FastifyPluginAsyncTypebox = async (app) => {
  addList(
    app,
    'Management reviews',
    '/management-reviews',
    'listManagementReviews',
    'The management reviews that were recorded, from the first on, as they were told, with what was put right',
    ManagementReviewHeld,
    { by: ManagementReviewCorrected, key: 'reviewId' },
  );
};

/** The record by which those of a list are put right, and the field of it that names which. */
interface Righting {
  by: RecordDefinition<RecordType, TProperties>;
  key: string;
}

const mostRightings = 1_000;

/** A list of everything that the register has of a type, as far as the caller reads it. */
function addList<T extends RecordType, D extends TProperties>(
  app: FastifyInstance,
  tag: string,
  path: string,
  operationId: string,
  summary: string,
  { type, data }: RecordDefinition<T, D>,
  righting?: Righting,
): void {
  const told = { seq: Type.Integer(), at: instant, by: actorEmail };
  const item = Type.Object({
    ...told,
    ...data.properties,
    ...(righting && { corrections: Type.Array(Type.Object({ ...told, ...righting.by.data.properties })) }),
  });
  app.get(
    path,
    { schema: { tags: [tag], summary, operationId, querystring: pageQuery, response: { 200: pageOf(item) } } },
    async (request) => {
      const { limit, cursor } = pageRequest(request.query as { limit?: number; cursor?: string });
      const after = cursor === undefined ? 0 : positionOf(cursor);
      const sight = await sightFor(app.services, request);
      const { register } = app.services.database;
      const { id } = request.program;
      const found = await recordsAfter(register, id, sight, { after, limit }, { names: [[type]] });
      const rightings = righting
        ? await recordsAfter(register, id, sight, { after, limit: mostRightings }, rightingsOf(found.items, righting))
        : { items: [] };
      const items = found.items.map((record) => ({
        ...shown(record),
        ...(righting && { corrections: rightings.items.filter(isOf(record, righting.key)).map(shown) }),
      }));
      return { items, nextCursor: found.nextCursor };
    },
  );
}

/** Those of the records of a page, and no others. */
function rightingsOf(told: readonly ProgramRecord[], { by }: Righting): Wanted {
  return { names: [[by.type], told.map(({ data }) => (data as { id: string }).id)] };
}

function shown({ seq, at, actor: by, data }: ProgramRecord) {
  return { seq, at, by, ...data };
}

function isOf({ data }: ProgramRecord, key: string): (correction: ProgramRecord) => boolean {
  const { id } = data as { id?: unknown };
  return (correction) => (correction.data as Record<string, unknown>)[key] === id;
}
