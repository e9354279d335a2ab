import { gateToStage1 } from '../domain/rules/audits.ts';
import { phase } from './phase.ts';

/**
 * The internal audit: all requirements, by somebody who owns none of them (R9); nonconformities get a plan, an action
 * and a verification; top management reviews. The gate to Stage 1 opens when nothing of that is lacking (R2).
 */
export const internalAudit = phase('internalAudit', async (program) => {
  await program.plan({ type: 'planInternalAudit' });
  await program.until((state) => gateToStage1(state).length === 0);
  await program.enter(
    'certificationAudit',
    'Internal audit and management review are done; the gate to Stage 1 is open.',
  );
});
