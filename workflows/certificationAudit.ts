import { comingAudit, heldAudit, openTasks, stage1Ready } from '../domain/progress.ts';
import type { Audit, ProgramState } from '../domain/types/index.ts';
import { decision } from './decision.ts';
import { phase } from './phase.ts';
import type { Program } from './program.ts';

/**
 * The certification audit: Stage 1, as often as it takes to be ready (R2), and again when Stage 2 did not begin in time
 * (R3); Stage 2, and again when a major of it was not verified in time (R6); the decision (R5, R8). Granted, the
 * surveillance cycle begins; refused, the program goes back to the implementation.
 */
export const certificationAudit = phase('certificationAudit', async (program) => {
  for (;;) {
    await stages(program);
    const stage2 = heldAudit(program.state, 'stage2') as Audit;
    const outdated = (state: ProgramState) => state.audits[stage2.id]?.outdated !== undefined;
    await decision(program, stage2, outdated);
    if (!outdated(program.state)) break;
  }

  const { decision: taken } = program.state.decision ?? {};
  if (taken === 'refused')
    await program.enter('implementation', 'The certification was refused; its findings are open.');
  else await program.enter('surveillanceCycle', 'The certificate is granted.');
});

/** Both stages, until there is a Stage 2 that a decision can rest on. */
async function stages(program: Program): Promise<void> {
  while (!heldAudit(program.state, 'stage2')) {
    while (!stage1Ready(program.state)) {
      await program.until((state) => !openTasks(state).some((task) => task.kind === 'concern'));
      await program.does({ type: 'planStage1' }, (state) => !comingAudit(state, 'stage1') && !stage1Ready(state));
      await program.until((state) => !comingAudit(state, 'stage1'));
    }
    await program.does({ type: 'planStage2' }, (state) => !comingAudit(state, 'stage2') && !heldAudit(state, 'stage2'));
    await program.until((state) => heldAudit(state, 'stage2') !== undefined || !stage1Ready(state));
  }
}
