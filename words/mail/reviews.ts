import type { FileInMail, NoticeOf } from '../../domain/notices.ts';
import { count, fileSize } from '../phrases.ts';
import { answer, onTask } from './actions.ts';
import { askOf, usualEvidence, why } from './asks.ts';
import { type WordsOfNotices, whileSubmitted, whileTheirs } from './noticeWords.ts';
import { byWhen, happensNext, taskName } from './tasks.ts';
import type { Context, Detail, Entry } from './types.ts';

/** What a mail says of evidence that waits for its review, or did not pass it. */
export const reviewNotices = {
  evidenceToReview: {
    entry: toReview,
    repeats: true,
    queuedWhen: { status: 'submitted' },
    holds: whileSubmitted,
  },
  reviewReminder: {
    entry: reminder,
    repeats: true,
    queuedWhen: { status: 'submitted' },
    holds: whileSubmitted,
  },
  evidenceRejected: { entry: rejected, repeats: true, holds: whileTheirs },
} satisfies Partial<WordsOfNotices>;

const toDo: Detail = {
  label: 'What to do',
  text: 'Look at the evidence, and accept it or reject it with a note on what is missing.',
};

function toReview({ task, by, links, files = [], note }: NoticeOf<'evidenceToReview'>, context: Context): Entry {
  return {
    group: 'review',
    name: taskName(task),
    state: `evidence from ${by} to review`,
    dueOn: task.dueOn,
    lead: [{ label: `Submitted by ${by}`, ...(note ? { quote: note } : {}), list: files.map(fileLine), links }, toDo],
    action: onTask('Review', task, context),
    details: [
      {
        label: 'What happens next',
        text: 'If you accept the evidence, the task is done. If you reject it, the task is open again. Until then, you will get reminders.',
      },
    ],
    help: usualEvidence(task, context),
  };
}

function reminder({ task, count: times }: NoticeOf<'reviewReminder'>, context: Context): Entry {
  return {
    group: 'review',
    name: taskName(task),
    state: `still waiting for your review (${count(times, 'reminder')})`,
    dueOn: task.dueOn,
    lead: [toDo],
    action: onTask('Review', task, context),
    details: [
      { label: 'Why', text: 'Evidence was submitted. The task is not done until someone has reviewed it.' },
      { label: 'What happens next', text: 'You will be reminded again until it is reviewed.' },
    ],
  };
}

function rejected({ task, note, next }: NoticeOf<'evidenceRejected'>, context: Context): Entry {
  return {
    group: 'asked',
    name: taskName(task),
    state: 'evidence rejected, more is needed',
    dueOn: task.dueOn,
    lead: [{ label: 'Why it was rejected', quote: note }, byWhen(task)],
    action: answer(task, context),
    details: [askOf(task, context), why(task, undefined, context), ...happensNext(next)],
    help: usualEvidence(task, context),
  };
}

function fileLine({ name, bytes }: FileInMail): string {
  return `${name} (${fileSize(bytes)})`;
}
