import type { Client } from '@temporalio/client';
import { beganAnew, beginFrom, bringClockBack, clockBefore, endRun, headOf } from '../api/executions/begin.ts';
import { standingOf } from '../api/executions/listing.ts';
import { createProgramStates } from '../api/programStates.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import { openExistingDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import { isEnded } from '../domain/program/queries.ts';
import { behindText, replacedText } from '../domain/registerBehind.ts';
import type { ProgramState } from '../domain/state.ts';
import type { FileStore } from '../files/store.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { taskQueue } from '../workflows/messages.ts';
import { missingFiles } from './files.ts';
import { count } from './run/count.ts';
import {
  bothReachable,
  eachProgram,
  type Outcome,
  problemsOf,
  reasonOf,
  type Telling,
  tellOutcomes,
} from './run/eachProgram.ts';
import { openStore } from './run/files.ts';
import { signingKeys } from './run/keys.ts';
import { connectService, Parts } from './run/parts.ts';

/** How many programs are restored at the same time. */
const atOnce = 16;

/**
 * What became of one program: it was `restored`, `runs` already, has `ended`, its chain is `broken`, it is restored with
 * its clock `behind`, its execution is `ahead` of the register, its records were `replaced` under its execution, it `failed` and
 * was not started, or it was `untried`, for the service went away before.
 */
export type Restored = Outcome<Became>;

type Became = 'restored' | 'runs' | 'ended' | 'broken' | 'behind' | 'ahead' | 'replaced';

/** Where programs are restored, and what with. */
interface Place {
  client: Client;
  database: Database;
  keys: SigningKeys;
  queue: string;
}

/** `certloop restore`: every open program again on an empty Temporal service; ends with status 1 when one is not. */
export async function restoreCommand(): Promise<void> {
  const settings = loadSettings(process.env);
  const parts = new Parts();
  try {
    const database = await openExistingDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const client = await connectService(settings, parts);
    const keys = signingKeys(settings, (line) => console.log(line));
    const lost = await lostFiles(settings, database);
    const problems = await problemsOf(report(restoreAll(client, database, keys), (line) => console.log(line)));
    if (lost > 0)
      problems.push(`${count(lost, 'file')} missing: put them back from a backup, then run certloop verify.`);
    if (problems.length > 0) throw new Error(problems.join(' '));
  } finally {
    await parts.stop();
  }
}

/**
 * Says which files programs name that are not there; programs are restored all the same, also when the files cannot be looked
 * at. Gives how many.
 */
async function lostFiles(settings: Settings, database: Database): Promise<number> {
  let store: FileStore | undefined;
  try {
    store = await openStore(settings);
    const missing = await missingFiles(database, store);
    for (const { sha256, bytes } of missing) console.log(`File ${sha256} of ${count(bytes, 'byte')} is MISSING`);
    return missing.length;
  } catch (error) {
    console.log(`The files were not looked at: ${reasonOf(error)}`);
    return 0;
  } finally {
    store?.close();
  }
}

/** Says what became of each program, and what of all. Throws when something is left to do. */
export function report(restoring: AsyncIterable<Restored>, say: (line: string) => void): Promise<void> {
  return tellOutcomes(restoring, telling, say);
}

const telling: Telling<Became> = {
  counted: [
    ['restored', 'restored'],
    ['behind', 'restored with its clock behind'],
    ['runs', 'left alone, for it runs already'],
    ['ended', 'closed or cancelled'],
    ['broken', 'refused for a broken chain'],
    ['ahead', 'ahead of the register'],
    ['replaced', 'whose records were changed'],
    ['failed', 'failed'],
    ['untried', 'not tried'],
  ],
  left: {
    broken:
      'A program with a broken chain is not restored: bring back a backup in which it is whole ("certloop verify").',
    ahead:
      'A program whose execution is ahead of the register records nothing until the newest database is back, or its ' +
      'execution was terminated and it was restored from the older one.',
    replaced:
      'A program whose records were changed under its execution records nothing until they are as they were, or its ' +
      'execution was terminated and it was restored from what is there.',
    failed: '',
    untried: 'The service or the database went away and did not come back: see that both run.',
  },
  done: 'restored',
  nothing: 'nothing to restore',
  again: 'What was restored runs; running this again leaves it alone.',
};

/**
 * Starts each open program in its phase, with the state that its records fold to; its timers follow from the state. A
 * program that runs already, or has ended, is left alone, and told of when it is ahead of the register; one whose chain is
 * broken is refused, and one that cannot be read or started fails alone. A rehearsal's clock is brought to where its last
 * record was written. When the service or the database goes away for good, the rest are left untried; what was restored
 * until then runs.
 */
export async function* restoreAll(
  client: Client,
  database: Database,
  keys: SigningKeys,
  queue: string = taskQueue,
): AsyncGenerator<Restored> {
  yield* eachProgram<Became>({
    programIds: await database.register.programIds(),
    atOnce,
    work: (programId) => restore({ client, database, keys, queue }, programId),
    reachable: bothReachable(client, database),
  });
}

async function restore({ client, database, keys, queue }: Place, programId: string): Promise<Restored> {
  const { ok, brokenAt } = await database.register.verify(programId);
  if (!ok) {
    const detail = `REFUSED: the chain is broken at record ${brokenAt?.seq}: ${brokenAt?.reason}`;
    return { programId, outcome: 'broken', detail };
  }
  const reading = await createProgramStates(database).read(programId);
  if (!reading) throw new Error(`The register holds no records of ${programId}.`);
  const { state } = reading;
  if (isEnded(state)) return { programId, outcome: 'ended', detail: `${state.status}; nothing to restore` };
  const clockAt = await clockBefore(database, state);
  if (!(await beginFrom({ client, database, keys, queue }, state)))
    return running({ client, database, keys, queue }, state);
  const detail = `restored in ${state.phase} with ${count(state.seq, 'record')}`;
  const behind = await bringClockBack(client, programId, clockAt);
  if (behind) return { programId, outcome: 'behind', detail: `${detail}; ${behind}` };
  return { programId, outcome: 'restored', detail };
}

/**
 * A program that runs already is left alone; whether it knows more than the register, only itself can say. One that was reset
 * in Temporal knows less, and a workflow of somebody else in its place nothing: it begins anew with what the register has.
 */
async function running(place: Place, state: ProgramState): Promise<Restored> {
  const { client, database, queue } = place;
  const { register } = database;
  const { id: programId, seq } = state;
  const { isReset, runId, stranger } = await standingOf(client, programId, queue);
  if (stranger && runId) {
    await endRun(client, programId, runId, beganAnew);
    const detail = `in its place ran ${stranger.replace(/\.$/, '')}; that was ended, and it is restored with ${count(seq, 'record')}`;
    if (await beginFrom(place, state)) return { programId, outcome: 'restored', detail };
  }
  const head = await headOf(client, programId);
  const executionSeq = head?.seq;
  if (isReset && runId && executionSeq !== undefined && executionSeq < seq) {
    await endRun(client, programId, runId, beganAnew);
    if (await beginFrom(place, state))
      return { programId, outcome: 'restored', detail: `was reset in Temporal; restored with ${count(seq, 'record')}` };
  }
  // It may have recorded more since the register was read.
  const isAhead =
    executionSeq && (await register.records(programId, { after: executionSeq - 1, limit: 1 })).length === 0;
  if (isAhead) {
    return { programId, outcome: 'ahead', detail: `AHEAD, left as it is: ${behindText(programId, seq, executionSeq)}` };
  }
  if (head?.hash && (await register.hashOf(programId, head.seq)) !== head.hash) {
    return { programId, outcome: 'replaced', detail: `REPLACED, left as it is: ${replacedText(programId, head.seq)}` };
  }
  const unsure = executionSeq === undefined ? '; it did not say how far it is: let a worker run and ask again' : '';
  const detail = `runs already; left alone (the register has ${count(seq, 'record')}${unsure})`;
  return { programId, outcome: 'runs', detail };
}
