import { field, group, listOf } from './form.ts';

/** Fields that several commands have, in the same words. */

export const reason = field('Reason', 'It stays in the records.');
export const optionalReason = field('Reason', 'Optional. It stays in the records.');
export const taskId = field('Task');
export const auditId = field('Audit');
export const findingId = field('Finding');
export const systemId = field('AI system', 'Leave it empty if it concerns none in particular.');

export const scope = {
  statement: field('Scope', 'What the management system covers: activities, AI systems, places.'),
  exclusions: field('Exclusions', 'What it does not cover, and why. Leave it empty if there is nothing.'),
};

export const requirementId = field('Requirement', 'Its number in the standard, such as 6.1.2 or A.6.2.4.');

export const dependsOn = field('Tasks that come first', 'Their ids, such as T-12, one in each line.');

const links = field('Links', 'One address in each line, if the documents are kept elsewhere.');

export const files = listOf(
  'Files',
  'File',
  { sha256: field('SHA-256'), name: field('Name'), bytes: field('Size in bytes'), mediaType: field('Type') },
  'PDF, images, office documents and others; several at once.',
);

/** What happened outside: the day on which it did. */
export const happened = {
  on: field('This happened on', 'Leave it empty if it was today. Dates count from that day.'),
};

/** An act of the certification body: when it was, and whose, where the program manager enters it. */
export const actOfBody = {
  ...happened,
  onBehalfOf: field(
    'Whose act it is',
    'The person of the certification body who did it, if you enter it for them. They are told.',
  ),
  document: group(
    'Document of the certification body',
    {
      title: field('What it is', 'Such as: audit report of June 3.'),
      files,
      links,
    },
    'It shows what you enter for them.',
  ),
};

/** What shows that something was done. */
export const evidence = {
  files,
  links,
  note: field('What was done', 'In a sentence or two, for whoever reviews it.'),
  effectiveOn: field('Effective on', 'The day from which it holds, if that is not today.'),
  validUntil: field('Valid until', 'If it has to be renewed one day.'),
};
