import type { Instant, IsoDate } from '../domain/basics.ts';

/** Now, by the clock of this machine. */
export function now(): Instant {
  return instantAgo(0);
}

/** The instant some milliseconds ago. */
export function instantAgo(ms: number): Instant {
  // The language types an instant as any text.
  return new Date(Date.now() - ms).toISOString() as Instant;
}

/** The present date in UTC. */
export function today(): IsoDate {
  // It is the beginning of an instant.
  return now().slice(0, 10) as IsoDate;
}
