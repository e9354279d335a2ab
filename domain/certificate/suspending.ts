import type { IsoDate } from '../basics.ts';
import { earliest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { manager } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { suspensionEndsOn, unresolved } from '../rules/certificate.ts';
import { say, type Text } from '../say.ts';
import { CertificateReinstated } from './CertificateReinstated.ts';
import { CertificateSuspended } from './CertificateSuspended.ts';
import { CertificateWithdrawn } from './CertificateWithdrawn.ts';
import type { Certificate, SuspensionGround } from './certificate.ts';

type InStatus<S extends Certificate['status']> = Extract<Certificate, { status: S }>;

/** The certificate, which must be in one of these statuses. */
export function certificateIn<S extends Certificate['status']>(draft: Draft, ...allowed: S[]): InStatus<S> {
  const { certificate } = draft.state;
  if (!certificate) refuse('state', 'noCertificateYet', {});
  if (isIn(certificate, allowed)) return certificate;
  return refuse('state', 'certificateInOtherStatus', { status: certificate.status, allowed });
}

/** R18: a suspended certificate is invalid until it is reinstated; it never lives longer for that. */
export function suspend(draft: Draft, reason: Text, ground: SuspensionGround = 'failure'): void {
  const { certificate, body } = draft.state;
  if (certificate?.status !== 'valid') return;
  const untilOn = suspensionEndsOn(draft.today, body.profile);
  draft.emit(CertificateSuspended, { reason: draft.words(reason), untilOn, ground });
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

/** Reinstates the certificate, if it is suspended. */
export function endSuspension(draft: Draft, reason: Text): void {
  if (draft.state.certificate?.status !== 'suspended') return;
  draft.emit(CertificateReinstated, { reason: draft.words(reason) });
  draft.complete('suspension', {}, say('certificateReinstated', {}));
}

/** R18: refuses what comes after the last day of the suspension. */
export function mustNotBeOver({ state: { certificate, body }, today }: Draft): void {
  if (certificate?.status !== 'suspended') return;
  const untilOn = suspensionEndsOn(certificate.suspendedOn, body.profile);
  if (today > untilOn) refuse('R18', 'suspensionOver', { untilOn });
}

/** R18: a suspension ends in time, even before the clock has told of its end, when what it was for is resolved. */
export function mustBeResolved(draft: Draft): void {
  mustNotBeOver(draft);
  if (draft.state.certificate?.status !== 'suspended') return;
  const open = unresolved(draft.state);
  if (open.length > 0) refuse('R18', 'suspensionUnresolved', { findings: open.map(({ id }) => id) });
}

/** Withdraws the certificate, unless it was withdrawn before. */
export function withdraw(draft: Draft, reason: Text): void {
  const status = draft.state.certificate?.status;
  if (status && status !== 'withdrawn') draft.emit(CertificateWithdrawn, { reason: draft.words(reason) });
}

function isIn<S extends Certificate['status']>(certificate: Certificate, allowed: S[]): certificate is InStatus<S> {
  return allowed.some((status) => status === certificate.status);
}
