import type { Draft } from '../draft.ts';
import { findingsFor } from '../findings/queries.ts';
import { majorsVerifiedTooLate } from '../rules/findings.ts';
import { say } from '../say.ts';
import { isComing, isHeld } from './audit.ts';
import { OutdatedTakenBack } from './OutdatedTakenBack.ts';
import { cancelAudits } from './planning.ts';
import { auditsOf } from './queries.ts';

/**
 * R6, R28: a Stage 2 whose majors had been verified in time, as is told now, was not outdated: a decision rests on it, and
 * the one that was planned in its place does not take place. That is too late once another was held.
 */
export function takeBackOutdated(draft: Draft): void {
  const { state } = draft;
  const stage2s = state.phase === 'certificationAudit' ? auditsOf(state, 'stage2') : [];
  const last = stage2s.filter(isHeld).at(-1);
  if (last?.outdated !== 'R6') return;
  const findings = findingsFor(state, last).filter((finding) => finding.grade === 'major');
  if (majorsVerifiedTooLate(findings, last, draft.today, state.body.profile).length > 0) return;
  const { id: auditId } = last;
  cancelAudits(draft, stage2s.filter(isComing), say('stage2Stands', { auditId }));
  draft.emit(OutdatedTakenBack, { auditId, findings: findings.map(({ id }) => id) });
}
