import { firstDues } from '../agenda/index.ts';
import type { Due } from '../agenda/moment.ts';
import { sizeOf } from '../carried/size.ts';
import { inOneGo } from '../changing.ts';
import type { Draft } from '../draft.ts';
import { step } from '../registry/command.ts';

/** How much is done in one commit: a task of a workflow has four seconds. What is left is due still, and the next commit's. */
const mostAtOnce = 100;

/** What is due first is looked for among all tasks; so many are looked at in one commit. */
const mostLooks = 50_000;

/** And of how many bytes: each record can name hundreds of people, each of whom is told of it. */
const mostBytesAtOnce = 64 * 1_024;

/** The program's clock: what is due is done, in the order of its moments. */
export const tick = step()('tick', (draft) => {
  const looks = Object.keys(draft.state.tasks).length + 1;
  for (
    const left = { acts: mostAtOnce, bytes: mostBytesAtOnce, looks: mostLooks };
    areLeft(left);
    left.looks -= looks
  ) {
    const dues = firstDues(draft.state, draft.now);
    if (dues.length === 0) return;
    if (dues.length === 1) act(draft, dues, left);
    else inOneGo(() => act(draft, dues, left));
  }
});

/** What may still be done in a commit. */
interface Left {
  acts: number;
  bytes: number;
  looks: number;
}

function areLeft({ acts, bytes, looks }: Left): boolean {
  return acts > 0 && bytes > 0 && looks > 0;
}

function act(draft: Draft, dues: Due[], left: Left): void {
  for (const due of dues) {
    if (!areLeft(left)) return;
    // What passed before the program was taken over is not told as if it had been here then.
    const { adoptedAt = due.at } = draft.state;
    draft.momentAt = adoptedAt > due.at ? adoptedAt : due.at;
    const { length } = draft.emitted;
    due.act?.(draft);
    left.acts--;
    left.bytes -= draft.emitted.slice(length).reduce((sum, { data }) => sum + sizeOf(data), 0);
  }
}
