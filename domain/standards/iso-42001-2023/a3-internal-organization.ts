import type { Words } from '../types.ts';

/** A.3, internal organization. */
export const internalOrganization: Readonly<Record<string, Words>> = {
  'A.3.2': {
    ask: 'Show which AI duties exist over the life of your AI systems, for example risk, impact assessment, data quality, security, human oversight and supplier matters, and who holds each of them.',
    why: 'Duties between data science, product and legal are easily left to nobody, and an auditor probes exactly those borders.',
    usualEvidence: [
      'Responsibility matrix by AI system and life-cycle stage',
      'Job descriptions or appointments that mention AI duties',
      'Rules for deputies and for handing duties over',
    ],
    usualOwner: 'Head of AI governance',
  },
  'A.3.3': {
    ask: 'Show how someone can raise a worry about what the organization does with an AI system, at any stage of its life, without fear of reprisal. Include how reports are kept confidential, answered and escalated.',
    why: 'Insiders often see harm first, and an auditor tests whether people know the channel and whether a report leads anywhere.',
    usualEvidence: [
      'Reporting procedure with confidential or anonymous channels and protection of reporters',
      'Announcement of the channel to staff and contractors',
      'Anonymized log of reports with response times and outcomes',
    ],
    usualOwner: 'Head of compliance',
  },
};
