import { Type } from 'typebox';
import type { IsoDate } from '../basics.ts';
import type { Draft } from '../draft.ts';
import { manager } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { resolutionToldUntil, suspensionEndsOn } from '../rules/certificate.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { CertificateWithdrawn } from './CertificateWithdrawn.ts';
import type { WithdrawnCertificate } from './certificate.ts';
import { changeCertificate } from './changing.ts';

/** A certificate that the clock withdrew, as long as it can be told that its suspension had been resolved in time. */
export type WithdrawnByClock = WithdrawnCertificate & { suspendedOn: IsoDate; toldUntil: IsoDate };

/** R18: the certificate, where the clock withdrew it and the program is not closed over that yet. */
export function withdrawnByClock({ certificate }: Pick<ProgramState, 'certificate'>): WithdrawnByClock | undefined {
  if (certificate?.status !== 'withdrawn') return undefined;
  const { suspendedOn, toldUntil } = certificate;
  return suspendedOn && toldUntil ? { ...certificate, suspendedOn, toldUntil } : undefined;
}

/**
 * R18, R28: the time to resolve the suspension is over, and nobody said that it was. The certificate is withdrawn; the program
 * stays open for some days, in which it can be told late.
 */
export function withdrawUnresolved(draft: Draft, untilOn: IsoDate): void {
  const { certificate, body } = draft.state;
  if (certificate?.status !== 'suspended') return;
  const { number, suspendedOn } = certificate;
  const toldUntil = resolutionToldUntil(suspendedOn, body.profile);
  const why = say('suspensionNotResolved', { untilOn, toldUntil });
  draft.emit(CertificateWithdrawn, { reason: draft.words(why), toldUntil });
  draft.cancelTasks({}, why, 'suspension');
  const title = say('tellOfResolution', { number, untilOn, toldUntil });
  const asked = { title, assignee: manager(draft.state), dueOn: toldUntil, bodyDeadline: true } as const;
  draft.openTask({ kind: 'suspension', priority: 'critical', ...asked }, why);
}

/** R18, R28: the certificate was not withdrawn, for its suspension had ended in time, as is told now. */
export function takeBackWithdrawal(draft: Draft): void {
  const certificate = withdrawnByClock(draft.state);
  if (!certificate) return;
  const untilOn = suspensionEndsOn(certificate.suspendedOn, draft.state.body.profile);
  draft.emit(WithdrawalTakenBack, { untilOn, resolvedOn: draft.on });
}

/** R18: refuses a decision on a certificate that the clock withdrew: that its suspension was resolved comes first. */
export function mustBeToldFirst({ state }: Draft): void {
  const certificate = withdrawnByClock(state);
  if (!certificate) return;
  refuse('R18', 'suspensionToldFirst', { untilOn: suspensionEndsOn(certificate.suspendedOn, state.body.profile) });
}

/** R18, R28: it is suspended as it was; what resolved that follows in a record of its own. */
export const WithdrawalTakenBack = record('WithdrawalTakenBack', {
  data: { untilOn: date, resolvedOn: date },
  leavesTask: false,
  apply: (state) =>
    changeCertificate(state, (one) => {
      if (one.status !== 'withdrawn' || !one.suspendedOn) return one;
      const { toldUntil: _, lapsedOn: __, restorationEndedOn: ___, suspendedOn, ...rest } = one;
      return { ...rest, status: 'suspended', suspendedOn };
    }),
});

/** R18: nobody told in the days for it that the suspension had been resolved: the withdrawal is final. */
export const WithdrawalStands = record('WithdrawalStands', {
  data: { toldUntil: date, reason: Type.String() },
  leavesTask: false,
  apply: (state) =>
    changeCertificate(state, (one) => {
      if (one.status !== 'withdrawn') return one;
      const { toldUntil: _, ...rest } = one;
      return rest;
    }),
});
