import type { Instant, IsoDate } from '../domain/basics.ts';

/** How many messages that nobody signed were noted on a day (UTC). */
export interface UnsignedNoted {
  day: IsoDate;
  count: number;
}

/** The most that are noted on a day: enough to see that somebody tries, too few to fill the register. */
const mostNoted = 20;

/** Counts what is noted of messages that nobody signed: anybody who reaches Temporal can send as many as they like. */
export class UnsignedMessages {
  noted: UnsignedNoted | undefined;

  constructor(noted?: UnsignedNoted) {
    this.noted = noted;
  }

  /** Whether one that came now is noted; then it is counted. */
  isNoted(now: Instant): boolean {
    const day = now.slice(0, 10) as IsoDate;
    const count = this.noted?.day === day ? this.noted.count : 0;
    if (count >= mostNoted) return false;
    this.noted = { day, count: count + 1 };
    return true;
  }
}
