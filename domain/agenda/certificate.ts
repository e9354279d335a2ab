import { endOfDay } from '../calendar.ts';
import { cancelAudits } from '../decide/audits.ts';
import type { Draft } from '../decide/draft.ts';
import { restorableUntil, suspensionEndsOn } from '../rules/certificate.ts';
import type { IsoDate, ProgramState } from '../types/index.ts';
import type { Due } from './moment.ts';

/** What happens to a certificate by time alone: it lapses (R16), cannot be restored any more (R17), is withdrawn (R18). */
export function certificateMoments(state: ProgramState): Due[] {
  const { certificate, body, calendar } = state;
  if (!certificate) return [];
  const { status, lastDay, suspendedOn } = certificate;
  const ends = (on: string) => endOfDay(on, calendar.timeZone);
  const moments: Due[] = [];
  if (status === 'suspended' && suspendedOn) {
    const until = suspensionEndsOn(suspendedOn, body.profile);
    moments.push({
      at: ends(until),
      kind: 'suspension',
      title: `the suspension ends in withdrawal after ${until} (R18)`,
      act: (draft) =>
        draft.emit({
          type: 'CertificateWithdrawn',
          data: { reason: `The suspension was not resolved until ${until} (R18).` },
        }),
    });
  }
  if (status === 'valid' || status === 'suspended') {
    moments.push({
      at: ends(lastDay),
      kind: 'expiry',
      title: `last valid day of certificate ${certificate.number}: ${lastDay}`,
      act: (draft) => lapse(draft, lastDay),
    });
  }
  if (status === 'lapsed' && !certificate.restorationEndedOn) {
    const until = restorableUntil(lastDay, body.profile);
    moments.push({
      at: ends(until),
      kind: 'restoration',
      title: `last day on which the lapsed certificate can be restored: ${until} (R17)`,
      act: (draft) => draft.emit({ type: 'RestorationEnded', data: { lastDay } }),
    });
  }
  return moments;
}

/** R16, R18: a suspension never extends expiry; with the lapse there is nothing left to resolve, or to keep an eye on. */
function lapse(draft: Draft, lastDay: IsoDate): void {
  draft.emit({ type: 'CertificateLapsed', data: { lastDay } });
  const onValid = Object.values(draft.state.audits).filter(({ kind }) => kind === 'surveillance' || kind === 'special');
  cancelAudits(draft, onValid, `The certificate lapsed after ${lastDay}.`);
  for (const { id: taskId } of draft.openTasksOf('suspension', {})) {
    draft.emit({ type: 'TaskCancelled', data: { taskId, reason: `The certificate lapsed after ${lastDay}.` } });
  }
}
