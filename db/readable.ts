import type { Instant } from '../domain/basics.ts';
import type { ProgramSummary } from '../domain/views.ts';

/** A row does not have what was written there; told as JSON is that is none, for both are mended in the same way. */
class DamagedRow extends SyntaxError {
  constructor(what: string) {
    super(`${what} is not as it was written: "certloop rebuild" writes it anew from the records.`);
    this.name = 'DamagedRow';
  }
}

/** What is read of a row; undefined where it is damaged, so that the row of one program spoils nothing of the others. */
export function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The document of a row, which is an object wherever we wrote one.
 *
 * @throws SyntaxError when it is none
 */
export function docOf<T extends object>(doc: string): T {
  const read: unknown = JSON.parse(doc);
  if (typeof read !== 'object' || read === null) throw new DamagedRow('The document of a row');
  return read as T;
}

/** Whether a column has an instant, as every clock is written. */
export function isInstant(text: string): text is Instant {
  return /^\d{4}-\d\d-\d\dT.*Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** What is read of the row of a program. */
export interface ProgramRow {
  id: string;
  clock_at: string;
  doc: string;
}

/**
 * A program as its row has it.
 *
 * @throws SyntaxError when the row is damaged
 */
export function toProgram({ id, clock_at: clockAt, doc }: ProgramRow): ProgramSummary {
  const { nextMomentAt: _, ...summary } = docOf<ProgramSummary>(doc);
  if (summary.id !== id || !isInstant(clockAt)) throw new DamagedRow(`The row of the program ${id}`);
  return { ...summary, clockAt };
}
