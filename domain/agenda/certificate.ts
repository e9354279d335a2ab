import { cancelAudits } from '../audits/planning.ts';
import { type IsoDate, never } from '../basics.ts';
import { endOfDay } from '../calendar.ts';
import { CertificateLapsed } from '../certificate/CertificateLapsed.ts';
import { CertificateWithdrawn } from '../certificate/CertificateWithdrawn.ts';
import type { LapsedCertificate, LiveCertificate, SuspendedCertificate } from '../certificate/certificate.ts';
import { RestorationEnded } from '../certificate/RestorationEnded.ts';
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
      return [];
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
    act: (draft) => draft.emit(CertificateWithdrawn, { reason: draft.say('suspensionNotResolved', { untilOn }) }),
  };
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
  cancelAudits(draft, onValid, reason);
  draft.cancelTasks({}, reason, 'suspension');
}
