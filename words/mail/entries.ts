import type { NoticeItem, NoticeKind } from '../../domain/notices.ts';
import { auditNotices } from './audits.ts';
import { certificationNotices } from './certification.ts';
import { enteredNotices } from './entered.ts';
import { findingNotices } from './findings.ts';
import type { EntryWords, TaskNotice, TaskNoticeWords, WordsOfNotices } from './noticeWords.ts';
import { peopleNotices } from './people.ts';
import { programNotices } from './program.ts';
import { reviewNotices } from './reviews.ts';
import { taskNotices } from './tasks.ts';
import type { Context, Entry } from './types.ts';

/** How every kind of notice is said. */
const noticeWords: WordsOfNotices = {
  ...taskNotices,
  ...reviewNotices,
  ...findingNotices,
  ...auditNotices,
  ...certificationNotices,
  ...programNotices,
  ...peopleNotices,
  ...enteredNotices,
};

/** The same, as it is looked up: each kind's words get notices of that kind only. */
const entries: Record<NoticeKind, EntryWords<NoticeItem>> = noticeWords;
const onTasks: Record<TaskNotice['kind'], TaskNoticeWords<TaskNotice>> = noticeWords;

/** What a mail says of one notice. */
export function entryOf(item: NoticeItem, context: Context): Entry {
  const entry = entries[item.kind].entry(item, context);
  // Beside its shape: another version may have queued anything under this name.
  return typeof item.standsInFor === 'string' ? asDeputy(entry, item.standsInFor) : entry;
}

/** Whether a notice is about a task. What it was queued as decides, and not what else is in it. */
export function isOnTask(item: NoticeItem): item is TaskNotice {
  return 'holds' in noticeWords[item.kind];
}

/** What of a kind of notice about a task is still said when more has happened to the task. */
export function wordsOnTask({ kind }: TaskNotice): TaskNoticeWords<TaskNotice> {
  return onTasks[kind];
}

/** What a mail says of a notice that cannot be read: that there is something, and where it stands. */
export function unreadableEntry(seq: number): Entry {
  return {
    group: 'news',
    name: 'Something was recorded',
    state: `it cannot be shown here; see record ${seq} in the timeline of the program`,
    lead: [],
    details: [],
  };
}

/** The same for the deputy of somebody who is away. */
function asDeputy({ subject, ...entry }: Entry, name: string): Entry {
  return {
    ...entry,
    state: `${entry.state}, for ${name}`,
    ...(subject ? { subject: `${subject} (for ${name})` } : {}),
    lead: [{ text: `You get this as the deputy of ${name}, who is away.` }, ...entry.lead],
  };
}
