import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Mail, Outbox } from '../db/types.ts';
import type { Instant } from '../domain/basics.ts';
import { renderMail } from '../words/mail/render.ts';
import { isOvertaken } from '../words/mail/stale.ts';
import type { CallOf } from '../words/mail/types.ts';
import { Leases } from './leases.ts';
import { createSmtpTransport, failureOf, reasonOf } from './smtpTransport.ts';

export interface CourierOptions {
  outbox: Outbox;
  /** `smtp://…` or `smtps://…`, with user and password where the server asks for them. */
  smtpUrl: string;
  /** Sender: an address, or a name with an address in angle brackets. */
  from: string;
  /** What links and calls in mails start with. */
  publicUrl: string;
  /** How people send a command. */
  callOf: CallOf;
  /** Milliseconds between two looks into the outbox. */
  intervalMs: number;
  log: CourierLog;
  /** The standard of a program, whose words explain what is asked; without it requirements go by their number. */
  standardOf?: (programId: string) => Promise<string | undefined>;
  now?: () => Date;
  /** Seconds for which mails are leased, and taken anew while they are worked on; a minute when absent. */
  leaseSeconds?: number;
  /** Seconds after which an attempt is broken off however busy the mail server is; five minutes when absent. */
  attemptSeconds?: number;
}

/** The part of a pino logger that a courier uses. */
export interface CourierLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Courier {
  /** Begins to look into the outbox, now and then at every interval. */
  start(): void;
  /** Waits for the mails in flight, gives the others back, and closes the connections. */
  stop(): Promise<void>;
  /**
   * Delivers what is due; while the mail server is known to be away, nothing until it is its time to be tried again.
   * Never rejects.
   *
   * @returns how many mails the server took, and how many it was offered and did not take
   */
  runOnce(): Promise<{ sent: number; failed: number }>;
}

const batch = 40;
const connections = 4;

const firstDelaySeconds = 60;
const longestDelaySeconds = 3_600;

/**
 * Empties the outbox into a mail server. Any number of couriers can share an outbox: each leases what it delivers.
 * A mail can arrive twice only when a process dies, or is cut off from the outbox, between the moment at which the server
 * has all of it and the mark in the outbox; both copies then have the same Message-ID.
 */
export function createCourier(options: CourierOptions): Courier {
  const { outbox, log, now = () => new Date(), leaseSeconds = 60, attemptSeconds = 300 } = options;
  const transport = createSmtpTransport(options.smtpUrl, options.from, connections);
  const stopping = new AbortController();
  /** Taken by the server, and when; not yet marked, for the outbox could not be reached. Not to be sent again. */
  const unmarked = new Map<string, Instant>();
  /** Since when the outbox could be reached at every look. */
  let reachedSince: number | undefined;
  let outages = 0;
  let quietUntil = 0;
  let running: Promise<{ sent: number; failed: number }> | undefined;
  let loop: Promise<void> | undefined;

  async function deliverDue(): Promise<{ sent: number; failed: number }> {
    const total = { sent: 0, failed: 0 };
    let more = true;
    while (more && !stopping.signal.aborted) {
      // Before anybody takes them again: their lease runs out some time.
      await markSent();
      if (now().getTime() < quietUntil) break;
      const leasedAt = now().getTime();
      const mails = await take(leasedAt);
      const { sent, failed } = await deliver(mails, leasedAt);
      total.sent += sent;
      total.failed += failed;
      more = mails.length === batch;
    }
    return total;
  }

  /**
   * What another courier had is taken over only when the outbox could be reached for the length of a lease: after an outage
   * the others have that long to take their leases anew, and to mark what they sent meanwhile.
   */
  async function take(at: number): Promise<Mail[]> {
    const steady = reachedSince !== undefined && at - reachedSince >= leaseSeconds * 1_000;
    const mails = await outbox.lease(new Date(at).toISOString(), batch, leaseSeconds, { takingOver: steady });
    reachedSince ??= at;
    return mails;
  }

  /** One person's mails go out one after the other, in order; those of several people at the same time. */
  async function deliver(mails: Mail[], leasedAt: number): Promise<{ sent: number; failed: number }> {
    const onFailure = (error: unknown) =>
      log.warn({ err: error }, 'The leases of mails in delivery could not be renewed');
    const leases = new Leases({ outbox, mails, leasedAt, leaseSeconds, now, onFailure });
    const run = { leases, interrupted: false, sent: 0, failed: 0 };
    const limit = pLimit(connections);
    try {
      await Promise.all(lanesOf(mails).map((lane) => limit(() => inTurn(lane, run))));
    } finally {
      leases.end();
    }
    return run;
  }

  async function inTurn(lane: Mail[], run: Run): Promise<void> {
    for (const mail of lane) {
      try {
        if (!run.leases.holds(mail)) continue;
        if (run.interrupted || stopping.signal.aborted) await giveBack(mail);
        else if (isOvertaken(mail)) await outbox.overtaken(mail);
        else await run.leases.whileHeld(mail, (broken) => attempt(mail, broken, run));
      } catch (error) {
        log.error({ err: error, mailId: mail.id }, 'What happened to a mail could not be recorded in the outbox');
      }
    }
  }

  async function attempt(mail: Mail, broken: AbortController, run: Run): Promise<void> {
    const giveUp = () => broken.abort(new Error(`The mail server did not accept it within ${attemptSeconds} seconds.`));
    const tooLong = setTimeout(giveUp, attemptSeconds * 1_000);
    try {
      await send(mail, broken.signal);
    } catch (error) {
      run.failed++;
      await keepFailure(mail, error, run);
      return;
    } finally {
      clearTimeout(tooLong);
    }
    run.sent++;
    outages = 0;
    unmarked.set(mail.id, now().toISOString());
    await mark(mail.id);
  }

  async function mark(mailId: string): Promise<void> {
    await outbox.sent(mailId, unmarked.get(mailId)!);
    unmarked.delete(mailId);
  }

  async function markSent(): Promise<void> {
    for (const mailId of [...unmarked.keys()]) await mark(mailId);
  }

  async function send(mail: Mail, signal: AbortSignal): Promise<void> {
    const standardId = await options.standardOf?.(mail.programId);
    const { publicUrl, callOf } = options;
    const rendered = renderMail(mail, { publicUrl, callOf, standardId, sentAt: now().toISOString() });
    const { to, messageId, programId } = mail;
    await transport.send({ ...rendered, to, messageId, programId }, signal);
  }

  /** A mail over which the server went away waits until the others have had their turn. */
  async function keepFailure(mail: Mail, error: unknown, run: Run): Promise<void> {
    const failure = failureOf(error);
    const reason = reasonOf(error);
    const details = { mailId: mail.id, programId: mail.programId, attempts: mail.attempts, failure, reason };
    if (!run.leases.holds(mail)) return log.warn(details, 'A lease ended before the mail server answered');
    if (failure === 'away' || failure === 'broken') waitForServer(reason, run);
    if (failure === 'away') return outbox.failed(mail, reason, mail.dueAt);
    if (failure === 'refused') log.error(details, 'The mail server refuses this recipient: the mail is given up');
    else log.warn(details, 'A mail was not accepted and is tried again later');
    const retryAt = Math.max(quietUntil, now().getTime()) + delay(mail.attempts) * 1_000;
    return outbox.failed(mail, reason, failure === 'refused' ? null : new Date(retryAt).toISOString());
  }

  /** No mail is tried until the server has had time; one warning for each outage of a batch, not for each mail. */
  function waitForServer(reason: string, run: Run): void {
    if (run.interrupted) return;
    run.interrupted = true;
    outages++;
    quietUntil = now().getTime() + delay(outages) * 1_000;
    log.warn({ reason, outages, retryAt: new Date(quietUntil).toISOString() }, 'The mail server cannot be used');
  }

  /** With its due moment as the time for the next attempt, a mail keeps its place in the queue. */
  async function giveBack(mail: Mail): Promise<void> {
    await outbox.failed(mail, 'Not tried: the mail server could not be reached, or the courier stopped.', mail.dueAt);
  }

  function runOnce(): Promise<{ sent: number; failed: number }> {
    running ??= deliverDue()
      .catch((error) => {
        reachedSince = undefined;
        log.error({ err: error }, 'The outbox cannot be read');
        return { sent: 0, failed: 0 };
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  async function keepLooking(): Promise<void> {
    while (!stopping.signal.aborted) {
      const { sent, failed } = await runOnce();
      if (sent > 0) log.info({ sent, failed }, 'Delivered mail');
      await sleep(options.intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    start() {
      loop ??= keepLooking();
    },
    async stop() {
      stopping.abort();
      await loop;
      await running;
      await markSent().catch((error) => log.error({ err: error }, 'Mails that were sent could not be marked'));
      transport.close();
    },
    runOnce,
  };
}

/** What one batch has come to. */
interface Run {
  leases: Leases;
  /** The server went away: what was not begun is given back. */
  interrupted: boolean;
  sent: number;
  failed: number;
}

/** The mails of each person, in their order. */
function lanesOf(mails: Mail[]): Mail[][] {
  const lanes = new Map<string, Mail[]>();
  for (const mail of mails) lanes.set(mail.to, [...(lanes.get(mail.to) ?? []), mail]);
  return [...lanes.values()];
}

/** Seconds until the next attempt: doubled with each, from a minute to an hour. */
function delay(attempts: number): number {
  return Math.min(firstDelaySeconds * 2 ** Math.max(0, attempts - 1), longestDelaySeconds);
}
