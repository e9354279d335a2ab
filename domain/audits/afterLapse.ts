import type { Draft } from '../draft.ts';
import type { Text } from '../say.ts';
import { AuditTakenUpAgain } from './AuditTakenUpAgain.ts';
import { askForSchedule, schedulingDueOn } from './planning.ts';
import { askForOutcome } from './scheduling.ts';

/**
 * R16, R19, R28: what a lapse cancelled comes back with the certificate, once the lapse is taken back: special audits, with the
 * days that were agreed. Those of the cycle are planned by the cycle that follows.
 */
export function takeUpAfterLapse(draft: Draft, reason: Text): void {
  for (const audit of Object.values(draft.state.audits)) {
    if (audit.status !== 'cancelled' || !audit.byLapse || audit.kind !== 'special') continue;
    const asAgreed = audit.startsOn ? { asAgreed: true as const } : {};
    draft.emit(AuditTakenUpAgain, { auditId: audit.id, reason: draft.words(reason), ...asAgreed });
    const again = draft.audit(audit.id);
    if (again.status === 'scheduled') askForOutcome(draft, again);
    else askForSchedule(draft, again, schedulingDueOn(draft), reason);
  }
}
