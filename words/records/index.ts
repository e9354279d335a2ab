import type { Instant } from '../../domain/basics.ts';
import { nextMorning } from '../../domain/calendar.ts';
import { upcast } from '../../domain/fold.ts';
import type { Notice } from '../../domain/notices.ts';
import type { ProgramRecord, RecordType } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { adoptionRecords } from './adoption.ts';
import { assessmentRecords } from './assessment.ts';
import { auditRecords } from './audits.ts';
import { certificateRecords } from './certificate.ts';
import { changeRecords } from './changes.ts';
import type { Telling, WordsOfRecords } from './entry.ts';
import { findingRecords } from './findings.ts';
import { planRecords } from './plan.ts';
import { programRecords } from './program.ts';
import { taskRecords } from './tasks.ts';

/** How every type of record reads, and who hears of it. */
export const recordWords: WordsOfRecords = {
  ...programRecords,
  ...adoptionRecords,
  ...planRecords,
  ...changeRecords,
  ...assessmentRecords,
  ...taskRecords,
  ...auditRecords,
  ...findingRecords,
  ...certificateRecords,
};

/** The same, as it is looked up: which data its words take, each type of record knows. */
const words: Record<RecordType, { line(data: never): string; tells(state: ProgramState, data: never): Telling[] }> =
  recordWords;

/**
 * A record in one line, for a person who reads what happened. Ids are those of the register, dates are calendar dates of
 * the program; who did it and when stands beside the line, not in it.
 *
 * @throws Error when a newer version wrote the record
 */
export function tell(stored: ProgramRecord): string {
  const { type, data } = upcast(stored);
  // The union ties data to its type; the table forgets which is which.
  return words[type].line(data as never);
}

/**
 * Who hears of a record, and what. `state` is the state after the decision; `dueAt` the moment at which the record was
 * due, which decides the day of a digest. Urgent notices are mails of their own, due at once; the others wait for 08:00
 * in the program's time zone. People hear nothing of what they did themselves, except of tasks that fell to them with it.
 */
export function noticesOf(state: ProgramState, { type, data, actor, seq }: ProgramRecord, dueAt: Instant): Notice[] {
  return words[type].tells(state, data as never).flatMap(({ to, urgent, item, evenActor }) =>
    [...new Set(to)].flatMap((email) => {
      if (email === 'system' || (email === actor && !evenActor)) return [];
      const when = urgent ? dueAt : nextMorning(dueAt, state.calendar.timeZone);
      return [{ to: email, urgent, dueAt: when, seq, item }];
    }),
  );
}
