import { totalmem } from 'node:os';

const mib = 2 ** 20;

/** Of the memory that there is, what a worker may take for itself: the rest is for its neighbors, Temporal and the database. */
const share = 0.5;
/** What a worker takes with no program in its cache, and for each of them. Measured by `npm run bench memory`. */
const baseBytes = 320 * mib;
const programBytes = 0.4 * mib;

/** Fewer would have programs replayed all the time, more would come near to what V8 gives the heap of a thread. */
const fewest = 50;
const most = 5_000;

/**
 * How many programs a worker keeps in its cache where nobody says: as many as there is memory for. One that is not in the cache
 * is replayed whenever something happens to it, which costs time and leaves garbage that takes as much memory again.
 *
 * @param memoryBytes the memory of the machine or of its container
 */
export function programsInMemory(memoryBytes = memoryThereIs()): number {
  return Math.min(most, Math.max(fewest, Math.floor((memoryBytes * share - baseBytes) / programBytes)));
}

/** The memory of this machine, or what the container of this process may have of it, in bytes. */
function memoryThereIs(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}
