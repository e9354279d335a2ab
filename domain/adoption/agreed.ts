import { type AuditKind, auditOn } from '../audits/audit.ts';
import { layOutCycle } from '../audits/cycle.ts';
import { planAuditOf } from '../audits/planning.ts';
import { comingAudit, heldAuditOf, stage1Ready } from '../audits/queries.ts';
import { schedule } from '../audits/scheduling.ts';
import type { IsoDate, Phase } from '../basics.ts';
import { daysBetween } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { Refused, refuse, within } from '../refusal.ts';
import type { AgreedAudit } from './adoption.ts';

/** The audits of the body that can be agreed in a phase; an internal one can be in each. */
const ofPhase: Partial<Record<Phase, readonly AuditKind[]>> = {
  certificationAudit: ['stage1', 'stage2'],
  surveillanceCycle: ['surveillance', 'recertification', 'stage1'],
};

/**
 * Takes over audits whose dates are agreed: plans them as the phase would, and schedules them by the rules that hold
 * afterwards. Refuses as `invalid`, with the rule, what those refuse.
 */
export function agree(draft: Draft, agreed: AgreedAudit[]): void {
  const ofCycle = agreed.some(({ kind }) => kind !== 'internal') && draft.state.phase === 'surveillanceCycle';
  if (ofCycle) layOutCycle(draft);
  const inOrder = [...agreed.entries()].sort(([, a], [, b]) => (a.startsOn < b.startsOn ? -1 : 1));
  for (const [index, { kind, ...dates }] of inOrder) {
    try {
      schedule(draft, { auditId: plannedFor(draft, kind, dates.startsOn), ...dates });
    } catch (error) {
      throw wrongIn(`adopt.agreedAudits[${index}]`, error);
    }
  }
}

/** What a rule does not allow is wrong in itself when it is taken over: nothing that the sender does first helps. */
function wrongIn(at: string, error: unknown): unknown {
  const placed = within(at, error);
  return placed instanceof Refused ? new Refused({ ...placed.refusal, kind: 'invalid' }) : placed;
}

/** The audit that is agreed, planned now if the phase has not planned it yet. Gives its id. */
function plannedFor(draft: Draft, kind: AuditKind, startsOn: IsoDate): string {
  const { state } = draft;
  const { phase } = state;
  if (kind !== 'internal' && !ofPhase[phase]?.includes(kind)) refuse('R1', 'agreedInOtherPhase', { kind, phase });
  if (kind !== 'internal' && phase === 'surveillanceCycle') return inCycle(draft, kind, startsOn);
  const coming = comingAudit(state, kind);
  if (coming) refuse('unique', 'agreedAlready', { kind, on: auditOn(coming) });
  const ready = stage1Ready(state);
  if (kind === 'stage2' && !ready) refuse('R2', 'stage2AgreedTooEarly', {});
  if (kind === 'stage2' && heldAuditOf(state, 'stage2')) refuse('R1', 'stageHeldAlready', { kind });
  if (kind === 'stage1' && ready) refuse('R1', 'stageHeldAlready', { kind });
  return planAuditOf(draft, kind, { targetOn: startsOn }, '', false);
}

/** Of the audits that the cycle still owes, the one that is meant for about that day. */
function inCycle(draft: Draft, kind: AuditKind, startsOn: IsoDate): string {
  const away = (targetOn: IsoDate) => Math.abs(daysBetween(targetOn, startsOn));
  const [nearest] = Object.values(draft.state.audits)
    .filter((audit) => audit.kind === kind && audit.status === 'planned')
    .sort((a, b) => away(a.targetOn) - away(b.targetOn));
  return nearest ? nearest.id : refuse('R1', 'auditNotOwed', { kind });
}
