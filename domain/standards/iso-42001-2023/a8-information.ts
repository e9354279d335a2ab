import type { Words } from '../types.ts';

/** A.8, information for interested parties of AI systems. */
export const information: Readonly<Record<string, Words>> = {
  'A.8.2': {
    ask: 'Provide what users of each AI system are told: that it is AI, what it is for, how to use and oversee it, how well it works and where it fails, how to override it, whom to contact.',
    why: 'An auditor reads it as a user would, and asks how someone who is misled by an output would know.',
    usualEvidence: [
      'User guide or in-product notices for each AI system',
      'Statement of performance and limits in plain language',
      'Feedback or test showing that users understood it',
    ],
    usualOwner: 'Product manager',
  },
  'A.8.3': {
    ask: 'Show how people outside, users or not, can tell you that an AI system has harmed them or treated them unfairly, and what happens to such a report.',
    why: 'An auditor tries the channel, because one that needs a customer login is closed to most of the people affected.',
    usualEvidence: [
      'Public form, address or hotline for adverse impacts',
      'Handling procedure with response times and responsible persons',
      'Log of external reports with outcomes',
    ],
    usualOwner: 'Head of customer support',
  },
  'A.8.4': {
    ask: 'Provide the plan for telling users about incidents of an AI system: which kinds count, who is told, by when, with what content, and which contractual or legal deadlines apply.',
    why: 'Deadlines run from the first hour, and an auditor checks that the plan was rehearsed or used before it is needed.',
    usualEvidence: [
      'Incident communication plan with message templates',
      'Table of notification duties and deadlines by customer and jurisdiction',
      'Record of a drill or of a real notification',
    ],
    usualOwner: 'Incident manager',
  },
  'A.8.5': {
    ask: 'List the duties you have to report on your AI systems to others, such as authorities, customers or people affected, with content, timing and responsible person, and show that they are met.',
    why: 'These duties come from law and contract and change often, so an auditor picks one and asks for the last report made under it.',
    usualEvidence: [
      'Register of reporting duties with their legal or contractual basis',
      'Reports, registrations or disclosures made',
      'Watch over new duties, with the date of the last check',
    ],
    usualOwner: 'General counsel',
  },
};
