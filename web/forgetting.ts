import fp from 'fastify-plugin';
import { instantAgo, now } from '../api/clock.ts';

const hourMs = 3_600_000;

/** A link that was used or is too old says so for a day; then it is as unknown as any other. */
const keptMs = 24 * hourMs;

/** Forgets, once an hour, sessions that have ended and ways in that nobody can use anymore. */
export const forgetting = fp(
  async (app) => {
    const { sessions, signIns } = app.services.database;
    const forget = async () => {
      await sessions.forget(now());
      await signIns.forget(instantAgo(keptMs));
    };
    // They let nobody in: that they could not be forgotten is told, and tried again.
    const failed = (err: unknown) => app.log.warn({ err }, 'Sessions that have ended could not be forgotten.');
    const timer = setInterval(() => forget().catch(failed), hourMs);
    timer.unref();
    app.addHook('onClose', async () => clearInterval(timer));
  },
  { name: 'forgetting', dependencies: ['services'] },
);
