import { type Audit, type HeldAudit, isExternal, isHeld, type ScheduledAudit } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import type { ProgramState } from '../state.ts';
import { hasExpired } from './certificate.ts';

/** R20: only a valid certificate is transferred; a suspended one is refused. Source: IAF MD 2. */
export function isTransferable(certificate: Certificate, today: IsoDate): boolean {
  return certificate.status === 'valid' && !hasExpired(certificate, today);
}

/**
 * R20: the last act of the body that has the certificate: a decision of any kind, the outcome of an audit, a finding, or
 * a verification. A transfer does not come before it. Source: IAF MD 2.
 */
export function lastActOfBody(
  state: Pick<ProgramState, 'audits' | 'certificate' | 'findings' | 'bodyActedOn'>,
): IsoDate | undefined {
  const outcomes = Object.values(state.audits)
    .filter(isHeld)
    .flatMap(({ kind, outcomeOn, endsOn }) => (isExternal(kind) ? [outcomeOn ?? endsOn] : []));
  const judged = Object.values(state.findings)
    .filter((finding) => isOfBodyFinding(state, finding))
    .flatMap((finding) => [finding.raisedOn, ...('closedOn' in finding ? [finding.closedOn] : [])]);
  return [...outcomes, ...judged, state.certificate?.decidedOn, state.bodyActedOn]
    .flatMap((on) => on ?? [])
    .sort()
    .at(-1);
}

/**
 * R20: what the body that has the certificate must bring to its end before another can take it over: an audit that has
 * begun, and a decision on one that was held, or on what its team recommends (R25).
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
    return (leads && !isDecided(audit)) || audit.recommends !== undefined;
  });
  return { begun, undecided };
}
