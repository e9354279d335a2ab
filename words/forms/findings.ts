import { gradeLabels } from '../labels.ts';
import { choice, field, group, type WordsOfForms } from './form.ts';
import { asOptions, verdictOptions } from './options.ts';
import { actOfBody, evidence, files, findingId, happened, requirementId } from './shared.ts';

/** The forms of findings and their corrective actions. */
export const findingForms = {
  planCorrectiveAction: {
    title: 'Submit the corrective action plan',
    verb: 'Submit the plan',
    fields: {
      findingId,
      correction: field('Correction', 'What was or will be done to put right what was found.'),
      rootCause: field('Root cause', 'Why it could happen.'),
      similarCases: field('Similar cases', 'Where else it happened or could happen, and how you looked.'),
      action: field('Corrective action', 'What keeps it from happening again.'),
      dueOn: field('Done by'),
      effectivenessOn: field(
        'Check whether it works on',
        'A later day, if it takes time to see. Not before it is done.',
      ),
      ...happened,
    },
  },
  reviewCorrectiveActionPlan: {
    title: 'Review the corrective action plan',
    verb: 'Save the review',
    fields: {
      findingId,
      verdict: choice('Your review', verdictOptions, 'After a rejection, another plan is asked for.'),
      note: field('Note', 'If you reject it: what is missing, and what would be right.'),
      ...actOfBody,
    },
  },
  reportCorrectiveActionDone: {
    title: 'Report the corrective action done',
    verb: 'Report it done',
    fields: { findingId, evidence: group('Evidence', evidence), ...happened },
  },
  verifyFinding: {
    title: 'Verify the corrective action',
    verb: 'Save the verification',
    fields: {
      findingId,
      effective: choice('Was the action effective?', { true: 'Yes, it was', false: 'No; another is needed' }),
      note: field('Note', 'What you looked at, and what you saw.'),
      files,
      ...actOfBody,
    },
  },
  raiseToMajor: {
    title: 'Raise to a major nonconformity',
    verb: 'Raise to a major',
    fields: {
      findingId,
      reason: field('Reason', 'Why the minor nonconformities add up to a major one (R4).'),
      together: field(
        'Together with',
        'Other minor nonconformities that are part of it, such as F-3, one in each line.',
      ),
      ...actOfBody,
    },
  },
  correctFinding: {
    title: 'Put the finding right',
    verb: 'Put it right',
    fields: {
      findingId,
      grade: choice('Grade', asOptions(gradeLabels)),
      requirementId,
      statement: field('Finding', 'What was found, and where it was seen.'),
      reason: field('Reason', 'What was wrong. What was recorded first stays readable.'),
      ...actOfBody,
    },
  },
  withdrawFinding: {
    title: 'Withdraw the finding',
    verb: 'Withdraw it',
    fields: { findingId, reason: field('Reason', 'Why it was a mistake. It stays readable.'), ...actOfBody },
  },
} satisfies Partial<WordsOfForms>;
