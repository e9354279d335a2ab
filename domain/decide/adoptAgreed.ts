import { auditName } from '../auditNames.ts';
import { daysBetween } from '../calendar.ts';
import { comingAudit, heldAudit, stage1Ready } from '../progress.ts';
import { Rejected, refuse, wrong } from '../rejection.ts';
import type { AgreedAudit, Audit, AuditKind, Phase } from '../types/index.ts';
import { planAudit } from './audits.ts';
import type { Draft } from './draft.ts';
import { planCycle } from './phases.ts';
import { scheduleDeciders } from './schedule.ts';

/** The audits of the body that can be agreed in a phase; an internal one can be in each. */
const ofPhase: Partial<Record<Phase, readonly AuditKind[]>> = {
  certificationAudit: ['stage1', 'stage2'],
  surveillanceCycle: ['surveillance', 'recertification', 'stage1'],
};

/**
 * Takes over audits whose dates are agreed: plans them as the phase would, and schedules them by the rules that hold
 * afterwards. Refuses (422, with the rule) what those refuse.
 */
export function agree(draft: Draft, agreed: AgreedAudit[]): void {
  const inCycle = agreed.some(({ kind }) => kind !== 'internal') && draft.state.phase === 'surveillanceCycle';
  if (inCycle) planCycle(draft);
  const inOrder = [...agreed.entries()].sort(([, a], [, b]) => (a.startsOn < b.startsOn ? -1 : 1));
  for (const [index, { kind, ...dates }] of inOrder) {
    try {
      const auditId = plannedFor(draft, kind, dates.startsOn);
      scheduleDeciders.scheduleAudit(draft, { auditId, ...dates });
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      const { code, detail } = error.rejection;
      wrong(code, `adopt.agreedAudits[${index}]: ${detail}`);
    }
  }
}

/** The audit that is agreed, planned now if the phase has not planned it yet. Gives its id. */
function plannedFor(draft: Draft, kind: AuditKind, startsOn: string): string {
  const { phase } = draft.state;
  if (kind !== 'internal' && !ofPhase[phase]?.includes(kind))
    refuse('R1', `in ${phase} no ${auditName(kind)} is planned; leave it out, and schedule it when it is.`);
  if (kind !== 'internal' && phase === 'surveillanceCycle') return inCycle(draft, kind, startsOn);
  const coming = comingAudit(draft.state, kind);
  if (coming)
    refuse('unique', `the ${auditName(kind)} on ${coming.startsOn} is agreed already; give one of each kind.`);
  const ready = stage1Ready(draft.state);
  if (kind === 'stage2' && !ready) refuse('R2', 'Stage 2 is agreed once Stage 1 ended ready; give that among audits.');
  if (kind === 'stage2' && heldAudit(draft.state, 'stage2')) refuse('R1', 'Stage 2 was held; leave this one out.');
  if (kind === 'stage1' && ready) refuse('R1', 'Stage 1 ended ready already; leave this one out.');
  return planAudit(draft, kind, { targetOn: startsOn }, '', false);
}

/** Of the audits that the cycle still owes, the one that is meant for about that day. */
function inCycle(draft: Draft, kind: AuditKind, startsOn: string): string {
  const away = (audit: Audit) => Math.abs(daysBetween(audit.targetOn, startsOn));
  const [nearest] = Object.values(draft.state.audits)
    .filter((audit) => audit.kind === kind && audit.status === 'planned')
    .sort((a, b) => away(a) - away(b));
  if (!nearest)
    refuse('R1', `no ${auditName(kind)} is owed in this cycle, or it is agreed already; leave this one out.`);
  return nearest.id;
}
