// A worker of your own that runs programs of Certloop, with an activity of yours beside theirs, and asks for it once.
//
//   npm install certloop && node worker.mjs      beside a running `certloop start`, or with the settings of your installation
import { connect, loadSettings, taskQueue } from 'certloop/client';
import { runWorker } from 'certloop/worker';

/**
 * Your activity: says what is overdue, as a chat would be told. It may touch the world; it may be run again after a failure, and after a
 * worker got it that does not have it, as that of `certloop start`.
 *
 * @param {{ programId: string }} input
 */
async function tellOverdue({ programId }) {
  const { items } = await certloop.database.read.tasks(
    programId,
    { status: 'open', overdue: true, now: new Date().toISOString() },
    { limit: 100 },
  );
  return `${programId}: ${items.length} overdue`;
}

const settings = loadSettings(process.env);
const certloop = await connect(settings);
const worker = await runWorker({ settings, database: certloop.database, activities: { tellOverdue } });
try {
  for (const programId of await certloop.database.register.programIds()) {
    const told = await certloop.temporal.activity.execute('tellOverdue', {
      id: `overdue/${programId}`,
      taskQueue,
      startToCloseTimeout: '1 minute',
      // Soon again, where a worker got it that does not have it.
      retry: { initialInterval: '200ms', backoffCoefficient: 1 },
      args: [{ programId }],
    });
    console.log(told);
  }
} finally {
  await worker.stop();
  await certloop.close();
}
