import type { Database } from '../db/types.ts';
import { type Instant, phases } from '../domain/basics.ts';
import { type Metrics, within } from './metrics.ts';

/** One that hangs is away, and must be told before a scrape goes on without the gauge. */
const patienceMs = 1_500;

const now = () => new Date().toISOString();
const secondsSince = (at: string | null) => (at === null ? 0 : Math.max(0, (Date.now() - Date.parse(at)) / 1_000));

/**
 * What the database tells of programs, mails and checkpoints, and how its connections are used.
 *
 * @param checkpointHours how often a checkpoint is to be made; null where none is
 */
export function addDatabaseGauges(metrics: Metrics, database: Database, checkpointHours: number | null): void {
  const ping = shared(() => database.ping());
  const write = shared(() => database.mustTakeWrites());
  metrics.gauge({
    name: 'certloop_database_up',
    help: 'Whether the database answers: 1 or 0.',
    read: () => upOf(within(patienceMs, ping())),
  });
  metrics.gauge({
    name: 'certloop_database_writable',
    help: 'Whether something can be written to the database: 1 or 0.',
    read: () => upOf(within(patienceMs, write())),
  });
  metrics.gauge({
    name: 'certloop_database_connections',
    help: 'Connections of the pool that are used and free, and requests that wait for one.',
    label: 'state',
    read: () => new Map(Object.entries(database.pool())),
  });
  metrics.gauge({
    name: 'certloop_programs',
    help: 'Programs by phase.',
    label: 'phase',
    async read() {
      const counts = await database.read.programsByPhase();
      return new Map(phases.map((phase) => [phase, counts.get(phase) ?? 0]));
    },
  });
  addMomentGauges(metrics, database);
  addMailGauges(metrics, database);
  addCheckpointGauge(metrics, database, checkpointHours);
}

/** One look at a time: for two gauges of the same scrape, and for those that come while a database hangs. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let looking: Promise<T> | undefined;
  return () => {
    looking ??= read().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}

function addMomentGauges(metrics: Metrics, { moments }: Database): void {
  const late = shared(() => moments.late(now()));
  metrics.gauge({
    name: 'certloop_programs_late',
    help: 'Programs whose next moment passed more than a minute ago without their acting on it.',
    read: async () => (await late()).programs,
  });
  metrics.gauge({
    name: 'certloop_programs_late_seconds',
    help: 'How long ago the moment passed that has waited longest for its program; 0 when none is late.',
    read: async () => secondsSince((await late()).since),
  });
}

function addMailGauges(metrics: Metrics, { outbox }: Database): void {
  const backlog = shared(() => outbox.backlog(now()));
  metrics.gauge({
    name: 'certloop_mails',
    help: 'Mails that are due and not sent, and mails that were given up.',
    label: 'state',
    async read() {
      const { due, failed } = await backlog();
      return new Map(Object.entries({ due, failed }));
    },
  });
  metrics.gauge({
    name: 'certloop_oldest_unsent_mail_seconds',
    help: 'How long ago the oldest mail that is not sent was due; 0 when none is.',
    read: async () => secondsSince((await backlog()).oldestDueAt),
  });
}

/** The database was empty before the first: that one is due when the process begins. */
function addCheckpointGauge(metrics: Metrics, { checkpoints }: Database, hours: number | null): void {
  const began = now();
  const dueAfter = (at: string) => new Date(Date.parse(at) + (hours ?? 0) * 3_600_000).toISOString();
  metrics.gauge({
    name: 'certloop_checkpoint_late_seconds',
    help: 'How long a checkpoint has been due, or made and not written to every place; 0 where all is well or none is asked for.',
    async read() {
      if (hours === null) return 0;
      const [unwritten] = await checkpoints.unwritten(now() as Instant);
      if (unwritten) return secondsSince(unwritten.madeAt);
      const last = await checkpoints.last();
      return secondsSince(last ? dueAfter(last.madeAt) : began);
    },
  });
}

/** 1 when something answers, 0 when it does not. */
export function upOf(answer: Promise<unknown>): Promise<number> {
  return answer.then(
    () => 1,
    () => 0,
  );
}
