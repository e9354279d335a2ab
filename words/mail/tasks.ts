import type { CorrectiveActionPlan } from '../../domain/findings/finding.ts';
import type { NextRung, NoticeOf, TaskInMail } from '../../domain/notices.ts';
import { count } from '../phrases.ts';
import { answersTo, answerTo, askOf, needLonger } from './asks.ts';
import { type WordsOfNotices, whileDueThen, whileTheirs } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, dueIn, dueState, sentence } from './words.ts';

/** What a mail says of a task that was opened, is due, is overdue, or is over. */
export const taskNotices = {
  taskOpened: { entry: opened, repeats: true, holds: whileTheirs },
  taskReminder: { entry: reminder, repeats: true, saidBy: 'taskOpened', holds: whileDueThen },
  taskOverdue: { entry: overdue, repeats: true, holds: whileDueThen },
  taskEscalated: {
    entry: escalated,
    repeats: true,
    holds: ({ task }, { status, dueOn }) => status === 'open' && dueOn === task.dueOn,
  },
  taskEnded: { entry: ended, ends: true, holds: () => true },
  taskHandedOn: {
    entry: handedOn,
    ends: true,
    queuedWhen: { assignee: undefined },
    holds: (_, { assignee }, to) => assignee !== to,
  },
  taskDeclined: {
    entry: declined,
    repeats: true,
    queuedWhen: { assignee: undefined },
    holds: (_, { status, assignee }) => status === 'open' && assignee === undefined,
  },
  taskExtended: { entry: extended, repeats: true, holds: whileDueThen },
} satisfies Partial<WordsOfNotices>;

/** A task as people call it: its title, with the number of its requirement in front. */
export function taskName({ title, requirementId }: TaskInMail): string {
  return !requirementId || title.includes(requirementId) ? title : `${requirementId} ${title}`;
}

/** Who hears of it next, and when. */
export function happensNext(next: NextRung | undefined): Detail[] {
  if (!next) return [];
  return [
    { label: 'What happens next', text: `If it is still open on ${day(next.on)}, ${next.who} will be notified.` },
  ];
}

export function byWhen(task: TaskInMail): Detail {
  return { label: 'Due', text: day(task.dueOn) };
}

function opened(item: NoticeOf<'taskOpened'>, context: Context): Entry {
  const { task } = item;
  if (item.waitsFor) return waiting(item, item.waitsFor, context);
  const state = dueState(task.dueOn, context.today);
  const details = [
    ...askOf(task, context),
    why(task, item.why, context),
    ...planned(item.plan),
    byWhen(task),
    ...happensNext(item.next),
    answerTo(task, context),
  ];
  return { group: 'asked', name: taskName(task), state, dueOn: task.dueOn, details };
}

/** A task that comes after others: there is nothing to do yet. */
function waiting({ task, why: reason }: NoticeOf<'taskOpened'>, waitsFor: string[], context: Context): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: 'assigned to you, but waits for other tasks',
    details: [
      { label: 'What it waits for', list: waitsFor },
      ...askOf(task, context, 'What to do then'),
      why(task, reason, context),
      byWhen(task),
      { label: 'What happens next', text: 'You will get another mail when you can begin.' },
    ],
  };
}

/** The corrective action plan that a task is about, for whoever judges it. */
function planned(plan: CorrectiveActionPlan | undefined): Detail[] {
  if (!plan) return [];
  return [
    { label: 'Correction', quote: plan.correction },
    { label: 'Root cause', quote: plan.rootCause },
    ...(plan.similarCases ? [{ label: 'Where else it could happen', quote: plan.similarCases }] : []),
    { label: `Corrective action, due ${day(plan.dueOn)}`, quote: plan.action },
  ];
}

function reminder({ task, dueIn: days, next }: NoticeOf<'taskReminder'>, context: Context): Entry {
  const state = context.today ? dueState(task.dueOn, context.today) : dueIn(days);
  const details = [
    ...askOf(task, context),
    why(task, undefined, context),
    byWhen(task),
    ...happensNext(next),
    answerTo(task, context),
    needLonger(task, context),
  ];
  return { group: 'reminder', name: taskName(task), state, dueOn: task.dueOn, details };
}

function overdue({ task, next }: NoticeOf<'taskOverdue'>, context: Context): Entry {
  const name = taskName(task);
  return {
    group: 'overdue',
    name,
    state: `overdue, was due on ${day(task.dueOn)}`,
    subject: `Overdue: ${name}`,
    dueOn: task.dueOn,
    details: [
      ...askOf(task, context),
      why(task, undefined, context),
      ...happensNext(next),
      answerTo(task, context),
      needLonger(task, context),
    ],
  };
}

/** Asked of whoever hears of another's overdue task: the program manager, the sponsor, then top management. */
function askedOf(level: number, assignee: string): string {
  if (level <= 1) {
    return `Talk to ${assignee}. Then reassign the task to someone who can do it, extend it and say why, or make sure that it gets done.`;
  }
  if (level === 2) {
    return `It was escalated before and is still open. Give ${assignee} what is missing: time, people, or a decision.`;
  }
  return 'The program is now marked at risk because of this task. Decide what has to give way so that it gets done.';
}

function escalated({ task, assignee, level, workingDays, next }: NoticeOf<'taskEscalated'>, context: Context): Entry {
  const name = taskName(task);
  const late = count(workingDays, 'working day');
  const taskId = task.id;
  return {
    group: 'overdue',
    name,
    state: `overdue by ${late}, assigned to ${assignee}`,
    subject: `Overdue by ${late}: ${name} (assigned to ${assignee})`,
    dueOn: task.dueOn,
    details: [
      { label: 'What to do', text: askedOf(level, assignee) },
      { label: 'Why', text: `It was due on ${day(task.dueOn)}. ${assignee} was reminded, and it is still open.` },
      ...askOf(task, context, `What ${assignee} has to do`),
      ...happensNext(next),
      {
        label: 'How to answer',
        text: 'Reassign the task, extend it, or do what it asks for.',
        calls: [
          context.callOf('reassignTask', { taskId }),
          context.callOf('extendTask', { taskId }),
          ...answersTo(task, context),
        ],
      },
    ],
  };
}

function ended({ task, how, note }: NoticeOf<'taskEnded'>): Entry {
  const details = note ? [{ label: how === 'accepted' ? 'Note' : 'Why', quote: note }] : [];
  return { group: 'news', name: taskName(task), state: `${how}, nothing more to do`, details };
}

function extended({ task, reason }: NoticeOf<'taskExtended'>, context: Context): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: `extended, now due on ${day(task.dueOn)}`,
    details: [{ label: 'Why', quote: reason }, answerTo(task, context)],
  };
}

function declined({ task, by, reason }: NoticeOf<'taskDeclined'>, context: Context): Entry {
  return {
    group: 'asked',
    name: taskName(task),
    state: `declined by ${by}, due on ${day(task.dueOn)}`,
    dueOn: task.dueOn,
    details: [
      { label: 'What to do', text: `Reassign the task, or agree with ${by} that it stays with them.` },
      { label: `What ${by} says`, quote: reason },
      { label: 'What happens next', text: `Until it is reassigned, ${by} keeps getting its reminders.` },
      {
        label: 'How to answer',
        text: 'Reassign the task.',
        calls: [context.callOf('reassignTask', { taskId: task.id })],
      },
    ],
  };
}

function handedOn({ task, to }: NoticeOf<'taskHandedOn'>): Entry {
  const details = [{ label: 'Now assigned to', text: to }];
  return { group: 'news', name: taskName(task), state: 'reassigned, nothing more for you to do', details };
}

function why(task: TaskInMail, reason: string | undefined, context: Context): Detail {
  const words = task.kind === 'evidence' ? context.requirement(task.requirementId)?.why : undefined;
  const text = [reason && sentence(reason), words].filter(Boolean).join(' ');
  return { label: 'Why', text: text || 'It is part of the program plan.' };
}
