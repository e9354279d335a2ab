import type { Phase } from '../domain/basics.ts';
import type { ProgramCarry, ProgramStart } from './messages.ts';
import { unreadable } from './payloads.ts';
import { Program } from './program.ts';

type PhaseWorkflow = (input: ProgramStart | ProgramCarry) => Promise<void>;

/**
 * A phase as a workflow type. It runs as long as the program is in the phase, following the phase's chapter of
 * `domain/story.ts`; then the execution continues as the phase that the program has come to, under the same id.
 */
export function phase(name: Phase): PhaseWorkflow {
  return async (input) => {
    // No failure of Temporal's own, which would end the program: the run waits until it can be read again.
    if (input === unreadable) throw new Error('What this run is to begin with cannot be read.');
    const program = await Program.open(input);
    await program.follow(name);
    if (program.hasEnded) await program.end();
    else await program.continueAs(program.state.phase);
  };
}
