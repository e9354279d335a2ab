import { takeUpAfterLapse } from '../audits/afterLapse.ts';
import { isHeld } from '../audits/audit.ts';
import { cancelAudits } from '../audits/planning.ts';
import { auditsOf } from '../audits/queries.ts';
import type { Draft } from '../draft.ts';
import { PhaseStarted } from '../program/enterPhase.ts';
import { refuse } from '../refusal.ts';
import { hasExpired, suspensionEndsOn } from '../rules/certificate.ts';
import { say } from '../say.ts';
import type { LapsedCertificate, LiveCertificate } from './certificate.ts';
import { LapseTakenBack } from './LapseTakenBack.ts';
import { RestorationReopened } from './RestorationReopened.ts';

/**
 * R28: what the clock recorded of a certificate on wrong knowledge is taken back for a decision that came in time and is
 * told later: its lapse (R16), or the end of the time for restoring it (R17), with the new certification that was begun.
 * Gives the certificate as it was on the day of the decision.
 */
export function takeBackForDecision(
  draft: Draft,
  certificate: LiveCertificate | LapsedCertificate,
): LiveCertificate | LapsedCertificate {
  if (certificate.status !== 'lapsed') return certificate;
  const { lastDay, restorationEndedOn, suspendedOn } = certificate;
  // R18: renewed, it would be withdrawn at once, and the program closed, whatever is told of its suspension afterwards.
  const untilOn = suspendedOn && suspensionEndsOn(suspendedOn, draft.state.body.profile);
  if (untilOn && draft.today > untilOn && !certificate.suspendedFor) refuse('R18', 'suspensionToldFirst', { untilOn });
  if (restorationEndedOn) returnToCycle(draft);
  const data = { lastDay, decidedOn: draft.on };
  if (!hasExpired(certificate, draft.on)) {
    draft.emit(LapseTakenBack, data);
    takeUpAfterLapse(draft, say('decidedInTime', { decidedOn: draft.on }));
  } else if (restorationEndedOn) draft.emit(RestorationReopened, data);
  const { certificate: now } = draft.state;
  return now && now.status !== 'withdrawn' ? now : certificate;
}

/** The cycle goes on that was given up for a new certification; that is too late once an audit of the new one was held. */
function returnToCycle(draft: Draft): void {
  const { state } = draft;
  if (state.phase === 'surveillanceCycle') return;
  const stages = [...auditsOf(state, 'stage1'), ...auditsOf(state, 'stage2')];
  const held = stages.find(isHeld);
  if (held) refuse('R17', 'certifiedAnewSince', { kind: held.kind, auditId: held.id });
  const reason = say('decidedInTime', { decidedOn: draft.on });
  cancelAudits(draft, stages, reason);
  draft.emit(PhaseStarted, { phase: 'surveillanceCycle', why: draft.words(reason) });
}
