import type { Connection } from './connection.ts';
import type { IdempotencyKeys } from './types.ts';

type Scope = Parameters<IdempotencyKeys['claim']>[0];

/** Answers kept for `Idempotency-Key`. Of callers that claim a key at the same moment, one gets `new`. */
export function createIdempotencyKeys({ write }: Connection): IdempotencyKeys {
  return {
    claim: (scope, bodyHash, now) =>
      write(async (trx) => {
        const claimed = await trx('idempotency_keys')
          .insert({ ...keyOf(scope), body_hash: bodyHash, claimed_at: now })
          .onConflict(['caller', 'program_id', 'key'])
          .ignore()
          .returning('key');
        if (claimed.length > 0) return { state: 'new' };
        const row = await trx('idempotency_keys').where(keyOf(scope)).first('body_hash', 'status', 'answer');
        if (row.body_hash !== bodyHash) return { state: 'conflict' };
        if (row.status === null)
          return { state: 'pending', ...(row.answer !== null && { aim: JSON.parse(row.answer) }) };
        return { state: 'answered', status: row.status, body: JSON.parse(row.answer) };
      }),
    async aim(scope, aim) {
      // What stands in place of the answer while there is none.
      await write((trx) =>
        trx('idempotency_keys')
          .where(keyOf(scope))
          .whereNull('status')
          .whereNull('answer')
          .update({ answer: JSON.stringify(aim) }),
      );
    },
    async answer(scope, status, body) {
      // The first answer stays: two callers who both found it pending were given the same one by the program.
      await write((trx) =>
        trx('idempotency_keys')
          .where(keyOf(scope))
          .whereNull('status')
          .update({ status, answer: JSON.stringify(body ?? null) }),
      );
    },
    forget: (before) =>
      write((trx) =>
        trx('idempotency_keys')
          .where('claimed_at', '<', before)
          .whereNotNull('status')
          .update({ status: null, answer: null }),
      ),
  };
}

function keyOf({ caller, programId, key }: Scope) {
  return { caller, program_id: programId, key };
}
