import type { IsoDate } from '../../domain/basics.ts';
import { count } from '../phrases.ts';
import { oneLine, shortened } from './clean.ts';
import type { Entry, MailInput } from './types.ts';
import { dueState } from './words.ts';

const longestSubject = 150;

/** The subject of a mail: of an urgent one what it tells, of a digest how many things and the most important. */
export function subjectOf(mail: MailInput, entries: readonly Entry[], today: IsoDate | undefined): string {
  const first = entries[0];
  if (!first) return shortened(oneLine(`${mail.programName}: nothing new`), longestSubject);
  const subject =
    mail.kind === 'urgent' ? (first.subject ?? headline(first)) : digestSubject(mail, first, entries, today);
  return shortened(oneLine(subject), longestSubject);
}

/** A thing on one line. */
export function headline(entry: Entry): string {
  return oneLine(`${entry.name}: ${entry.state}`);
}

function digestSubject(mail: MailInput, first: Entry, entries: readonly Entry[], today: IsoDate | undefined): string {
  const asks = entries.filter((entry) => entry.group !== 'news');
  if (asks.length === 0) {
    return entries.length === 1
      ? `${mail.programName}: ${headline(first)}`
      : `${entries.length} updates in ${mail.programName}: ${headline(first)}`;
  }
  const most = asks.length === 1 ? `${first.name}, ${first.state}` : mostImportant(asks, today);
  return `${count(asks.length, 'thing')} for you in ${mail.programName}: ${most}`;
}

/** Entries come sorted, so those of the first kind that is there are the most important. */
function mostImportant(asks: readonly Entry[], today: IsoDate | undefined): string {
  const overdue = asks.filter((entry) => entry.group === 'overdue').length;
  if (overdue > 0) return `${overdue} overdue`;
  const dueOn = nearest(asks.filter((entry) => entry.group !== 'review'));
  if (dueOn) {
    const state = dueState(dueOn, today);
    const same = asks.filter((entry) => entry.group !== 'review' && entry.dueOn === dueOn).length;
    if (asks.some((entry) => entry.group === 'reminder') || /today|tomorrow/.test(state)) return `${same} ${state}`;
  }
  const fresh = asks.filter((entry) => entry.group === 'asked').length;
  return fresh > 0 ? `${fresh} new` : `${asks.length} to review`;
}

function nearest(entries: readonly Entry[]): IsoDate | undefined {
  return entries
    .flatMap((entry) => entry.dueOn ?? [])
    .sort()
    .at(0);
}
