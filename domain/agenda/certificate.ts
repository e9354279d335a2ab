import { cancelAudits } from '../audits/planning.ts';
import { type IsoDate, never } from '../basics.ts';
import { endOfDay } from '../calendar.ts';
import { CertificateLapsed } from '../certificate/CertificateLapsed.ts';
import type { LapsedCertificate, LiveCertificate, SuspendedCertificate } from '../certificate/certificate.ts';
import { RestorationEnded } from '../certificate/RestorationEnded.ts';
import { dropRecommendations } from '../certificate/recommending.ts';
import { WithdrawalStands, withdrawnByClock, withdrawUnresolved } from '../certificate/withdrawnByClock.ts';
import type { Draft } from '../draft.ts';
import { restorableUntil, suspensionEndsOn } from '../rules/certificate.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { Due } from './moment.ts';

/** What happens to a certificate by time alone: it lapses (R16), cannot be restored any more (R17), is withdrawn (R18). */
export function certificateMoments(state: ProgramState): Due[] {
  const { certificate } = state;
  if (!certificate) return [];
  switch (certificate.status) {
    case 'valid':
      return [expiry(state, certificate)];
    case 'suspended':
      return [suspensionEnd(state, certificate), expiry(state, certificate)];
    case 'lapsed':
      return certificate.restorationEndedOn ? [] : [restorationEnd(state, certificate)];
    case 'withdrawn':
      return closing(state);
    default:
      return never(certificate);
  }
}

function suspensionEnd({ body, calendar }: ProgramState, { suspendedOn }: SuspendedCertificate): Due {
  const untilOn = suspensionEndsOn(suspendedOn, body.profile);
  return {
    at: endOfDay(untilOn, calendar.timeZone),
    kind: 'suspension',
    title: say('momentSuspensionEnds', { untilOn }),
    act: (draft) => withdrawUnresolved(draft, untilOn),
  };
}

/** R18, R28: the program closes once it can no longer be told that the suspension had been resolved. */
function closing(state: ProgramState): Due[] {
  const toldUntil = withdrawnByClock(state)?.toldUntil;
  if (!toldUntil) return [];
  const title = say('momentWithdrawalStands', { toldUntil });
  const act = (draft: Draft) =>
    draft.emit(WithdrawalStands, { toldUntil, reason: draft.say('withdrawalStands', { toldUntil }) });
  return [{ at: endOfDay(toldUntil, state.calendar.timeZone), kind: 'suspension', title, act }];
}

function expiry({ calendar }: ProgramState, { number, lastDay }: LiveCertificate): Due {
  return {
    at: endOfDay(lastDay, calendar.timeZone),
    kind: 'expiry',
    title: say('momentLastDay', { number, lastDay }),
    act: (draft) => lapse(draft, lastDay),
  };
}

function restorationEnd({ body, calendar }: ProgramState, { lastDay }: LapsedCertificate): Due {
  const untilOn = restorableUntil(lastDay, body.profile);
  return {
    at: endOfDay(untilOn, calendar.timeZone),
    kind: 'restoration',
    title: say('momentRestorationEnds', { untilOn }),
    act: (draft) => draft.emit(RestorationEnded, { lastDay }),
  };
}

/** R16, R18: a suspension never extends expiry; with the lapse there is nothing left to resolve, or to keep an eye on. */
function lapse(draft: Draft, lastDay: IsoDate): void {
  draft.emit(CertificateLapsed, { lastDay });
  const reason = say('certificateLapsed', { lastDay });
  const onValid = Object.values(draft.state.audits).filter(({ kind }) => kind === 'surveillance' || kind === 'special');
  cancelAudits(draft, onValid, reason, { byLapse: true });
  draft.cancelTasks({}, reason, 'suspension');
  dropRecommendations(draft, reason);
}
