import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Courier, type CourierOptions, createCourier } from '../../activities/courier.ts';
import type { Email, Instant } from '../../domain/basics.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { onBothDatabases } from '../db/databases.ts';
import { aCommit, aNotice } from '../support/builders.ts';
import { type MailServer, startMailServer } from '../support/mailServer.ts';

const leaseSeconds = 2;
/** A lease that a busy machine takes anew in time. */
const longLeaseSeconds = 6;

/** What a test has opened, closed after it in reverse. */
const open: (() => unknown)[] = [];

onBothDatabases('the mails of a courier', (bench) => {
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  test('that is killed are soon delivered by another, each once', async () => {
    const office = await startOffice();
    for (const person of [0, 1, 2, 3]) office.stall(person);
    await queue(12);
    const mortal = spawnCourier(office.server);
    await expect.poll(() => office.stalled()).toBe(4);
    hire(office.server);
    mortal.kill('SIGKILL');

    await expect.poll(() => office.delivered()).toEqual(everybody(12));
    await expect.poll(stateOf).toMatchObject({ due: 0, failed: 0 });
    expect(office.mostAtOnce()).toBe(1);
  });

  test('that was frozen in the middle of one are not sent by it as well when it goes on', async () => {
    const office = await startOffice();
    // At once, so that it is long before it takes its lease anew: frozen while it writes, it would hold up all others.
    const go = office.stall(0, () => mortal.kill('SIGSTOP'));
    await queue(1);
    const mortal = spawnCourier(office.server, longLeaseSeconds);
    await expect.poll(() => office.stalled()).toBe(1);
    hire(office.server);
    await expect.poll(() => office.delivered()).toEqual(everybody(1));

    go();
    mortal.kill('SIGCONT');
    await expect.poll(() => office.stalled()).toBe(0);
    expect(office.delivered()).toEqual(everybody(1));
    await expect.poll(stateOf).toMatchObject({ due: 0, failed: 0 });
  });

  test('stay its own as long as it is at them, however slow the mail server is', { timeout: 120_000 }, async () => {
    const office = await startOffice();
    const go = office.stall(0);
    await queue(2);
    hire(office.server, { leaseSeconds: longLeaseSeconds });
    await expect.poll(() => office.delivered()).toEqual([1]);
    const other = hire(office.server, { outbox: (await bench.again()).outbox, leaseSeconds: longLeaseSeconds });
    await new Promise((resolve) => setTimeout(resolve, 2 * longLeaseSeconds * 1_000));
    go();

    await expect.poll(() => office.delivered()).toEqual(everybody(2));
    await expect.poll(stateOf).toMatchObject({ due: 0, failed: 0 });
    await other.stop();
    expect(office.mostAtOnce()).toBe(1);
    expect((await bench.db.outbox.list('p', now(), { limit: 10 })).items).toMatchObject([
      { status: 'sent', attempts: 1 },
      { status: 'sent', attempts: 1 },
    ]);
  });

  test('are broken off before another begins with them, when it is cut off from the outbox', async () => {
    const office = await startOffice();
    office.stall(0);
    await queue(1);
    const away = () => Promise.reject(new Error('database away'));
    const warnings: string[] = [];
    const outbox = { ...bench.db.outbox, renew: away };
    const cutOff = hire(office.server, { outbox }, (message) => warnings.push(message));
    await expect.poll(() => office.stalled()).toBe(1);
    hire(office.server, { outbox: (await bench.again()).outbox });

    await expect.poll(() => office.delivered()).toEqual(everybody(1));
    await cutOff.stop();
    expect(office.mostAtOnce()).toBe(1);
    expect(warnings).toContain('A lease ended before the mail server answered');
  });

  async function queue(people: number): Promise<void> {
    const notices = everybody(people).map((person) =>
      aNotice(1, { to: addressOf(person), urgent: true, dueAt: '2026-03-03T08:00:00.000Z' }),
    );
    expect(await bench.db.register.append(aCommit('p', 0, { notices }))).toMatchObject({ appended: true });
  }

  function stateOf(): Promise<{ due: number; failed: number }> {
    return bench.db.outbox.backlog(now());
  }

  function hire(
    server: MailServer,
    options: Partial<CourierOptions> = {},
    warn = (_: string): unknown => undefined,
  ): Courier {
    const log: CourierOptions['log'] = {
      info: () => undefined,
      warn: (_, message) => void warn(message),
      error: (_, message) => void warn(message),
    };
    const courier = createCourier({
      outbox: bench.db.outbox,
      smtpUrl: server.url,
      from: 'Certloop <certloop@example.org>',
      pages: plainPages('https://certloop.example.org'),
      intervalMs: 50,
      leaseSeconds,
      log,
      ...options,
    });
    courier.start();
    open.push(courier.stop);
    return courier;
  }

  function spawnCourier(server: MailServer, seconds = leaseSeconds): ChildProcess {
    const script = join(import.meta.dirname, '../fixtures/mortal-courier.mjs');
    const child = spawn(process.execPath, [script, bench.url, server.url, String(seconds)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const gone = once(child, 'exit');
    open.push(async () => {
      child.kill('SIGKILL');
      await gone;
    });
    return child;
  }
});

/** A mail server that holds some of the conversations up, and counts those about one person's mail. */
async function startOffice() {
  const stalls = new Map<string, { over: Promise<void>; begun: () => unknown }>();
  /** Whose mail the conversations are about that are or were held up, as long as they are open. */
  const stalled = new Map<string, string>();
  let most = 0;
  const server: MailServer = await startMailServer({
    onRcptTo({ address }, session, done) {
      most = Math.max(most, 1 + [...stalled.values()].filter((other) => other === address).length);
      const stall = stalls.get(address);
      if (!stall) return done();
      stalls.delete(address);
      stalled.set(session.id, address);
      server.socketOf(session)?.once('close', () => stalled.delete(session.id));
      stall.over.then(() => done());
      stall.begun();
    },
  });
  open.push(server.close);
  return {
    server,
    /** Holds the first conversation about a person's mail up, until the function that it gives is called; `begun` is told. */
    stall(person: number, begun: () => unknown = () => undefined): () => void {
      let go = (): void => undefined;
      const over = new Promise<void>((resolve) => {
        go = resolve;
      });
      stalls.set(addressOf(person), { over, begun });
      return go;
    },
    stalled: () => stalled.size,
    /** The most conversations about one person's mail at the same time. */
    mostAtOnce: () => most,
    delivered: () =>
      server.received.map(({ envelopeTo }) => Number(/\d+/.exec(envelopeTo[0]!)![0])).sort((a, b) => a - b),
  };
}

function everybody(count: number): number[] {
  return Array.from({ length: count }, (_, person) => person);
}

function addressOf(person: number): Email {
  return `person-${person}@example.org`;
}

function now(): Instant {
  return new Date().toISOString();
}
