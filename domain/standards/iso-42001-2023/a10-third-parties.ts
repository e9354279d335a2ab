import type { Words } from '../types.ts';

/** A.10, third-party and customer relationships. */
export const thirdParties: Readonly<Record<string, Words>> = {
  'A.10.2': {
    ask: 'Show how duties over the life of each AI system are divided between you and everyone else involved, from suppliers of models and data to integrators and customers, and where that is agreed.',
    why: 'When model, data and product come from three companies, an auditor asks who fixes a harmful output and expects all three to give the same name.',
    usualEvidence: [
      'Shared responsibility matrix for each AI system',
      'Contract clauses on AI duties, such as monitoring, incidents and personal data',
      'Contacts and escalation path agreed with the other parties',
    ],
    usualOwner: 'General counsel',
  },
  'A.10.3': {
    ask: 'Provide the process by which suppliers of models, data, components and AI services are chosen, bound and watched so that what they deliver fits your own approach to responsible AI. Show what you do when it does not.',
    why: 'You answer for what you build on, and an auditor chooses an important supplier and asks what you know beyond its brochure.',
    usualEvidence: [
      'Supplier assessment with AI-specific questions',
      'Contract terms on quality, transparency, notice of changes and audit',
      'Periodic review of a supplier, with corrective action demanded where needed',
    ],
    usualOwner: 'Head of procurement',
  },
  'A.10.4': {
    ask: 'Show how you learn what customers expect and need of your AI products or services, and how your approach to developing and using AI takes it into account, including what you tell them about risks and limits.',
    why: 'Customers carry the system into settings you do not see, and an auditor checks that their needs and yours were brought together before trouble.',
    usualEvidence: [
      'Customer requirements on AI from contracts, surveys or interviews',
      'Product decisions that respond to them',
      'Terms or guidance that state what remains for the customer to do',
    ],
    usualOwner: 'Head of customer success',
  },
};
