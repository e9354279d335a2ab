import { type CheckpointTable, ownChain } from '../db/checkpoints.ts';
import type { VerifyResult } from '../db/types.ts';
import { type Checkpoint, hashOfStatement, headsOf, readCheckpoint } from './checkpoint.ts';
import { missing } from './series.ts';

/** What checkpoints say of one program, and how the register stands to it. */
export interface Standing {
  programId: string;
  /**
   * `asSaid`: it holds all that they say; `newer`: they do not name it; `lost`: somebody took what is missing for lost, in a later
   * checkpoint; the others are what was done to it.
   */
  is: 'asSaid' | 'newer' | 'lost' | 'deleted' | 'cut' | 'changed';
  detail: string;
}

/** A head that a checkpoint gives a program. */
interface Said {
  checkpoint: Checkpoint['checkpoint'];
  seq: number;
  hash: string;
}

/**
 * Compares the register with checkpoints that can be trusted, program by program. The chains must have been verified: hashes
 * are compared as they are written.
 *
 * @param checkpoints by number
 * @param chains how each program's chain was found
 */
export async function* compareWith(
  checkpoints: readonly Checkpoint[],
  table: Pick<CheckpointTable, 'hashes'>,
  chains: readonly VerifyResult[],
): AsyncGenerator<Standing> {
  const said = saidOf(checkpoints);
  const lost = lostIn(checkpoints);
  const present = new Map(chains.map((chain) => [chain.programId, chain]));
  for (const programId of [...new Set([...said.keys(), ...present.keys()])].sort()) {
    const heads = said.get(programId);
    if (!heads) {
      const detail = 'newer than the last checkpoint: nothing proves it yet';
      yield { programId, is: 'newer', detail };
      continue;
    }
    yield await standingOf(programId, heads, lost.get(programId), present.get(programId), table);
  }
}

/** Says what the database does not know of checkpoints, and they not of it: it was put back older, or some were removed. */
export async function compareSeries(
  checkpoints: readonly Checkpoint[],
  table: Pick<CheckpointTable, 'all'>,
  isWhole: boolean,
): Promise<string[]> {
  const made = new Map((await table.all()).map(({ number, text }) => [number, text]));
  const last = checkpoints.at(-1)?.checkpoint.number ?? 0;
  const lastMade = Math.max(0, ...made.keys());
  // What a database that was put back older did not know was taken for lost with what it had not recorded.
  const settled = checkpoints.findLast(({ checkpoint }) => checkpoint.accepted)?.checkpoint.number ?? 0;
  const problems: string[] = [];
  for (const { checkpoint } of checkpoints) {
    const { number } = checkpoint;
    const text = made.get(number);
    if (text !== undefined && hashOf(text) !== hashOfStatement(checkpoint))
      problems.push(`the database has another checkpoint ${number} than the one that was written`);
    else if (text === undefined && number <= lastMade && number > settled)
      problems.push(`the database has no checkpoint ${number} any more`);
  }
  if (last > lastMade) {
    problems.push(
      `the database knows checkpoints up to ${lastMade}, but ${last} was made: it is an older copy, or they were removed from it`,
    );
  }
  if (isWhole && lastMade > last) problems.push(missing(last + 1, lastMade));
  return problems;
}

function hashOf(text: string): string | undefined {
  try {
    return hashOfStatement(readCheckpoint(text).checkpoint);
  } catch {
    return undefined;
  }
}

/** The heads of each program by number, each head once: the last checkpoint that says it, for most say what the one before did. */
function saidOf(checkpoints: readonly Checkpoint[]): Map<string, Said[]> {
  const said = new Map<string, Said[]>();
  for (const { checkpoint } of checkpoints) {
    for (const { id, seq, hash } of headsOf(checkpoint, ownChain)) {
      if (seq === 0) continue;
      const heads = said.get(id) ?? [];
      const last = heads.at(-1);
      if (last?.seq === seq && last.hash === hash) last.checkpoint = checkpoint;
      else heads.push({ checkpoint, seq, hash });
      said.set(id, heads);
    }
  }
  return said;
}

/** For each program the last checkpoint in which something of it was taken for lost. */
function lostIn(checkpoints: readonly Checkpoint[]): Map<string, Checkpoint['checkpoint']> {
  return new Map(
    checkpoints.flatMap(({ checkpoint }) => checkpoint.accepted?.programs.map((id) => [id, checkpoint] as const) ?? []),
  );
}

async function standingOf(
  programId: string,
  heads: Said[],
  accepted: Checkpoint['checkpoint'] | undefined,
  chain: VerifyResult | undefined,
  table: Pick<CheckpointTable, 'hashes'>,
): Promise<Standing> {
  const binding = heads.filter(({ checkpoint }) => checkpoint.number >= (accepted?.number ?? 0));
  const told = accepted && `; what was before is taken for lost in ${named(accepted)}: ${accepted.accepted?.reason}`;
  const last = binding.at(-1);
  if (!last)
    return { programId, is: 'lost', detail: `taken for lost in ${named(accepted!)}: ${accepted?.accepted?.reason}` };
  if (!chain || chain.records === 0) {
    const detail = `DELETED: ${named(last.checkpoint)} has it with ${last.seq} records`;
    return { programId, is: 'deleted', detail };
  }
  const held = await table.hashes(programId, [...new Set(binding.map(({ seq }) => seq))]);
  const good = binding.filter(({ seq, hash }) => held.get(seq) === hash).map(({ seq }) => seq);
  const other = binding.filter(({ seq, hash }) => held.has(seq) && held.get(seq) !== hash);
  if (other.length > 0) {
    const first = other.reduce((a, b) => (b.seq < a.seq ? b : a));
    const from = Math.max(0, ...good.filter((seq) => seq < first.seq)) + 1;
    const where = from === first.seq ? `record ${from} on` : `a record between ${from} and ${first.seq} on`;
    const detail = `CHANGED from ${where}: record ${first.seq} has another hash than in ${named(first.checkpoint)}`;
    return { programId, is: 'changed', detail };
  }
  if (!held.has(last.seq)) {
    const most = binding.reduce((a, b) => (b.seq > a.seq ? b : a));
    const detail =
      `CUT: it ends at record ${chain.records}, but ${named(most.checkpoint)} has it with ${most.seq}: the last records were ` +
      'removed, or the database is an older copy';
    return { programId, is: 'cut', detail };
  }
  const since = chain.records - last.seq;
  const more = since > 0 ? `, and ${since} more since` : '';
  return { programId, is: 'asSaid', detail: `${last.seq} records as in ${named(last.checkpoint)}${more}${told ?? ''}` };
}

function named({ number, madeAt }: Checkpoint['checkpoint']): string {
  return `checkpoint ${number} of ${madeAt.slice(0, 16)}Z`;
}
