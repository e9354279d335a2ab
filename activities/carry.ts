import { isDeepStrictEqual } from 'node:util';
import { activityInfo } from '@temporalio/activity';
import type { Database } from '../db/types.ts';
import { fold } from '../domain/fold.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { workflowIdOf } from '../domain/workflowId.ts';
import { flawText } from '../signing/flaws.ts';
import type { ProgramActivities } from './contract.ts';
import { mustBeLocal, notSignedFailure } from './signatures.ts';

const atOnce = 1_000;

/** Compares with the register what a run was handed that no worker signed, as a version before signatures hands it on. */
export function createCheckCarry({ register }: Pick<Database, 'register'>): ProgramActivities['checkCarry'] {
  return async (state) => {
    mustBeLocal();
    const isOfRun = workflowIdOf(state?.id) === activityInfo().workflowExecution?.workflowId;
    if (!isOfRun || !(await isAsRecorded(state))) throw notSignedFailure(flawText({ flaw: 'unsigned' }));
    return (await register.hashOf(state.id, state.seq)) ?? null;
  };

  async function isAsRecorded(state: ProgramState): Promise<boolean> {
    const records: ProgramRecord[] = [];
    for (let after = 0; ; after = records.at(-1)!.seq) {
      const page = await register.records(state.id, { after, limit: atOnce });
      records.push(...page);
      if (page.length < atOnce) break;
    }
    const known = records.filter(({ seq }) => seq <= state.seq);
    // As JSON, which is how it came.
    return known.length > 0 && isDeepStrictEqual(JSON.parse(JSON.stringify(fold(known))), state);
  }
}
