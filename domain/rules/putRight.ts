import { type Audit, type HeldAudit, isExternal, isHeld } from '../audits/audit.ts';
import { isDecided } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { type Saying, say } from '../say.ts';
import type { ProgramState } from '../state.ts';

/**
 * R27: findings may be added, regraded or withdrawn, and an outcome reopened, until the decision, or until something rests on
 * the outcome that cannot be counted again; then only a special audit looks at it anew. Gives why it is final, or undefined.
 * Source: practice.
 */
export function whyFinal(state: ProgramState, audit: HeldAudit, today: IsoDate): Saying | undefined {
  const { id: auditId, kind } = audit;
  if (audit.outdated) return say('finalOutdated', { auditId, rule: audit.outdated });
  if (isDecided(state, audit) || audit.answered) return say('finalDecided', { auditId });
  if (kind === 'internal') return isPassedGate(state, audit) ? say('finalGate', { auditId }) : undefined;
  if (kind === 'recertification') return undefined;
  if (isOfEarlierAttempt(state, audit)) return say('finalEarlier', { auditId, kind });
  if (kind === 'stage2') return undefined;
  const next = nextOf(state, audit, today);
  return next && say('finalNext', { auditId, nextId: next.id, kind: next.kind });
}

/** The gate to Stage 1 was passed with it: the audits of the body rest on it. */
function isPassedGate({ phase, auditsFrom, certificate }: ProgramState, { id, cycle }: HeldAudit): boolean {
  if (phase === 'certificationAudit') return Number(id.slice(2)) <= auditsFrom;
  return (certificate?.cycle ?? 0) > cycle;
}

/** R17: the certificate is earned anew since, by a Stage 1 and a Stage 2 of their own. */
function isOfEarlierAttempt({ phase, auditsFrom }: ProgramState, { id, kind }: HeldAudit): boolean {
  const isStage = kind === 'stage1' || kind === 'stage2';
  return isStage && phase === 'certificationAudit' && Number(id.slice(2)) <= auditsFrom;
}

/** The audit of the body that has begun since; after a Stage 1, one that is scheduled on the strength of it. */
function nextOf({ audits }: ProgramState, { id, kind, endsOn }: HeldAudit, today: IsoDate): Audit | undefined {
  return Object.values(audits).find((other) => {
    if (other.id === id || !isExternal(other.kind)) return false;
    if (isHeld(other)) return other.endsOn > endsOn;
    return other.status === 'scheduled' && other.startsOn > endsOn && (kind === 'stage1' || other.startsOn <= today);
  });
}
