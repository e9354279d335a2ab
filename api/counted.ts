import type { BulkAnswer } from '../domain/answers.ts';
import type { BulkEnvelope } from '../domain/registry.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Gateway } from './gateway.ts';
import { Problem, Rejected } from './problem.ts';

/** A gateway whose commands are counted, by type and by what came of them, and its refusals by their code. */
export function withCounting(gateway: Gateway, metrics: Metrics): Gateway {
  const commands = metrics.counter({
    name: 'certloop_commands_total',
    help: 'Commands by type and outcome: recorded, refused, unavailable (may still be carried out), or failed.',
    labelNames: ['type', 'outcome'],
  });
  const refusals = metrics.counter({
    name: 'certloop_refusals_total',
    help: 'Commands that were refused, by the rule or the short word that refused them.',
    labelNames: ['code'],
  });

  async function counting<T>(types: readonly string[], sent: Promise<T>): Promise<T> {
    try {
      return await sent;
    } catch (error) {
      const outcome = outcomeOf(error);
      for (const type of types) commands.inc({ type, outcome });
      if (error instanceof Rejected) refusals.inc({ code: error.code });
      throw error;
    }
  }

  function countEach({ commands: sent }: BulkEnvelope, { results }: BulkAnswer): void {
    for (const [index, { type }] of sent.entries()) {
      const result = results[index];
      const refused = result?.ok === false;
      commands.inc({ type, outcome: refused ? 'refused' : 'recorded' });
      if (refused) refusals.inc({ code: result.rejection.code });
    }
  }

  return {
    ...gateway,
    async start(...given) {
      const answer = await counting(['start'], gateway.start(...given));
      commands.inc({ type: 'start', outcome: 'recorded' });
      return answer;
    },
    async command(programId, envelope) {
      const { type } = envelope.command;
      const answer = await counting([type], gateway.command(programId, envelope));
      commands.inc({ type, outcome: 'recorded' });
      return answer;
    },
    async bulk(programId, envelope) {
      const types = envelope.commands.map(({ type }) => type);
      const answer = await counting(types, gateway.bulk(programId, envelope));
      countEach(envelope, answer);
      return answer;
    },
  };
}

function outcomeOf(error: unknown): string {
  if (error instanceof Rejected) return 'refused';
  return error instanceof Problem && error.status === 503 ? 'unavailable' : 'failed';
}
