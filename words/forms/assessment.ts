import { requirementStatusLabels } from '../labels.ts';
import { choice, field, type WordsOfForms, yesOrNo } from './form.ts';
import { asOptions, implementationOptions, priorityOptions } from './options.ts';
import { requirementId } from './shared.ts';

/** The forms of the gap assessment and the statement of applicability. */
export const assessmentForms = {
  rateRequirement: {
    title: 'Rate a requirement',
    verb: 'Save the rating',
    fields: {
      requirementId,
      status: choice('Rating', asOptions(requirementStatusLabels), 'Only a control can be not applicable.'),
      priority: choice('Priority', priorityOptions),
      gap: field('Gap', 'What is lacking; for a control that does not apply, why.'),
      effortDays: field('Effort in days', 'How many days of work it will take to close the gap.'),
      owner: field('Owner', 'The e-mail address of the person who answers for it.'),
    },
  },
  completeGapAssessment: { title: 'Complete the gap assessment', verb: 'Complete the gap assessment', fields: {} },
  setApplicability: {
    title: 'Say whether a control applies',
    verb: 'Save',
    fields: {
      controlId: field('Control'),
      applicable: yesOrNo('Does it apply?'),
      justification: field('Justification', 'Why it applies, or why it does not.'),
      implementation: choice('Implementation', implementationOptions),
    },
  },
} satisfies Partial<WordsOfForms>;
