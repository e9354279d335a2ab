import type { Audit, Certificate, IsoDate, ProgramState } from '../types/index.ts';
import { hasExpired } from './certificate.ts';
import { isExternal } from './findings.ts';

/** R20: only a valid certificate is transferred; a suspended one is refused. Source: IAF MD 2. */
export function isTransferable(certificate: Certificate, today: IsoDate): boolean {
  return certificate.status === 'valid' && !hasExpired(certificate, today);
}

/**
 * R20: what the body that has the certificate must bring to its end before another can take it over: an audit that has
 * begun, and a decision on one that was held.
 */
export function unfinishedAudits(
  state: ProgramState,
  today: IsoDate,
  isDecided: (audit: Audit) => boolean,
): { begun: Audit[]; undecided: Audit[] } {
  const audits = Object.values(state.audits).filter((audit) => isExternal(audit.kind));
  const begun = audits.filter(({ status, startsOn }) => status === 'scheduled' && (startsOn as IsoDate) <= today);
  const cycle = state.certificate?.cycle;
  const undecided = audits.filter((audit) => {
    const leads = (audit.kind === 'recertification' && audit.cycle === cycle) || audit.occasion === 'scopeExtension';
    return leads && audit.status === 'held' && !isDecided(audit);
  });
  return { begun, undecided };
}
