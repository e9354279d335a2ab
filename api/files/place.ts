import type { Database } from '../../db/types.ts';
import type { Files } from '../../files/receive.ts';

/**
 * Removes from where files are kept what no program has any more: what was erased, and what was uploaded in vain. What cannot be
 * removed now stays noted, and is tried again; it stops none of the others.
 *
 * @throws AggregateError of what could not be removed
 */
export async function removeReleased(
  database: Pick<Database, 'files'>,
  { store }: Pick<Files, 'store'>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const sha256 of await database.files.toRemove()) {
    try {
      await store.remove(sha256);
      await database.files.removed(sha256);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the files could not be removed.`);
}
