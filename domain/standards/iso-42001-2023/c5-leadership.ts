import type { Words } from '../types.ts';

/** Clause 5, leadership. */
export const leadership: Readonly<Record<string, Words>> = {
  '5.1': {
    ask: 'Show what top management itself does for the AI management system: money and people given, AI requirements put into ordinary business decisions, expectations voiced to staff, weak results followed up.',
    why: 'Commitment cannot be delegated, so an auditor interviews the executives and compares what they say with what was decided and paid for.',
    usualEvidence: [
      'Minutes in which executives decide on AI risk, priorities or budget',
      'Messages or talks by executives about responsible AI',
      'Business plan or strategy that names the AI objectives',
    ],
    usualOwner: 'Chief executive',
  },
  '5.2': {
    ask: 'Provide the AI policy that top management approved: fitted to what you do with AI, a basis for setting objectives, and committed both to meeting what applies to you and to getting better. Show how staff received it and how outsiders who need it can get it.',
    why: 'Every objective and control has to agree with the policy, and an auditor asks people at work whether they know it.',
    usualEvidence: [
      'AI policy signed by top management, with version and date',
      'Where it is published for staff, and who has confirmed reading it',
      'How a customer or other outsider obtains it',
    ],
    usualOwner: 'Chief executive',
  },
  '5.3': {
    ask: 'Show who top management made answerable for the conformity of the AI management system, and who reports to it on how the system performs. Include how these people and their colleagues were told.',
    why: 'An auditor wants to find one named person for each duty, with enough authority to stop something, and to hear the same names in interviews.',
    usualEvidence: [
      'Letter of appointment or decision naming the persons',
      'Organization chart or responsibility matrix for the management system',
      'A report on performance that reached top management',
    ],
    usualOwner: 'Chief executive',
  },
};
