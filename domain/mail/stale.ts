import type { Email, IsoDate, NoticeItem, ProgramRecord, Task, TaskInMail } from '../types/index.ts';
import type { MailInput } from './types.ts';

type Numbered = MailInput['items'][number];
type TaskItem = Extract<NoticeItem, { task: TaskInMail }>;

/** What became of a task since a notice of it. */
interface Present {
  status: Task['status'];
  dueOn: IsoDate;
  /** Whose it is; undefined when it is somebody's whom the mail does not need to know. */
  assignee: Email | undefined;
}

/**
 * What of a mail still holds, by sequence number. Left out is what the rest of the mail says again or has overtaken, and,
 * of a digest, which is written through a day and more, what the program recorded since: nobody is asked for what
 * is done, waived, handed in, reviewed or another's by then, nor reminded of a due date that was moved.
 */
export function standing({ items, kind, to, later = [] }: MailInput): Numbered[] {
  const present = kind === 'digest' ? items.flatMap((one) => asItStands(one, to, later)) : items;
  return withoutRepeated(present);
}

/** Whether nothing of a digest holds any more, so that it is not sent. */
export function isOvertaken(mail: MailInput): boolean {
  return mail.kind === 'digest' && mail.items.length > 0 && standing(mail).length === 0;
}

/** Notices that are said again: the last of a kind on one task counts, and none once it has ended. */
const repeated = new Set<NoticeItem['kind']>([
  'taskOpened',
  'taskReminder',
  'taskOverdue',
  'taskEscalated',
  'taskExtended',
  'evidenceToReview',
  'evidenceRejected',
  'reviewReminder',
]);

/** Leaves out all but the last notice of a kind on one task, and the reminder of a task that is new in this mail. */
function withoutRepeated(items: readonly Numbered[]): Numbered[] {
  const ascending = [...items].sort((a, b) => a.seq - b.seq);
  const last = ascending.filter(
    (one, index) => !ascending.slice(index + 1).some((later) => overtakes(later.item, one.item)),
  );
  const opened = new Set(last.flatMap(({ item }) => (item.kind === 'taskOpened' ? [item.task.id] : [])));
  return last.filter(({ item }) => item.kind !== 'taskReminder' || !opened.has(item.task.id));
}

function overtakes(later: NoticeItem, earlier: NoticeItem): boolean {
  if (!('task' in later) || !('task' in earlier) || later.task.id !== earlier.task.id) return false;
  if (!repeated.has(earlier.kind)) return false;
  return later.kind === earlier.kind || later.kind === 'taskEnded' || later.kind === 'taskHandedOn';
}

/** A notice of a task as it stands after the records since, or none when nothing of it holds. */
function asItStands({ seq, item }: Numbered, to: Email, later: readonly ProgramRecord[]): Numbered[] {
  if (!('task' in item)) return [{ seq, item }];
  const present: Present = {
    status: 'open',
    dueOn: item.task.dueOn,
    assignee: item.kind === 'taskHandedOn' ? undefined : to,
  };
  if (item.kind === 'evidenceToReview' || item.kind === 'reviewReminder') present.status = 'submitted';
  for (const record of later) if (record.seq > seq) follow(present, item.task.id, record);
  if (!holds(item, present, to)) return [];
  if (present.dueOn === item.task.dueOn) return [{ seq, item }];
  const task = { ...item.task, dueOn: present.dueOn };
  // Who hears next was counted from the due date before.
  return [{ seq, item: { ...item, task, ...('next' in item ? { next: undefined } : {}) } as NoticeItem }];
}

function holds(item: TaskItem, { status, dueOn, assignee }: Present, to: Email): boolean {
  const isTheirs = status === 'open' && assignee === to;
  switch (item.kind) {
    case 'taskOpened':
    case 'evidenceRejected':
      return isTheirs;
    case 'taskReminder':
    case 'taskOverdue':
    case 'taskExtended':
      return isTheirs && dueOn === item.task.dueOn;
    case 'taskEscalated':
      return status === 'open' && dueOn === item.task.dueOn;
    case 'evidenceToReview':
    case 'reviewReminder':
      return status === 'submitted';
    case 'taskHandedOn':
      return assignee !== to;
    case 'taskEnded':
      return true;
  }
}

/** Notes what a record says of a task. */
function follow(present: Present, taskId: string, { type, data }: ProgramRecord): void {
  if (type === 'PlanChanged') {
    const moved = data.moved.tasks.find((one) => one.taskId === taskId);
    if (moved) present.dueOn = moved.dueOn;
    return;
  }
  if (!('taskId' in data) || data.taskId !== taskId) return;
  switch (type) {
    case 'EvidenceSubmitted':
      present.status = 'submitted';
      break;
    case 'EvidenceRejected':
      present.status = 'open';
      break;
    case 'EvidenceAccepted':
    case 'TaskCompleted':
      present.status = 'accepted';
      break;
    case 'TaskWaived':
      present.status = 'waived';
      break;
    case 'TaskCancelled':
      present.status = 'cancelled';
      break;
    case 'TaskReassigned':
      present.assignee = data.to;
      break;
    case 'TaskExtended':
    case 'TaskReleased':
      present.dueOn = data.dueOn;
      break;
  }
}
