import type { Words } from '../types.ts';

/** A.9, use of AI systems. */
export const use: Readonly<Record<string, Words>> = {
  'A.9.2': {
    ask: 'Provide the process by which your organization decides to use an AI system, bought ones included, and governs that use: approval, cost and benefit, legal check, required human review, training of users.',
    why: 'AI tools enter by credit card and browser, so an auditor compares what is approved with what staff say they use.',
    usualEvidence: [
      'Approval procedure for the use of AI systems',
      'List of approved AI tools with conditions of use',
      'Approval file of one tool',
      'Search for tools in use without approval',
    ],
    usualOwner: 'Chief information officer',
  },
  'A.9.3': {
    ask: 'Provide the aims that guide how your organization uses AI, such as fairness, accountability, transparency, reliability, privacy and accessibility, and show how they steer use in practice, with human oversight where it matters.',
    why: 'An auditor asks a user of the AI system what they would do when its advice conflicts with one of these aims.',
    usualEvidence: [
      'List of objectives for responsible use, approved',
      'Points at which a person reviews or can overrule the AI, with reasons',
      'Figures on overruled outputs or on use against the objectives',
    ],
    usualOwner: 'Head of responsible AI',
  },
  'A.9.4': {
    ask: 'Show that each AI system is used for what it was meant for and as its documents instruct, and how use that drifts from that is noticed and stopped.',
    why: 'A system that was validated for one purpose is untested for the next, and an auditor looks for quiet extensions of use.',
    usualEvidence: [
      'Statement of intended and excluded uses for each AI system',
      'Monitoring or review of actual use against it',
      'Handled case of use outside the intended purpose',
    ],
    usualOwner: 'AI system owner',
  },
};
