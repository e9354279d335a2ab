import { type Bed, type Home, startHome } from '../bed.ts';
import { bareQueue } from '../fixtures/bareMessages.ts';
import { assess, eachOf, numbered, startBody } from '../programs.ts';
import { atLeast, type Row, shown, told } from '../report.ts';
import { lanes } from '../sizes.ts';

const each = 160;
const openTasks = 25;

/**
 * Starting programs over HTTP, and starting them with their whole gap assessment, against starts of a bare workflow that writes
 * a row; sixteen at a time, in turns.
 */
export async function starts(bed: Bed): Promise<Row[]> {
  const home = await startHome(bed, { bare: true });
  await startAll(home, 'warm', lanes * 2);
  bed.say(`starting ${each} programs, ${each} with their gap assessment, ${each} bare workflows`);
  const plain = await paced(each, () => startAll(home, 'plain', each));
  const bare = await paced(each, () => startBare(bed, each));
  const assessed = await paced(each, () => startAll(home, 'assessed', each, true));
  const measure = `starts of programs, ${lanes} at a time`;
  return [
    told(`${measure}; with their gap assessment; bare starts`, [plain, assessed, bare].map(perSecond).join('; ')),
    atLeast('start of a program / bare start, ratio of throughput', plain / bare, 0.5),
    told('  with its gap assessment', shown(assessed / bare)),
  ];
}

async function startAll({ people }: Home, prefix: string, count: number, assessing = false): Promise<void> {
  await eachOf(numbered(prefix, count), async (id) => {
    await people.manager.call('POST', '/programs', startBody(id));
    if (assessing) await assess(people, id, openTasks);
  });
}

/** Answered when its row is written, as a program's start is. */
async function startBare({ client }: Bed, count: number): Promise<void> {
  await eachOf(numbered('bare-start', count), async (workflowId) => {
    const handle = await client.workflow.start('bareStart', { workflowId, taskQueue: bareQueue, args: [] });
    await handle.executeUpdate('settle', { args: [] });
  });
}

async function paced(count: number, act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return count / ((performance.now() - startedAt) / 1_000);
}

function perSecond(pace: number): string {
  return shown(pace, 'per s');
}
