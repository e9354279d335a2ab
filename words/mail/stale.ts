import { type Email, type IsoDate, own } from '../../domain/basics.ts';
import type { MailKind, NoticeItem } from '../../domain/notices.ts';
import type { RecordDefinition } from '../../domain/registry/record.ts';
import { type ProgramRecord, records } from '../../domain/registry.ts';
import { stillConcerns } from './belonging.ts';
import { isOnTask, wordsOnTask } from './entries.ts';
import type { Present } from './noticeWords.ts';
import { isReadable } from './readable.ts';
import type { MailInput, NumberedItem } from './types.ts';

/** What still holds of a mail, by sequence number. */
export interface Standing {
  items: NumberedItem[];
  /** Sequence numbers of the items that cannot be read. */
  unreadable: number[];
}

/**
 * What still holds of a mail. Left out is what the rest of the mail says again or has overtaken, and, of a digest, which
 * is written through a day and more, what the program recorded since: nobody is asked for what is done, waived,
 * submitted, reviewed or another's by then, nor reminded of a due date that was moved.
 */
export function standing({ items, kind, to, later = [] }: MailInput): Standing {
  const readable = items.filter(({ item }) => isReadable(item));
  const unreadable = items.filter(({ item }) => !isReadable(item)).map(({ seq }) => seq);
  const present = gathers(kind) ? readable.flatMap((one) => asItStands(one, to, later)) : readable;
  return { items: withoutRepeated(present), unreadable };
}

/** Whether nothing of a mail that gathers things holds anymore, so that it is not sent. */
export function isOvertaken(mail: MailInput): boolean {
  if (!gathers(mail.kind) || mail.items.length === 0) return false;
  const { items, unreadable } = standing(mail);
  return items.length + unreadable.length === 0;
}

/** Whether a mail is written for a while before it leaves, so that what it tells can be over by then. */
export function gathers(kind: MailKind): boolean {
  return kind !== 'urgent';
}

/** Leaves out all but the last notice of a kind on one task, and what another notice of the task says too. */
function withoutRepeated(items: readonly NumberedItem[]): NumberedItem[] {
  const ascending = [...items].sort((a, b) => a.seq - b.seq);
  const last = ascending.filter(
    (one, index) => !ascending.slice(index + 1).some((later) => overtakes(later.item, one.item)),
  );
  return last.filter(({ item }) => !last.some((other) => saysToo(other.item, item)));
}

function overtakes(later: NoticeItem, earlier: NoticeItem): boolean {
  if (!isOnTask(later) || !isOnTask(earlier) || later.task.id !== earlier.task.id) return false;
  return wordsOnTask(earlier).repeats === true && (later.kind === earlier.kind || wordsOnTask(later).ends === true);
}

function saysToo(other: NoticeItem, item: NoticeItem): boolean {
  if (!isOnTask(other) || !isOnTask(item) || other.task.id !== item.task.id) return false;
  return wordsOnTask(item).saidBy === other.kind;
}

/** A notice as it stands after the records since, or none when nothing of it holds. */
function asItStands({ seq, item }: NumberedItem, to: Email, later: readonly ProgramRecord[]): NumberedItem[] {
  const since = later.filter((record) => record.seq > seq);
  if (!stillConcerns(item, to, since)) return [];
  if (item.kind === 'planChanged') return [{ seq, item: { ...item, moved: item.moved.filter(stillHolds) } }];
  if (!isOnTask(item)) return [{ seq, item }];
  if (item.standsInFor !== undefined && since.some((record) => endsDeputy(record, to))) return [];
  const words = wordsOnTask(item);
  const present: Present = { status: 'open', dueOn: item.task.dueOn, assignee: to, ...words.queuedWhen };
  for (const record of since) follow(present, item.task.id, record);
  if (!words.holds(item, present, to)) return [];
  if (present.dueOn === item.task.dueOn) return [{ seq, item }];
  const { lastDay: _, ...before } = item.task;
  const task = { ...before, dueOn: present.dueOn };
  // Who hears next was counted from the due date before.
  return [{ seq, item: 'next' in item ? { ...item, task, next: undefined } : { ...item, task } }];

  /** Whether a date that a plan gave was not moved again since, which is told with what moved it, and is still to be kept. */
  function stillHolds({ taskId, dueOn }: { taskId?: string | undefined; dueOn: IsoDate }): boolean {
    if (taskId === undefined) return true;
    const present: Present = { status: 'open', dueOn, assignee: to };
    for (const record of since) follow(present, taskId, record);
    return present.status === 'open' && present.dueOn === dueOn && present.assignee === to;
  }
}

/** Whether a record says that somebody is a deputy no longer; who was, for one or for another, is told so. */
function endsDeputy(record: ProgramRecord, deputy: Email): boolean {
  return record.type === 'DelegationEnded' && record.data.deputy === deputy;
}

/** Notes what a record says of a task. */
function follow(present: Present, taskId: string, { type, data }: ProgramRecord): void {
  if (type === 'PlanChanged') {
    const moved = data.moved.tasks.find((one) => one.taskId === taskId);
    if (moved) present.dueOn = moved.dueOn;
    return;
  }
  if (!('taskId' in data) || data.taskId !== taskId) return;
  // A newer version can have written a type that is not known here.
  const leaves = own<RecordDefinition>(records, type)?.leavesTask;
  if (leaves) present.status = leaves;
  if (type === 'TaskReassigned') present.assignee = data.to;
  if (type === 'TaskExtended' || type === 'TaskReleased') present.dueOn = data.dueOn;
}
