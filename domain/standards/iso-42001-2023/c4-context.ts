import type { Words } from '../types.ts';

/** Clause 4, context of the organization. */
export const context: Readonly<Record<string, Words>> = {
  '4.1': {
    ask: 'Show your analysis of what bears on your AI from inside and outside: law, market, technology, culture, contracts, and what your AI systems are for. Say which AI roles you hold (such as developer, provider or user) and, with reasons, whether climate change is relevant.',
    why: 'Scope, risks and objectives rest on this picture, so an auditor checks whether a role or an issue that is missing here was also missed later.',
    usualEvidence: [
      'Dated context analysis listing internal and external issues',
      'Inventory of AI systems with their purpose and your role for each',
      'A recorded yes or no on climate change, with the reason',
    ],
    usualOwner: 'Head of AI governance',
  },
  '4.2': {
    ask: 'List who has a stake in your AI, from users and people affected by decisions to customers, regulators and staff, and what each expects of you. Mark which of these expectations you have decided to meet through the AI management system.',
    why: 'An auditor traces a few expectations, a legal one among them, from this list to the policy, the risks and the controls that answer them.',
    usualEvidence: [
      'Register of interested parties with their requirements and where each is dealt with',
      'List of laws, contracts and voluntary codes that apply to your AI',
      'Notes of customer, user or staff consultation',
    ],
    usualOwner: 'Head of compliance',
  },
  '4.3': {
    ask: 'Provide the written scope: which organizational units, sites, AI systems and activities are inside, which are outside, and why the line runs there.',
    why: 'The certificate will repeat this statement, so an auditor makes sure that it matches reality and that nothing awkward was drawn outside.',
    usualEvidence: [
      'Approved scope statement with version and date',
      'List of AI systems and units inside and outside, with reasons',
      'Description of interfaces to parts of the organization and suppliers outside the scope',
    ],
    usualOwner: 'Head of AI governance',
  },
  '4.4': {
    ask: 'Show how the management system works as a whole: which processes it has, how each feeds the next, who runs them, and that they are in use rather than planned.',
    why: 'Documents that do not connect are a frequent weakness, and an auditor looks for a system that would run without its author.',
    usualEvidence: [
      'Process map with inputs, outputs and owners',
      'AI management system manual or an equivalent set of pages',
      'Records from several processes over the past months',
    ],
    usualOwner: 'AI management system manager',
  },
};
