import { answerOf, idsOf, warningsOf } from '../domain/answer.ts';
import type { BulkAnswer } from '../domain/answers.ts';
import type { ProgramRecord } from '../domain/registry.ts';

/**
 * The answer to a bulk call of `count` commands, from its records. Why a command was refused is not recorded: of one
 * without a record, the answer can say that only.
 */
export function bulkAnswerOf(commandId: string, records: ProgramRecord[], count: number): BulkAnswer {
  const results = Array.from({ length: count }, (_, item) =>
    resultOf(records.filter((record) => record.item === item)),
  );
  return { ...answerOf(commandId, records), results };
}

function resultOf(records: ProgramRecord[]): BulkAnswer['results'][number] {
  if (records.length > 0) return { ok: true, ids: idsOf(records), warnings: warningsOf(records) };
  const detail =
    'Nothing was recorded for this command when it was first sent. Check what it is about before you send it again.';
  return { ok: false, rejection: { kind: 'conflict', code: 'unrecorded', detail } };
}
