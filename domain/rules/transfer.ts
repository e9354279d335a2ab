import { type Audit, type HeldAudit, isExternal, isHeld, type ScheduledAudit } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { ProgramState } from '../state.ts';
import { hasExpired } from './certificate.ts';

/** R20: only a valid certificate is transferred; a suspended one is refused. Source: IAF MD 2. */
export function isTransferable(certificate: Certificate, today: IsoDate): boolean {
  return certificate.status === 'valid' && !hasExpired(certificate, today);
}

/**
 * R20: what the body that has the certificate must bring to its end before another can take it over: an audit that has
 * begun, and a decision on one that was held.
 */
export function unfinishedAudits(
  state: Pick<ProgramState, 'audits' | 'certificate'>,
  today: IsoDate,
  isDecided: (audit: Audit) => boolean,
): { begun: ScheduledAudit[]; undecided: HeldAudit[] } {
  const audits = Object.values(state.audits).filter(({ kind }) => isExternal(kind));
  const begun = audits.filter((audit) => audit.status === 'scheduled').filter(({ startsOn }) => startsOn <= today);
  const cycle = state.certificate?.cycle;
  const undecided = audits.filter(isHeld).filter((audit) => {
    const leads = (audit.kind === 'recertification' && audit.cycle === cycle) || audit.occasion === 'scopeExtension';
    return leads && !isDecided(audit);
  });
  return { begun, undecided };
}
