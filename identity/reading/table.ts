import type { Standing } from './reader.ts';
import type { Relation } from './relations.ts';
import type { Subject } from './subjects.ts';

/** How much of a subject somebody reads: all of it, none of it, or what stands in one of some relations to them. */
export type Extent = 'all' | 'none' | readonly Relation[];

const inside = { manager: 'all', steering: 'all', internalAuditor: 'all', administrator: 'all' } as const;
const everybody = { ...inside, owner: 'all', body: 'all', operations: 'all' } as const;
const nobodyElse = { owner: 'none', body: 'none', operations: 'none' } as const;

/** Who reads what of a program. API, pages, lists, counts and searches obey it; `domain/` says who sends what. */
export const reads: Record<Subject, Record<Standing, Extent>> = {
  summary: everybody,
  scope: { ...everybody, operations: 'none' },
  people: { ...everybody, body: ['contact'], operations: 'none' },
  absence: { ...inside, ...nobodyElse, owner: ['told'], body: ['told'] },
  rules: { ...everybody, operations: 'none' },
  certificate: everybody,
  audit: everybody,
  auditResult: { ...inside, ...nobodyElse, body: ['team', 'internal', 'by'] },
  finding: { ...inside, ...nobodyElse, owner: ['asked', 'answers'], body: ['team', 'internal', 'asked', 'by'] },
  managementReview: { ...inside, ...nobodyElse, body: 'all' },
  aiSystem: { ...inside, ...nobodyElse, owner: 'all', body: 'all' },
  applicability: { ...inside, ...nobodyElse, owner: ['asked', 'answers'], body: 'all' },
  gapAssessment: { ...inside, ...nobodyElse, owner: ['asked', 'answers', 'told'] },
  acceptedEvidence: { ...inside, ...nobodyElse, owner: ['asked', 'answers'], body: 'all' },
  submission: { ...inside, ...nobodyElse, owner: ['asked'], body: ['team'] },
  draft: {
    manager: ['by'],
    steering: ['by'],
    internalAuditor: ['by'],
    administrator: ['by'],
    owner: ['by'],
    body: ['by'],
    operations: 'none',
  },
  task: { ...inside, owner: ['asked'], body: ['asked', 'team'], operations: 'all' },
  taskHistory: { ...inside, ...nobodyElse, owner: ['asked'], body: ['asked', 'team'] },
  escalation: { ...inside, ...nobodyElse, owner: ['asked'], body: ['asked'] },
  round: { ...inside, owner: ['asked', 'answers'], body: 'none', operations: 'all' },
  plan: { ...inside, ...nobodyElse, operations: 'all' },
  readiness: { ...inside, owner: 'all', body: 'none', operations: 'all' },
  incident: { ...inside, ...nobodyElse, owner: ['asked', 'by'], body: ['asked', 'by'] },
  complaint: { ...inside, ...nobodyElse, owner: ['asked', 'by'], body: ['asked', 'by'] },
  significantChange: { ...inside, ...nobodyElse, body: 'all' },
  change: { ...inside, ...nobodyElse, body: ['told', 'by'] },
  warning: { ...inside, ...nobodyElse, operations: 'all' },
  mail: {
    manager: 'all',
    steering: ['told'],
    internalAuditor: ['told'],
    owner: ['told'],
    body: ['told'],
    administrator: 'all',
    operations: 'all',
  },
  mailText: {
    manager: 'all',
    steering: ['told'],
    internalAuditor: ['told'],
    owner: ['told'],
    body: ['told'],
    administrator: 'all',
    operations: ['told'],
  },
  definition: { ...inside, ...nobodyElse },
  rejection: { ...inside, ...nobodyElse, owner: ['by'], body: ['by'], operations: 'all' },
  register: { ...inside, owner: 'none', body: 'all', operations: 'all' },
};
