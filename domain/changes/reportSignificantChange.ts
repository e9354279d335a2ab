import { Type } from 'typebox';
import { cancelAudits } from '../audits/planning.ts';
import { comingAudit, heldAuditOf, isDecided, stage2Suffices } from '../audits/queries.ts';
import { planRecertificationStage1 } from '../audits/recertification.ts';
import { mustBeInPhase, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { bodySpeakers, steering } from '../registry/roles.ts';
import { say } from '../say.ts';

/**
 * R15: a significant change, after which the recertification begins with a Stage 1; R17: and so does what earns a
 * certificate again that lapsed for good. Source: ISO/IEC 17021-1, 9.6.3.2.
 */
export const reportSignificantChange = command('reportSignificantChange', {
  summary:
    'Report a significant change: the recertification begins with a Stage 1 (R15), and so does a certification after a lapse (R17)',
  payload: { description: text },
  roles: [...steering, ...bodySpeakers],
  address: { does: 'create', path: '/significant-changes' },
  example: {
    at: 'certified',
    by: 'programManager',
    payload: { description: 'The assistant moved to another model, and to another provider.' },
  },
  decide(draft, { description }) {
    mustSay(description, 'description');
    if (stage2Suffices(draft.state)) {
      beginWithStage1(draft, description);
      return;
    }
    mustBeInPhase(draft.state, 'surveillanceCycle');
    const held = heldAuditOf(draft.state, 'recertification');
    if (held && !isDecided(draft.state, held)) refuse('R15', 'recertificationHeldAlready', { auditId: held.id });
    draft.emit(SignificantChangeReported, { description });
    planRecertificationStage1(draft, say('stage1AfterChange', { description }));
  },
});

export const SignificantChangeReported = record('SignificantChangeReported', {
  data: { description: Type.String() },
  leavesTask: false,
  apply: (state, { description }, { today }) => ({ ...state, significantChange: { on: today, description } }),
});

/** R17: the Stage 2 that was to come alone is given up, and the story plans a Stage 1. */
function beginWithStage1(draft: Draft, description: string): void {
  const coming = comingAudit(draft.state, 'stage2');
  const begun =
    heldAuditOf(draft.state, 'stage2') ??
    (coming?.status === 'scheduled' && coming.startsOn <= draft.today ? coming : undefined);
  if (begun) refuse('R17', 'stage2HasBegun', { auditId: begun.id, startsOn: begun.startsOn });
  draft.emit(SignificantChangeReported, { description });
  if (coming) cancelAudits(draft, [coming], say('stage1BeforeStage2', { description }));
}
