import type { Bundle, Outbox } from '../db/types.ts';

export interface LeasesOptions {
  outbox: Outbox;
  /** Just leased, at `leasedAt` (milliseconds). */
  mails: Bundle[];
  leasedAt: number;
  /** Seconds for which each lease is taken, and taken anew while the courier is at it. */
  leaseSeconds: number;
  now: () => Date;
  /** Told when the outbox could not be reached to take the leases anew. */
  onFailure: (error: unknown) => void;
}

/**
 * The leases of a batch. They are short, so that what a killed courier had taken is soon another's, and are taken anew as
 * long as the batch is worked on, so that a mail server may take its time. Where that does not succeed, what is going on
 * is broken off while nobody else can have the mail yet: two couriers are never at one mail at the same time.
 */
export class Leases {
  private readonly options: LeasesOptions;
  private readonly held: Map<string, Bundle>;
  private readonly attempts = new Map<string, AbortController>();
  private readonly renewal: NodeJS.Timeout;
  private ending: NodeJS.Timeout | undefined;
  private endsAt = 0;
  private renewing = false;

  constructor(options: LeasesOptions) {
    this.options = options;
    this.held = new Map(options.mails.map((mail) => [mail.id, mail]));
    this.lastFrom(options.leasedAt);
    this.renewal = setInterval(() => this.renew(), (options.leaseSeconds * 1_000) / 4);
  }

  /** Whether a mail is still this courier's, with time to begin it. */
  holds({ id }: Bundle): boolean {
    if (this.options.now().getTime() >= this.endsAt) this.lose([...this.held.keys()]);
    return this.held.has(id);
  }

  /** Does something with a mail that is held; the signal tells that it has to be broken off. The lease then ends. */
  async whileHeld<T>({ id }: Bundle, work: (attempt: AbortController) => Promise<T>): Promise<T> {
    const attempt = new AbortController();
    this.attempts.set(id, attempt);
    try {
      return await work(attempt);
    } finally {
      this.attempts.delete(id);
      this.held.delete(id);
    }
  }

  /** Nothing is taken anew any more. */
  end(): void {
    clearInterval(this.renewal);
    clearTimeout(this.ending);
  }

  private async renew(): Promise<void> {
    if (this.renewing || this.held.size === 0) return;
    this.renewing = true;
    const { outbox, leaseSeconds, now, onFailure } = this.options;
    const mails = [...this.held.values()];
    const at = now();
    try {
      const renewed = new Set(await outbox.renew(mails, at.toISOString(), leaseSeconds));
      this.lastFrom(at.getTime());
      this.lose(mails.map(({ id }) => id).filter((id) => !renewed.has(id)));
    } catch (error) {
      onFailure(error);
    } finally {
      this.renewing = false;
    }
  }

  /** A sixth of the time is kept for breaking off, and for clocks that differ. */
  private lastFrom(at: number): void {
    const { leaseSeconds, now } = this.options;
    this.endsAt = at + (leaseSeconds * 1_000 * 5) / 6;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => this.lose([...this.held.keys()]), this.endsAt - now().getTime());
  }

  private lose(ids: string[]): void {
    for (const id of ids) {
      this.held.delete(id);
      this.attempts.get(id)?.abort(new Error('The lease ended.'));
    }
  }
}
