import type { NoticeItem, TaskInMail } from '../types/index.ts';
import { answerTo, askOf, taskCall } from './asks.ts';
import { byWhen, happensNext, taskName } from './tasks.ts';
import type { Context, Detail, Entry } from './types.ts';
import { count } from './words.ts';

type ReviewItem = Extract<NoticeItem, { kind: 'evidenceToReview' | 'evidenceRejected' | 'reviewReminder' }>;

/** What a mail says of evidence that waits for its review, or did not pass it. */
export function reviewEntry(item: ReviewItem, context: Context): Entry {
  switch (item.kind) {
    case 'evidenceToReview':
      return toReview(item, context);
    case 'reviewReminder':
      return reminder(item, context);
    case 'evidenceRejected':
      return rejected(item, context);
  }
}

function toReview(item: Extract<ReviewItem, { kind: 'evidenceToReview' }>, context: Context): Entry {
  const { task, by, links, note } = item;
  const handedIn: Detail = { label: `Handed in by ${by}`, links };
  if (note) handedIn.quote = note;
  return {
    group: 'review',
    name: taskName(task),
    state: `evidence from ${by} to review`,
    dueOn: task.dueOn,
    details: [
      {
        label: 'What is asked',
        text: 'Look at the evidence, and accept it or send it back with a note on what is missing.',
      },
      handedIn,
      ...usual(task, context),
      {
        label: 'What happens next',
        text: 'Accepted evidence ends the task. Evidence that is sent back opens it again for its owner. Until then, you are reminded.',
      },
      answer(task, context),
    ],
  };
}

function reminder({ task, count: times }: Extract<ReviewItem, { kind: 'reviewReminder' }>, context: Context): Entry {
  return {
    group: 'review',
    name: taskName(task),
    state: `still waiting for your review (${count(times, 'reminder')})`,
    dueOn: task.dueOn,
    details: [
      {
        label: 'What is asked',
        text: 'Look at the evidence, and accept it or send it back with a note on what is missing.',
      },
      {
        label: 'Why',
        text: 'Its owner has answered. The task stays unfinished until someone has looked at the answer.',
      },
      { label: 'What happens next', text: 'You are reminded again until it is reviewed.' },
      answer(task, context),
    ],
  };
}

function rejected(item: Extract<ReviewItem, { kind: 'evidenceRejected' }>, context: Context): Entry {
  const { task, note } = item;
  return {
    group: 'asked',
    name: taskName(task),
    state: 'evidence sent back, more is needed',
    dueOn: task.dueOn,
    details: [
      { label: 'Why it was sent back', quote: note },
      ...askOf(task, context),
      byWhen(task),
      ...happensNext(item.next),
      answerTo(task, context),
    ],
  };
}

function answer(task: TaskInMail, context: Context): Detail {
  const body = '{ "verdict": "accept", "note": "…" }';
  return {
    label: 'How to answer',
    text: 'The verdict is accept or reject.',
    calls: [taskCall(task, 'review', body, context)],
  };
}

function usual(task: TaskInMail, context: Context): Detail[] {
  const evidence = context.requirement(task.requirementId)?.usualEvidence ?? [];
  return evidence.length > 0 ? [{ label: 'Usual evidence', list: evidence }] : [];
}
