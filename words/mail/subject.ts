import { count } from '../phrases.ts';
import { oneLine, shortened } from './clean.ts';
import type { Entry, MailInput } from './types.ts';
import { dueState } from './words.ts';

const longestSubject = 150;

/** A text as a subject: on one line, and not longer than mail programs take. */
export function subjectLine(text: string): string {
  return shortened(oneLine(text), longestSubject);
}

/** The subject of a mail: what it tells where that is urgent, else how many things, and the most important. */
export function subjectOf(parts: readonly [MailInput, ...MailInput[]], entries: readonly Entry[]): string {
  const [first] = entries;
  const where = parts.length === 1 ? parts[0].programName : count(parts.length, 'program');
  if (!first) return subjectLine(`${where}: nothing new`);
  const { kind } = parts[0];
  const isAlone = kind === 'welcome' || (kind !== 'digest' && entries.length === 1);
  return subjectLine(isAlone ? (first.subject ?? aloneIn(where, first)) : digestSubject(where, first, entries));
}

/** A thing on one line in a subject that names no program beside; how a program stands is of none without its name. */
function aloneIn(where: string, entry: Entry): string {
  return entry.ofProgram ? `${where}: ${entry.state}` : headline(entry);
}

/** A thing on one line. */
export function headline(entry: Entry): string {
  return oneLine(`${entry.name}: ${entry.state}`);
}

/** The title of a digest of several things: `3 things for you: 1 due tomorrow`. */
export function digestTitle(entries: readonly Entry[]): string {
  const asks = entries.filter((entry) => entry.group !== 'news');
  if (entries.length === 0) return 'Nothing new';
  if (asks.length === 0) return count(entries.length, 'update');
  return `${count(asks.length, 'thing')} for you: ${mostImportant(asks)}`;
}

function digestSubject(where: string, first: Entry, entries: readonly Entry[]): string {
  const asks = entries.filter((entry) => entry.group !== 'news');
  if (asks.length === 0) {
    return entries.length === 1
      ? `${where}: ${first.ofProgram ? first.state : headline(first)}`
      : `${entries.length} updates in ${where}: ${headline(first)}`;
  }
  const most = asks.length === 1 ? `${first.name}, ${first.state}` : mostImportant(asks);
  return `${count(asks.length, 'thing')} for you in ${where}: ${most}`;
}

/** Entries come sorted, so those of the first kind that is there are the most important. */
function mostImportant(asks: readonly Entry[]): string {
  const overdue = asks.filter((entry) => entry.group === 'overdue').length;
  if (overdue > 0) return `${overdue} overdue`;
  const [first] = asks.filter((entry) => entry.group !== 'review').sort(byDueDate);
  if (first?.dueOn) {
    const state = dueState(first.dueOn, first.today);
    const same = asks.filter((entry) => entry.group !== 'review' && entry.dueOn === first.dueOn).length;
    if (asks.some((entry) => entry.group === 'reminder') || /today|tomorrow/.test(state)) return `${same} ${state}`;
  }
  const fresh = asks.filter((entry) => entry.group === 'asked').length;
  return fresh > 0 ? `${fresh} new` : `${asks.length} to review`;
}

function byDueDate(a: Entry, b: Entry): number {
  const [dueA, dueB] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return dueA === dueB ? 0 : dueA < dueB ? -1 : 1;
}
