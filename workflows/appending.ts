import { sleep } from '@temporalio/workflow';
import type { AppendInput, AppendResult } from '../domain/commit.ts';
import { appendOrRead, type TellAway } from './commit.ts';

/**
 * Compare-and-append. Where nothing was appended, with all records after those that the program knows: they come page by page, for
 * what an activity answers is kept in the history, and so is what one task of a workflow was answered together.
 */
export async function append(input: AppendInput, tell: TellAway): Promise<AppendResult> {
  let result = await appendOrRead(input, tell);
  if (result.appended || !result.more) return result;
  const { records } = result;
  while (!result.appended && result.more) {
    // The next page comes with another task.
    await sleep(1);
    result = await appendOrRead(reading(input, records.at(-1)!.seq), tell);
    if (!result.appended) records.push(...result.records);
  }
  return { appended: false, records, known: result.appended ? [] : result.known, hash: result.hash };
}

/** The same without anything to append: it is answered with what is there. */
function reading(input: AppendInput, expectedSeq: number): AppendInput {
  return { ...input, expectedSeq, expectedHash: undefined, records: [], notices: [] };
}
