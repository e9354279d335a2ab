import { DateTime, Duration, IANAZone } from 'luxon';
import { type Instant, type IsoDate, type IsoDuration, type Month, type Weekday, weekdays } from './basics.ts';
import { dateOfDay, dayNumber, remembered, weekdayOf } from './days.ts';
import { usualWeekend } from './weekends.ts';

/** Whose time is kept, and which days are off. */
export interface WorkingCalendar {
  /** IANA name, for example `America/New_York`. */
  timeZone: string;
  /** Saturday and Sunday when absent. */
  weekend?: Weekday[] | undefined;
  holidays: IsoDate[];
  /** Days that are worked although they are on a weekend or a holiday; none when absent. */
  workingDays?: IsoDate[] | undefined;
  /** The program's date when its time zone last changed: its days do not go back. */
  notBefore?: IsoDate | undefined;
}

/** The hour of a due moment, in the program's time zone. */
const dueTime = { hour: 17 };
/** The hour of digests, reminders and everything that the program does on a day by itself. */
const morning = { hour: 8 };

/** Minutes after its 08:00 at which a digest leaves. */
export const digestGraceMinutes = 5;

const isoShape = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a date that exists: `2032-02-29` is, `2031-02-29` is not. */
export function isRealDate(text: string): text is IsoDate {
  return isoShape.test(text) && utc(text).isValid;
}

/** The first and the last date that somebody can give: what lies outside is a slip, and dates order as text inside. */
export const firstDate: IsoDate = '1970-01-01';
export const lastDate: IsoDate = '2199-12-31';

/** What is wrong with a date that somebody gives: there is no such day, or nobody means that year; undefined when nothing is. */
export function wrongWithDate(text: string): 'notADate' | 'outOfRange' | undefined {
  if (!isRealDate(text)) return 'notADate';
  return text < firstDate || text > lastDate ? 'outOfRange' : undefined;
}

/** Whether a text names an IANA time zone that this machine knows. */
export function isTimeZone(text: string): boolean {
  return IANAZone.isValidZone(text);
}

/**
 * Whether a text is an ISO 8601 duration of whole, not negative years, months, weeks or days, and not zero; each at most
 * 999, so that dates keep four digits for their year and order as text.
 */
export function isCalendarDuration(text: string): text is IsoDuration {
  return /^P(?=\d)(\d{1,3}Y)?(\d{1,3}M)?(\d{1,3}W)?(\d{1,3}D)?$/.test(text) && !/^P[0YMWD]*$/.test(text);
}

export function addDays(on: IsoDate, days: number): IsoDate {
  return dateOfDay(dayNumber(on) + days);
}

/** Adds months; a day that the month does not have becomes its last (31 January + 1 month: 28 February). */
export function addMonths(on: IsoDate, months: number): IsoDate {
  return remembered(monthsLater, `${on} ${months}`, () => date(utc(on).plus({ months })));
}

const monthsLater = new Map<string, IsoDate>();

/** Adds years; 29 February becomes 28 February in a year without it (R12). */
export function addYears(on: IsoDate, years: number): IsoDate {
  return date(utc(on).plus({ years }));
}

export function addDuration(on: IsoDate, duration: IsoDuration): IsoDate {
  return date(utc(on).plus(Duration.fromISO(duration)));
}

/** Days from one date to another; negative when the second is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

export function yearOf(on: IsoDate): number {
  return Number(on.slice(0, 4));
}

export function monthOf(on: IsoDate): Month {
  // A date begins with its month; `slice` gives any text.
  return on.slice(0, 7) as Month;
}

/** Dates by quarter of an hour and zone: offsets are whole quarters, so that no day ends inside of one. */
const dates = new Map<string, IsoDate>();

/** The program's date at an instant. */
export function dateAt(at: Instant, timeZone: string): IsoDate {
  const quarter = Math.floor(Number(at.slice(14, 16)) / 15);
  return remembered(dates, `${at.slice(0, 13)} ${quarter} ${timeZone}`, () =>
    date(DateTime.fromISO(at, { zone: timeZone })),
  );
}

/**
 * A program's date at an instant that is now for it. In the hours after a move to a time zone in which it is still
 * yesterday it stays the day that it was, so that nothing that is recorded lies ahead.
 */
export function todayIn(
  { timeZone, notBefore }: Pick<WorkingCalendar, 'timeZone' | 'notBefore'>,
  now: Instant,
): IsoDate {
  const on = dateAt(now, timeZone);
  return notBefore !== undefined && notBefore > on ? notBefore : on;
}

/** The instant at which a day begins in the program's time zone. */
export function startOfDay(on: IsoDate, timeZone: string): Instant {
  return instant(on, timeZone, { hour: 0 });
}

/** The instant after the last moment of a day: when a thing that was allowed until that day no longer is. */
export function endOfDay(on: IsoDate, timeZone: string): Instant {
  return startOfDay(addDays(on, 1), timeZone);
}

/** 08:00 of a day in the program's time zone. */
export function morningOf(on: IsoDate, timeZone: string): Instant {
  return instant(on, timeZone, morning);
}

/**
 * The 08:00 whose digest tells of what happened at an instant: the next one. A digest leaves some minutes after its
 * 08:00, and what the program does at 08:00 by itself still goes with it.
 */
export function nextMorning(at: Instant, timeZone: string): Instant {
  const today = dateAt(at, timeZone);
  const isInTime = at <= instant(today, timeZone, { ...morning, minute: digestGraceMinutes });
  return morningOf(isInTime ? today : addDays(today, 1), timeZone);
}

/** A day outside of the weekend and the holidays, or one that is worked all the same. */
export function isWorkingDay(on: IsoDate, calendar: WorkingCalendar): boolean {
  const { weekend, holidays, worked } = offDays(calendar);
  return (!weekend.has(weekdayOf(on)) && !holidays.has(on)) || worked.has(on);
}

/** The day itself when it is a working day, else the next one. */
export function workingDayFrom(on: IsoDate, calendar: WorkingCalendar): IsoDate {
  let day = on;
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1);
  return day;
}

/** The day itself when it is a working day, else the last one before it. */
export function workingDayUntil(on: IsoDate, calendar: WorkingCalendar): IsoDate {
  let day = on;
  while (!isWorkingDay(day, calendar)) day = addDays(day, -1);
  return day;
}

/** The working day `days` working days after the first working day on or after `on`; `days` is 0 or more. */
export function addWorkingDays(on: IsoDate, days: number, calendar: WorkingCalendar): IsoDate {
  const { inWeek } = offDays(calendar);
  let day = workingDayFrom(on, calendar);
  let left = days;
  // By whole weeks first: holidays in them leave days to go, and days that are worked all the same take some back.
  while (left >= inWeek) {
    const weeksLater = addDays(day, 7 * Math.floor(left / inWeek));
    left -= workingDaysBetween(day, weeksLater, calendar);
    day = weeksLater;
  }
  if (left <= 0) day = workingDayUntil(day, calendar);
  for (; left < 0; left++) day = workingDayUntil(addDays(day, -1), calendar);
  for (; left > 0; left--) day = workingDayFrom(addDays(day, 1), calendar);
  return day;
}

/**
 * How many working days lie after `from`, up to and including `to`; 0 when `to` is not later. Counted by weeks, not by
 * days: a date that somebody sends may lie centuries ahead.
 */
export function workingDaysBetween(from: IsoDate, to: IsoDate, calendar: WorkingCalendar): number {
  const days = daysBetween(from, to);
  if (days <= 0) return 0;
  const { weekend, holidays, worked, inWeek } = offDays(calendar);
  const weekday = weekdayOf(from);
  const rest = Array.from({ length: days % 7 }, (_, index) => ((weekday + index) % 7) + 1);
  const inWeeks = inWeek * Math.floor(days / 7) + rest.filter((day) => !weekend.has(day)).length;
  const isBetween = (day: IsoDate) => day > from && day <= to;
  const off = [...holidays].filter((day) => isBetween(day) && !weekend.has(weekdayOf(day)) && !worked.has(day));
  const more = [...worked].filter((day) => isBetween(day) && weekend.has(weekdayOf(day)));
  return inWeeks - off.length + more.length;
}

/** The due moment of a date: 17:00 in the program's time zone, on the next working day when it is not one. */
export function dueMoment(on: IsoDate, calendar: WorkingCalendar): Instant {
  return instant(workingDayFrom(on, calendar), calendar.timeZone, dueTime);
}

/**
 * The last working day of a date's week, which is the one before the weekend: Friday in most countries, Thursday where
 * Friday is off. A weekend belongs to the week before it, as a day off does; a week without a weekend ends on Sunday.
 */
export function endOfWorkingWeek(on: IsoDate, calendar: WorkingCalendar): IsoDate {
  const { weekend } = offDays(calendar);
  const ends = weekend.size > 0 ? weekend : new Set([1]);
  const isOff = (day: IsoDate) => weekend.has(weekdayOf(day));
  let day = on;
  while (isOff(day)) day = addDays(day, -1);
  while (!ends.has(weekdayOf(addDays(day, 1)))) day = addDays(day, 1);
  return workingDayUntil(day, calendar);
}

/** The earlier and the later of dates; ISO dates order as text. */
export const earliest = (...dates: IsoDate[]): IsoDate => dates.reduce((a, b) => (a < b ? a : b));
export const latest = (...dates: IsoDate[]): IsoDate => dates.reduce((a, b) => (a > b ? a : b));

/** A calendar as it is asked: weekdays are 1 Monday to 7 Sunday, `inWeek` is how many of them are worked. */
interface OffDays {
  weekend: ReadonlySet<number>;
  holidays: ReadonlySet<IsoDate>;
  worked: ReadonlySet<IsoDate>;
  inWeek: number;
}

const known = new WeakMap<WorkingCalendar, OffDays>();

function offDays(calendar: WorkingCalendar): OffDays {
  const before = known.get(calendar);
  if (before) return before;
  const { weekend: named = usualWeekend, holidays, workingDays } = calendar;
  const weekend = new Set(named.map((day) => weekdays.indexOf(day) + 1));
  const made = { weekend, holidays: new Set(holidays), worked: new Set(workingDays), inWeek: 7 - weekend.size };
  known.set(calendar, made);
  return made;
}

function utc(on: string): DateTime {
  return DateTime.utc(Number(on.slice(0, 4)), Number(on.slice(5, 7)), Number(on.slice(8, 10)));
}

function date(moment: DateTime): IsoDate {
  // luxon types a date as any text.
  return moment.toISODate() as IsoDate;
}

/** A program asks for the same few moments and dates with every command; their zone's rules are slow to ask. */
const instants = new Map<string, Instant>();

function instant(on: IsoDate, timeZone: string, time: { hour: number; minute?: number }): Instant {
  return remembered(instants, `${on} ${time.hour}:${time.minute ?? 0} ${timeZone}`, () => {
    const moment = DateTime.fromISO(on, { zone: timeZone }).set(time);
    // Where clocks go back at midnight or at one, a day has two midnights: it begins with the first.
    const [first = moment] = time.hour === 0 ? moment.getPossibleOffsets() : [moment];
    return first.toJSDate().toISOString();
  });
}
