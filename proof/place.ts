import { type Checkpoint, textOf } from './checkpoint.ts';
import type { Found } from './series.ts';

/** Where checkpoints are written, for others to keep. */
export interface Place {
  /** Writes one; one that is there stays as it is. Throws when another of its number is there, or it cannot be written. */
  write(checkpoint: Checkpoint): Promise<void>;
  /** All that are there; undefined where nothing can be read back, as from a mail. */
  read?: (() => Promise<Found[]>) | undefined;
  close(): void;
}

/** The name of a checkpoint's file, by which they sort. */
export function nameOf({ checkpoint: { number } }: Checkpoint): string {
  return `certloop-checkpoint-${String(number).padStart(6, '0')}.json`;
}

const named = /(^|\/)certloop-checkpoint-\d+\.json$/;

/** Whether a name is that of a checkpoint's file. */
export function isNamed(name: string): boolean {
  return named.test(name);
}

/** Nothing is written over another checkpoint of the same number. */
export function mustBeSame(there: string, checkpoint: Checkpoint, where: string): void {
  if (there === textOf(checkpoint)) return;
  throw new Error(
    `${where} is there already and is another checkpoint: it is not written over. Run "certloop verify --against" with its place.`,
  );
}
