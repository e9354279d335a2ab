import type { Audit, AuditKind, HeldAudit } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addMonths } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import { type Finding, isUnverified, type NonconformityGrade, type UnverifiedFinding } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import type { ProgramState } from '../state.ts';

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
  { endsOn }: Pick<HeldAudit, 'endsOn'>,
  today: IsoDate,
  profile: BodyProfile,
): Finding[] {
  const until = majorVerifiedUntil(endsOn, profile);
  return findings.filter(
    (finding) => finding.grade === 'major' && (isUnverified(finding) ? today : finding.closedOn) > until,
  );
}

/**
 * R7: the last days for answering a nonconformity: the corrective action plan 30 days after the audit's last day, a
 * major verified 90 days after it. Source: the body's policy.
 */
export function responseDeadlines(
  grade: NonconformityGrade,
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
  state: Pick<ProgramState, 'findings' | 'audits' | 'body'>,
  held: Pick<Audit, 'id'>,
): UnverifiedFinding[] {
  if (!state.body.profile.openMinorIsRaised) return [];
  return Object.values(state.findings)
    .filter(isUnverified)
    .filter((finding) => finding.grade === 'minor' && finding.auditId !== held.id && isOfBodyFinding(state, finding));
}
