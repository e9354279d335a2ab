import { requirementStatusLabels } from '../labels.ts';
import { because, count } from '../phrases.ts';
import { silent, type WordsOfRecords } from './entry.ts';

/** How the records of the gap assessment and the statement of applicability read; nobody is told. */
export const assessmentRecords = {
  RequirementRated: {
    line: ({ requirementId, status, gap }) =>
      `${requirementId} rated ${requirementStatusLabels[status]}${because(gap)}`,
    tells: silent,
  },
  GapAssessmentCompleted: {
    line: ({ counts, effortDays }) =>
      `Gap assessment completed: ${counts.conforms} conform, ${counts.partial} partial, ${counts.missing} missing; ${count(effortDays, 'day')} of work`,
    tells: silent,
  },
  ApplicabilitySet: {
    line: ({ controlId, applicable, justification }) =>
      `${controlId} ${applicable ? 'applies' : 'does not apply'}: ${justification}`,
    tells: silent,
  },
  StatementOfApplicabilityFrozen: {
    line: ({ version, auditId }) => `Statement of applicability frozen as version ${version} for ${auditId}`,
    tells: silent,
  },
} satisfies Partial<WordsOfRecords>;
