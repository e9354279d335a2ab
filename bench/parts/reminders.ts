import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, morningOf } from '../../domain/calendar.ts';
import { type Bed, type Home, startHome } from '../bed.ts';
import { meetAt } from '../clocks.ts';
import { type Counts, openCounts } from '../counts.ts';
import { dayAhead, eachOf, numbered, type People, quietZone, startBody } from '../programs.ts';
import { type Row, shown, told } from '../report.ts';
import { sizes } from '../sizes.ts';

const tasksEach = 20;
const reminderDays = [14, 7];
/** For how long all of it may take to be recorded and delivered. */
const patienceMs = 180_000;

/**
 * Every program reminds one person of twenty tasks at the same instant: first with the worker running and the programs
 * in its cache, then after an outage of the worker, which finds everything due and nothing in its cache.
 *
 * Real programs, not rehearsals, whose mails are sent. Their clocks are moved so that the instant lies seconds ahead,
 * and run at the world's pace then; so does the clock of the courier, because mails are due by that of the programs.
 */
export async function reminders(bed: Bed): Promise<Row[]> {
  const dueOn = workingDayAhead();
  const moments = reminderDays.map((days) => morningOf(addDays(dueOn, -days), quietZone));
  const programs = numbered('reminder', sizes.programs);
  const home = await startHome(bed);
  bed.say(`preparing ${programs.length} programs with ${tasksEach} tasks of one person each`);
  const startedAt = performance.now();
  await eachOf(programs, (id) => prepare(home.people, id, dueOn));
  const leadMs = 5_000 + 0.5 * (performance.now() - startedAt);
  const counts = bed.parts.add(openCounts(join(bed.folder, 'certloop.db')));

  bed.say('delivering what was due before');
  await home.helper.ask('deliver', { aheadMs: Date.parse(moments[0]!) - 3_600_000 - Date.now() });
  return [
    ...(await whileRunning({ bed, counts, programs, leadMs }, home, moments[0]!)),
    ...(await afterAnOutage({ bed, counts, programs, leadMs }, home, moments[1]!)),
  ];
}

interface Scene {
  bed: Bed;
  counts: Counts;
  programs: string[];
  leadMs: number;
}

async function whileRunning(scene: Scene, home: Home, moment: string): Promise<Row[]> {
  const { bed, programs, leadMs } = scene;
  bed.say(`setting clocks; the reminders fall due in ${Math.round(leadMs / 1_000)} s`);
  const { at, aheadMs, spreadMs } = await meetAt(bed.client, programs, moment, leadMs);
  await home.helper.ask('startCourier', { aheadMs });
  const done = await expectAll(scene, at, 1);
  return [
    ...rows(scene, 'due at one instant', done),
    told('  how far apart the instants were, of 20 programs asked', shown(spreadMs, 'ms')),
  ];
}

async function afterAnOutage(scene: Scene, home: Home, moment: string): Promise<Row[]> {
  const { bed, programs, leadMs } = scene;
  await home.helper.stop();
  bed.say(`no worker; the next reminders fall due in ${Math.round(leadMs / 1_000)} s`);
  const { at, aheadMs } = await meetAt(bed.client, programs, moment, leadMs);
  await sleep(at + 1_000 - Date.now());
  bed.say('starting the installation again');
  const startedAt = Date.now();
  const again = await startHome(bed);
  await again.helper.ask('startCourier', { aheadMs });
  const done = await expectAll(scene, startedAt, 2);
  return rows(scene, 'due while no worker ran, from the start of its process', done);
}

interface Done {
  recordedIn: number;
  deliveredIn: number;
}

function rows({ programs }: Scene, when: string, { recordedIn, deliveredIn }: Done): Row[] {
  const reminderCount = shown(programs.length * tasksEach);
  return [
    told(
      `${reminderCount} reminders of ${shown(programs.length)} programs ${when}: all recorded`,
      shown(recordedIn, 's'),
    ),
    told('  and all digests in the mailbox', shown(deliveredIn, 's')),
  ];
}

/** Waits until every reminder is recorded and every digest delivered, then counts both exactly. Seconds since `since`. */
async function expectAll({ bed, counts, programs }: Scene, since: number, times: number): Promise<Done> {
  const expected = { records: programs.length * tasksEach, mails: programs.length };
  const before = { records: await counts.records(), mails: bed.mailbox.count() };
  // An outage is over before we look, and some of its reminders may be recorded by now.
  const early = (await counts.reminders()) - (times - 1) * expected.records;
  const earlyMails = (await counts.digests()).sent - (times - 1) * expected.mails;
  const elapsed = () => (Date.now() - since) / 1_000;
  const until = Math.max(Date.now(), since) + patienceMs;
  let recordedIn: number | undefined;
  for (;;) {
    if (early + (await counts.records()) - before.records >= expected.records) recordedIn ??= elapsed();
    if (recordedIn && earlyMails + bed.mailbox.count() - before.mails >= expected.mails) break;
    if (Date.now() > until) break;
    await sleep(100);
  }
  const deliveredIn = elapsed();
  await sleep(1_000);
  await mustBeExact(bed, counts, { reminders: times * expected.records, mails: times * expected.mails });
  return { recordedIn: recordedIn!, deliveredIn };
}

async function mustBeExact(bed: Bed, counts: Counts, expected: { reminders: number; mails: number }): Promise<void> {
  const { sent, items } = await counts.digests();
  const found = { recorded: await counts.reminders(), sent, items, twice: bed.mailbox.duplicates() };
  const { reminders: all, mails } = expected;
  if (found.recorded === all && found.items === all && found.sent === mails && found.twice === 0) return;
  throw new Error(
    `Expected ${all} reminders recorded and told of in ${mails} digests, none sent twice; found ${JSON.stringify(found)}.`,
  );
}

async function prepare({ manager }: People, id: string, dueOn: string): Promise<void> {
  const assignee = `owner-of-${id}@example.org`;
  await manager.call('POST', '/programs', startBody(id, assignee, reminderDays));
  const commands = Array.from({ length: tasksEach }, (_, index) => ({
    type: 'openTask',
    title: `Describe the procedure ${index + 1}`,
    assignee,
    dueOn,
  }));
  await manager.call('POST', `/programs/${id}/commands`, { commands, atomic: true });
}

/** A Wednesday whose first reminder is at least two days ahead, after the digest that tells of the tasks. */
function workingDayAhead(): string {
  const first = dayIn(quietZone(), Math.max(...reminderDays) + 2);
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay();
  return addDays(first, (3 - weekday + 7) % 7);
}
