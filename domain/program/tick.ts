import { firstDue } from '../agenda/index.ts';
import { step } from '../registry/command.ts';

/** A bound that a sound agenda never comes near: a moment that stays due after it was handled is a defect. */
const mostDueAtOnce = 10_000;

/** The program's clock: everything that is due is done, in the order of its moments, in one commit. */
export const tick = step()('tick', (draft) => {
  for (let count = 0; ; count++) {
    const due = firstDue(draft.state, draft.now);
    if (!due) return;
    if (count === mostDueAtOnce)
      throw new Error(`The agenda of ${draft.state.id} does not move on: ${due.kind} at ${due.at}.`);
    // What passed before the program was taken over is not told as if it had been here then.
    const { adoptedAt = due.at } = draft.state;
    draft.momentAt = adoptedAt > due.at ? adoptedAt : due.at;
    due.act?.(draft);
  }
});
