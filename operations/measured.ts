import { LRUCache } from 'lru-cache';
import type { Database, Outbox, Register } from '../db/types.ts';
import type { Instant } from '../domain/basics.ts';
import type { AppendInput } from '../domain/commit.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { Metrics } from './metrics.ts';
import type { Check } from './readiness.ts';

/** Of how many programs it is remembered when they last recorded something. */
const mostPrograms = 5_000;

/** How long a courier may take from one look to the next, in milliseconds: a batch of mails to a slow server. */
const courierPatienceMs = 10 * 60_000;

/** A database whose commits and mails are counted, for the process that writes them. */
export function measured(database: Database, metrics: Metrics): { database: Database; courier: Check } {
  const { outbox, courier } = measuredOutbox(database.outbox, metrics);
  return { database: { ...database, register: measuredRegister(database.register, metrics), outbox }, courier };
}

function measuredRegister(register: Register, metrics: Metrics): Register {
  const durations = metrics.histogram({
    name: 'certloop_append_duration_seconds',
    help: 'How long commits to the register took, by what came of them.',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  // A failure that is the first of its kind must be seen as one more, not as a series that begins.
  for (const outcome of ['appended', 'known', 'failed']) durations.zero({ outcome });
  const count = counted(metrics);
  return {
    ...register,
    async append(input) {
      const end = durations.startTimer();
      try {
        const result = await register.append(input);
        end({ outcome: result.appended ? 'appended' : 'known' });
        if (result.appended) count(input);
        return result;
      } catch (error) {
        end({ outcome: 'failed' });
        throw error;
      }
    },
  };
}

/** Counts what was committed: records by type, refusals of messages, and how late programs acted. */
function counted(metrics: Metrics): (input: AppendInput) => void {
  const records = metrics.counter({
    name: 'certloop_records_total',
    help: 'Records that were written, by type.',
    labelNames: ['type'],
  });
  const refusals = metrics.counter({
    name: 'certloop_message_refusals_total',
    help: 'Commands sent as messages without an answer that were refused, by code.',
    labelNames: ['code'],
  });
  const lags = metrics.histogram({
    name: 'certloop_timer_lag_seconds',
    help: 'How long after its moment a program acted on it by itself.',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 86_400],
  });
  const last = new LRUCache<string, Instant>({ max: mostPrograms });
  return (input) => {
    const { programId, commandId, rows } = input;
    const first = input.records[0];
    if (!first) return;
    for (const record of input.records) {
      records.inc({ type: record.type });
      const code = refusalOf(record);
      if (code) refusals.inc({ code });
    }
    if (!rows.program.rehearsal && commandId.startsWith('tick@'))
      lags.observe(lagOf(input, first.at, last.get(programId)));
    last.set(programId, first.at);
  };
}

/** What was told later can make a moment one of the past: it counts from when it was recorded. */
function lagOf({ dueAt }: AppendInput, at: Instant, recordedAt: Instant | undefined): number {
  const since = dueAt ?? at;
  const from = recordedAt !== undefined && recordedAt > since ? recordedAt : since;
  return Math.max(0, Date.parse(at) - Date.parse(from)) / 1_000;
}

function refusalOf(record: ProgramRecord): string | undefined {
  return record.type === 'CommandRejected' ? record.data.code : undefined;
}

function measuredOutbox(outbox: Outbox, metrics: Metrics): { outbox: Outbox; courier: Check } {
  const deliveries = metrics.counter({
    name: 'certloop_mail_attempts_total',
    help: 'What came of mails that were taken up: sent, tried again later, given up, or put back untried.',
    labelNames: ['outcome'],
  });
  let lookedAt = Date.now();
  metrics.gauge({
    name: 'certloop_courier_last_look_seconds',
    help: 'How long ago the courier last looked for mails.',
    read: () => (Date.now() - lookedAt) / 1_000,
  });
  const counting: Outbox = {
    ...outbox,
    lease(...given) {
      lookedAt = Date.now();
      return outbox.lease(...given);
    },
    async sent(...given) {
      await outbox.sent(...given);
      deliveries.inc({ outcome: 'sent' });
    },
    async failed(...given) {
      await outbox.failed(...given);
      deliveries.inc({ outcome: given[2] === null ? 'givenUp' : 'later' });
    },
    async untried(...given) {
      await outbox.untried(...given);
      deliveries.inc({ outcome: 'untried' });
    },
  };
  const look = () => (Date.now() - lookedAt < courierPatienceMs ? 'ok' : 'silent');
  return { outbox: counting, courier: { name: 'courier', look, needed: false } };
}
