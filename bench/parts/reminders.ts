import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadSettings } from '../../config/settings.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, digestGraceMinutes, morningOf } from '../../domain/calendar.ts';
import { type Bed, type Home, startHome } from '../bed.ts';
import { meetAt } from '../clocks.ts';
import { type Counts, openCounts } from '../counts.ts';
import { type BareStorm, bareQueue } from '../fixtures/bareMessages.ts';
import { dayAhead, eachOf, inTime, numbered, type People, quietZone, startBody } from '../programs.ts';
import { atMost, percentile, type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';

const tasksEach = 20;
const reminderDays = [14, 7];
const intervalMs = loadSettings({}).courierSeconds * 1_000;
/**
 * A digest waits this long for more before it leaves, when all has long been recorded: known beforehand, so it is not waited for here,
 * and the courier begins once all is.
 */
const graceMs = digestGraceMinutes * 60_000;

/**
 * The courier of the installation goes by the world's clock, ours by that of the programs, and to ours every lease of
 * the other would have run out: so the other one does not look.
 */
const env = { CERTLOOP_COURIER_SECONDS: '3600' };

interface Scene {
  bed: Bed;
  counts: Counts;
  programs: string[];
  /** How long it takes to set all clocks, amply. */
  leadMs: number;
}

/** Records in the register and mails in the mailbox when all is done. */
interface Goal {
  records: number;
  mails: number;
}

/** Seconds until all were recorded, and until all digests had arrived; undefined: not in the time there was. */
interface Done {
  recorded?: number;
  delivered?: number;
}

/**
 * Every program reminds one person of twenty tasks at the same instant: first with the worker running and the programs
 * in its cache, then after an outage of the worker, which finds everything due and nothing in its cache.
 *
 * Real programs, not rehearsals, whose mails are sent. Their clocks are moved so that the instant lies seconds ahead,
 * and run at the world's pace then; so does the clock of the courier, because mails are due by that of the programs.
 */
export async function reminders(bed: Bed): Promise<Row[]> {
  const dueOn = workingDayAhead();
  const [first, second] = reminderDays.map((days) => morningOf(addDays(dueOn, -days), quietZone));
  const home = await startHome(bed, { env, bare: true });
  bed.say(`preparing ${sizes.programs} programs with ${tasksEach} tasks of one person each`);
  const startedAt = performance.now();
  const programs = await inTime(numbered('reminder', sizes.programs), (id) => prepare(home.people, id, dueOn));
  const leadMs = 5_000 + 0.25 * (performance.now() - startedAt);
  const counts = bed.parts.add(openCounts(join(bed.folder, 'certloop.db')));
  const scene = { bed, counts, programs, leadMs };

  bed.say('delivering what was due before');
  await home.helper.ask('deliver', { aheadMs: Date.parse(first!) - 3_600_000 - Date.now() });
  const running = await whileRunning(scene, home, first!);
  const rows = [...running.rows, ...comparedWithBare(await bareStorm(scene), running.done)];
  if (!running.complete) return rows;
  const bare = await bareAfterAnOutage(scene, home);
  const outage = await afterAnOutage(scene, bare.home, second!);
  return [...rows, ...outage.rows, ...comparedWithBare(bare.seconds, outage.done, '  from the start of its process: ')];
}

/**
 * As many executions of the bare workflow, each with as many rows in one transaction, in the same worker process: the least
 * that Temporal takes for it. Seconds until all rows are there, the middle of three times.
 */
async function bareStorm(scene: Scene): Promise<number> {
  const seconds: number[] = [];
  // One of them alone took twice as long as another.
  for (const name of ['first', 'second', 'third']) {
    const { at, expected } = await startBare(scene, name);
    seconds.push(await untilWritten(scene, expected, at));
  }
  return percentile(seconds, 0.5);
}

/** The same after an outage of the worker; seconds from the start of its process, and the installation that it started. */
async function bareAfterAnOutage(scene: Scene, home: Home): Promise<{ seconds: number; home: Home }> {
  const { bed } = scene;
  const { at, expected } = await startBare(scene, 'outage');
  // Until each has armed its timer.
  await sleep(at - 4_000 - Date.now());
  await home.helper.stop();
  await sleep(at + 1_000 - Date.now());
  bed.say('starting the installation again');
  const startedAt = Date.now();
  const again = await startHome(bed, { env, bare: true });
  return { seconds: await untilWritten(scene, expected, startedAt), home: again };
}

/** Starts bare workflows that wait for one instant; gives that, and how many rows there are once all wrote. */
async function startBare(
  { bed, counts, programs, leadMs }: Scene,
  name: string,
): Promise<{ at: number; expected: number }> {
  bed.say(`${programs.length} bare workflows wait for one instant`);
  const expected = (await counts.bareRows()) + programs.length * tasksEach;
  const storm: BareStorm = { at: Date.now() + leadMs, rows: tasksEach };
  await eachOf(programs, (id) =>
    bed.client.workflow.start('bareStorm', { workflowId: `${name}/${id}`, taskQueue: bareQueue, args: [storm] }),
  );
  if (Date.now() > storm.at) throw new Error(`${programs.length} bare workflows were not started within ${leadMs} ms.`);
  return { at: storm.at, expected };
}

async function untilWritten({ counts }: Scene, expected: number, since: number): Promise<number> {
  while ((await counts.bareRows()) < expected) await sleep(50);
  return (Date.now() - since) / 1_000;
}

function comparedWithBare(bareSeconds: number, { recorded }: Done, when = ''): Row[] {
  const bare = told(
    `${when}the same rows by bare workflows, as many, in the same worker: all written`,
    shown(bareSeconds, 's'),
  );
  if (recorded === undefined) return [bare];
  return [bare, atMost(`${when}all recorded to all bare rows written`, recorded / bareSeconds, 2)];
}

async function whileRunning(
  scene: Scene,
  home: Home,
  moment: string,
): Promise<{ rows: Row[]; done: Done; complete: boolean }> {
  const { bed, programs, leadMs } = scene;
  const goal = await goalOf(scene);
  bed.say(`setting clocks; the reminders fall due in ${Math.round(leadMs / 1_000)} s`);
  const { at, aheadMs, spreadMs } = await meetAt(bed.client, programs, moment, leadMs);
  const deliver = () => home.helper.ask('startCourier', { aheadMs: aheadMs + graceMs, intervalMs });
  const done = await expectAll(scene, goal, deliver, at, 1);
  const rows = [
    ...rowsOf(scene, 'due at one instant', done),
    told('  how far apart the instants were, of 20 programs asked', shown(spreadMs, 'ms')),
  ];
  return { rows, done, complete: done.delivered !== undefined };
}

async function afterAnOutage(scene: Scene, home: Home, moment: string): Promise<{ rows: Row[]; done: Done }> {
  const { bed, programs, leadMs } = scene;
  await home.helper.stop();
  const goal = await goalOf(scene);
  bed.say(`no worker; the next reminders fall due in ${Math.round(leadMs / 1_000)} s`);
  const { at, aheadMs } = await meetAt(bed.client, programs, moment, leadMs);
  await sleep(at + 1_000 - Date.now());
  bed.say('starting the installation again');
  const startedAt = Date.now();
  const again = await startHome(bed, { env });
  const deliver = () => again.helper.ask('startCourier', { aheadMs: aheadMs + graceMs, intervalMs });
  const done = await expectAll(scene, goal, deliver, startedAt, 2);
  return { rows: rowsOf(scene, 'due while no worker ran, from the start of its process', done), done };
}

function rowsOf({ programs }: Scene, when: string, { recorded, delivered }: Done): Row[] {
  const all = `${shown(programs.length * tasksEach)} reminders of ${shown(programs.length)} programs`;
  const figure = (seconds?: number) =>
    seconds === undefined ? `more than ${sizes.patienceSeconds} s` : shown(seconds, 's');
  return [
    told(`${all} ${when}: all recorded`, figure(recorded)),
    told(`  and all digests delivered, not counting their ${digestGraceMinutes} minutes of grace`, figure(delivered)),
  ];
}

/** What is to come, seen from a moment at which nothing is due. */
async function goalOf({ bed, counts, programs }: Scene): Promise<Goal> {
  return {
    records: (await counts.records()) + programs.length * tasksEach,
    mails: bed.mailbox.count() + programs.length,
  };
}

/**
 * Waits until every reminder is recorded and, from then on, every digest delivered, in seconds since `since`, for the nth time. Then
 * counts both exactly.
 *
 * @param deliver starts the courier, whose mails are due at once
 * @throws Error when one is missing or there twice
 */
async function expectAll(
  { bed, counts, programs }: Scene,
  goal: Goal,
  deliver: () => Promise<unknown>,
  since: number,
  nth: number,
): Promise<Done> {
  const expected = { reminders: nth * programs.length * tasksEach, digests: nth * programs.length };
  const done: Done = {};
  const elapsed = () => (Date.now() - since) / 1_000;
  while (done.delivered === undefined && elapsed() < sizes.patienceSeconds) {
    await sleep(100);
    if (done.recorded === undefined && (await counts.records()) >= goal.records) {
      done.recorded = elapsed();
      await deliver();
    }
    if (done.recorded !== undefined && bed.mailbox.count() >= goal.mails) done.delivered = elapsed();
  }
  await sleep(1_000);
  const { sent, items } = await counts.digests();
  const found = { reminders: await counts.reminders(), items, sent, twice: bed.mailbox.duplicates() };
  if (done.delivered === undefined) {
    bed.say(`gave up waiting: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
    return done;
  }
  const wanted = { reminders: expected.reminders, items: expected.reminders, sent: expected.digests, twice: 0 };
  if (JSON.stringify(found) === JSON.stringify(wanted)) return done;
  throw new Error(
    `Reminders, what digests tell of, digests sent: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}.`,
  );
}

async function prepare({ manager }: People, id: string, dueOn: string): Promise<string> {
  const assignee = `owner-of-${id}@example.org`;
  await manager.call('POST', '/programs', startBody(id, assignee, reminderDays));
  const commands = Array.from({ length: tasksEach }, (_, index) => ({
    type: 'openTask',
    title: `Describe the procedure ${index + 1}`,
    assignee,
    dueOn,
  }));
  await manager.call('POST', `/programs/${id}/commands`, { commands, atomic: true });
  return id;
}

/** A Wednesday whose first reminder is at least two days ahead, after the digest that tells of the tasks. */
function workingDayAhead(): IsoDate {
  const first = dayAhead(Math.max(...reminderDays) + 2);
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay();
  return addDays(first, (3 - weekday + 7) % 7);
}
