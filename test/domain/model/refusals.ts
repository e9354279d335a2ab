import type { BodyProfile, Certificate, Command, IsoDate, Rejection } from '../../../domain/types/index.ts';
import type { NaiveAudits } from './audits.ts';
import { naive } from './naiveDates.ts';
import { must } from './page.ts';

interface Known {
  audits: NaiveAudits;
  certificate: Certificate | undefined;
  body: BodyProfile;
  today: IsoDate;
}

/** A command that is refused because its time is over: it is, by the naive dates. */
export function mustBeLate(command: Command, { code, detail }: Rejection, known: Known): void {
  const { audits, certificate, body, today } = known;
  const late = (what: string, on: IsoDate, until: IsoDate) =>
    must(on > until, () => `${what} on ${on} was refused (${code}), and is allowed until ${until}: ${detail}`);
  if (command.type === 'scheduleAudit' && code === 'R3' && audits.stage2From)
    late('Stage 2', command.startsOn, naive.stage2Until(audits.stage2From, body));
  if (command.type === 'scheduleAudit' && detail.includes('at the latest'))
    late('an audit', command.endsOn, audits.get(command.auditId).latestOn as IsoDate);
  if (command.type === 'recordDecision' && code === 'R6')
    late('a decision', today, naive.majorsUntil(audits.get(command.auditId).endsOn as IsoDate, body));
  if (!certificate) return;
  if (command.type === 'recordDecision' && code === 'R16') late('a recertification', today, certificate.lastDay);
  if (command.type === 'restoreCertificate' && detail.includes('could be restored until'))
    late('restoring', today, naive.restorableUntil(certificate.lastDay, body));
  if (code === 'R18' && detail.includes('was to be resolved until'))
    late('resolving', today, naive.suspendedUntil(certificate.suspendedOn as IsoDate, body));
}
