import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Bundle, Outbox } from '../db/types.ts';
import type { Email, Instant } from '../domain/basics.ts';
import { deliveryOf, type MailPreferences, usualPreferences } from '../domain/people/mailPreferences.ts';
import { renderParts, tellsOfOverdue } from '../words/mail/render.ts';
import { isOvertaken } from '../words/mail/stale.ts';
import type { MailOptions, MailPages } from '../words/mail/types.ts';
import { Leases } from './leases.ts';
import { inTraceOf } from './origins.ts';
import { createSmtpTransport, domainOf, type Failure, failureOf, reasonOf } from './smtpTransport.ts';

export interface CourierOptions {
  outbox: Outbox;
  /** `smtp://…` or `smtps://…`, with user and password where the server asks for them. */
  smtpUrl: string;
  /** Whether the server is the local mailbox of this machine, from which nothing reaches anybody. */
  local?: boolean;
  /** Sender: an address, or a name with an address in angle brackets. */
  from: string;
  /** Where the links of mails lead. */
  pages: MailPages;
  /** Milliseconds between two looks into the outbox. */
  intervalMs: number;
  log: CourierLog;
  /** How mails reach somebody; as is usual when absent. */
  preferencesOf?: (email: Email) => Promise<MailPreferences>;
  now?: () => Date;
  /** Seconds for which mails are leased, and taken anew while they are worked on; a minute when absent. */
  leaseSeconds?: number;
  /** Whether it stands in: it takes mails only when the oldest has waited ten minutes, so that nobody else seems to work. */
  deputy?: boolean;
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
   * Delivers what is due; while the mail server is known to be away, nothing until it answers a probe. Never rejects.
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
 * Between two probes of a mail server that is away: doubled with each, up to a minute, so that mail goes out within a minute
 * after it is back. One that refuses user and password is asked less often, lest it shuts the account.
 */
const firstProbeSeconds = 5;
const longestProbeSeconds = 60;
const signInSeconds = 300;

/** How long a mail waits before a deputy takes over: a digest leaves five minutes after it is due. */
const deputyAfterMs = 600_000;

/** How often it is told that the mail server is still away. */
const tellAgainMs = 3_600_000;

/**
 * After how many tries a mail is given up, by what they failed of; they come ever more rarely, then once an hour. What a
 * server refuses because of how it is set up has three days to be noticed, and what it puts off five (RFC 5321, 4.5.4.1).
 * That it is away says nothing of a mail.
 */
const mostTries: Record<Exclude<Failure, 'away'>, number> = {
  refused: 1,
  rejected: 10,
  setUp: 75,
  later: 125,
  broken: 125,
};

/**
 * Empties the outbox into a mail server. Any number of couriers can share an outbox: each leases what it delivers.
 * A mail can arrive twice only when a process dies, or is cut off from the outbox, between the moment at which the server
 * has all of it and the mark in the outbox; both copies then have the same Message-ID.
 */
export function createCourier(options: CourierOptions): Courier {
  const { outbox, log, now = () => new Date(), leaseSeconds = 60, attemptSeconds = 300 } = options;
  const transport = createSmtpTransport(options.smtpUrl, options.from, connections);
  const domain = domainOf(options.from);
  const stopping = new AbortController();
  /** Taken by the server, and when; not yet marked, for the outbox could not be reached. Not to be sent again. */
  const unmarked = new Map<string, Instant>();
  /** Since when the outbox could be reached at every look. */
  let reachedSince: number | undefined;
  /** Failures of the server since it last took a mail, and until when it is left alone. */
  let outages = 0;
  let quietUntil = 0;
  let toldAt = 0;
  let standsIn = false;
  let running: Promise<{ sent: number; failed: number }> | undefined;
  let loop: Promise<void> | undefined;

  async function deliverDue(): Promise<{ sent: number; failed: number }> {
    const total = { sent: 0, failed: 0 };
    let more = !options.deputy || (await isNeeded());
    while (more && !stopping.signal.aborted) {
      // Before anybody takes them again: their lease runs out some time.
      await markSent();
      if (!(await answers())) break;
      const before = outages;
      const leasedAt = now().getTime();
      const mails = await take(leasedAt);
      const { sent, failed } = await deliver(mails, leasedAt);
      total.sent += sent;
      total.failed += failed;
      const isBack = before > 0 && outages === 0;
      if (isBack) await outbox.retryAt(now().toISOString());
      more = isBack || mails.length >= batch;
    }
    return total;
  }

  /** Whether a deputy has to take over. */
  async function isNeeded(): Promise<boolean> {
    const at = now();
    const { oldestDueAt } = await outbox.backlog(at.toISOString());
    const isIt = oldestDueAt !== null && Date.parse(oldestDueAt) < at.getTime() - deputyAfterMs;
    if (isIt && !standsIn) log.warn({ oldestDueAt }, 'Nobody sends mails: the deputy courier takes over');
    standsIn = isIt;
    return isIt;
  }

  /** Whether mails can be offered: the server is not known to be away, or answers again. */
  async function answers(): Promise<boolean> {
    if (outages === 0 || quietUntil === 0) return true;
    if (now().getTime() < quietUntil) return false;
    try {
      await transport.verify();
      log.info({ outages }, 'The mail server answers again');
      quietUntil = 0;
      return true;
    } catch (error) {
      leaveAlone(error, reasonOf(error));
      return false;
    }
  }

  /**
   * What another courier had is taken over only when the outbox could be reached for the length of a lease: after an outage
   * the others have that long to take their leases anew, and to mark what they sent meanwhile.
   */
  async function take(at: number): Promise<Bundle[]> {
    const steady = reachedSince !== undefined && at - reachedSince >= leaseSeconds * 1_000;
    const mails = await outbox.lease(new Date(at).toISOString(), batch, leaseSeconds, { takingOver: steady, domain });
    reachedSince ??= at;
    return mails;
  }

  /** One person's mails go out one after the other, in order; those of several people at the same time. */
  async function deliver(mails: Bundle[], leasedAt: number): Promise<{ sent: number; failed: number }> {
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

  async function inTurn(lane: Bundle[], run: Run): Promise<void> {
    for (const mail of lane) {
      try {
        if (!run.leases.holds(mail)) continue;
        if (run.interrupted || stopping.signal.aborted) await giveBack(mail);
        else await inParts(mail, run);
      } catch (error) {
        log.error({ err: error, mailId: mail.id }, 'What happened to a mail could not be recorded in the outbox');
      }
    }
  }

  /** What holds no more is left out: parts of it, or all. */
  async function inParts(mail: Bundle, run: Run): Promise<void> {
    const [first, ...others] = mail.parts.filter((part) => !isOvertaken(part));
    const overtaken = mail.parts.filter((part) => isOvertaken(part)).map(({ id }) => id);
    if (overtaken.length > 0) await outbox.overtaken(mail, overtaken);
    if (!first) return;
    const parts: Bundle['parts'] = [first, ...others];
    await run.leases.whileHeld(mail, (broken) => attempt({ ...mail, parts }, broken, run));
  }

  async function attempt(mail: Bundle, broken: AbortController, run: Run): Promise<void> {
    const giveUp = () => broken.abort(new Error(`The mail server did not accept it within ${attemptSeconds} seconds.`));
    const tooLong = setTimeout(giveUp, attemptSeconds * 1_000);
    try {
      if (!(await sendAsChosen(mail, broken.signal))) return;
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

  async function mark(bundleId: string): Promise<void> {
    await outbox.sent(bundleId, unmarked.get(bundleId)!, { local: options.local === true });
    unmarked.delete(bundleId);
  }

  async function markSent(): Promise<void> {
    for (const bundleId of [...unmarked.keys()]) await mark(bundleId);
  }

  /** Sends a mail, unless its recipient chose to get it later or not at all; gives whether the server took it. */
  async function sendAsChosen(mail: Bundle, signal: AbortSignal): Promise<boolean> {
    const sentAt = now().toISOString();
    const preferences = (await options.preferencesOf?.(mail.to)) ?? usualPreferences;
    const { kind, dueAt, zone } = mail;
    const words: MailOptions = { pages: options.pages, sentAt, digest: preferences.digest, zone };
    const isOverdue = () => tellsOfOverdue(mail.parts, words);
    const delivery = deliveryOf({ kind, dueAt, timeZone: zone, isOverdue }, preferences, sentAt);
    if (delivery.goes === 'unwanted') await outbox.unwanted(mail);
    else if (delivery.goes === 'weekly') await outbox.intoWeekly(mail, preferences);
    else if (delivery.goes === 'later') await outbox.postponed(mail, delivery.at);
    else await send(mail, words, signal);
    return delivery.goes === 'now';
  }

  async function send(mail: Bundle, words: MailOptions, signal: AbortSignal): Promise<void> {
    const { to, messageId, kind, parts } = mail;
    const programIds = parts.map(({ programId }) => programId);
    const unsubscribe = kind === 'digest' ? options.pages.unsubscribe(to) : undefined;
    const parcel = { ...renderParts(parts, words), to, messageId, programIds, unsubscribe };
    await inTraceOf(mail, () => transport.send(parcel, signal));
  }

  /** A mail over which the server went away waits until the others have had their turn. */
  async function keepFailure(mail: Bundle, error: unknown, run: Run): Promise<void> {
    const failure = failureOf(error);
    const reason = reasonFor(mail.to, failure, error);
    const tries = mail.tries + 1;
    const programIds = mail.parts.map(({ programId }) => programId);
    const details = { mailId: mail.id, programIds, attempts: mail.attempts, tries, failure, reason };
    if (!run.leases.holds(mail)) return log.warn(details, 'A lease ended before the mail server answered');
    if (failure === 'away' || failure === 'broken') waitForServer(error, reason, run);
    if (failure === 'away') return outbox.untried(mail, reason, mail.dueAt);
    if (tries >= mostTries[failure]) {
      log.error(details, 'The mail server does not take this mail: it is given up');
      return outbox.failed(mail, reason, null);
    }
    log.warn(details, 'A mail was not accepted and is tried again later');
    const retryAt = Math.max(quietUntil, now().getTime()) + delay(tries) * 1_000;
    return outbox.failed(mail, reason, new Date(retryAt).toISOString());
  }

  /** What was not begun is given back: no mail is offered until the server answers a probe. */
  function waitForServer(error: unknown, reason: string, run: Run): void {
    if (run.interrupted) return;
    run.interrupted = true;
    leaveAlone(error, reason);
  }

  function leaveAlone(error: unknown, reason: string): void {
    outages++;
    const at = now().getTime();
    const longest = (error as { code?: string }).code === 'EAUTH' ? signInSeconds : longestProbeSeconds;
    const seconds = Math.min(firstProbeSeconds * 2 ** (outages - 1), longest);
    // Earlier by chance, so that several couriers do not all knock at once.
    quietUntil = at + seconds * 1_000 * (0.75 + Math.random() / 4);
    if (outages > 1 && at < toldAt + tellAgainMs) return;
    toldAt = at;
    log.warn({ reason, outages, retryAt: new Date(quietUntil).toISOString() }, 'The mail server cannot be used');
  }

  /** With its due moment as the time for the next attempt, a mail keeps its place in the queue. */
  async function giveBack(mail: Bundle): Promise<void> {
    await outbox.untried(mail, 'Not tried: the mail server could not be reached, or the courier stopped.', mail.dueAt);
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

/** What is said of a failure; of an address that not every server takes, why that may be. */
function reasonFor(to: Email, failure: Failure, error: unknown): string {
  const reason = reasonOf(error);
  const name = to.slice(0, to.lastIndexOf('@'));
  if (failure !== 'refused' || /^\p{ASCII}*$/u.test(name)) return reason;
  return `${reason} (The address has letters beyond ASCII before its @, which only mail servers with SMTPUTF8, RFC 6531, take.)`;
}

/** The mails of each person, in their order. */
function lanesOf(mails: Bundle[]): Bundle[][] {
  const lanes = new Map<string, Bundle[]>();
  for (const mail of mails) lanes.set(mail.to, [...(lanes.get(mail.to) ?? []), mail]);
  return [...lanes.values()];
}

/** Seconds until the next attempt: doubled with each, from a minute to an hour. */
function delay(attempts: number): number {
  return Math.min(firstDelaySeconds * 2 ** Math.max(0, attempts - 1), longestDelaySeconds);
}
