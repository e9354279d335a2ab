import type { Words } from '../types.ts';

/** Clause 7, support. */
export const support: Readonly<Record<string, Words>> = {
  '7.1': {
    ask: 'Show that you worked out which people, budget, data, tools and infrastructure the AI management system needs, and that they were made available.',
    why: 'Late actions and unread alerts often trace back to missing means, and an auditor asks whether management knew and what it decided.',
    usualEvidence: [
      'Budget and staffing plan for the AI management system',
      'Decisions on resource requests, refused ones too',
      'Capacity review of the people who hold its roles',
    ],
    usualOwner: 'Chief operating officer',
  },
  '7.2': {
    ask: 'For each job that affects how your AI performs, show the skills it needs, the proof that the person in it has them, and, where something was lacking, what was done and whether that helped.',
    why: 'An auditor picks names from the organization chart and asks for their records; a gap in training records is among the commonest findings.',
    usualEvidence: [
      'Competence matrix for roles such as data scientist, reviewer and internal auditor',
      'Certificates, course records or assessed work experience of named people',
      'Evaluation of training after it took place',
    ],
    usualOwner: 'Head of human resources',
  },
  '7.3': {
    ask: 'Show that everyone working under your control, contractors included, knows the AI policy, what their own work adds to it, and what follows when the rules are not kept.',
    why: 'An auditor will ask people in corridors and calls, and their answers count for more than attendance lists.',
    usualEvidence: [
      'Awareness material and the dates on which it was given',
      'Participation figures by department, contractors counted',
      'Results of a short quiz or survey',
    ],
    usualOwner: 'Head of human resources',
  },
  '7.4': {
    ask: 'Show what is communicated about the AI management system, inside and outside, and for each kind of message the moment, the audience and the channel.',
    why: 'When a customer or an authority asks about your AI, an auditor wants to see that it is settled who may answer and from which facts.',
    usualEvidence: [
      'Communication plan with topic, audience, timing, channel and sender',
      'Samples of internal notices and external statements',
      'Record of an inquiry from outside and the answer given',
    ],
    usualOwner: 'Head of communications',
  },
  '7.5.1': {
    ask: 'Provide the list of documents and records of the AI management system: those that ISO/IEC 42001 calls for, and those that you found necessary for your size, processes and people.',
    why: 'Stage 1 is largely a reading of these documents, and an auditor starts from the list to see that none is missing.',
    usualEvidence: [
      'Master list of documents and records with owner and location',
      'Table that matches each document the standard calls for to one of yours',
    ],
    usualOwner: 'AI management system manager',
  },
  '7.5.2': {
    ask: 'Show how a document comes to be: how it is titled, dated and attributed, in which format it is kept, and who checks it for fitness and approves it before use.',
    why: 'An auditor opens a handful of documents at random and looks for author, date, version and approval on each.',
    usualEvidence: [
      'Document rule with naming, formats and approvers',
      'Templates in use',
      'Review and approval history of a sample of documents',
    ],
    usualOwner: 'AI management system manager',
  },
  '7.5.3': {
    ask: 'Show that the right version of each document is at hand where it is used, and is protected against loss, leakage and silent change. Cover access rights, storage, versions, retention and disposal, and documents that come from outside.',
    why: 'A superseded procedure in daily use, or a record that anyone could alter, takes away the value of everything else that the auditor is shown.',
    usualEvidence: [
      'Access rights and version history of the document system',
      'Retention schedule with disposal records',
      'Register of external documents such as standards and model cards of suppliers',
      'Result of a restore from backup',
    ],
    usualOwner: 'Head of information management',
  },
};
