import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadSettings } from '../../config/settings.ts';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, digestGraceMinutes, morningOf } from '../../domain/calendar.ts';
import { type Bed, type Home, startHome } from '../bed.ts';
import { meetAt } from '../clocks.ts';
import { type Counts, openCounts } from '../counts.ts';
import { dayAhead, inTime, numbered, type People, quietZone, startBody } from '../programs.ts';
import { type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';

const tasksEach = 20;
const reminderDays = [14, 7];
const intervalMs = loadSettings({}).courierSeconds * 1_000;
/** A digest waits this long for more before it leaves: known beforehand, so it is not waited for here. */
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
  const home = await startHome(bed, { env });
  bed.say(`preparing ${sizes.programs} programs with ${tasksEach} tasks of one person each`);
  const startedAt = performance.now();
  const programs = await inTime(numbered('reminder', sizes.programs), (id) => prepare(home.people, id, dueOn));
  const leadMs = 5_000 + 0.25 * (performance.now() - startedAt);
  const counts = bed.parts.add(openCounts(join(bed.folder, 'certloop.db')));
  const scene = { bed, counts, programs, leadMs };

  bed.say('delivering what was due before');
  await home.helper.ask('deliver', { aheadMs: Date.parse(first!) - 3_600_000 - Date.now() });
  const running = await whileRunning(scene, home, first!);
  const outage = running.complete ? await afterAnOutage(scene, home, second!) : [];
  return [...running.rows, ...outage];
}

async function whileRunning(scene: Scene, home: Home, moment: string): Promise<{ rows: Row[]; complete: boolean }> {
  const { bed, programs, leadMs } = scene;
  const goal = await goalOf(scene);
  bed.say(`setting clocks; the reminders fall due in ${Math.round(leadMs / 1_000)} s`);
  const { at, aheadMs, spreadMs } = await meetAt(bed.client, programs, moment, leadMs);
  await home.helper.ask('startCourier', { aheadMs: aheadMs + graceMs, intervalMs });
  const done = await expectAll(scene, goal, at, 1);
  const rows = [
    ...rowsOf(scene, 'due at one instant', done),
    told('  how far apart the instants were, of 20 programs asked', shown(spreadMs, 'ms')),
  ];
  return { rows, complete: done.delivered !== undefined };
}

async function afterAnOutage(scene: Scene, home: Home, moment: string): Promise<Row[]> {
  const { bed, programs, leadMs } = scene;
  await home.helper.stop();
  const goal = await goalOf(scene);
  bed.say(`no worker; the next reminders fall due in ${Math.round(leadMs / 1_000)} s`);
  const { at, aheadMs } = await meetAt(bed.client, programs, moment, leadMs);
  await sleep(at + 1_000 - Date.now());
  bed.say('starting the installation again');
  const startedAt = Date.now();
  const again = await startHome(bed, { env });
  await again.helper.ask('startCourier', { aheadMs: aheadMs + graceMs, intervalMs });
  const done = await expectAll(scene, goal, startedAt, 2);
  return rowsOf(scene, 'due while no worker ran, from the start of its process', done);
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
 * Waits until every reminder is recorded and every digest delivered, in seconds since `since`, for the nth time. Then
 * counts both exactly.
 *
 * @throws Error when one is missing or there twice
 */
async function expectAll({ bed, counts, programs }: Scene, goal: Goal, since: number, nth: number): Promise<Done> {
  const expected = { reminders: nth * programs.length * tasksEach, digests: nth * programs.length };
  const done: Done = {};
  const elapsed = () => (Date.now() - since) / 1_000;
  while (done.delivered === undefined && elapsed() < sizes.patienceSeconds) {
    await sleep(100);
    if ((await counts.records()) >= goal.records) done.recorded ??= elapsed();
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
