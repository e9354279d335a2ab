import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { whyFinal } from '../rules/putRight.ts';
import type { HeldAudit } from './audit.ts';

/** R27: refuses to change what an audit found once something rests on it. */
export function mustNotBeFinal(draft: Draft, audit: HeldAudit): void {
  const final = whyFinal(draft.state, audit, draft.today);
  if (final) refuse('R27', final.say, final.with as never);
}
