import { heldAudit, isDecided } from '../domain/progress.ts';
import type { Audit, ProgramState } from '../domain/types/index.ts';
import { decision } from './decision.ts';
import { phase } from './phase.ts';

/**
 * One cycle of a certificate, and after it the next, for ever. Its surveillance audits and its recertification are
 * planned on the first day (R1, R10, R11, R15); from then on the agenda prepares each of them, asks for evidence again,
 * keeps internal audits and management reviews in their cadence, and lets the certificate lapse when the
 * recertification is not finished on its last day (R16).
 */
export const surveillanceCycle = phase('surveillanceCycle', async (program) => {
  const cycle = program.state.certificate?.cycle as number;
  const over = (state: ProgramState) => state.certificate?.cycle !== cycle || isLost(state);

  await program.plan({ type: 'planCycle' });
  // Refused, the certificate runs to its last day, and may be restored for a while (R16, R17) after another audit.
  while (!over(program.state)) {
    await program.until((state) => over(state) || undecided(state) !== undefined);
    const recertification = undecided(program.state);
    if (recertification && !over(program.state)) await decision(program, recertification, over);
  }

  if (program.state.certificate?.status === 'withdrawn')
    await program.enter('closed', 'The certificate was withdrawn.');
  else if (isLost(program.state)) {
    await program.enter(
      'certificationAudit',
      'The certificate lapsed and was not restored in time: it is earned anew, by a Stage 2 at least (R17).',
    );
  }
});

/** The recertification audit that has its outcome and waits for its decision. */
function undecided(state: ProgramState): Audit | undefined {
  const held = heldAudit(state, 'recertification');
  return held && !isDecided(state, held) ? held : undefined;
}

/** Withdrawn, or lapsed for so long that it cannot be restored. */
function isLost({ certificate }: ProgramState): boolean {
  return certificate?.status === 'withdrawn' || certificate?.restorationEndedOn !== undefined;
}
