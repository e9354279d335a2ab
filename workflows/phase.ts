import type { Phase } from '../domain/types/index.ts';
import type { ProgramCarry, ProgramStart } from './messages.ts';
import { unreadable } from './payloads.ts';
import { Ended, Program } from './program.ts';

type PhaseWorkflow = (input: ProgramStart | ProgramCarry) => Promise<void>;

/**
 * A phase as a workflow type. Its story runs as long as the program is in the phase and may begin anywhere in it; then
 * the execution continues as the phase that the program has come to, under the same id.
 */
export function phase(name: Phase, story: (program: Program) => Promise<void>): PhaseWorkflow {
  return async (input) => {
    // No failure of Temporal's own, which would end the program: the run waits until it can be read again.
    if (input === unreadable) throw new Error('What this run is to begin with cannot be read.');
    const program = await Program.open(input);
    try {
      if (program.state.unasked) await program.does({ type: 'askForMissing' }, (state) => state.unasked !== undefined);
      if (program.state.phase === name) await story(program);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      await program.end();
      return;
    }
    if (program.state.phase === 'closed') await program.end();
    else await program.continueAs(program.state.phase);
  };
}
