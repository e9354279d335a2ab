import type { Words } from '../types.ts';

/** A.5, assessing impacts of AI systems. */
export const impacts: Readonly<Record<string, Words>> = {
  'A.5.2': {
    ask: 'Show the working process for impact assessments over the life of an AI system: what sets one off, who takes part, how far it goes for which kind of system, and how its outcome can change or stop a project.',
    why: 'An auditor looks for an assessment that changed something, since one that is always filled in after the decision protects nobody.',
    usualEvidence: [
      'Process description with triggers, roles and decision gates',
      'Screening rule that tells sensitive systems from others',
      'A project altered, delayed or dropped after its assessment',
    ],
    usualOwner: 'Head of responsible AI',
  },
  'A.5.3': {
    ask: 'Provide finished impact assessments as records, with intended use, foreseeable misuse, people affected, good and bad effects, measures and approval, and the rule for how long they are kept.',
    why: 'Years later a complaint may turn on what was known at release, so an auditor checks that the version of that day can still be found.',
    usualEvidence: [
      'Archive of impact assessments with versions and approvals',
      'Retention rule for impact assessments',
      'Trace from a conclusion to a requirement, test or user notice',
    ],
    usualOwner: 'AI system owner',
  },
  'A.5.4': {
    ask: 'For each AI system, show the assessed effects on the individuals and groups it touches, such as fairness, privacy, safety, health, access to services and human rights. Give special thought to children, older people, people with disabilities and workers.',
    why: 'An auditor asks who is harmed when the system errs, and whether anyone consulted those people or used data about them.',
    usualEvidence: [
      'Stakeholder analysis of people and groups affected',
      'Fairness, privacy and safety evaluation by group',
      'Notes of consultation with affected people or their representatives',
    ],
    usualOwner: 'AI system owner',
  },
  'A.5.5': {
    ask: 'For each AI system, show what you assessed beyond single persons: the environment, jobs and the economy, public debate and democracy, public health and safety, culture and norms, for good and for ill.',
    why: 'Effects that are small for one person can be large in sum, and an auditor wants a reasoned answer even where it is that the effect is negligible.',
    usualEvidence: [
      'Societal part of the impact assessment with reasoning',
      'Estimate of energy and resource use across all users',
      'Analysis of misuse at scale, such as disinformation',
    ],
    usualOwner: 'Head of responsible AI',
  },
};
