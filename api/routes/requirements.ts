import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { acceptedEvidence, applicabilityEntry, rating } from '../../domain/assessment/requirement.ts';
import { requirementState } from '../../domain/assessment/requirements.ts';
import { finding } from '../../domain/findings/finding.ts';
import { actorEmail, id, instant } from '../../domain/registry/fields.ts';
import { requirementOutline } from '../../domain/standards/outline.ts';
import { evidence } from '../../domain/tasks/task.ts';
import { told } from '../../words/records/index.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';
import { namesAbout } from '../recordFilter.ts';
import { seenTask } from '../schemas/seen.ts';
import { sightFor } from '../sights.ts';
import { acceptedIn } from '../views/accepted.ts';
import { taskView } from '../views/parts.ts';

const requirement = Type.Object({
  requirementId: id,
  title: Type.String(),
  kind: Type.Enum(['clause', 'control']),
  section: Type.String(),
  rating: Type.Optional(rating),
  applicability: Type.Optional(applicabilityEntry),
  evidence: Type.Optional({ ...acceptedEvidence, description: 'What was accepted last, and whether it still holds' }),
  accepted: Type.Array(
    Type.Object({
      taskId: id,
      evidence,
      acceptedAt: instant,
      acceptedBy: actorEmail,
      note: Type.String({ description: 'What the reviewer said' }),
    }),
    { description: 'Everything that was ever accepted as its evidence, the latest first' },
  ),
  tasks: Type.Array(seenTask, { description: 'What was ever asked of it, ended or not, the first first' }),
  findings: Type.Array(finding, { description: 'What was ever found about it, closed or not, the first first' }),
  history: Type.Array(
    Type.Object({ seq: Type.Integer(), at: instant, type: Type.String(), actor: actorEmail, text: Type.String() }),
    { description: 'Everything that was recorded of it, its tasks and its findings, in lines, the first first' },
  ),
});

/** One requirement with everything that was ever recorded of it, closed and open. */
export const requirementRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { register, read } = app.services.database;

  app.get(
    '/requirements/:requirementId',
    {
      schema: {
        tags: ['Requirements'],
        summary: 'A requirement with its whole history: evidence, tasks and findings, closed ones too',
        operationId: 'getRequirement',
        params: Type.Object({ programId: id, requirementId: id }),
        response: { 200: requirement },
      },
    },
    async (request) => {
      const { programId, requirementId } = request.params;
      const { state, ties } = await readingOf(app.services, programId);
      const sight = await sightFor(app.services, request);
      const outline = requirementOutline(state.standard.id, requirementId);
      const sees = (subject: Parameters<typeof sight.requirement>[0]) => sight.requirement(subject, requirementId);
      const parts = {
        rating: sees('gapAssessment'),
        applicability: sees('applicability'),
        evidence: sees('acceptedEvidence'),
      };
      if (!outline || !Object.values(parts).includes(true)) throw notFound(`The requirement ${requirementId}`);
      const { rating: rated, evidence: shown } = requirementState(state, requirementId) ?? {};
      const declared = state.applicability[requirementId];
      const names = namesAbout({ requirement: requirementId }, ties);
      const records = (await register.naming(programId, [names])).filter(sight.record);
      const tasks = names.filter((one) => ties.tasks.get(one)?.requirementId === requirementId && sight.task(one));
      const findings = names.filter((one) => ties.findings.has(one) && sight.finding(one));
      return {
        requirementId,
        title: outline.title,
        kind: outline.kind,
        section: outline.section,
        ...(rated && parts.rating && { rating: rated }),
        ...(declared && parts.applicability && { applicability: declared }),
        ...(shown && parts.evidence && { evidence: shown }),
        accepted: acceptedIn(records, { sight, ties }),
        tasks: (await read.tasksOf(programId, tasks)).map((task) => taskView(task, sight)),
        findings: await read.findingsOf(programId, findings),
        history: records.map((one) => ({
          seq: one.seq,
          at: one.at,
          type: one.type,
          actor: one.actor,
          text: told(one),
        })),
      };
    },
  );
};
