import { answerOf, idsOf, warningsOf } from '../domain/answer.ts';
import type { BulkAnswer, Rejection } from '../domain/answers.ts';
import type { ProgramRecord } from '../domain/registry.ts';

/**
 * The answer to a bulk call of `count` commands that was recorded before, from its records: what has one was done, whatever
 * the program would say of it now. Why a command was refused is not recorded: of one without a record, the answer says why it
 * would be refused now, or that nothing was recorded.
 */
export function bulkAnswerOf(
  commandId: string,
  records: ProgramRecord[],
  count: number,
  refusedNow: readonly (Rejection | undefined)[] = [],
): BulkAnswer {
  const results = Array.from({ length: count }, (_, item) =>
    resultOf(
      records.filter((record) => record.item === item),
      refusedNow[item],
    ),
  );
  return { ...answerOf(commandId, records), results };
}

function resultOf(records: ProgramRecord[], refusedNow: Rejection | undefined): BulkAnswer['results'][number] {
  if (records.length > 0) return { ok: true, ids: idsOf(records), warnings: warningsOf(records) };
  return { ok: false, rejection: refusedNow ?? unrecorded };
}

const unrecorded: Rejection = {
  kind: 'conflict',
  code: 'unrecorded',
  detail:
    'Nothing was recorded for this command when it was first sent. Check what it is about before you send it again.',
};
