import { dateAt, earliest, latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { surveillancesLeft } from '../rules/adoption.ts';
import { planCycleAudits } from '../rules/cycle.ts';
import { say } from '../say.ts';
import { planAuditOf } from './planning.ts';
import { heldAuditOf, heldOn } from './queries.ts';
import { planRecertificationStage1 } from './recertification.ts';

/**
 * R1: plans the audits that a cycle owes, as of the day of its decision or, of a cycle that is taken over, of today. What
 * is planned later than on that day, because nothing could be recorded meanwhile, is owed all the same.
 */
export function layOutCycle(draft: Draft): void {
  const { certificate, body, adoptedAt, calendar } = draft.state;
  if (!certificate) throw new Error('A cycle without a certificate: the register is damaged.');
  const { surveillances, recertification } = planCycleAudits(certificate, body.profile);
  const isTakenOver = adoptedAt !== undefined && certificate.decidedOn < dateAt(adoptedAt, calendar.timeZone);
  const from = isTakenOver ? draft.today : certificate.decidedOn;
  const { owed } = surveillancesLeft(surveillances, heldOn(draft.state, 'surveillance'), certificate, from);
  for (const surveillance of owed) {
    const targetOn = earliest(surveillance.latestOn, latest(surveillance.targetOn, draft.today));
    planAuditOf(draft, 'surveillance', { ...surveillance, targetOn }, '', false);
  }
  if (!heldAuditOf(draft.state, 'recertification')) {
    const targetOn = latest(recertification.targetOn, draft.today);
    planAuditOf(draft, 'recertification', { ...recertification, targetOn }, '', false);
    planRecertificationStage1(draft, say('bodyBeginsWithStage1', {}));
  }
  draft.emit(PhasePlanned, { phase: 'surveillanceCycle' });
}
