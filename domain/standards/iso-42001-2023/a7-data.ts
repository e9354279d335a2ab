import type { Words } from '../types.ts';

/** A.7, data for AI systems. */
export const data: Readonly<Record<string, Words>> = {
  'A.7.2': {
    ask: 'Provide the process by which data for building and improving AI systems is managed, and show it in use: privacy and security, representativeness, transparency of origin, responsibilities.',
    why: 'Many failures of AI start in its data, so an auditor checks that data passes through a governed process and not from one analyst to another.',
    usualEvidence: [
      'Data management procedure for AI development',
      'Privacy and security review of a training data set',
      'Approval to use a data set, with its conditions',
    ],
    usualOwner: 'Head of data',
  },
  'A.7.3': {
    ask: 'Show for each AI system how its data was chosen and obtained: categories and amount, source, rights and consent, characteristics of the people in it, and earlier use.',
    why: 'Data taken without the right to do so can cost the whole model, and an auditor asks for the license or consent behind a source.',
    usualEvidence: [
      'Acquisition record for each source with terms and date',
      'Due diligence on data brokers, public sets and web collection',
      'Reasons why this data fits the purpose',
    ],
    usualOwner: 'Head of data',
  },
  'A.7.4': {
    ask: 'Provide the quality criteria that data has to meet for each AI system, such as accuracy, completeness, timeliness and coverage of the groups concerned, and the measurements that show it does.',
    why: 'An auditor asks what "good enough" meant before the model was trained, and what was done with data that was not.',
    usualEvidence: [
      'Data quality criteria by AI system and purpose',
      'Quality reports for training, test and production data',
      'Analysis of bias in the data and steps against it',
    ],
    usualOwner: 'Head of data',
  },
  'A.7.5': {
    ask: 'Show how you record where data came from, how it was altered since and into whose hands it passed, for as long as the data and the AI systems built on it live.',
    why: 'When a source turns out to be flawed or is withdrawn, the auditor expects you to name every model that learned from it.',
    usualEvidence: [
      'Provenance procedure and tooling',
      'Lineage of one data set from source to model version',
      'Exercise in which models touched by a given source were found',
    ],
    usualOwner: 'Head of data engineering',
  },
  'A.7.6': {
    ask: 'Show by which criteria you choose how data is prepared (cleaning, filling gaps, normalizing, labeling, encoding) and which methods were used for each AI system.',
    why: 'Dropping odd rows or hurried labeling can skew a model unseen, so an auditor asks for the reason behind a preparation step.',
    usualEvidence: [
      'Preparation standard with permitted methods and criteria',
      'Versioned preparation scripts or pipeline definition',
      'Labeling instructions with agreement figures among labelers',
    ],
    usualOwner: 'Head of data engineering',
  },
};
