import type { TSchema } from 'typebox';
import type { Email } from '../domain/basics.ts';
import { certificate } from '../domain/certificate/certificate.ts';
import { finding } from '../domain/findings/finding.ts';
import type { ResourceName } from '../domain/registry/command.ts';
import { programSummary } from './schemas/answers.ts';
import { seenAudit, seenTask } from './schemas/seen.ts';
import type { Services } from './services.ts';
import type { LateSight } from './sights.ts';
import { summaryIn } from './summaries.ts';
import { auditView, isWhollyOf, taskView } from './views/parts.ts';

interface Resource {
  schema: TSchema;
  /** Below the program. */
  path(ids: Record<string, string>): string;
  /** Reads it from what the commit wrote; undefined when it is not there for whom it is read. */
  read(services: Services, programId: string, ids: Record<string, string>, looker: Looker): Promise<unknown>;
}

/** For whom something is read, and what they see of the program, which costs more to find out. */
interface Looker {
  email: Email;
  sight: LateSight;
}

/** What commands change and calls give back, by the name under which they give it. */
export const resources: Record<ResourceName, Resource> = {
  program: {
    schema: programSummary,
    path: () => '',
    read: async (services, programId, _, { sight }) => {
      const summary = await services.database.read.program(programId);
      return summary && summaryIn(services, summary, await sight());
    },
  },
  task: {
    schema: seenTask,
    path: ({ taskId }) => `/tasks/${taskId}`,
    read: async ({ database }, programId, { taskId }, { email, sight }) => {
      const task = await database.read.task(programId, taskId!);
      if (!task || isWhollyOf(task, email)) return task;
      const seen = await sight();
      return seen.task(task.id) ? taskView(task, seen) : undefined;
    },
  },
  audit: {
    schema: seenAudit,
    path: ({ auditId }) => `/audits/${auditId}`,
    read: async ({ database }, programId, { auditId }, { sight }) => {
      const seen = await sight();
      const audit = seen.audit(auditId!) && (await database.read.audit(programId, auditId!));
      return audit ? auditView(audit, seen) : undefined;
    },
  },
  finding: {
    schema: finding,
    path: ({ findingId }) => `/findings/${findingId}`,
    read: async ({ database }, programId, { findingId }, { sight }) =>
      (await sight()).finding(findingId!) ? database.read.finding(programId, findingId!) : undefined,
  },
  certificate: {
    schema: certificate,
    path: () => '/certificate',
    read: async ({ states }, programId) => (await states.read(programId))?.state.certificate,
  },
};
