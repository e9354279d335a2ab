import type { Instant, IsoDate } from '../../../domain/basics.ts';
import type { Written } from '../support.ts';
import { civilDate, isFirstInstantOf, wallClock } from './naiveDates.ts';

/** What a part of the oracle may know of the record that it looks at, beside the record. */
export interface Page extends Written {
  /** The moment at which the record was due; `now` for what people asked for. */
  at: Instant;
  timeZone: string;
  today: IsoDate;
  /** When the program was taken over: what was due before happens then. */
  adoptedAt?: Instant;
}

export function pageOf(written: Written, index: number, timeZone: string, adoptedAt?: Instant): Page {
  const at = written.dueAt[index] as Instant;
  const today = civilDate(written.now, timeZone);
  return { ...written, at, timeZone, today, ...(adoptedAt ? { adoptedAt } : {}) };
}

/** Throws when something is not as the naive dates say. */
export function must(holds: boolean, why: () => string): void {
  if (!holds) throw new Error(`Not what the naive dates say: ${why()}.`);
}

export function equal(what: string, is: unknown, naive: unknown): void {
  must(is === naive, () => `${what} is ${is}, naively ${naive}`);
}

/** What time brings happens at the first instant of the day after, neither earlier nor later. */
export function mustEndWith(
  what: string,
  lastDay: IsoDate,
  dayAfter: IsoDate,
  { at, timeZone, today, adoptedAt }: Page,
): void {
  const before = at === adoptedAt && dayAfter <= civilDate(at, timeZone);
  must(
    before || isFirstInstantOf(dayAfter, at, timeZone),
    () => `${what}, last day ${lastDay}, ended at ${at} in ${timeZone}`,
  );
  must(today > lastDay, () => `${what} ended on ${today}, and its last day is ${lastDay}`);
}

export function mustHappenAt(what: string, clock: string, { at, timeZone, adoptedAt }: Page): void {
  const shown = wallClock(at, timeZone);
  equal(what, shown, at === adoptedAt && clock < shown ? shown : clock);
}
