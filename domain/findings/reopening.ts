import type { IsoDate } from '../basics.ts';
import { isUnverified, type Nonconformity, type OpenFinding } from './finding.ts';

/** A nonconformity that waits for a plan, without the one that it had. */
export function unanswered(finding: Nonconformity): OpenFinding {
  if (isUnverified(finding)) {
    const { plan: _, acceptedOn: __, ...rest } = finding;
    return { ...rest, status: 'open' };
  }
  const { plan: _, closedOn: __, verifiedOn: ___, acceptedOn: ____, ...rest } = finding;
  return { ...rest, status: 'open' };
}

/**
 * R7: an action that was found ineffective is planned again, within the days for a plan from now. The time to verify a
 * major starts again only when it had been verified: failing a verification gains no time.
 */
export function reopened(
  finding: Nonconformity,
  { planDueOn, verifyDueOn }: { planDueOn: IsoDate; verifyDueOn?: IsoDate | undefined },
): OpenFinding {
  const wasVerified = !isUnverified(finding);
  return {
    ...unanswered(finding),
    planDueOn,
    ...(wasVerified && verifyDueOn ? { verifyDueOn } : {}),
    missed: finding.missed.filter((deadline) => deadline === 'verification' && !wasVerified),
    reopened: finding.reopened + 1,
  };
}
