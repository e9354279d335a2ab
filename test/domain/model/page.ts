import type { Written } from '../support.ts';
import { civilDate, isFirstInstantOf, wallClock } from './naiveDates.ts';

/** What a part of the oracle may know of the record that it looks at, beside the record. */
export interface Page extends Written {
  /** The moment at which the record was due; `now` for what people asked for. */
  at: string;
  timeZone: string;
  today: string;
}

export function pageOf(written: Written, index: number, timeZone: string): Page {
  const at = written.dueAt[index] as string;
  return { ...written, at, timeZone, today: civilDate(written.now, timeZone) };
}

/** Throws when something is not as the naive dates say. */
export function must(holds: boolean, why: () => string): void {
  if (!holds) throw new Error(`Not what the naive dates say: ${why()}.`);
}

export function equal(what: string, is: unknown, naive: unknown): void {
  must(is === naive, () => `${what} is ${is}, naively ${naive}`);
}

/** What time brings happens at the first instant of the day after, neither earlier nor later. */
export function mustEndWith(what: string, lastDay: string, dayAfter: string, { at, timeZone, today }: Page): void {
  must(isFirstInstantOf(dayAfter, at, timeZone), () => `${what}, last day ${lastDay}, ended at ${at} in ${timeZone}`);
  must(today > lastDay, () => `${what} ended on ${today}, and its last day is ${lastDay}`);
}

export function mustHappenAt(what: string, clock: string, { at, timeZone }: Page): void {
  equal(what, wallClock(at, timeZone), clock);
}
