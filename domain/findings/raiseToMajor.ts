import { Type } from 'typebox';
import { mustBeUnique, mustNotPrecede, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { actOfBody } from '../registry/told.ts';
import { say } from '../say.ts';
import { askForPlan, deadlinesFrom } from './asks.ts';
import { FindingRaisedToMajor } from './FindingRaisedToMajor.ts';
import type { UnverifiedFinding } from './finding.ts';
import { mustAuditFor, nonconformity } from './judging.ts';
import { isOfBodyFinding } from './queries.ts';

export const raiseToMajor = command('raiseToMajor', {
  summary: 'Raise a minor to a major nonconformity, alone or together with others (R4)',
  payload: {
    findingId: id,
    reason,
    together: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 100 })),
    ...actOfBody,
  },
  roles: ['leadAuditor', 'internalAuditor'],
  address: { does: 'act', path: '/findings/:findingId/raise', gives: 'finding' },
  example: {
    at: 'findingRaised',
    by: 'leadAuditor',
    payload: { findingId: 'F-1', reason: 'None of the teams has the records: the process does not work.' },
  },
  decide(draft, { findingId, reason: why, together = [] }) {
    const finding = minor(draft, findingId);
    mustSay(why, 'reason');
    mustNotPrecede(draft, finding.raisedOn);
    const { planDueOn, verifyDueOn } = deadlinesFrom(draft, finding, 'major');
    const raised = { findingId, reason: why, rule: 'R4', ...(verifyDueOn ? { verifyDueOn } : {}), ...draft.told };
    if (together.length === 0) {
      draft.emit(FindingRaisedToMajor, raised);
      return;
    }
    mustBeRelated(draft, finding, together);
    draft.emit(FindingRaisedToMajor, { ...raised, planDueOn, together });
    const becauseRaised = say('raisedToOneMajor', { findingId, together });
    for (const each of [findingId, ...together]) draft.cancelTasks({ findingId: each }, becauseRaised);
    askForPlan(draft, { ...finding, grade: 'major' }, planDueOn);
  },
});

/** A minor that is open, and that the sender judges. */
function minor(draft: Draft, findingId: string): UnverifiedFinding {
  const finding = nonconformity(draft, findingId, 'open', 'planned', 'planAccepted', 'done');
  if (finding.grade === 'major') refuse('R4', 'majorAlready', { findingId });
  mustAuditFor(draft, finding);
  return finding;
}

/** R4: several related minors, each once and of the same side, can be raised to one major. */
function mustBeRelated(draft: Draft, finding: UnverifiedFinding, together: string[]): void {
  mustBeUnique([finding.id, ...together], 'together', 'id');
  for (const other of together.map((each) => minor(draft, each))) {
    if (isOfBodyFinding(draft.state, other) === isOfBodyFinding(draft.state, finding)) continue;
    refuse('R4', 'differentSides', { findingId: finding.id, other: other.id });
  }
}
