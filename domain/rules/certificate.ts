import type { IsoDate } from '../basics.ts';
import { addDays, addMonths, addYears, earliest, latest } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { type Finding, isUnverified, needsNoAction, type UnverifiedFinding } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import type { ProgramState } from '../state.ts';

/** What a body's profile holds that was made before these numbers were asked for. */
const usual = { earlyRenewalMonths: 6, effectiveDays: 30 };

/**
 * R12: a certificate is valid three years; its last day is the decision date + 3 years - 1 day. From 29 February three
 * years are over with 28 February. Source: practice; the years are the body's.
 */
export function lastValidDay(decidedOn: IsoDate, profile: BodyProfile): IsoDate {
  const anniversary = addYears(decidedOn, profile.validityYears);
  return anniversary.slice(5) === decidedOn.slice(5) ? addDays(anniversary, -1) : anniversary;
}

/**
 * R32: a certificate takes effect on the day of the decision or later; this is the last day for that. Up to it the
 * certificate runs from the day that the body printed (R33). Source: ISO/IEC 17021-1, 8.2.2; the days are the body's.
 */
export function effectiveUntil(decidedOn: IsoDate, profile: BodyProfile): IsoDate {
  return addDays(decidedOn, profile.effectiveDays ?? usual.effectiveDays);
}

/**
 * R33: whether a recertification follows the old certificate, as in R15: decided at most six months before its last day.
 * Earlier, the new cycle begins with the decision, so that no certificate runs longer than three years from one.
 * Source: ISO/IEC 17021-1, 9.6.3.2.3, and practice; the months are the body's.
 */
export function followsOldCycle(decidedOn: IsoDate, oldLastDay: IsoDate, profile: BodyProfile): boolean {
  return decidedOn >= addMonths(oldLastDay, -(profile.earlyRenewalMonths ?? usual.earlyRenewalMonths));
}

/**
 * R15: a recertification decided before expiry may follow the old certificate: its last day is
 * (old last day + 1 day) + 3 years - 1 day. Source: ISO/IEC 17021-1, 9.6.3.2.3.
 */
export function renewedLastDay(oldLastDay: IsoDate, profile: BodyProfile): IsoDate {
  return lastValidDay(addDays(oldLastDay, 1), profile);
}

/** R33: the latest last day of an old certificate that a recertification decided on a day follows. */
export function lastFollowedDay(decidedOn: IsoDate, profile: BodyProfile): IsoDate {
  const months = profile.earlyRenewalMonths ?? usual.earlyRenewalMonths;
  // A month ends earlier than another: both of these days, counted back, can be the day of the decision.
  return latest(addMonths(decidedOn, months), addDays(addMonths(addDays(decidedOn, 1), months), -1));
}

/** R16: not recertified on its last day, it lapses; there is no extension. Source: ISO/IEC 17021-1, 9.6.3.2.4. */
export function hasExpired(certificate: Pick<Certificate, 'lastDay'>, today: IsoDate): boolean {
  return today > certificate.lastDay;
}

/**
 * R17: the last day on which a lapsed certificate can be restored: 6 months after expiry. Restored, it is valid
 * from the decision and ends as in R15. Source: ISO/IEC 17021-1, 9.6.3.2.5.
 */
export function restorableUntil(lastDay: IsoDate, profile: BodyProfile): IsoDate {
  return addMonths(lastDay, profile.restorationMonths);
}

/** R18: the last day of a suspension; unresolved then, the certificate is withdrawn. Source: ISO/IEC 17021-1, 9.6.5. */
export function suspensionEndsOn(suspendedOn: IsoDate, profile: BodyProfile): IsoDate {
  return addMonths(suspendedOn, profile.suspensionMonths);
}

/** Days after the end of a suspension in which it can be told that it had been resolved in time. */
const tellingDays = 30;

/** R18, R28: until when it can be told that a suspension had been resolved in time, before the program closes. Source: practice. */
export function resolutionToldUntil(suspendedOn: IsoDate, profile: BodyProfile): IsoDate {
  return addDays(suspensionEndsOn(suspendedOn, profile), tellingDays);
}

/**
 * R31: the end that whatever a certificate waits for serves: its last day (R16), the end of its suspension (R18) where that
 * is sooner, or the last day on which it can be restored (R17). Undefined without one. Source: ISO/IEC 17021-1, 9.6.3.2.2.
 */
export function endServed({ certificate, body }: Pick<ProgramState, 'certificate' | 'body'>): IsoDate | undefined {
  switch (certificate?.status) {
    case 'valid':
      return certificate.lastDay;
    case 'suspended':
      return earliest(certificate.lastDay, suspensionEndsOn(certificate.suspendedOn, body.profile));
    case 'lapsed':
      return certificate.restorationEndedOn ? undefined : restorableUntil(certificate.lastDay, body.profile);
    default:
      return undefined;
  }
}

/** R31: a day by which something is due, never past the end that it serves, as long as that has not passed. */
export function inTimeFor(state: Pick<ProgramState, 'certificate' | 'body'>, dueOn: IsoDate, today: IsoDate): IsoDate {
  const end = endServed(state);
  return end && end >= today ? earliest(dueOn, end) : dueOn;
}

/**
 * R18: what a suspension can still not end for: majors of the body whose time to be verified passed and that are open.
 * Source: ISO/IEC 17021-1, 9.6.5.
 */
export function unresolved(state: Pick<ProgramState, 'findings' | 'audits'>): UnverifiedFinding[] {
  return Object.values(state.findings)
    .filter(isUnverified)
    .filter(
      (finding) =>
        finding.grade === 'major' && finding.missed.includes('verification') && isOfBodyFinding(state, finding),
    );
}

/** R18: the majors of the body that were not verified in their time, of those that are open or were verified since a day. */
export function overdueSince(state: Pick<ProgramState, 'findings' | 'audits'>, since: IsoDate): Finding[] {
  return Object.values(state.findings).filter(
    (finding) =>
      finding.grade === 'major' &&
      !needsNoAction(finding) &&
      finding.missed.includes('verification') &&
      isOfBodyFinding(state, finding) &&
      (isUnverified(finding) || (finding.verifiedOn ?? finding.closedOn) >= since),
  );
}
