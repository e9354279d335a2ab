import { EarlierAuditRecorded } from '../audits/EarlierAuditRecorded.ts';
import type { Draft } from '../draft.ts';
import type { AdoptedAudit, Adoption } from './adoption.ts';

/** All audits that were held, in the order of their last days. */
export function heldBefore({ audits = [], internalAuditOn: on }: Adoption): AdoptedAudit[] {
  const known = on && audits.some(({ kind, endsOn }) => kind === 'internal' && endsOn === on);
  const internal: AdoptedAudit[] =
    on && !known ? [{ kind: 'internal', startsOn: on, endsOn: on, result: 'completed', team: [] }] : [];
  return [...audits, ...internal].sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
}

/** Enters an audit that was held; it belongs to the cycle that the decision before it began. */
export function enterAudit(draft: Draft, { kind, startsOn, endsOn, result, team, criteria }: AdoptedAudit): void {
  draft.emit(EarlierAuditRecorded, {
    audit: {
      id: draft.newId('A'),
      kind,
      cycle: cycleOf(draft, endsOn),
      targetOn: startsOn,
      startsOn,
      endsOn,
      team,
      ...(criteria ? { criteria } : {}),
      status: 'held',
      result,
      prepared: 0,
    },
  });
}

function cycleOf({ state: { certificate } }: Draft, endsOn: AdoptedAudit['endsOn']): number {
  if (!certificate) return 0;
  return endsOn > certificate.decidedOn ? certificate.cycle : certificate.cycle - 1;
}
