import type { IsoDate } from '../../../domain/basics.ts';
import { addMonths, daysBetween, yearOf } from '../../../domain/calendar.ts';

/** A line of the scale: the first day of a year, or of a quarter or a month where the whole is short. */
export interface Tick {
  on: IsoDate;
  at: number;
  label: string;
}

/** Gives where a day lies between two others: 0 at the first, 1 at the last, in proportion to the days between. */
export function scaleOf(from: IsoDate, to: IsoDate): (on: IsoDate) => number {
  const days = Math.max(1, daysBetween(from, to));
  return (on) => Math.min(1, Math.max(0, daysBetween(from, on) / days));
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Where years begin, and quarters or months where there is room for them. */
export function ticksOf(from: IsoDate, to: IsoDate): Tick[] {
  const scale = scaleOf(from, to);
  const days = daysBetween(from, to);
  const months = days > 1_200 ? 12 : days > 500 ? 3 : 1;
  const ticks: Tick[] = [];
  for (let on: IsoDate = `${yearOf(from)}-01-01`; on <= to; on = addMonths(on, months)) {
    if (on < from) continue;
    const month = Number(on.slice(5, 7));
    ticks.push({ on, at: scale(on), label: month === 1 ? `${yearOf(on)}` : monthNames[month - 1]! });
  }
  return ticks;
}
