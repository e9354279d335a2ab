import type { NoticeItem } from '../types/index.ts';

type Numbered = { seq: number; item: NoticeItem };

/** Notices that ask something, and mean nothing any more once the task has ended or they are said again. */
const asking = new Set<NoticeItem['kind']>([
  'taskOpened',
  'taskReminder',
  'taskOverdue',
  'taskEscalated',
  'evidenceToReview',
  'evidenceRejected',
  'reviewReminder',
]);

/**
 * Leaves out what the rest of the same mail has overtaken: what was asked of a task that has ended since, all but the
 * last notice of a kind on one task, and the reminder of a task that is new in this mail. Gives the others by sequence
 * number.
 */
export function withoutStale(items: readonly Numbered[]): Numbered[] {
  const ascending = [...items].sort((a, b) => a.seq - b.seq);
  const standing = ascending.filter(
    (one, index) => !ascending.slice(index + 1).some((later) => overtakes(later.item, one.item)),
  );
  const opened = new Set(standing.flatMap(({ item }) => (item.kind === 'taskOpened' ? [item.task.id] : [])));
  return standing.filter(({ item }) => item.kind !== 'taskReminder' || !opened.has(item.task.id));
}

function overtakes(later: NoticeItem, earlier: NoticeItem): boolean {
  if (!('task' in later) || !('task' in earlier) || later.task.id !== earlier.task.id) return false;
  if (!asking.has(earlier.kind)) return false;
  return later.kind === 'taskEnded' || later.kind === earlier.kind;
}
