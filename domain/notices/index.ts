import { nextMorning } from '../calendar.ts';
import { isOfBody } from '../people.ts';
import type { Email, Instant, Notice, NoticeItem, ProgramRecord, ProgramState } from '../types/index.ts';
import { auditNotices } from './audits.ts';
import { programNotices } from './program.ts';
import { taskNotices } from './tasks.ts';

/** Somebody to tell something. */
export interface Telling {
  to: Email[];
  urgent: boolean;
  item: NoticeItem;
  /** It falls to somebody who did not choose it, also when their own command brought it about. */
  evenActor?: boolean;
}

/**
 * Who is told of a record, and how. `state` is the state after the record; `dueAt` the moment at which it was due,
 * which decides the day of a digest. Urgent notices are mails of their own, due at once; the others wait for 08:00 of
 * the program's time zone. Whoever did a thing is not told of it, but is told of
 * tasks that fell to them with it.
 */
export function noticesOf(state: ProgramState, record: ProgramRecord, dueAt: Instant): Notice[] {
  const tellings = [...taskNotices(state, record), ...auditNotices(state, record), ...programNotices(state, record)];
  return tellings.flatMap(({ to, urgent, item, evenActor }) =>
    [...new Set(to)]
      .filter((email) => (evenActor || email !== record.actor) && email !== 'system')
      .map((email) => ({
        to: email,
        urgent,
        dueAt: urgent ? dueAt : nextMorning(dueAt, state.calendar.timeZone),
        seq: record.seq,
        item,
      })),
  );
}

/** Everybody of the organization who steers it. */
export function steerers(state: ProgramState): Email[] {
  return withRoles(state, ['programManager', 'sponsor', 'topManagement']);
}

export function bodyPeople(state: ProgramState): Email[] {
  return state.people.filter(isOfBody).map((person) => person.email);
}

export function withRoles(state: ProgramState, roles: ProgramState['people'][number]['roles']): Email[] {
  return state.people
    .filter((person) => person.roles.some((role) => roles.includes(role)))
    .map((person) => person.email);
}
