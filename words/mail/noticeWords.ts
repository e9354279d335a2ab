import type { Email, IsoDate } from '../../domain/basics.ts';
import type { NoticeItem, NoticeKind, NoticeOf, TaskInMail } from '../../domain/notices.ts';
import type { TaskStatus } from '../../domain/tasks/task.ts';
import type { Context, Entry } from './types.ts';

/** A notice about a task. */
export type TaskNotice = Extract<NoticeItem, { task: TaskInMail }>;

/** How a kind of notice is said in a mail; one about a task also says how long it holds. */
export type NoticeWords<K extends NoticeKind> = EntryWords<NoticeOf<K>> &
  (NoticeOf<K> extends TaskNotice ? TaskNoticeWords<NoticeOf<K>> : unknown);

/** Words for every kind of notice; one that is missing does not compile. */
export type WordsOfNotices = { [K in NoticeKind]: NoticeWords<K> };

export interface EntryWords<Item> {
  /** What a mail says of it. */
  entry(item: Item, context: Context): Entry;
}

/** What of a notice about a task is still said when more has happened to the task. */
export interface TaskNoticeWords<Item> {
  /** It is said again: in one mail, the last of its kind on a task counts, and none before one that `ends`. */
  repeats?: true;
  /** After it, what was said of the task before does not count anymore, where it repeats. */
  ends?: true;
  /** The kind that says the same and more, so that it is left out beside one of that kind on the same task. */
  saidBy?: TaskNotice['kind'];
  /** How the task stood when this was queued, where it was not open and the recipient's. */
  queuedWhen?: Partial<Pick<Present, 'status' | 'assignee'>>;
  /** Whether it holds for its recipient, as the task stands at present. */
  holds(item: Item, present: Present, to: Email): boolean;
}

/** How a task stands since a notice of it. */
export interface Present {
  status: TaskStatus;
  dueOn: IsoDate;
  /** Whose it is; undefined when it is somebody's whom the mail does not need to know. */
  assignee: Email | undefined;
}

/** It holds while the task is open and the recipient's. */
export function whileTheirs(_: TaskNotice, { status, assignee }: Present, to: Email): boolean {
  return status === 'open' && assignee === to;
}

/** It holds while the task is open, the recipient's, and due when it was. */
export function whileDueThen(item: TaskNotice, present: Present, to: Email): boolean {
  return whileTheirs(item, present, to) && present.dueOn === item.task.dueOn;
}

/** It holds while the task waits for its review. */
export function whileSubmitted(_: TaskNotice, { status }: Present): boolean {
  return status === 'submitted';
}
