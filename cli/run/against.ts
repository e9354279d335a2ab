import { loadSettings } from '../../config/settings.ts';
import { ownChain } from '../../db/checkpoints.ts';
import type { Database, VerifyResult } from '../../db/types.ts';
import { compareSeries, compareWith, type Standing } from '../../proof/against.ts';
import { readAgainst } from '../../proof/open.ts';
import { seriesOf } from '../../proof/series.ts';
import { knownKeys } from './checkpoints.ts';
import { count } from './count.ts';

/** With which checkpoints the register is compared, and by which keys they are known. */
export interface Against {
  against?: string;
  key?: string[];
}

/**
 * Compares the register with checkpoints and says how each program stands to them, or those that are named. Gives what is wrong,
 * with what to do.
 *
 * @param chains the chains as they were found; all of them unless programs are named
 */
export async function compareAgainst(
  database: Database,
  { against, key = [] }: Against,
  chains: readonly VerifyResult[],
  named: readonly string[],
): Promise<string[]> {
  if (against === undefined) return [];
  const keys = await knownKeys(loadSettings(process.env), key);
  const { found, isWhole } = await readAgainst(against);
  const { checkpoints, problems } = seriesOf(found, keys, await database.checkpoints.installation(), isWhole);
  problems.push(...(await compareSeries(checkpoints, database.checkpoints, isWhole)));
  for (const problem of problems) console.log(`Checkpoints: ${problem}`);
  const last = checkpoints.at(-1)?.checkpoint;
  if (!last) return [`No checkpoint of ${against} can be trusted: nothing was compared.`];
  const [first] = checkpoints;
  console.log(
    `${count(checkpoints.length, 'checkpoint')} that can be trusted, ${first!.checkpoint.number} to ${last.number}, the last of ${last.madeAt}.`,
  );
  const wrong: Standing[] = [];
  const all = named.length > 0 ? chains : [...chains, await ownOf(database)];
  for await (const standing of compareWith(checkpoints, database.checkpoints, all)) {
    if (named.length > 0 && !named.includes(standing.programId)) continue;
    console.log(`${standing.programId}: ${standing.detail}`);
    if (isWrong.has(standing.is)) wrong.push(standing);
  }
  return [
    ...(problems.length > 0
      ? [`${count(problems.length, 'problem')} with the checkpoints themselves, see above.`]
      : []),
    ...(wrong.length > 0
      ? [`${count(wrong.length, 'program')} not as the checkpoints say: ${idsOf(wrong)}. ${advice}`]
      : []),
  ];
}

/** The standings that are wrong. */
const isWrong = new Set<Standing['is']>(['deleted', 'cut', 'changed']);

const advice =
  'Find out who did it, and bring back the newest database in which they are as they were. Where a restored backup is older than the ' +
  'last checkpoint and nothing newer is left, "certloop checkpoint --accept <reason>" records that as lost.';

/** The installation's own chain, as if it were a program's. */
async function ownOf({ installation }: Database): Promise<VerifyResult> {
  const { ok, records } = await installation.verify();
  return { programId: ownChain, ok, records };
}

function idsOf(standings: readonly Standing[]): string {
  return standings.map(({ programId }) => programId).join(', ');
}
