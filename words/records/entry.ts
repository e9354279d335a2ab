import type { Email } from '../../domain/basics.ts';
import type { NoticeItem } from '../../domain/notices.ts';
import type { RecordMap, RecordType } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';

/** Somebody to tell something. */
export interface Telling {
  to: readonly (Email | 'system')[];
  /** Urgent ones are sent at once; the others wait for the person's digest. */
  urgent: boolean;
  /** Of urgent ones: those that go with others of their kind. */
  in?: 'escalation' | 'welcome';
  item: NoticeItem;
  /** It falls to somebody who did not choose it, also when their own command brought it about. */
  evenActor?: boolean;
}

/** How a type of record reads, and who hears of it. */
export interface RecordWords<T extends RecordType> {
  /**
   * The record in one line, for a person who reads what happened. Who did it and when stands beside the line, not in it.
   */
  line(data: RecordMap[T]): string;
  /** Who is told, and what; `state` is the state after the decision. */
  tells(state: ProgramState, data: RecordMap[T]): Telling[];
}

/** Words for every type of record; one that is missing does not compile. */
export type WordsOfRecords = { [T in RecordType]: RecordWords<T> };

/** Nobody is told. */
export const silent = (): Telling[] => [];

/** Told in the next digest of each person. */
export function later(to: Telling['to'], item: NoticeItem): Telling {
  return { to, urgent: false, item };
}

/** Told at once, with everything else that is overdue on the day. */
export function overdue(to: Telling['to'], item: NoticeItem): Telling {
  return { to, urgent: true, in: 'escalation', item };
}

/** Told at once, as the first that somebody hears of a program. */
export function welcome(to: Telling['to'], item: NoticeItem): Telling {
  return { to, urgent: true, in: 'welcome', item };
}

/** Told at once, each in a mail of its own. */
export function atOnce(to: Telling['to'], item: NoticeItem): Telling {
  return { to, urgent: true, item };
}
