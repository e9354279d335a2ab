import type { InboxCounts, InboxList } from '../../db/inbox.ts';
import { mostCounted } from '../../db/inbox.ts';
import { count } from '../../words/phrases.ts';

/** What the lists of an inbox are called. */
export const listLabels: Record<InboxList, string> = {
  yours: 'Yours',
  review: 'To review',
  submitted: 'Submitted',
  team: 'Overdue in your programs',
};

/** Where each is. */
export const listUrls: Record<InboxList, string> = {
  yours: '/inbox',
  review: '/inbox/review',
  submitted: '/inbox/submitted',
  team: '/inbox/team',
};

/** A count as it is read: it goes no further than 99. */
export function counted(many: number): string {
  return many >= mostCounted ? `${mostCounted - 1}+` : String(many);
}

/** How a list stands, in a sentence. */
export function leadOf(list: InboxList, counts: InboxCounts): string | undefined {
  const many = counts[list];
  if (many === 0) return undefined;
  const things = (noun: string, plural?: string) =>
    many >= mostCounted ? `More than ${mostCounted - 1} ${plural ?? `${noun}s`}` : count(many, noun, plural);
  switch (list) {
    case 'yours':
      return `${things('task')} ${many === 1 ? 'is' : 'are'} yours; ${overdueWords(counts.overdue)}.`;
    case 'review':
      return `${things('submission')} ${many === 1 ? 'waits' : 'wait'} for a review. The oldest comes first.`;
    case 'submitted':
      return `${things('answer')} of yours ${many === 1 ? 'waits' : 'wait'} for a review. You get a mail if something is missing.`;
    case 'team':
      return `${things('task')} of the programs that you manage ${many === 1 ? 'is' : 'are'} overdue.`;
  }
}

function overdueWords(many: number): string {
  if (many === 0) return 'none is overdue';
  if (many >= mostCounted) return `more than ${mostCounted - 1} are overdue`;
  return many === 1 ? 'one is overdue' : `${many} are overdue`;
}

/** What a list will have, and how it comes there. */
export const emptyWords: Record<InboxList, string> = {
  yours:
    'Nothing is yours to do. A task comes here when a program asks you for something or a manager gives it to you, and a mail tells you.',
  review:
    'Nothing waits for your review. What others submit in the programs in which you review comes here, the oldest first.',
  submitted:
    'Nothing of yours waits for a review. What you submit stays here until a reviewer accepts it or sends it back.',
  team: 'Nothing is overdue in the programs that you manage. A task comes here on the day after its due date.',
};
