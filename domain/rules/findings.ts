import { type AuditKind, auditOn, type HeldAudit, type ScheduledAudit } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addMonths, earliest } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import {
  type Finding,
  isUnverified,
  type NonconformityGrade,
  needsNoAction,
  type UnverifiedFinding,
} from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import type { ProgramState } from '../state.ts';
import { endServed } from './certificate.ts';

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
    (finding) =>
      !needsNoAction(finding) &&
      finding.grade === 'major' &&
      // What counts is the verification, not a later check of its effectiveness.
      (isUnverified(finding) ? today : (finding.verifiedOn ?? finding.closedOn)) > until,
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

/**
 * R31: the last days for answering a nonconformity of an audit, counted from a day: those of R7, and for one of the body
 * none past the end that it serves: Stage 2 stands as long as R6 allows, a certificate until it ends.
 * Source: ISO/IEC 17021-1, 9.6.3.2.2.
 */
export function deadlinesInTime(
  state: Pick<ProgramState, 'certificate' | 'body' | 'phase'>,
  { kind, endsOn }: Pick<HeldAudit, 'kind' | 'endsOn'>,
  grade: NonconformityGrade,
  from: IsoDate,
  today: IsoDate,
): { planDueOn: IsoDate; verifyDueOn?: IsoDate } {
  const { profile } = state.body;
  const { planDueOn, verifyDueOn } = responseDeadlines(grade, from, profile);
  const beforeDecision = kind === 'stage2' && state.phase === 'certificationAudit';
  const end = beforeDecision ? majorVerifiedUntil(endsOn, profile) : endServed(state);
  const inTime = (on: IsoDate) => (kind === 'internal' || !end || end < today ? on : earliest(on, end));
  return { planDueOn: inTime(planDueOn), ...(verifyDueOn ? { verifyDueOn: inTime(verifyDueOn) } : {}) };
}

/** R14: the audits at which minors are verified: those of the body's cycle. A special audit looks at its occasion alone. */
export function verifiesMinors(kind: AuditKind): boolean {
  return kind !== 'internal' && kind !== 'stage1' && kind !== 'special';
}

/**
 * R14: a minor is verified at the next audit; one still open then may be raised to a major. Gives those that an
 * audit of the body raises, none of an audit that came after it and was told first. Source: practice; whether they are
 * raised is the body's.
 */
export function minorsToRaise(
  state: Pick<ProgramState, 'findings' | 'audits' | 'body'>,
  held: Pick<ScheduledAudit, 'id' | 'endsOn'>,
): UnverifiedFinding[] {
  if (!state.body.profile.openMinorIsRaised) return [];
  const isLater = ({ auditId }: UnverifiedFinding) => {
    const raisedAt = state.audits[auditId];
    return raisedAt !== undefined && auditOn(raisedAt) > held.endsOn;
  };
  return Object.values(state.findings)
    .filter(isUnverified)
    .filter((finding) => finding.grade === 'minor' && finding.auditId !== held.id && isOfBodyFinding(state, finding))
    .filter((finding) => !isLater(finding));
}
