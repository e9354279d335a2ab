import { type CheckpointTable, ownChain, type ProgramHead } from '../db/checkpoints.ts';
import type { Instant } from '../domain/basics.ts';
import {
  beforeFirst,
  type Checkpoint,
  hashOfStatement,
  headsOf,
  readCheckpoint,
  signed,
  textOf,
} from './checkpoint.ts';
import type { SigningKey } from './key.ts';

/** The register does not hold what the checkpoint before says of it: none is made until somebody looked into it. */
export class CheckpointRefused extends Error {
  override readonly name = 'CheckpointRefused';
}

export interface Making {
  table: CheckpointTable;
  key: SigningKey;
  now: Instant;
  /** The last checkpoint where they are kept, which a database that was put back older may not know. */
  known?: Checkpoint | undefined;
  /** Why what the register does not hold any more is taken for lost, said by a person; refused when absent. */
  accepting?: string | undefined;
  /** Has the hash of a checkpoint stamped by somebody else; gives the token in base64. */
  stamp?: ((hash: string) => Promise<string>) | undefined;
}

/**
 * Makes the next checkpoint: where every chain ends, tied to the checkpoint before and signed. Undefined when another process
 * made it meanwhile.
 *
 * @throws CheckpointRefused when the register does not hold what the one before says, or that was signed with another key
 */
export async function makeCheckpoint(making: Making): Promise<Checkpoint | undefined> {
  const { table, key, now, known, accepting, stamp } = making;
  const last = later(await lastKept(table), known);
  const installation = await table.installation();
  const heads = await table.heads();
  const own = heads.find(({ id }) => id === ownChain);
  const lost = last ? await changedSince(table, headsOf(last.checkpoint, ownChain), heads) : [];
  const why = last ? reasons(last, lost, installation, key.publicKey) : [];
  if (why.length > 0 && accepting === undefined) throw new CheckpointRefused(`${why.join(' ')} ${remedy}`);
  const statement = {
    format: 'certloop-checkpoint-1' as const,
    installation,
    number: (last?.checkpoint.number ?? 0) + 1,
    madeAt: now,
    previous: last ? hashOfStatement(last.checkpoint) : beforeFirst,
    programs: heads.filter((head) => head !== own).map(({ id, seq, hash }) => ({ id, seq, hash })),
    ...(own && { own: { seq: own.seq, hash: own.hash } }),
    ...(why.length > 0 && accepting !== undefined && { accepted: { reason: accepting, programs: lost } }),
    publicKey: key.publicKey,
  };
  const checkpoint = signed(statement, key.key);
  if (stamp) checkpoint.timestamp = await stamp(hashOfStatement(statement));
  const added = await table.add({ number: statement.number, madeAt: now, text: textOf(checkpoint) });
  return added ? checkpoint : undefined;
}

const remedy =
  'No checkpoint is made over it. Run "certloop verify --against" with the place of the checkpoints, bring back a database in ' +
  'which it is as it was, or, where that is lost for good, say why with "certloop checkpoint --accept <reason>".';

async function lastKept(table: CheckpointTable): Promise<Checkpoint | undefined> {
  const last = await table.last();
  return last && readCheckpoint(last.text);
}

function later(one: Checkpoint | undefined, other: Checkpoint | undefined): Checkpoint | undefined {
  return (other?.checkpoint.number ?? 0) > (one?.checkpoint.number ?? 0) ? other : one;
}

/** The programs of which the register no longer holds the record at which they ended, or has another in its place. */
async function changedSince(
  table: CheckpointTable,
  before: readonly ProgramHead[],
  now: readonly ProgramHead[],
): Promise<string[]> {
  const present = new Map(now.map((program) => [program.id, program]));
  const changed: string[] = [];
  for (const { id, seq, hash } of before) {
    const is = present.get(id);
    // A chain without records has nothing that could be changed.
    if (seq === 0) continue;
    const found = is?.seq === seq ? is.hash : (await table.hashes(id, [seq])).get(seq);
    if (!is || is.seq < seq || found !== hash) changed.push(id);
  }
  return changed;
}

function reasons({ checkpoint }: Checkpoint, lost: string[], installation: string, publicKey: string): string[] {
  const of = `checkpoint ${checkpoint.number} of ${checkpoint.madeAt}`;
  return [
    ...(checkpoint.installation === installation ? [] : [`The ${of} is of another installation.`]),
    ...(checkpoint.publicKey === publicKey ? [] : [`The ${of} was signed with another key (${checkpoint.publicKey}).`]),
    ...(lost.length === 0 ? [] : [`The register no longer holds what ${of} says of ${lost.join(', ')}.`]),
  ];
}
