import type { IsoDate } from '../basics.ts';
import { mustNotBeAhead } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse, wrong } from '../refusal.ts';
import { hasExpired, suspensionEndsOn } from '../rules/certificate.ts';
import type { LapsedCertificate, LiveCertificate } from './certificate.ts';

/** R18: a certificate whose suspension, which somebody decided on, counts from another day. */
export function redatedSuspension<C extends LiveCertificate | LapsedCertificate>(
  draft: Draft,
  certificate: C,
  suspendedOn: IsoDate,
): C {
  const was = { suspendedOn: undefined, suspendedFor: undefined, ...certificate };
  if (was.suspendedOn === suspendedOn) return certificate;
  if (!was.suspendedOn) refuse('R18', 'noSuspensionToDate', {});
  // The clock gave it on the day after the verification was due; a suspension of the body before that is told as such.
  if (was.suspendedFor) refuse('R18', 'suspendedByClock', { findingId: was.suspendedFor });
  mustNotBeAhead(draft, suspendedOn, 'suspendedOn');
  const { decidedOn, initialDecisionOn, validFrom, lastDay } = certificate;
  const after = decidedOn < validFrom ? initialDecisionOn : decidedOn;
  if (suspendedOn < after) wrong('dates', 'beforeWhatItFollows', { on: suspendedOn, after }, 'suspendedOn');
  if (hasExpired(certificate, suspendedOn)) refuse('R16', 'suspendedAfterLastDay', { suspendedOn, lastDay });
  const untilOn = suspensionEndsOn(suspendedOn, draft.state.body.profile);
  if (draft.today > untilOn) refuse('R18', 'suspensionLongOver', { on: suspendedOn, untilOn });
  return { ...certificate, suspendedOn };
}
