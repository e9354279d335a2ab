import { latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { surveillancesLeft } from '../rules/adoption.ts';
import { planCycleAudits } from '../rules/cycle.ts';
import { say } from '../say.ts';
import { planAuditOf } from './planning.ts';
import { heldAuditOf, heldOn } from './queries.ts';
import { planRecertificationStage1 } from './recertification.ts';

/** R1: plans the audits that a cycle owes, on its first day or on the one on which it is taken over. */
export function layOutCycle(draft: Draft): void {
  const { certificate, body } = draft.state;
  if (!certificate) throw new Error('A cycle without a certificate: the register is damaged.');
  const { surveillances, recertification } = planCycleAudits(certificate, body.profile);
  const { owed } = surveillancesLeft(surveillances, heldOn(draft.state, 'surveillance'), certificate, draft.today);
  for (const surveillance of owed) planAuditOf(draft, 'surveillance', surveillance, '', false);
  if (!heldAuditOf(draft.state, 'recertification')) {
    const targetOn = latest(recertification.targetOn, draft.today);
    planAuditOf(draft, 'recertification', { ...recertification, targetOn }, '', false);
    planRecertificationStage1(draft, say('bodyBeginsWithStage1', {}));
  }
  draft.emit(PhasePlanned, { phase: 'surveillanceCycle' });
}
