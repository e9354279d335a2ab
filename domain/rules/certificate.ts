import type { IsoDate } from '../basics.ts';
import { addDays, addMonths, addYears } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { isUnverified, type UnverifiedFinding } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import type { ProgramState } from '../state.ts';

/**
 * R12: a certificate is valid three years; its last day is the decision date + 3 years - 1 day, 29 February
 * counting as 28 February in years without it. Source: practice; the years are the body's.
 */
export function lastValidDay(decidedOn: IsoDate, profile: BodyProfile): IsoDate {
  return addDays(addYears(decidedOn, profile.validityYears), -1);
}

/**
 * R15: a recertification decided before expiry may follow the old certificate: its last day is
 * (old last day + 1 day) + 3 years - 1 day. Source: ISO/IEC 17021-1, 9.6.3.2.3.
 */
export function renewedLastDay(oldLastDay: IsoDate, profile: BodyProfile): IsoDate {
  return lastValidDay(addDays(oldLastDay, 1), profile);
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
