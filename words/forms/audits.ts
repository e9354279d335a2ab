import { auditLabels, gradeLabels, resultLabels, topicLabels } from '../labels.ts';
import { choice, field, group, type WordsOfForms } from './form.ts';
import { asOptions, occasionOptions } from './options.ts';
import { actOfBody, auditId, files, optionalReason, requirementId, scope } from './shared.ts';

const startsOn = field('First day');
const endsOn = field('Last day');
const team = field('Audit team', 'Their e-mail addresses, one in each line, the lead auditor first.');

/** The forms of audits. */
export const auditForms = {
  planAudit: {
    title: 'Plan an audit',
    verb: 'Plan the audit',
    fields: {
      kind: choice('Kind', asOptions(auditLabels)),
      targetOn: field('Planned for', 'The day around which it takes place.'),
      reason: optionalReason,
      occasion: choice('Occasion', occasionOptions, 'Of a special audit only.'),
      scope: group('The scope that is applied for', scope, 'Of an extension of the scope only.'),
      ...actOfBody,
    },
  },
  recordEarlierAudit: {
    title: 'Enter the last internal audit',
    verb: 'Enter the audit',
    fields: { startsOn, endsOn, team },
  },
  scheduleAudit: {
    title: 'Schedule the audit',
    verb: 'Schedule it',
    fields: {
      auditId,
      startsOn,
      endsOn,
      team,
      criteria: field('Requirements to audit', 'Their numbers, one in each line. Leave it empty to audit all of them.'),
      reason: field('Reason', 'Why its days or its team are others than was agreed. Optional.'),
      ...actOfBody,
    },
  },
  callOffAudit: {
    title: 'Call the audit off',
    verb: 'Call it off',
    fields: {
      auditId,
      reason: field('Reason', 'Its team and whoever steers the program are told. Other days are agreed on afterwards.'),
      ...actOfBody,
    },
  },
  raiseFinding: {
    title: 'Raise a finding',
    verb: 'Raise the finding',
    fields: {
      auditId,
      requirementId,
      grade: choice('Grade', asOptions(gradeLabels)),
      statement: field('Finding', 'What was found, and where it was seen.'),
      ...actOfBody,
    },
  },
  recordOutcome: {
    title: 'Record the outcome of the audit',
    verb: 'Record the outcome',
    fields: {
      auditId,
      result: choice('Outcome', asOptions(resultLabels), 'Raise the findings first; the outcome ends the audit.'),
      note: field('Note', 'The conclusion of the audit team.'),
      covered: choice('What it covered', asOptions(topicLabels), 'Of a surveillance audit only (R13).'),
      files,
      ...actOfBody,
    },
  },
  reopenOutcome: {
    title: 'Reopen the outcome of the audit',
    verb: 'Reopen it',
    fields: {
      auditId,
      reason: field('Reason', 'What was wrong. The first outcome stays readable, and another is asked for.'),
      ...actOfBody,
    },
  },
} satisfies Partial<WordsOfForms>;
