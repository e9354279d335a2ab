import type { IsoDate } from '../../../domain/basics.ts';
import type { BodyProfile } from '../../../domain/certificate/bodyProfile.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Command } from '../../../domain/registry.ts';
import { speak } from '../../../words/sayings/index.ts';
import type { NaiveAudits } from './audits.ts';
import { type KnownCertificate, naive } from './naiveDates.ts';
import { equal, must } from './page.ts';

interface Known {
  audits: NaiveAudits;
  certificate: KnownCertificate | undefined;
  body: BodyProfile;
  today: IsoDate;
}

/** A command that is refused because its time is over: it is, by the naive dates. */
export function mustBeLate(command: Command, { code, saying }: Refusal, known: Known): void {
  const { audits, certificate, body, today } = known;
  const late = (what: string, on: IsoDate, until: IsoDate) =>
    must(on > until, () => `${what} on ${on} was refused (${code}), and is allowed until ${until}: ${speak(saying)}`);
  if (command.type === 'scheduleAudit' && code === 'R3' && audits.stage2From)
    late('Stage 2', command.startsOn, naive.stage2Until(audits.stage2From, body));
  if (command.type === 'scheduleAudit' && saying.say === 'latestDayOfAudit') {
    const until = audits.get(command.auditId).latestOn as IsoDate;
    late('an audit', command.endsOn, until);
    equal('the last day for an audit, as it is told,', saying.with.latestOn, until);
  }
  if (command.type === 'recordDecision' && code === 'R6')
    late('a decision', today, naive.majorsUntil(audits.get(command.auditId).endsOn as IsoDate, body));
  if (!certificate) return;
  if (command.type === 'recordDecision' && code === 'R16') late('a recertification', today, certificate.lastDay);
  if (command.type === 'restoreCertificate' && saying.say === 'restorableNoLonger') {
    const until = naive.restorableUntil(certificate.lastDay, body);
    late('restoring', today, until);
    equal('the last day for restoring, as it is told,', saying.with.untilOn, until);
  }
  if (saying.say === 'suspensionOver') {
    const until = naive.suspendedUntil(certificate.suspendedOn as IsoDate, body);
    late('resolving', today, until);
    equal('the last day for resolving, as it is told,', saying.with.untilOn, until);
  }
}
