import { addDays, addMonths } from '../calendar.ts';
import type { Audit, AuditKind, BodyProfile, Finding, Grade, IsoDate } from '../types/index.ts';

/**
 * R4: a major nonconformity affects the capability of the management system to achieve its intended results, a
 * minor does not; concerns, observations and opportunities are not nonconformities.
 * Source: ISO/IEC 17021-1, 3.12 and 3.13.
 */
export function isNonconformity(grade: Grade): grade is 'major' | 'minor' {
  return grade === 'major' || grade === 'minor';
}

/** Whether a nonconformity still waits for its action to be verified. */
export function isOpen(finding: Finding): boolean {
  return isNonconformity(finding.grade) && finding.status !== 'verified' && finding.status !== 'closed';
}

/** The audits of the certification body: all but the internal ones. */
export function isExternal(kind: AuditKind): boolean {
  return kind !== 'internal';
}

/**
 * R6: a major's actions are verified within 6 months of the last day of Stage 2, or Stage 2 is done again before
 * a decision. Gives the last day. Source: ISO/IEC 17021-1, 9.5.3.2.
 */
export function majorVerifiedUntil(lastDayOfStage2: IsoDate, profile: BodyProfile): IsoDate {
  return addMonths(lastDayOfStage2, profile.majorVerificationMonths);
}

/**
 * R6: the majors that were not verified in time, so that no decision can rest on this Stage 2; none when it stands.
 * `findings` are those that the decision looks at.
 */
export function majorsVerifiedTooLate(
  findings: Finding[],
  stage2: Pick<Audit, 'endsOn'>,
  today: IsoDate,
  profile: BodyProfile,
): Finding[] {
  const until = majorVerifiedUntil(stage2.endsOn as IsoDate, profile);
  return findings.filter((finding) => finding.grade === 'major' && (finding.closedOn ?? today) > until);
}

/**
 * R7: the last days for answering a nonconformity: the corrective action plan 30 days after the audit's last day, a
 * major verified 90 days after it. Source: the body's policy.
 */
export function responseDeadlines(
  grade: 'major' | 'minor',
  auditEndsOn: IsoDate,
  profile: BodyProfile,
): { planDueOn: IsoDate; verifyDueOn?: IsoDate } {
  const planDueOn = addDays(auditEndsOn, profile.planDays);
  return grade === 'major'
    ? { planDueOn, verifyDueOn: addDays(auditEndsOn, profile.majorVerifiedDays) }
    : { planDueOn };
}

/** R14: the audits at which minors are verified: those of the body's cycle. A special audit looks at its occasion alone. */
export function verifiesMinors(kind: AuditKind): boolean {
  return kind !== 'internal' && kind !== 'stage1' && kind !== 'special';
}

/**
 * R14: a minor is verified at the next audit; one still open then may be raised to a major. Gives those that an
 * audit of the body, held now, raises. Source: practice; whether they are raised is the body's.
 */
export function minorsToRaise(
  findings: Finding[],
  audits: Record<string, Audit>,
  held: Audit,
  profile: BodyProfile,
): Finding[] {
  if (!profile.openMinorIsRaised) return [];
  return findings.filter((finding) => {
    const raisedIn = audits[finding.auditId];
    return finding.grade === 'minor' && isOpen(finding) && raisedIn?.id !== held.id && raisedIn?.kind !== 'internal';
  });
}
