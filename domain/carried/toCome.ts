import { slotOf } from '../standards/slots.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';
import { sizeOf } from './size.ts';

/** The bytes of a task but for its title, with addresses and ids of ordinary length. */
const bytesOfTask = 400;

/** The bytes of the tasks that a program will ask for by itself: the impact of each AI system in use is assessed, and again in each cycle. */
export function sizeToCome(state: ProgramState): number {
  if (slotOf(state, 'impactAssessment') === undefined) return 0;
  const asked = new Set(
    openTasks(state).flatMap(({ kind, systemId }) => (kind === 'impactAssessment' ? systemId : [])),
  );
  let sum = 0;
  for (const { id, name, retiredOn } of Object.values(state.aiSystems)) {
    if (!retiredOn && !asked.has(id)) sum += bytesOfTask + sizeOf(name);
  }
  return sum;
}
