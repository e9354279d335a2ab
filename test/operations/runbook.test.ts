import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { administratorEmail } from '../../api/administrator.ts';
import { manager, owner, startBody } from '../api/support/story.ts';
import { startMailServer } from '../support/mailServer.ts';
import { alerts, commandsOf, dashboardLines, follow, headings } from './support/pages.ts';
import { askedIn, learn, lostIn, shownIn, type Told, wrongWith } from './support/promql.ts';
import { openShop, type Shop } from './support/shop.ts';

const patience = { timeout: 150_000, interval: 500 };

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await ready();
  for (const id of ['aims', 'other']) expect((await shop.post('/programs', programOf(id))).status).toBe(201);
}, 240_000);

afterAll(() => shop?.stop());

/** Run by the administrator, so that one token does for all. */
function programOf(id: string) {
  const body = startBody({ id });
  const people = body.people.map((one) => (one.email === manager ? { ...one, email: administratorEmail } : one));
  return { ...body, people };
}

/** All that both processes told while parts of the installation were away. */
const told: Told = new Map();
const names = new Set<string>();

afterEach(async () => {
  for (const of of ['API_METRICS', 'WORKER_METRICS'] as const) {
    const scrape = await shop.metrics(of).catch(() => '');
    learn(told, scrape);
    for (const [, name] of scrape.matchAll(/^# TYPE (\S+)/gm)) names.add(name!);
  }
});

const task = { title: 'Write the policy', assignee: owner, dueOn: '2031-02-03' };
const openTask = async (program: string) => (await shop.post(`/programs/${program}/tasks`, task)).status;
const page = (heading: string, block: number) => follow(commandsOf(heading)[block]!, shop.env);
const ready = () =>
  vi.waitUntil(
    () =>
      page('CertloopProcessAway', 0).then(
        (told) => /"ok".*"ok"/s.test(told),
        () => false,
      ),
    patience,
  );

describe('the alerts', () => {
  test('have a page each, and no page is of none', () => {
    const procedures = [
      'Temporal was emptied',
      'Back up PostgreSQL',
      'Restore PostgreSQL',
      'Restore PostgreSQL to a point in time',
      'Replace the signing keys',
      'Encrypt what Temporal keeps',
      'Replace the encryption keys',
      'A chain is broken',
      'A program cannot be read',
    ];
    expect(headings()).toEqual([...alerts().map(({ name }) => name), ...procedures]);
    for (const { name, runbook } of alerts()) expect(runbook).toBe(`docs/runbook.md#${name.toLowerCase()}`);
  });
});

test('what is refused is counted by its code', async () => {
  expect((await shop.post('/programs/aims/tasks', { ...task, dueOn: '2020-02-03' })).status).toBe(422);
  expect(await shop.metrics('API_METRICS')).toMatch(/^certloop_refusals_total\{code="\w+"\} 1$/m);
  await shop.signalUnsigned('aims');
  await expect
    .poll(() => shop.metrics('WORKER_METRICS'), patience)
    .toMatch(/^certloop_message_refusals_total\{code="\w+"\} 1$/m);
});

describe('what the runbook says to do', () => {
  test('shows that the database is away, and that it is back', async () => {
    await shop.postgres.kill();
    await expect
      .poll(() => page('CertloopDatabaseAway', 0), patience)
      .toMatch(/"database":"unavailable".*certloop_database_up 0/s);
    const told = await shop.metrics('API_METRICS');
    expect(told).toMatch(/^certloop_temporal_up 1$/m);
    expect(told).not.toMatch(/^certloop_programs_late /m);
    expect(told).toMatch(/^certloop_collector_failures_total\{collector="certloop_programs_late"\} [1-9]/m);
    await expect(page('CertloopDatabaseAway', 1)).rejects.toThrow();
    await expect(page('CertloopDatabaseAway', 2)).rejects.toThrow();

    await shop.postgres.startAgain();
    await expect.poll(() => page('CertloopDatabaseAway', 2).catch(String), patience).toMatch(/"status":"ok"/);
    expect(await page('CertloopDatabaseAway', 1)).toContain('now');
    await page('CertloopCommitsFail', 0);
    await page('CertloopCommitsSlow', 0);
    await expect.poll(() => openTask('aims'), patience).toBe(201);
  }, 200_000);

  test('shows that Temporal is away, that nobody works, and that somebody does again', async () => {
    // Of a worker that was killed the service remembers for 75 seconds that it was there, unless it was killed as well.
    await Promise.all([shop.worker.kill(), shop.killTemporal()]);
    await expect.poll(() => page('CertloopTemporalAway', 0).catch(String), patience).toMatch(/503/);
    await shop.startTemporal();
    await expect.poll(() => page('CertloopTemporalAway', 0).catch(String), patience).toMatch(/"temporal":"ok"/);
    await expect.poll(() => page('CertloopNobodyWorks', 0), patience).toMatch(/"workers":"none".*workflow"\} 0/s);
    await expect(page('CertloopNobodyWorks', 1)).rejects.toThrow();

    await shop.worker.start();
    await expect.poll(() => page('CertloopNobodyWorks', 1).catch(String), patience).toContain('"workers":"ok"');
    await expect.poll(() => openTask('aims'), patience).toBe(201);
    expect(await page('CertloopProgramsLate', 0)).toMatch(/certloop_programs_late 0/);
    expect(await page('CertloopCourierSilent', 0)).toMatch(/last_look_seconds \d/);
  }, 300_000);

  test('shows why mail waits, and that it leaves', async () => {
    const { port } = shop.mailServer;
    await shop.mailServer.close();
    expect((await shop.post('/programs/other/cancel', { reason: 'No longer wanted' })).status).toBe(200);
    await expect.poll(() => shop.metrics('WORKER_METRICS'), patience).toMatch(/^certloop_mails\{state="due"\} [1-9]/m);
    await expect(page('CertloopMailWaits', 0)).rejects.toThrow(/ECONNREFUSED/);

    shop.mailServer = await startMailServer({}, port);
    expect(await page('CertloopMailWaits', 0)).toMatch(/took a mail/);
    await expect.poll(() => shop.metrics('WORKER_METRICS'), patience).toMatch(/^certloop_mails\{state="due"\} 0$/m);
    expect(shop.mailServer.received.length).toBeGreaterThan(1);
    expect(await page('CertloopMailsGivenUp', 0)).toContain('(0 rows)');
  }, 300_000);

  test('brings programs back after Temporal was emptied', async () => {
    await shop.killTemporal();
    await shop.emptyTemporal();
    await shop.startTemporal();
    await expect.poll(() => page('CertloopTemporalAway', 0).catch(String), patience).toMatch(/"temporal":"ok"/);
    const trouble = expect
      .poll(() => page('CertloopExecutionsInTrouble', 0), patience)
      .toMatch(/trouble="missing"\} 1.*"aims"/s);
    expect(await openTask('aims')).toBe(503);
    await trouble;
    expect(await page('Temporal was emptied', 0)).toMatch(/aims/);
    await expect.poll(() => openTask('aims'), patience).toBe(201);
    await expect.poll(() => page('CertloopExecutionsInTrouble', 0), patience).toMatch(/trouble="missing"\} 0/);
  }, 300_000);

  test('brings back a program whose row is damaged', async () => {
    await follow(
      `psql "$CERTLOOP_DATABASE_URL" --command "update programs set doc = 'no JSON' where id = 'other'"`,
      shop.env,
    );
    const refused = await shop.get('/programs/other');
    expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: 'unreadable' })]);
    await follow(commandsOf('A program cannot be read')[0]!, { ...shop.env, PROGRAM: 'other' });
    expect((await shop.get('/programs/other')).status).toBe(200);
  }, 120_000);

  test('backs up, finds a broken chain, and restores', async () => {
    await page('Back up PostgreSQL', 0);
    expect(await openTask('aims')).toBe(201);
    await follow(
      `psql "$CERTLOOP_DATABASE_URL" --command "update records set payload = replace(payload, 'Write', 'Burn') where program_id = 'aims'"`,
      shop.env,
    );
    await expect(page('A chain is broken', 0)).rejects.toThrow(/not found whole: aims\. A broken chain/);
    await page('A chain is broken', 1);

    await Promise.all([shop.api.stop(), shop.worker.stop()]);
    await shop.killTemporal();
    await shop.emptyTemporal();
    await page('Restore PostgreSQL', 0);
    expect(await page('Restore PostgreSQL', 1)).toMatch(/aims: .*unbroken/);
    await shop.startTemporal();
    await Promise.all([shop.api.start(), shop.worker.start()]);
    await ready();
    expect(await page('Restore PostgreSQL', 2)).toMatch(/aims/);
    await expect.poll(() => openTask('aims'), patience).toBe(201);
  }, 300_000);
});

describe('alerts and dashboard', () => {
  test('ask for metrics, labels and values that processes told', () => {
    const texts = [
      ...alerts().map(({ expression, summary }) => ({ expression, text: summary })),
      ...dashboardLines().map(({ expression, legend }) => ({ expression, text: legend })),
    ];
    const asked = texts.flatMap(({ expression, text }) => askedIn(expression, shownIn(text)));
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.flatMap((each) => wrongWith(each, told) ?? [])).toEqual([]);
    expect(texts.flatMap(({ expression, text }) => lostIn(expression, shownIn(text)))).toEqual([]);
  });

  test('show every metric of ours', () => {
    const shown = new Set(
      dashboardLines().flatMap(({ expression }) => askedIn(expression).map(({ metric }) => metric)),
    );
    const parts = (name: string) => [name, `${name}_bucket`, `${name}_count`];
    const hidden = [...names].filter(
      (name) => name.startsWith('certloop_') && !parts(name).some((one) => shown.has(one)),
    );
    expect(names.size).toBeGreaterThan(40);
    expect(hidden).toEqual([]);
  });
});
