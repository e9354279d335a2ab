import type { Draft } from '../draft.ts';
import { notThere, wrong } from '../refusal.ts';

const letters = { incident: 'I', complaint: 'C' } as const;

/** The state forgets what was reported, but not how many numbers it gave out. */
export function mustBeReported({ state }: Draft, what: 'incident' | 'complaint', id: string): void {
  const number = new RegExp(`^${letters[what]}-([1-9]\\d*)$`).exec(id)?.[1];
  if (!number || Number(number) > (state.counters[letters[what]] ?? 0)) notThere('noSuchReport', { what, id });
}

/** A correction says what was another. */
export function mustCorrect(given: object, id: string, field: string): void {
  if (Object.keys(given).length === 0) wrong('empty', 'nothingCorrected', { id }, field);
}
