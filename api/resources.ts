import type { TSchema } from 'typebox';
import { audit } from '../domain/audits/audit.ts';
import { certificate } from '../domain/certificate/certificate.ts';
import { finding } from '../domain/findings/finding.ts';
import type { ResourceName } from '../domain/registry/command.ts';
import { task } from '../domain/tasks/task.ts';
import { programSummary } from './schemas/answers.ts';
import type { Services } from './services.ts';
import { summaryView } from './views/program.ts';

interface Resource {
  schema: TSchema;
  /** Below the program. */
  path(ids: Record<string, string>): string;
  /** Reads it from what the commit wrote; undefined when it is not there. */
  read(services: Services, programId: string, ids: Record<string, string>): Promise<unknown>;
}

/** What commands change and calls give back, by the name under which they give it. */
export const resources: Record<ResourceName, Resource> = {
  program: {
    schema: programSummary,
    path: () => '',
    read: async ({ database }, programId) => {
      const summary = await database.read.program(programId);
      return summary && summaryView(summary);
    },
  },
  task: {
    schema: task,
    path: ({ taskId }) => `/tasks/${taskId}`,
    read: ({ database }, programId, { taskId }) => database.read.task(programId, taskId!),
  },
  audit: {
    schema: audit,
    path: ({ auditId }) => `/audits/${auditId}`,
    read: ({ database }, programId, { auditId }) => database.read.audit(programId, auditId!),
  },
  finding: {
    schema: finding,
    path: ({ findingId }) => `/findings/${findingId}`,
    read: ({ database }, programId, { findingId }) => database.read.finding(programId, findingId!),
  },
  certificate: {
    schema: certificate,
    path: () => '/certificate',
    read: async ({ states }, programId) => (await states.read(programId))?.state.certificate,
  },
};
