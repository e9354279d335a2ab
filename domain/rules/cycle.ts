import type { PlannedAudit } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addMonths, earliest, latest, yearOf } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import type { Certificate } from '../certificate/certificate.ts';

/** The dates of an audit as the cycle plans it: when it is meant to be, until when a rule allows it, and which rule. */
export type CycleDates = Required<Pick<PlannedAudit, 'targetOn' | 'latestOn' | 'latestRule'>>;

/**
 * R1: after certification, a surveillance in the first and the second year and a recertification in the third,
 * before expiry. Source: ISO/IEC 17021-1, 9.1.3.2. The dates are those of R10, R11 and R15.
 */
export function planCycleAudits(
  certificate: Certificate,
  profile: BodyProfile,
): { surveillances: CycleDates[]; recertification: CycleDates } {
  const recertification = recertificationOfCycle(certificate, profile);
  const count = surveillancesOwed(certificate, recertification, profile);
  const owed = yearsOwed(certificate, profile);
  const usual = Array.from({ length: count }, (_, index) => surveillanceDates(certificate, index + 1, profile));
  const isByYear = !beganInitially(certificate) && owed.length >= count;
  const surveillances = isByYear
    ? owed.map(
        (year, index) => usual.slice(index, index + 1).find(meantIn(year)) ?? surveillanceInYear(year, certificate),
      )
    : [
        ...usual,
        ...owed.filter((year) => !usual.some(meantIn(year))).map((year) => surveillanceInYear(year, certificate)),
      ];
  return { surveillances: surveillances.sort((a, b) => (a.targetOn < b.targetOn ? -1 : 1)), recertification };
}

/**
 * R10: the first surveillance after initial certification is at most 12 months after the decision date.
 * Source: ISO/IEC 17021-1, 9.1.3.3.
 */
export function firstSurveillanceLatestOn(initialDecisionOn: IsoDate, profile: BodyProfile): IsoDate {
  return addMonths(initialDecisionOn, profile.firstSurveillanceMonths);
}

/**
 * R11: a surveillance at least once in each calendar year except those of a recertification, the one that this cycle
 * began with and the one that it ends with; whether the year of initial certification owes one is the body's choice.
 * Gives the years owed from the beginning of this cycle up to expiry. Source: ISO/IEC 17021-1, 9.1.3.3.
 */
export function yearsOwed(certificate: Certificate, profile: BodyProfile): number[] {
  return yearsBefore(yearOf(recertificationOfCycle(certificate, profile).targetOn), certificate, profile);
}

/**
 * R15: recertification audit and decision are finished before expiry; the audit is planned 3 months before.
 * Source: ISO/IEC 17021-1, 9.6.3.2.3; the months are the body's.
 */
export function recertificationDates({ lastDay }: Pick<Certificate, 'lastDay'>, profile: BodyProfile): CycleDates {
  return { targetOn: addMonths(lastDay, -profile.recertificationAuditMonths), latestOn: lastDay, latestRule: 'R15' };
}

/**
 * R15: the day on which preparing a recertification begins at the latest, 6 months before expiry; earlier where the audit
 * is less than 90 days after it. Source: practice; the months are the body's.
 */
export function recertificationPreparedFrom({ lastDay }: Pick<Certificate, 'lastDay'>, profile: BodyProfile): IsoDate {
  return addMonths(lastDay, -profile.recertificationPreparationMonths);
}

/**
 * R22: audit time in whole days, from that of the initial audit: a surveillance about a third, a recertification two
 * thirds; a planning aid for days and cost. Source: practice.
 */
export function auditDays(initialDays: number, kind: 'surveillance' | 'recertification'): number {
  return Math.ceil((initialDays * (kind === 'surveillance' ? 1 : 2)) / 3);
}

/**
 * R11: a cycle that was renewed early would owe a surveillance more than a cycle has, where its recertification is meant
 * for the first months of a year: it is meant for the end of the year before, so that each year has one audit.
 */
function recertificationOfCycle(certificate: Certificate, profile: BodyProfile): CycleDates {
  const dates = recertificationDates(certificate, profile);
  const year = yearOf(dates.targetOn);
  const most = profile.validityYears - 1;
  if (beganInitially(certificate) || yearsBefore(year, certificate, profile).length <= most) return dates;
  const targetOn = latest(`${year - 1}-12-01`, recertificationPreparedFrom(certificate, profile));
  return yearOf(targetOn) < year ? { ...dates, targetOn } : dates;
}

/** R11: the years that owe a surveillance before that of a recertification. */
function yearsBefore(recertificationYear: number, certificate: Certificate, profile: BodyProfile): number[] {
  const afterDecision =
    yearOf(certificate.decidedOn) + (beganInitially(certificate) && profile.initialYearOwesSurveillance ? 0 : 1);
  const first = Math.max(yearOf(certificate.validFrom), afterDecision);
  return Array.from({ length: Math.max(0, recertificationYear - first) }, (_, index) => first + index);
}

function meantIn(year: number): (dates: CycleDates) => boolean {
  return ({ targetOn }) => yearOf(targetOn) === year;
}

function surveillanceDates(certificate: Certificate, year: number, profile: BodyProfile): CycleDates {
  const before = (on: IsoDate) => addMonths(on, -profile.surveillanceLeadMonths);
  const targetOn = before(addMonths(certificate.validFrom, 12 * year));
  if (year > 1 || !beganInitially(certificate)) return { targetOn, latestOn: endOfYear(targetOn), latestRule: 'R11' };
  const latestOn = firstSurveillanceLatestOn(certificate.initialDecisionOn, profile);
  return { targetOn: earliest(targetOn, before(latestOn)), latestOn, latestRule: 'R10' };
}

/** R1, R10: one for each year but the last; a first certificate of a single year has one where R10 does not wait so long. */
function surveillancesOwed(certificate: Certificate, recertification: CycleDates, profile: BodyProfile): number {
  const first = firstSurveillanceLatestOn(certificate.initialDecisionOn, profile);
  const soon = beganInitially(certificate) && first < recertification.targetOn;
  return Math.max(profile.validityYears - 1, soon ? 1 : 0);
}

/** Whether the cycle began with an initial certification, not with a recertification. */
function beganInitially({ decidedOn, initialDecisionOn }: Certificate): boolean {
  return decidedOn === initialDecisionOn;
}

/** A surveillance for a year that would otherwise have none: late in it, after the certificate, before the year ends. */
function surveillanceInYear(year: number, certificate: Certificate): CycleDates {
  const afterwards = latest(`${year}-11-15`, addDays(certificate.validFrom, 1));
  const targetOn = earliest(afterwards, `${year}-12-31`);
  return { targetOn, latestOn: endOfYear(targetOn), latestRule: 'R11' };
}

function endOfYear(on: IsoDate): IsoDate {
  return `${yearOf(on)}-12-31`;
}
