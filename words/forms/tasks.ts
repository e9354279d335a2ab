import { choice, field, type WordsOfForms } from './form.ts';
import { verdictOptions } from './options.ts';
import { dependsOn, evidence, reason, requirementId, systemId, taskId } from './shared.ts';

/** The forms of tasks. */
export const taskForms = {
  openTask: {
    title: 'Open a task',
    verb: 'Open the task',
    fields: {
      title: field('What is to be done'),
      assignee: field('Assignee', 'The e-mail address of one of the people of the program.'),
      dueOn: field('Due on'),
      requirementId,
      systemId,
      dependsOn,
    },
  },
  submitEvidence: { title: 'Submit evidence', verb: 'Submit', fields: { ...evidence, taskId } },
  takeBackEvidence: {
    title: 'Take back the evidence',
    verb: 'Take it back',
    fields: { taskId, reason: field('Reason', 'The task is open again until you submit something else.') },
  },
  reviewEvidence: {
    title: 'Review the evidence',
    verb: 'Save the review',
    fields: {
      taskId,
      verdict: choice('Your review', verdictOptions, 'What is rejected opens the task again.'),
      note: field('Note', 'If you reject it: what is missing, and what would be right.'),
    },
  },
  reassignTask: {
    title: 'Reassign the task',
    verb: 'Reassign',
    fields: { taskId, to: field('New assignee', 'The e-mail address of one of the people of the program.') },
  },
  extendTask: {
    title: 'Extend the task',
    verb: 'Extend',
    fields: { taskId, dueOn: field('New due date'), reason },
  },
  acknowledgeTask: {
    title: 'Say when it is expected',
    verb: 'Save the date',
    fields: {
      taskId,
      expectedOn: field('Expected on', 'This delays the escalation once. The due date stays.'),
    },
  },
  setDependencies: {
    title: 'Say which tasks come first',
    verb: 'Save',
    fields: {
      taskId,
      dependsOn: { ...dependsOn, hint: `${dependsOn.hint} All of them: a task that is not named is not waited for.` },
    },
  },
  declineTask: {
    title: 'Decline the task',
    verb: 'Decline',
    fields: {
      taskId,
      reason: field('Reason', 'Whose task it is, if you know. It stays with you until a program manager reassigns it.'),
    },
  },
  waiveTask: {
    title: 'Waive the task',
    verb: 'Waive',
    fields: { taskId, reason: field('Reason', 'The task ends without an answer. The reason stays in the records.') },
  },
} satisfies Partial<WordsOfForms>;
