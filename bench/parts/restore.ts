import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import { createProgramStates } from '../../api/programStates.ts';
import { restoreAll } from '../../cli/restore.ts';
import { connectClient, signingKeysOf, withService } from '../../config/connection.ts';
import { loadSettings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { firstMoment } from '../../domain/agenda/index.ts';
import type { ProgramState } from '../../domain/state.ts';
import { startService } from '../../worker/service/embedded.ts';
import { locateProgram } from '../../worker/service/locate.ts';
import { stateQuery, workflowIdOf } from '../../workflows/messages.ts';
import { type Bed, startHome } from '../bed.ts';
import { eachOf, prepareAll } from '../programs.ts';
import { atMost, type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';

const openTasks = 25;
/** By how much the clocks of a worker and of the service may be apart, in milliseconds. */
const slackMs = 100;

/** When a program will next do something by itself, in milliseconds since the epoch. */
interface Next {
  /** The first moment of its agenda: before by its records, afterwards by the state of its execution. */
  due: number;
  /**
   * By Temporal: the moment for which its pending timer was set. That is a duration, counted from some instant of the
   * workflow task that set it; so it lies between these two.
   */
  armed: [earliest: number, latest: number];
}

/**
 * Every program again on an empty Temporal service, from the register alone; and whether each waits for the same moment
 * as before, by its records and by its timer.
 *
 * @throws Error when one of them was not restored, or waits for another moment
 */
export async function restore(bed: Bed): Promise<Row[]> {
  const home = await startHome(bed);
  bed.say(`preparing ${sizes.programs} programs with ${openTasks} open tasks each`);
  const programs = (await prepareAll(home.people, sizes.programs, openTasks)).map(({ id }) => id);
  await home.helper.stop();

  const settings = loadSettings(bed.env);
  const { keys } = signingKeysOf(settings);
  const database = await openDatabase(settings.databaseUrl);
  bed.parts.add({ stop: () => database.close() });
  const states = createProgramStates(database);
  const before = await nextOf(bed.client, programs, async (id) => (await states.read(id))!.state);
  bed.say('the Temporal service and its database go');
  const { client, address } = await emptyService(bed);

  bed.say(`restoring ${shown(programs.length)} programs`);
  const startedAt = performance.now();
  const left: string[] = [];
  for await (const { programId, outcome, detail } of restoreAll(client, database, keys)) {
    if (outcome !== 'restored') left.push(`${programId}: ${detail}`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  if (left.length > 0) throw new Error(`Not restored: ${left.join('; ')}`);

  bed.say('a worker starts');
  const workedAt = performance.now();
  await startHome(bed, { env: { TEMPORAL_ADDRESS: address } });
  const after = await nextOf(client, programs, (id) => client.workflow.getHandle(workflowIdOf(id)).query(stateQuery));
  const armedIn = (performance.now() - workedAt) / 1_000;

  const differ = programs.filter((_, index) => !isSame(before[index]!, after[index]!));
  if (differ.length > 0) {
    const of = (id: string) => ({ before: before[programs.indexOf(id)], after: after[programs.indexOf(id)] });
    throw new Error(
      `${differ.length} of ${programs.length} programs wait for another moment than before, such as ${differ[0]}: ` +
        JSON.stringify(of(differ[0]!)),
    );
  }
  return [
    told(`restoring ${shown(programs.length)} programs on an empty service`, shown(seconds, 's')),
    told('  programs', shown(programs.length / seconds, 'per s')),
    told('  from the start of a worker until every timer is armed', shown(armedIn, 's')),
    atMost('  next moments that differ from those before', differ.length, 0),
  ];
}

/** Ends the bed's Temporal service, removes its database, and starts another in its place. */
async function emptyService(bed: Bed): Promise<{ client: Client; address: string }> {
  await bed.temporal.stop();
  for (const name of await readdir(bed.folder)) {
    if (name.startsWith('temporal.db')) await rm(join(bed.folder, name));
  }
  const settings = loadSettings(bed.env);
  const { program } = await locateProgram({ cacheDir: settings.cacheDir, env: process.env, log: bed.say });
  const options = { program, dataDir: bed.folder, port: 0, uiPort: null, rehearsals: true, log: () => undefined };
  const { address } = bed.parts.add(await startService(options));
  const { client, connection } = await connectClient(withService(settings, address));
  bed.parts.add({ stop: () => connection.close() });
  return { client, address };
}

function isSame(before: Next, after: Next): boolean {
  const isArmed = ({ due, armed: [earliest, latest] }: Next) => earliest - slackMs <= due && due <= latest + slackMs;
  return before.due === after.due && isArmed(before) && isArmed(after);
}

/** What each program waits for; waits until it does. */
function nextOf(client: Client, programs: string[], stateOf: (id: string) => Promise<ProgramState>): Promise<Next[]> {
  return eachOf(programs, async (id) => {
    const armed = await pendingTimer(client, id);
    return { due: Date.parse(firstMoment(await stateOf(id))!.at), armed };
  });
}

/** The moment for which the pending timer of a program was set, once it has one. */
async function pendingTimer(client: Client, id: string): Promise<Next['armed']> {
  const deadline = performance.now() + sizes.patienceSeconds * 1_000;
  for (;;) {
    const { events } = await client.workflow.getHandle(workflowIdOf(id)).fetchHistory();
    const armed = timersOf(events).at(-1);
    if (armed) return armed;
    if (performance.now() > deadline) throw new Error(`The program ${id} has no pending timer.`);
    await sleep(50);
  }
}

/** The timers of a run that neither fired nor were cancelled. */
function timersOf(events: temporal.api.history.v1.IHistory['events']): Next['armed'][] {
  const timers = new Map<string, Next['armed']>();
  let taskStartedAt = 0;
  for (const { eventTime, ...event } of events ?? []) {
    const over = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    const set = event.timerStartedEventAttributes;
    if (event.workflowTaskStartedEventAttributes) taskStartedAt = tsToMs(eventTime);
    if (over) timers.delete(over.timerId!);
    if (set) {
      const duration = tsToMs(set.startToFireTimeout);
      timers.set(set.timerId!, [taskStartedAt + duration, tsToMs(eventTime) + duration]);
    }
  }
  return [...timers.values()];
}
