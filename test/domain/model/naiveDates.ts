import type { Instant, IsoDate, Weekday } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import type { Certificate } from '../../../domain/certificate/certificate.ts';
import type { LadderSpec } from '../../../domain/tasks/ladderSpec.ts';

/**
 * A second implementation of the dates, written from the rules alone and deliberately naive: a calendar written down day
 * by day, on which dates are counted with a finger. It shares nothing with `domain/` but the names of things.
 */

/** 1 January 2000 was a Saturday. */
const first = { y: 2000, m: 1, d: 1, weekday: 6 };
const lastYear = 2090;

interface Day {
  y: number;
  m: number;
  d: number;
  /** 1 Monday to 7 Sunday. */
  weekday: number;
}

const days: Day[] = [];
const texts: IsoDate[] = [];
const places = new Map<IsoDate, number>();

for (let day = { ...first }; day.y <= lastYear; day = dayAfter(day)) {
  places.set(written(day), days.length);
  texts.push(written(day));
  days.push(day);
}

function dayAfter({ y, m, d, weekday }: Day): Day {
  const next = weekday === 7 ? 1 : weekday + 1;
  if (d < lengthOfMonth(y, m)) return { y, m, d: d + 1, weekday: next };
  if (m < 12) return { y, m: m + 1, d: 1, weekday: next };
  return { y: y + 1, m: 1, d: 1, weekday: next };
}

function isLeapYear(y: number): boolean {
  if (y % 400 === 0) return true;
  if (y % 100 === 0) return false;
  return y % 4 === 0;
}

function lengthOfMonth(y: number, m: number): number {
  if (m === 2) return isLeapYear(y) ? 29 : 28;
  return m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31;
}

function written({ y, m, d }: Pick<Day, 'y' | 'm' | 'd'>): IsoDate {
  // The type knows a zero in front as no part of a number.
  return `${y}-${m < 10 ? '0' : ''}${m}-${d < 10 ? '0' : ''}${d}` as IsoDate;
}

function placeOf(on: IsoDate): number {
  const place = places.get(on);
  if (place === undefined) throw new Error(`${on} is not in the naive calendar.`);
  return place;
}

function dayOf(on: IsoDate): Day {
  return days[placeOf(on)] as Day;
}

export function daysLater(on: IsoDate, count: number): IsoDate {
  return texts[placeOf(on) + count] as IsoDate;
}

export function dayBefore(on: IsoDate): IsoDate {
  return daysLater(on, -1);
}

export function daysFrom(from: IsoDate, to: IsoDate): number {
  return placeOf(to) - placeOf(from);
}

/** Months by hand: turn the leaf of the month, then take the same day, or the last one that the month has. */
export function monthsLater(on: IsoDate, count: number): IsoDate {
  let { y, m } = dayOf(on);
  const { d } = dayOf(on);
  for (let turned = 0; turned < Math.abs(count); turned++) {
    m += count > 0 ? 1 : -1;
    if (m === 13) [y, m] = [y + 1, 1];
    if (m === 0) [y, m] = [y - 1, 12];
  }
  return written({ y, m, d: d > lengthOfMonth(y, m) ? lengthOfMonth(y, m) : d });
}

/** R12: the last of some years from a day on; those from 29 February end with 28 February where there is no 29th. */
function lastOfYears(from: IsoDate, count: number): IsoDate {
  const { y, m, d } = dayOf(from);
  return m === 2 && d === 29 && !isLeapYear(y + count)
    ? written({ y: y + count, m: 2, d: 28 })
    : dayBefore(written({ y: y + count, m, d }));
}

/** R12: 29 February counts as 28 February in years without it. */
export function yearsLater(on: IsoDate, count: number): IsoDate {
  const { y, m, d } = dayOf(on);
  return m === 2 && d === 29 && !isLeapYear(y + count)
    ? written({ y: y + count, m: 2, d: 28 })
    : written({ y: y + count, m, d });
}

export function yearOfDate(on: IsoDate): number {
  return dayOf(on).y;
}

export function lastOfYear(on: IsoDate): IsoDate {
  return written({ y: dayOf(on).y, m: 12, d: 31 });
}

export const sooner = (a: IsoDate, b: IsoDate): IsoDate => (placeOf(a) <= placeOf(b) ? a : b);
export const later = (a: IsoDate, b: IsoDate): IsoDate => (placeOf(a) >= placeOf(b) ? a : b);

/** What is off: the days of the weekend, by name, and the holidays, but those that are worked all the same. */
export interface NaiveCalendar {
  weekend?: readonly Weekday[] | undefined;
  holidays: readonly IsoDate[];
  workingDays?: readonly IsoDate[] | undefined;
}

const names = ['', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export function isWorking(on: IsoDate, { weekend, holidays, workingDays }: NaiveCalendar): boolean {
  if (workingDays?.includes(on)) return true;
  if (holidays.includes(on)) return false;
  const { weekday } = dayOf(on);
  return weekend ? !weekend.some((name) => name === names[weekday]) : weekday < 6;
}

/** The day, or the next one on which people work. */
export function orNextWorking(on: IsoDate, calendar: NaiveCalendar): IsoDate {
  let day = on;
  while (!isWorking(day, calendar)) day = daysLater(day, 1);
  return day;
}

/** The day, or the last one before it on which people work. */
export function orLastWorking(on: IsoDate, calendar: NaiveCalendar): IsoDate {
  let day = on;
  while (!isWorking(day, calendar)) day = daysLater(day, -1);
  return day;
}

/** One working day after the other. */
export function workingDaysLater(on: IsoDate, count: number, calendar: NaiveCalendar): IsoDate {
  let day = orNextWorking(on, calendar);
  for (let counted = 0; counted < count; counted++) day = orNextWorking(daysLater(day, 1), calendar);
  return day;
}

export function workingDaysFromTo(from: IsoDate, to: IsoDate, calendar: NaiveCalendar): number {
  let count = 0;
  for (let day = from; day < to; ) {
    day = daysLater(day, 1);
    if (isWorking(day, calendar)) count++;
  }
  return count;
}

/** What a clock on the wall of a place shows at an instant: `2030-02-11 08:00:00.000`. */
export function wallClock(at: Instant, timeZone: string): string {
  const key = `${at} ${timeZone}`;
  const shown = clocks.get(key) ?? readClock(at, timeZone);
  if (clocks.size > 5_000) clocks.clear();
  clocks.set(key, shown);
  return shown;
}

const clocks = new Map<string, string>();

function readClock(at: Instant, timeZone: string): string {
  const format = formats.get(timeZone) ?? newFormat(timeZone);
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(new Date(at))) parts[type] = value;
  const { year, month, day, hour, minute, second, fractionalSecond } = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
}

export function civilDate(at: Instant, timeZone: string): IsoDate {
  return wallClock(at, timeZone).slice(0, 10) as IsoDate;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...parts,
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZone,
  });
  formats.set(timeZone, format);
  return format;
}

/** Whether an instant is the first one of a date: a millisecond before it is the day before. */
export function isFirstInstantOf(on: IsoDate, at: Instant, timeZone: string): boolean {
  const before = new Date(new Date(at).getTime() - 1).toISOString();
  return civilDate(at, timeZone) === on && civilDate(before, timeZone) === dayBefore(on);
}

/** A certificate as the naive dates follow it. */
export interface KnownCertificate
  extends Pick<Certificate, 'status' | 'initialDecisionOn' | 'decidedOn' | 'validFrom' | 'lastDay'> {
  suspendedOn?: IsoDate;
  restorationEndedOn?: IsoDate;
}

/** The rules' dates. */
export const naive = {
  /** R3 */
  stage2Until: (stage1Ended: IsoDate, body: BodyProfile) => monthsLater(stage1Ended, body.stage1ToStage2Months),
  /** R6 */
  majorsUntil: (stage2Ended: IsoDate, body: BodyProfile) => monthsLater(stage2Ended, body.majorVerificationMonths),
  /** R7 */
  planUntil: (from: IsoDate, body: BodyProfile) => daysLater(from, body.planDays),
  /** R7 */
  verifyUntil: (from: IsoDate, body: BodyProfile) => daysLater(from, body.majorVerifiedDays),
  /** R9, R26: two years are over, where the body says no other number. */
  independentFrom: (lastOn: IsoDate, body: BodyProfile) => monthsLater(lastOn, (body.independenceYears ?? 2) * 12),
  /** R10 */
  firstSurveillanceUntil: (decided: IsoDate, body: BodyProfile) => monthsLater(decided, body.firstSurveillanceMonths),
  /** R10, R11: the surveillance of a year of the certificate is meant some months before the year is over, or before R10. */
  surveillanceOn: ({ validFrom, decidedOn, initialDecisionOn }: KnownCertificate, year: number, body: BodyProfile) => {
    const { surveillanceLeadMonths: lead, firstSurveillanceMonths } = body;
    const usual = monthsLater(monthsLater(validFrom, 12 * year), -lead);
    if (year > 1 || decidedOn !== initialDecisionOn) return usual;
    return sooner(usual, monthsLater(monthsLater(decidedOn, firstSurveillanceMonths), -lead));
  },
  /** R12 */
  lastDay: (from: IsoDate, body: BodyProfile) => lastOfYears(from, body.validityYears),
  /** R15, R17 */
  nextLastDay: (old: IsoDate, body: BodyProfile) => lastOfYears(daysLater(old, 1), body.validityYears),
  /** R33: months before the end from which a renewal follows the old dates. */
  followsFrom: (oldLastDay: IsoDate, body: BodyProfile) => monthsLater(oldLastDay, -(body.earlyRenewalMonths ?? 6)),
  /** R15 */
  recertificationOn: (lastDay: IsoDate, body: BodyProfile) => monthsLater(lastDay, -body.recertificationAuditMonths),
  /** R15 */
  preparationOn: (lastDay: IsoDate, body: BodyProfile) => monthsLater(lastDay, -body.recertificationPreparationMonths),
  /** R17 */
  restorableUntil: (lastDay: IsoDate, body: BodyProfile) => monthsLater(lastDay, body.restorationMonths),
  /** R23 */
  operatedSince: (firstEvidence: IsoDate, body: BodyProfile) =>
    monthsLater(firstEvidence, body.operatingEvidenceMonths),
  /** R18 */
  suspendedUntil: (since: IsoDate, body: BodyProfile) => monthsLater(since, body.suspensionMonths),
  /** R18, R28 */
  resolutionToldUntil: (since: IsoDate, body: BodyProfile) => daysLater(monthsLater(since, body.suspensionMonths), 30),
};

/** R31: the day on which what a certificate waits for ends: its own end, that of its suspension, or of its restoration. */
export function endOf(certificate: KnownCertificate | undefined, body: BodyProfile): IsoDate | undefined {
  if (!certificate || certificate.restorationEndedOn) return undefined;
  const { status, lastDay, suspendedOn } = certificate;
  if (status === 'valid') return lastDay;
  if (status === 'suspended') return sooner(lastDay, naive.suspendedUntil(suspendedOn as IsoDate, body));
  return status === 'lapsed' ? naive.restorableUntil(lastDay, body) : undefined;
}

/**
 * R11, R15: the day for which a recertification is meant. Where a cycle that was renewed early would otherwise have a year
 * more than it has surveillances, it comes at the end of the year before.
 */
export function recertificationMeant(certificate: KnownCertificate, body: BodyProfile): IsoDate {
  const usual = naive.recertificationOn(certificate.lastDay, body);
  const year = yearOfDate(usual);
  if (certificate.initialDecisionOn === certificate.decidedOn) return usual;
  if (yearsUpTo(year, certificate, body).length < body.validityYears) return usual;
  const before = later(`${year - 1}-12-01` as IsoDate, naive.preparationOn(certificate.lastDay, body));
  return yearOfDate(before) === year ? usual : before;
}

/** R10, R11: the calendar years of a cycle in which a surveillance is owed. */
export function yearsOfSurveillance(certificate: KnownCertificate, body: BodyProfile): number[] {
  return yearsUpTo(yearOfDate(recertificationMeant(certificate, body)), certificate, body);
}

function yearsUpTo(recertified: number, certificate: KnownCertificate, body: BodyProfile): number[] {
  const decided = yearOfDate(certificate.decidedOn);
  const isInitial = certificate.initialDecisionOn === certificate.decidedOn;
  const years: number[] = [];
  for (let year = decided; year < recertified; year++) {
    // The year of a decision has its own audit; the years of a renewal before the new cycle belong to the old one.
    const ofDecision = year === decided && !(isInitial && body.initialYearOwesSurveillance);
    if (!ofDecision && year >= yearOfDate(certificate.validFrom)) years.push(year);
  }
  return years;
}

/** A rung of the ladder: its day, its hour on the wall, and how it is told. */
export interface NaiveRung {
  on: IsoDate;
  clock: string;
  level: number;
  /** Nobody is told any more. */
  ends?: boolean;
}

/** A task as its ladder sees it. */
export interface NaiveDue {
  dueOn: IsoDate;
  ofBody: boolean;
  shift: number;
}

/** The last day on which it can be done: a deadline of the body is its day, and no day off moves it. */
export function lastDayToDo({ dueOn, ofBody }: Omit<NaiveDue, 'shift'>, calendar: NaiveCalendar): IsoDate {
  return ofBody ? dueOn : orNextWorking(dueOn, calendar);
}

/**
 * −14, −7, −1 days at 08:00; due, +3, +7, +14 working days, then four times weekly, three times monthly, and the end, at
 * 17:00; never on a day off. A reminder of a deadline of the body that would come on a day off comes before it.
 */
export function rungAt(
  { dueOn, ofBody, shift }: NaiveDue,
  index: number,
  { reminderDays, escalations, repeats }: LadderSpec,
  calendar: NaiveCalendar,
): NaiveRung {
  const due = workingDaysLater(dueOn, shift, calendar);
  const reminder = reminderDays[index];
  if (reminder !== undefined) {
    const on = ofBody
      ? orLastWorking(daysLater(dueOn, -reminder), calendar)
      : orNextWorking(daysLater(due, -reminder), calendar);
    return { on, clock: `${on} 08:00:00.000`, level: 0 };
  }
  const step = index - reminderDays.length;
  const level = step > escalations.length ? escalations.length : step;
  const workingDays = level === 0 ? 0 : (escalations[level - 1]?.workingDays ?? 0);
  const escalated = workingDaysLater(due, workingDays, calendar);
  // What repeats: some weeks, then some months, then the end; without a number of them weeks for ever.
  let [weeks, months] = [0, 0];
  for (let again = step - level; again > 0; again--) {
    if (!repeats || weeks < repeats.weekly) weeks++;
    else months++;
  }
  if (repeats && months > repeats.monthly + 1) return { on: '9999-12-31', clock: '9999-12-31', level };
  const on = orNextWorking(monthsLater(daysLater(escalated, 7 * weeks), months), calendar);
  const ends = repeats !== undefined && months === repeats.monthly + 1;
  return { on, clock: `${on} 17:00:00.000`, level, ...(ends ? { ends } : {}) };
}
