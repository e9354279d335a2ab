import type { Instant, IsoDate } from '../../domain/basics.ts';
import { nextMorning } from '../../domain/calendar.ts';
import { upcast } from '../../domain/fold.ts';
import type { Notice, NoticeItem } from '../../domain/notices.ts';
import type { ProgramRecord, RecordType } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { capitalized } from '../phrases.ts';
import { adoptionRecords } from './adoption.ts';
import { assessmentRecords } from './assessment.ts';
import { auditRecords } from './audits.ts';
import { certificateRecords } from './certificate.ts';
import { changeRecords } from './changes.ts';
import { withDeputies } from './deputies.ts';
import { tellsWhoseAct, toldWords } from './entered.ts';
import { entryRecords } from './entries.ts';
import type { Telling, WordsOfRecords } from './entry.ts';
import { fileRecords } from './files.ts';
import { findingRecords } from './findings.ts';
import { peopleRecords } from './people.ts';
import { planRecords } from './plan.ts';
import { programRecords } from './program.ts';
import { taskRecords } from './tasks.ts';

/** How every type of record reads, and who hears of it. */
export const recordWords: WordsOfRecords = {
  ...programRecords,
  ...adoptionRecords,
  ...planRecords,
  ...peopleRecords,
  ...changeRecords,
  ...assessmentRecords,
  ...fileRecords,
  ...taskRecords,
  ...auditRecords,
  ...findingRecords,
  ...certificateRecords,
  ...entryRecords,
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
  return `${words[type].line(data as never)}${toldWords(type, data)}`;
}

/** The same, also of a record that a newer version wrote: it can be looked at, not told. */
export function told(stored: ProgramRecord): string {
  try {
    return tell(stored);
  } catch {
    return `${stored.type}, which a newer version wrote`;
  }
}

/** What a type of record is called where records are looked for: `Evidence accepted`. */
export function recordTypeWords(type: RecordType): string {
  const words = type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return capitalized(words.replace(/\bai\b/, 'AI'));
}

/**
 * Who hears of a record, and what. `state` is the state after the decision; `dueAt` the moment at which the record was
 * due, which decides the day of a digest. Urgent notices are due at once; the others wait for 08:00. People hear nothing of what they did themselves, except of tasks that fell to them with it.
 * Deputies hear of the tasks of who is away.
 */
export function noticesOf(state: ProgramState, { type, data, actor, seq }: ProgramRecord, dueAt: Instant): Notice[] {
  const all = [...words[type].tells(state, data as never), ...tellsWhoseAct(state, { type, data, actor, seq })];
  const told = all.flatMap((telling) => {
    const { to, item, evenActor } = telling;
    const how = waysOf(state, telling, seq, dueAt);
    return [...new Set(to)].flatMap((email) => {
      if (email === 'system' || (email === actor && !evenActor)) return [];
      return [{ to: email, ...how, seq, item }];
    });
  });
  return withDeputies(state, told, actor);
}

/** Up to which record a program is so young that what it asks can stand in the mail that welcomes somebody to it. */
const youngUntil = 100;

/** By which mail a notice goes, and when. */
function waysOf(
  state: ProgramState,
  { urgent, in: together, item }: Telling,
  seq: number,
  dueAt: Instant,
): Pick<Notice, 'urgent' | 'in' | 'dueAt' | 'from' | 'by' | 'welcomes'> {
  if (urgent) return { urgent, dueAt, ...(together && { in: together }) };
  const by = lastDayOf(item);
  return {
    urgent,
    dueAt: nextMorning(dueAt, state.calendar.timeZone),
    from: dueAt,
    ...(by && { by }),
    ...(seq <= youngUntil && { welcomes: true as const }),
  };
}

/** The last day on which it helps to be told: that of what is asked. What waits for other tasks is not asked yet. */
function lastDayOf(item: NoticeItem): IsoDate | undefined {
  if (item.kind === 'taskOpened') return item.waitsFor ? undefined : item.task.dueOn;
  return item.kind === 'taskReminder' || item.kind === 'evidenceRejected' ? item.task.dueOn : undefined;
}
