import type { Words } from '../types.ts';

/** A.2, policies related to AI. */
export const policies: Readonly<Record<string, Words>> = {
  'A.2.2': {
    ask: 'Provide the written policy that says how your organization develops or uses AI: the principles, the red lines, how exceptions are granted, and how it reflects your business, your values and your risk level.',
    why: 'While clause 5.2 looks at commitment, the auditor reads this control for content that an engineer or a buyer could act on.',
    usualEvidence: [
      'AI policy with principles and prohibited uses',
      'Topic rules below it, for instance on generative AI or automated decisions',
      'Register of exceptions with approvals',
    ],
    usualOwner: 'Chief executive',
  },
  'A.2.3': {
    ask: 'Show that you went through your other policies (security, privacy, quality, safety, procurement, human resources) for places where AI touches them, and settled overlaps and contradictions.',
    why: 'Staff follow the policy they know best, so an auditor looks for a case where two of yours would give different answers about AI.',
    usualEvidence: [
      'Matrix of other policies against AI topics, with the result for each',
      'Policies amended because of AI',
      'Rule on which policy prevails',
    ],
    usualOwner: 'Head of compliance',
  },
  'A.2.4': {
    ask: 'Show when the AI policy was last reviewed, by whom and on what occasion, and what was changed or knowingly left as it was.',
    why: 'AI and its regulation move quickly, and an auditor asks whether a new law, technology or incident led anyone back to the policy.',
    usualEvidence: [
      'Review schedule with a named person responsible for the policy',
      'Record of the last review and its outcome',
      'Version history of the AI policy with reasons',
    ],
    usualOwner: 'Chief compliance officer',
  },
};
