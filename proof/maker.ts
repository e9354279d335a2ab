import type { CheckpointTable } from '../db/checkpoints.ts';
import type { Instant } from '../domain/basics.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { makeKey, readKey, type SigningKey } from './key.ts';
import { makeCheckpoint } from './make.ts';
import type { Place } from './place.ts';

/** What an installation makes its checkpoints with. */
export interface MakerOptions {
  table: CheckpointTable;
  keyFile: string;
  places: readonly Place[];
  stamp?: ((hash: string) => Promise<string>) | undefined;
}

/** One that was made and not written: whoever made it is at it, and others leave it for so long. */
const forsakenMs = 300_000;

/**
 * Makes a checkpoint and writes it to every place. Undefined when another process made it meanwhile.
 *
 * @param accepting why what is lost is taken for lost; see `makeCheckpoint`
 * @throws CheckpointRefused, and every error of a place: what was made and not written is written by `writeLeft`
 */
export async function checkpointNow(
  options: MakerOptions,
  now: Instant,
  accepting?: string,
): Promise<Checkpoint | undefined> {
  const { table, places, stamp } = options;
  const key = await keyFor(options, accepting !== undefined);
  const known = await lastWritten(places, key.publicKey);
  const made = await makeCheckpoint({ table, key, now, known, accepting, stamp });
  if (made) await writeEverywhere(options, made, now);
  return made;
}

/** Makes a checkpoint when the last is older than so many hours. */
export async function checkpointWhenDue(options: MakerOptions, hours: number): Promise<Checkpoint | undefined> {
  const last = await options.table.last();
  const now = new Date();
  if (last && now.getTime() - Date.parse(last.madeAt) < hours * 3_600_000) return undefined;
  return checkpointNow(options, now.toISOString() as Instant);
}

/** Writes what was made and not written, as when a place was away, or the process ended in between. */
export async function writeLeft(options: MakerOptions, now: Date): Promise<void> {
  const before = new Date(now.getTime() - forsakenMs).toISOString() as Instant;
  for (const { text } of await options.table.unwritten(before))
    await writeEverywhere(options, readCheckpoint(text), now.toISOString() as Instant);
}

async function writeEverywhere({ table, places }: MakerOptions, checkpoint: Checkpoint, now: Instant): Promise<void> {
  const ends = await Promise.allSettled(places.map((place) => place.write(checkpoint)));
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as Error).message] : []));
  if (failed.length > 0)
    throw new Error(`Checkpoint ${checkpoint.checkpoint.number} could not be written: ${failed.join('; ')}`);
  await table.written(checkpoint.checkpoint.number, now);
}

/** A key is made for the first checkpoint only: later ones with another key would prove nothing to those who know the first. */
async function keyFor({ table, keyFile }: MakerOptions, accepting: boolean): Promise<SigningKey> {
  const key = await readKey(keyFile);
  if (key) return key;
  if (accepting || !(await table.last())) return makeKey(keyFile);
  throw new Error(
    `The key of the checkpoints is not in ${keyFile}: put it back, or name its file with CERTLOOP_CHECKPOINT_KEY_FILE. Every ` +
      'worker needs the same. Where it is lost, "certloop checkpoint --accept <reason>" makes another, which everybody has to be told.',
  );
}

/** The last one that the places have, of those that the key signed: a database that was put back older goes on from it. */
async function lastWritten(places: readonly Place[], publicKey: string): Promise<Checkpoint | undefined> {
  let last: Checkpoint | undefined;
  for (const place of places) {
    // One that is away is told of when it is written to.
    const found = await place.read?.().catch(() => []);
    for (const { text } of found ?? []) {
      const one = readable(text);
      const isLater = one && one.checkpoint.number > (last?.checkpoint.number ?? 0);
      if (isLater && one.checkpoint.publicKey === publicKey) last = one;
    }
  }
  return last;
}

function readable(text: string): Checkpoint | undefined {
  try {
    return readCheckpoint(text);
  } catch {
    return undefined;
  }
}
