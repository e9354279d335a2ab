import type { Instant } from '../domain/basics.ts';

/** The program's only clock. */
export function clock(): Instant {
  return new Date().toISOString();
}
