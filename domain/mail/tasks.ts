import type { CorrectiveActionPlan, NextRung, NoticeItem, TaskInMail } from '../types/index.ts';
import { answerTo, askOf, needLonger, taskCall } from './asks.ts';
import type { Context, Detail, Entry } from './types.ts';
import { count, day, dueState } from './words.ts';

type TaskItem = Extract<
  NoticeItem,
  {
    kind:
      | 'taskOpened'
      | 'taskReminder'
      | 'taskOverdue'
      | 'taskEscalated'
      | 'taskEnded'
      | 'taskExtended'
      | 'taskHandedOn';
  }
>;

/** What a mail says of a task that was opened, is due, is overdue, or is over. */
export function taskEntry(item: TaskItem, context: Context): Entry {
  switch (item.kind) {
    case 'taskOpened':
      return opened(item, context);
    case 'taskReminder':
      return reminder(item, context);
    case 'taskOverdue':
      return overdue(item, context);
    case 'taskEscalated':
      return escalated(item, context);
    case 'taskEnded':
      return ended(item);
    case 'taskExtended':
      return extended(item, context);
    case 'taskHandedOn':
      return handedOn(item);
  }
}

/** A task as people call it: its title, with the number of its requirement in front. */
export function taskName(task: TaskInMail): string {
  const id = task.requirementId;
  return !id || task.title.includes(id) ? task.title : `${id} ${task.title}`;
}

/** Who hears of it next, and when. */
export function happensNext(next: NextRung | undefined): Detail[] {
  if (!next) return [];
  return [
    { label: 'What happens next', text: `If it is still open on ${day(next.on)}, the notice goes to ${next.who}.` },
  ];
}

export function byWhen(task: TaskInMail): Detail {
  return { label: 'By when', text: day(task.dueOn) };
}

function opened(item: Extract<TaskItem, { kind: 'taskOpened' }>, context: Context): Entry {
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

/** A task that comes after others: nothing is asked yet. */
function waiting(item: Extract<TaskItem, { kind: 'taskOpened' }>, waitsFor: string[], context: Context): Entry {
  const { task } = item;
  return {
    group: 'news',
    name: taskName(task),
    state: 'yours, but waits for something else',
    details: [
      { label: 'What it waits for', list: waitsFor },
      ...askOf(task, context).map((detail) => ({ ...detail, label: `${detail.label}, later` })),
      why(task, item.why, context),
      byWhen(task),
      { label: 'What happens next', text: 'You are told when you can begin.' },
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
    { label: `Corrective action, until ${day(plan.dueOn)}`, quote: plan.action },
  ];
}

function reminder(item: Extract<TaskItem, { kind: 'taskReminder' }>, context: Context): Entry {
  const { task } = item;
  const state = context.today ? dueState(task.dueOn, context.today) : dueIn(item.dueIn);
  const details = [
    ...askOf(task, context),
    why(task, undefined, context),
    byWhen(task),
    ...happensNext(item.next),
    answerTo(task, context),
    needLonger(task, context),
  ];
  return { group: 'reminder', name: taskName(task), state, dueOn: task.dueOn, details };
}

function overdue(item: Extract<TaskItem, { kind: 'taskOverdue' }>, context: Context): Entry {
  const { task } = item;
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
      ...happensNext(item.next),
      answerTo(task, context),
      needLonger(task, context),
    ],
  };
}

/** Asked of whoever hears of another's overdue task: the program manager, the sponsor, then top management. */
const askedOfLevel = [
  'Speak with the owner. Then give the task to someone who can do it, or move its due date with a reason, or make sure that it is done.',
  'It was escalated before, and is still open. Give the owner what is lacking: time, people, or a decision.',
  'The program is now marked at risk because of this task. Decide what has to give way so that it is done.',
];

function escalated(item: Extract<TaskItem, { kind: 'taskEscalated' }>, context: Context): Entry {
  const { task, assignee, workingDays } = item;
  const name = taskName(task);
  const late = count(workingDays, 'working day');
  const level = Math.min(Math.max(item.level, 1), askedOfLevel.length);
  return {
    group: 'overdue',
    name,
    state: `overdue by ${late}, owner ${assignee}`,
    subject: `Overdue ${late}: ${name} (owner ${assignee})`,
    dueOn: task.dueOn,
    details: [
      { label: 'What is asked of you', text: askedOfLevel[level - 1] },
      { label: 'Why', text: `It was due on ${day(task.dueOn)}, ${assignee} was told, and it is still open.` },
      ...askOf(task, context).map((detail) => ({ ...detail, label: ofOwner[detail.label] ?? detail.label })),
      ...happensNext(item.next),
      {
        label: 'How to answer',
        text: 'Reassign it, extend it, or hand in what it asks for:',
        calls: [
          taskCall(task, 'reassign', '{ "to": "…" }', context),
          taskCall(task, 'extend', '{ "dueOn": "YYYY-MM-DD", "reason": "…" }', context),
          ...(answerTo(task, context).calls ?? []),
        ],
      },
    ],
  };
}

const ofOwner: Record<string, string> = { 'What is asked': 'What is asked of the owner' };

const endings = {
  accepted: 'accepted, nothing more to do',
  waived: 'waived, nothing more to do',
  cancelled: 'cancelled, nothing more to do',
};

function ended({ task, how, note }: Extract<TaskItem, { kind: 'taskEnded' }>): Entry {
  const details = note ? [{ label: how === 'accepted' ? 'Note' : 'Why', quote: note }] : [];
  return { group: 'news', name: taskName(task), state: endings[how], details };
}

function extended({ task, reason }: Extract<TaskItem, { kind: 'taskExtended' }>, context: Context): Entry {
  return {
    group: 'news',
    name: taskName(task),
    state: `new due date, ${day(task.dueOn)}`,
    details: [{ label: 'Why', quote: reason }, answerTo(task, context)],
  };
}

function handedOn({ task, to }: Extract<TaskItem, { kind: 'taskHandedOn' }>): Entry {
  const details = [{ label: 'Who has it now', text: to }];
  return { group: 'news', name: taskName(task), state: 'handed on, nothing more for you to do', details };
}

function why(task: TaskInMail, reason: string | undefined, context: Context): Detail {
  const words = task.kind === 'evidence' ? context.requirement(task.requirementId)?.why : undefined;
  const text = [reason && sentence(reason), words].filter(Boolean).join(' ');
  return { label: 'Why', text: text || 'It is part of the plan of the program.' };
}

function sentence(text: string): string {
  return /[.?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

function dueIn(days: number): string {
  if (days <= 0) return 'due today';
  return days === 1 ? 'due tomorrow' : `due in ${days} days`;
}
