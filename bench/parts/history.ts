import type { Client } from '@temporalio/client';
import { workflowIdOf } from '../../workflows/messages.ts';
import { type Bed, type Home, startHome } from '../bed.ts';
import { type Prepared, prepareAll } from '../programs.ts';
import { atMost, type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';
import { play } from './rehearsal.ts';

/**
 * What Temporal has to keep: the events of a whole life, what a run hands to the next, and what one more command adds.
 * The life is that of the rehearsal; the series of commands is sent to a program whose clock is the world's.
 */
export async function history(bed: Bed): Promise<Row[]> {
  const home = await startHome(bed);
  const series = await ofASeries(bed, home);
  await home.helper.stop();
  return [...(await ofALife(bed)), ...series];
}

/** All events of all runs of a chain, and the largest payload that one of them handed to the next. */
async function ofALife(bed: Bed): Promise<Row[]> {
  const { programId, records } = await play(bed);
  const runs = await runsOf(bed.client, workflowIdOf(programId));
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const carried = Math.max(...runs.map((run) => run.carriedBytes));
  const actions = new Set(records.filter(({ actor }) => actor !== 'system').map(({ commandId }) => commandId)).size;
  return [
    atMost(`events in the whole life of the rehearsal, all ${runs.length} runs`, events, 5_000),
    told(
      `  for each of its ${shown(actions)} human calls (many commands at once are one), with all that follows by itself`,
      shown(events / actions),
    ),
    atMost('largest state that a run handed to the next', carried / 1024, 256, 'KiB'),
  ];
}

interface Run {
  events: number;
  /** Size of what it handed to the next run, as JSON; 0 for the last. */
  carriedBytes: number;
}

/** The runs of an execution chain, first to last. */
async function runsOf(client: Client, workflowId: string): Promise<Run[]> {
  const runs: Run[] = [];
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  for (let runId = raw.workflowExecutionInfo?.firstRunId; runId; ) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const handedOn = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
    const payloads = handedOn?.input?.payloads ?? [];
    runs.push({
      events: events?.length ?? 0,
      carriedBytes: payloads.reduce((sum, { data }) => sum + (data?.length ?? 0), 0),
    });
    runId = handedOn?.newExecutionRunId;
  }
  return runs;
}

/**
 * The events that a series of commands adds to one run, timers that are armed again and search attributes included:
 * evidence is submitted task by task, every second one is accepted, the others are rejected and submitted again.
 */
async function ofASeries(bed: Bed, home: Home): Promise<Row[]> {
  const tasksNeeded = Math.ceil((sizes.commands * 2) / 5);
  // More tasks than the series needs, for when none is left the phase ends.
  const [program] = await prepareAll(home.people, 1, Math.max(30, tasksNeeded + 10));
  bed.say(`${sizes.commands} commands in a row`);
  const handle = bed.client.workflow.getHandle(workflowIdOf(program!.id));
  const before = await handle.describe();
  for (const act of series(home, program!).slice(0, sizes.commands)) await act();
  const after = await handle.describe();
  if (after.runId !== before.runId) throw new Error('The series of commands reached into a second run.');
  const each = (after.historyLength - before.historyLength) / sizes.commands;
  return [atMost(`events that a command adds, over ${sizes.commands} in a row`, each, 8)];
}

function series({ people }: Home, { id, tasks }: Prepared): (() => Promise<unknown>)[] {
  const evidence = { links: ['https://files.example.org/evidence.pdf'], note: 'Approved by the head of engineering.' };
  const handIn = (task: string) => () => people.owner.call('POST', `/programs/${id}/tasks/${task}/evidence`, evidence);
  const review = (task: string, verdict: 'accept' | 'reject') => () =>
    people.manager.call('POST', `/programs/${id}/tasks/${task}/review`, { verdict, note: 'Looked at in the tool.' });
  return tasks.flatMap((task, index) =>
    index % 2 === 0 ? [handIn(task), review(task, 'accept')] : [handIn(task), review(task, 'reject'), handIn(task)],
  );
}
