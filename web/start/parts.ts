import type { AdoptablePhase } from '../../domain/adoption/adoption.ts';
import type { Role } from '../../domain/basics.ts';

/** A part that somebody plays in a program, as it is asked for. */
export interface Part {
  role: Role;
  hint: string;
  /** Whether a program cannot be without. */
  needed?: true;
}

/** The parts that are asked for, in their order; further people are added below them. */
export const parts: readonly Part[] = [
  { role: 'programManager', hint: 'Keeps it going, and has what nobody else was named for.', needed: true },
  { role: 'sponsor', hint: 'Hears of what is seven working days late.', needed: true },
  {
    role: 'topManagement',
    hint: 'Reviews the management system, and hears of what is fourteen days late.',
    needed: true,
  },
  { role: 'owner', hint: 'Answers for requirements. Add more below, or later.' },
  { role: 'consultant', hint: 'Rates where the organization stands, and reviews evidence.' },
  { role: 'internalAuditor', hint: 'Audits what they do not own themselves.' },
  { role: 'leadAuditor', hint: 'Of the certification body. Sees what its audits need, and nothing else.' },
  { role: 'decisionMaker', hint: 'Of the certification body. Decides on audits that they were not on.' },
];

/** What is asked for of a program under way, by the phase that it is in; `needed` cannot be left empty. */
export const knownIn: Record<AdoptablePhase, { needed?: 'certificate' | 'ratings'; fields: readonly string[] }> = {
  gapAssessment: { fields: ['managementReviewOn', 'evidence'] },
  implementation: { needed: 'ratings', fields: ['managementReviewOn', 'evidence'] },
  internalAudit: { fields: ['managementReviewOn', 'audits', 'agreedAudits', 'openFindings', 'evidence'] },
  certificationAudit: {
    fields: ['internalAuditOn', 'managementReviewOn', 'audits', 'agreedAudits', 'openFindings', 'evidence'],
  },
  surveillanceCycle: {
    needed: 'certificate',
    fields: ['internalAuditOn', 'managementReviewOn', 'audits', 'agreedAudits', 'openFindings', 'evidence'],
  },
};

/** The phases of a program under way, each in a sentence. */
export const phaseHints: Record<AdoptablePhase, string> = {
  gapAssessment: 'Nobody has rated all requirements yet.',
  implementation: 'All requirements are rated, and work on the gaps goes on.',
  internalAudit: 'The gaps are closed; the internal audit and the management review come next.',
  certificationAudit: 'Stage 1 or Stage 2 come next, or the decision.',
  surveillanceCycle: 'There is a certificate.',
};
