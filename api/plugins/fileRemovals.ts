import fp from 'fastify-plugin';
import { instantAgo } from '../clock.ts';
import { removeReleased } from '../files/place.ts';
import type {} from '../services.ts';

const everyMs = 600_000;

/** For how long a file that was uploaded and submitted in nothing is kept, for whoever is still writing their answer. */
const unusedMs = 90 * 24 * 3_600_000;

/** Removes what was erased and could not be removed at once, and what was never used: at the start, and every ten minutes. */
export const fileRemovals = fp(
  async (app) => {
    const { database, files } = app.services;
    async function remove(): Promise<void> {
      try {
        await database.files.dropUnused(instantAgo(unusedMs));
        await removeReleased(database, files);
      } catch (error) {
        app.log.warn({ err: error }, 'Files that nobody has any more could not be removed yet; it is tried again.');
      }
    }
    const timer = setInterval(remove, everyMs);
    timer.unref();
    let removing = Promise.resolve();
    app.addHook('onReady', async () => {
      removing = remove();
    });
    app.addHook('onClose', async () => {
      clearInterval(timer);
      await removing;
    });
  },
  { name: 'fileRemovals', dependencies: ['services'] },
);
