import { phase } from './phase.ts';

/**
 * The gap assessment: from the day the plan names, every requirement is rated, with its gap, the effort and an owner.
 * Completing it begins the statement of applicability and leads to the implementation.
 */
export const gapAssessment = phase('gapAssessment', async (program) => {
  await program.until((state) => state.status !== 'planned');
  await program.plan({ type: 'planGapAssessment' });
  await program.until((state) => state.gapAssessmentCompletedOn !== undefined);
  await program.enter('implementation', 'The gap assessment is complete.');
});
