import type { IsoDate } from '../../domain/basics.ts';
import type { CorrectiveActionPlan } from '../../domain/findings/finding.ts';
import type { NextRung, NoticeOf, TaskInMail } from '../../domain/notices.ts';
import { count } from '../phrases.ts';
import { answer, onTask } from './actions.ts';
import { askOf, needLonger, usualEvidence, why } from './asks.ts';
import { type WordsOfNotices, whileDueThen, whileTheirs } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, dueIn, dueState } from './words.ts';

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
  taskLeft: {
    entry: left,
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

export function byWhen({ dueOn, lastDay }: TaskInMail): Detail {
  const text = lastDay ? `${day(dueOn)}, a day off: until ${day(lastDay)}` : day(dueOn);
  return { label: 'Due', text };
}

/** The day until which it can be done. */
function until({ dueOn, lastDay = dueOn }: TaskInMail): IsoDate {
  return lastDay;
}

function opened(item: NoticeOf<'taskOpened'>, context: Context): Entry {
  const { task } = item;
  if (item.waitsFor) return waiting(item, item.waitsFor, context);
  return {
    group: 'asked',
    name: taskName(task),
    state: dueState(until(task), context.today),
    dueOn: until(task),
    lead: [askOf(task, context), ...planned(item.plan), byWhen(task)],
    action: answer(task, context),
    details: [why(task, item.why, context), ...happensNext(item.next)],
    help: usualEvidence(task, context),
  };
}

/** A task that comes after others: there is nothing to do yet. */
function waiting({ task, why: reason }: NoticeOf<'taskOpened'>, waitsFor: string[], context: Context): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: 'assigned to you, but waits for other tasks',
    lead: [
      { label: 'What it waits for', list: waitsFor },
      { label: 'What happens next', text: 'You will get another mail when you can begin.' },
    ],
    action: onTask('Open the task', task, context),
    details: [askOf(task, context, 'What to do then'), why(task, reason, context), byWhen(task)],
    help: usualEvidence(task, context),
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
  return {
    group: 'reminder',
    name: taskName(task),
    state: context.today ? dueState(until(task), context.today) : dueIn(days),
    dueOn: until(task),
    lead: [askOf(task, context), byWhen(task)],
    action: answer(task, context),
    details: [why(task, undefined, context), ...happensNext(next)],
    help: [needLonger, ...usualEvidence(task, context)],
  };
}

function overdue({ task, next }: NoticeOf<'taskOverdue'>, context: Context): Entry {
  const name = taskName(task);
  return {
    group: 'overdue',
    name,
    state: `overdue, was due on ${day(task.dueOn)}`,
    subject: `Overdue: ${name}`,
    dueOn: task.dueOn,
    lead: [askOf(task, context)],
    action: answer(task, context),
    details: [why(task, undefined, context), ...happensNext(next)],
    help: [needLonger, ...usualEvidence(task, context)],
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
  return {
    group: 'overdue',
    name,
    state: `overdue by ${late}, assigned to ${assignee}`,
    subject: `Overdue by ${late}: ${name} (assigned to ${assignee})`,
    dueOn: task.dueOn,
    lead: [
      { label: 'What to do', text: askedOf(level, assignee) },
      { label: 'Why', text: `It was due on ${day(task.dueOn)}. ${assignee} was reminded, and it is still open.` },
    ],
    action: onTask(level <= 1 ? 'Reassign or extend' : 'Open the task', task, context),
    details: [askOf(task, context, `What ${assignee} has to do`), ...happensNext(next)],
  };
}

function left({ task, assignee }: NoticeOf<'taskLeft'>, context: Context): Entry {
  const name = taskName(task);
  return {
    group: 'overdue',
    name,
    state: `still open, was due on ${day(task.dueOn)}, assigned to ${assignee}`,
    subject: `For the last time: ${name} (assigned to ${assignee})`,
    dueOn: task.dueOn,
    lead: [
      { label: 'What to do', text: 'Reassign it to somebody who does it, extend it, or waive it and say why.' },
      { label: 'What happens next', text: 'No more mails are sent of it. It stays open, and overdue.' },
    ],
    action: onTask('Reassign, extend or waive', task, context),
    details: [askOf(task, context, `What ${assignee} has to do`)],
  };
}

function ended({ task, how, note }: NoticeOf<'taskEnded'>, context: Context): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: `${how}, nothing more to do`,
    lead: note ? [{ label: how === 'accepted' ? 'Note' : 'Why', quote: note }] : [],
    action: onTask('Open the task', task, context),
    details: [],
  };
}

function extended({ task, reason }: NoticeOf<'taskExtended'>, context: Context): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: `extended, now due on ${day(task.dueOn)}`,
    lead: [{ label: 'Why', quote: reason }],
    action: answer(task, context),
    details: [],
  };
}

function declined({ task, by, reason }: NoticeOf<'taskDeclined'>, context: Context): Entry {
  return {
    group: 'asked',
    name: taskName(task),
    state: `declined by ${by}, due on ${day(task.dueOn)}`,
    dueOn: task.dueOn,
    lead: [
      { label: `What ${by} says`, quote: reason },
      { label: 'What to do', text: `Reassign the task, or agree with ${by} that it stays with them.` },
    ],
    action: onTask('Reassign', task, context),
    details: [{ label: 'What happens next', text: `Until it is reassigned, ${by} keeps getting its reminders.` }],
  };
}

/** The page would not show it to somebody whose task it is not anymore. */
function handedOn({ task, to }: NoticeOf<'taskHandedOn'>): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: 'reassigned, nothing more for you to do',
    lead: [{ label: 'Now assigned to', text: to }],
    details: [],
  };
}
