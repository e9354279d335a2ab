import type { IsoDate } from '../basics.ts';
import { earliest, latest } from '../calendar.ts';
import { mustNotPrecede } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { manager } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import type { Told } from '../registry/told.ts';
import { hasExpired, overdueSince, suspensionEndsOn, unresolved } from '../rules/certificate.ts';
import { say, type Text } from '../say.ts';
import { CertificateReinstated } from './CertificateReinstated.ts';
import { CertificateSuspended } from './CertificateSuspended.ts';
import { CertificateWithdrawn } from './CertificateWithdrawn.ts';
import type { Certificate, SuspensionGround } from './certificate.ts';
import { answersTo, completeRecommendations, decidedOnRecommendation } from './recommending.ts';
import { SuspensionTakenBack } from './SuspensionTakenBack.ts';
import { takeBackWithdrawal } from './withdrawnByClock.ts';

type InStatus<S extends Certificate['status']> = Extract<Certificate, { status: S }>;

/** The certificate, which must be in one of these statuses. */
export function certificateIn<S extends Certificate['status']>(draft: Draft, ...allowed: S[]): InStatus<S> {
  const { certificate } = draft.state;
  if (!certificate) refuse('state', 'noCertificateYet', {});
  if (isIn(certificate, allowed)) return certificate;
  return refuse('state', 'certificateInOtherStatus', { status: certificate.status, allowed });
}

/**
 * R18: a suspended certificate is invalid until it is reinstated; it never lives longer for that. One that the body decides on
 * answers what an audit team recommends; by the clock or on request, only what comes to the same.
 */
export function suspend(
  draft: Draft,
  reason: Text,
  ground: SuspensionGround = 'failure',
  { ofBody = false, findingId }: { ofBody?: boolean; findingId?: string } = {},
): void {
  const { certificate, body } = draft.state;
  // What has expired lapses at the same moment (R16): there is nothing to suspend.
  if (certificate?.status !== 'valid' || hasExpired(certificate, draft.today)) return;
  const untilOn = suspensionEndsOn(draft.on, body.profile);
  const answered = answersTo(draft.state, ofBody ? undefined : 'suspend');
  const over = findingId ? { findingId } : {};
  draft.emit(CertificateSuspended, {
    reason: draft.words(reason),
    untilOn,
    ground,
    ...over,
    ...answered,
    ...draft.told,
  });
  completeRecommendations(draft, answered.answers, decidedOnRecommendation);
  askToResolve(draft, untilOn, reason);
}

/** R18: whoever manages the program has until then to resolve what the certificate was suspended for. */
export function askToResolve(draft: Draft, untilOn: IsoDate, why: Text): void {
  const { certificate } = draft.state;
  if (!certificate) return;
  const dueOn = earliest(untilOn, certificate.lastDay);
  draft.openTask(
    {
      kind: 'suspension',
      title: say('resolveSuspension', { number: certificate.number, untilOn: dueOn }),
      assignee: manager(draft.state),
      dueOn,
      priority: 'critical',
      bodyDeadline: true,
    },
    why,
  );
}

/** R18: a suspension that counts from another day, or that goes on, has another task; none while the certificate is lapsed. */
export function askToResolveAnew(draft: Draft, why: Text): void {
  const { certificate, body } = draft.state;
  draft.cancelTasks({}, why, 'suspension');
  if (certificate?.status !== 'suspended') return;
  askToResolve(draft, suspensionEndsOn(certificate.suspendedOn, body.profile), why);
}

/** R18: neither a new cycle nor a lapse between ends a suspension: it is to be resolved in the time that it always had. */
export function staysSuspended(draft: Draft): void {
  const { certificate, body } = draft.state;
  if (certificate?.status !== 'suspended') return;
  const { number, suspendedOn } = certificate;
  const untilOn = suspensionEndsOn(suspendedOn, body.profile);
  const reason = say('staysSuspended', { number, suspendedOn, untilOn });
  draft.cancelTasks({}, reason, 'suspension');
  draft.warn('R18', reason.say, reason.with);
  askToResolve(draft, untilOn, reason);
}

/** Reinstates the certificate, if it is suspended, or was before it lapsed. `told`: as whose act, where it is one by itself. */
export function endSuspension(draft: Draft, reason: Text, told: Told = draft.told): void {
  const { certificate } = draft.state;
  if (certificate?.status !== 'suspended' && !(certificate?.status === 'lapsed' && certificate.suspendedOn)) return;
  const answered = answersTo(draft.state);
  draft.emit(CertificateReinstated, { reason: draft.words(reason), ...answered, ...told });
  completeRecommendations(draft, answered.answers, decidedOnRecommendation);
  draft.complete('suspension', {}, say('certificateReinstated', {}));
}

/** R18: refuses what comes after the last day of the suspension, also of one that a lapse came upon. */
export function mustNotBeOver({ state: { certificate, body }, on }: Draft): void {
  if (!certificate || !('suspendedOn' in certificate) || !certificate.suspendedOn) return;
  const untilOn = suspensionEndsOn(certificate.suspendedOn, body.profile);
  if (on > untilOn) refuse('R18', 'suspensionOver', { untilOn });
}

/** R18: a suspension ends in time, even before the clock has told of its end, when what it was for is resolved. */
export function mustBeResolved(draft: Draft): void {
  mustNotBeOver(draft);
  if (draft.state.certificate?.status !== 'suspended') return;
  const open = unresolved(draft.state);
  if (open.length > 0) refuse('R18', 'suspensionUnresolved', { findings: open.map(({ id }) => id) });
}

/**
 * R18, R28: takes back a suspension over a major when it, as is told now, had been verified in time, and so was every other
 * whose time passed meanwhile, in whatever order that is told; so when it was a mistake (R27).
 */
export function takeBackSuspension(draft: Draft, findingId: string, { mistaken = false } = {}): void {
  const { certificate } = draft.state;
  if (!certificate || !('suspendedFor' in certificate) || !certificate.suspendedFor) return;
  if ((certificate.status === 'withdrawn' && !certificate.toldUntil) || !certificate.suspendedOn) return;
  if (overdueSince(draft.state, certificate.suspendedOn).length > 0) return;
  takeBackWithdrawal(draft);
  draft.emit(SuspensionTakenBack, { findingId, ...(mistaken ? {} : { verifiedOn: draft.on }) });
  const how = mistaken ? say('suspendedByMistake', { findingId }) : say('verifiedInTime', { findingId });
  draft.complete('suspension', {}, how);
}

/**
 * R28: refuses what would come before the certificate was decided on, suspended or reinstated. `evenBeforeRenewal`: what
 * may have happened to the certificate that it followed without a gap, and goes on in it (R18).
 */
export function mustFollowCertificate(draft: Draft, { evenBeforeRenewal = false } = {}): void {
  const { certificate } = draft.state;
  if (!certificate) return;
  const { reinstatedOn, suspendedOn } = { reinstatedOn: undefined, suspendedOn: undefined, ...certificate };
  // The body tells of a suspension that began before the one that the clock gave.
  const since = isSuspendedEarlier(draft) ? undefined : suspendedOn;
  const { decidedOn, initialDecisionOn, validFrom } = certificate;
  const from = evenBeforeRenewal && decidedOn < validFrom ? initialDecisionOn : decidedOn;
  mustNotPrecede(draft, latest(from, ...[reinstatedOn, since].flatMap((on) => on ?? [])));
}

/** R18, R28: whether a suspension is told that began before the clock suspended the certificate over a major. */
export function isSuspendedEarlier({ state: { certificate }, on }: Draft): boolean {
  return certificate?.status === 'suspended' && certificate.suspendedFor !== undefined && on < certificate.suspendedOn;
}

/** R18: the suspension counts from the day on which the body decided on it, not from that of the clock. */
export function suspendEarlier(draft: Draft, reason: Text, ground: SuspensionGround): void {
  suspendLapsed(draft, reason, ground);
  draft.cancelTasks({}, reason, 'suspension');
  askToResolve(draft, suspensionEndsOn(draft.on, draft.state.body.profile), reason);
}

/** R18, R28: a suspension that was told after the certificate lapsed: it shows once the certificate is restored. */
export function suspendLapsed(draft: Draft, reason: Text, ground: SuspensionGround): void {
  const untilOn = suspensionEndsOn(draft.on, draft.state.body.profile);
  draft.emit(CertificateSuspended, { reason: draft.words(reason), untilOn, ground, ...draft.told });
}

/** R18: refuses a suspension whose end has passed as it is told: what became of it is told in its place. */
export function mustNotBeLongOver(draft: Draft): void {
  const untilOn = suspensionEndsOn(draft.on, draft.state.body.profile);
  if (draft.today > untilOn) refuse('R18', 'suspensionLongOver', { on: draft.on, untilOn });
}

/** Withdraws the certificate, unless it was withdrawn before. */
export function withdraw(draft: Draft, reason: Text): void {
  const status = draft.state.certificate?.status;
  if (!status || status === 'withdrawn') return;
  const answered = answersTo(draft.state);
  draft.emit(CertificateWithdrawn, { reason: draft.words(reason), ...answered, ...draft.told });
  completeRecommendations(draft, answered.answers, decidedOnRecommendation);
}

function isIn<S extends Certificate['status']>(certificate: Certificate, allowed: S[]): certificate is InStatus<S> {
  return allowed.some((status) => status === certificate.status);
}
