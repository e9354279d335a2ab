import { implementationDone } from '../domain/progress.ts';
import { phase } from './phase.ts';

/**
 * The implementation: owners are asked for evidence of what the gap assessment found missing, the most critical first,
 * and for an impact assessment of each AI system. What is not good enough goes back. After a refused certification the
 * program comes here again, with the findings open.
 */
export const implementation = phase('implementation', async (program) => {
  await program.plan({ type: 'planImplementation' });
  await program.until(implementationDone);
  await program.enter('internalAudit', 'Everything that the implementation asked for is accepted or waived.');
});
