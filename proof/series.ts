import { beforeFirst, type Checkpoint, hashOfStatement, isSigned, readCheckpoint } from './checkpoint.ts';
import { isOver } from './timestamp.ts';

/** A text that is said to be a checkpoint, and where it was found. */
export interface Found {
  name: string;
  text: string;
  /** Why it could not be read. */
  unread?: string | undefined;
}

/** The checkpoints that can be trusted, by number, and what is wrong with the others and between them. */
export interface Series {
  checkpoints: Checkpoint[];
  problems: string[];
}

/**
 * Reads checkpoints and keeps those that are signed with a known key for an installation.
 *
 * @param keys raw public keys in base64url, known from before: never what a checkpoint says of itself
 * @param isWhole whether these are said to be all that were made, from the first on
 */
export function seriesOf(
  found: readonly Found[],
  keys: readonly string[],
  installation: string,
  isWhole: boolean,
): Series {
  const problems: string[] = [];
  const byNumber = new Map<number, Checkpoint>();
  for (const { name, text, unread } of found) {
    const one = unread ?? trusted(text, keys, installation);
    if (typeof one === 'string') {
      problems.push(`${name}: ${one}`);
      continue;
    }
    const { number } = one.checkpoint;
    const other = byNumber.get(number);
    if (other && hashOfStatement(other.checkpoint) !== hashOfStatement(one.checkpoint))
      problems.push(
        `${name}: there is another checkpoint ${number}, signed as well: one was made from a copy or by a thief of the key`,
      );
    else byNumber.set(number, one);
  }
  const checkpoints = [...byNumber.values()].sort((a, b) => a.checkpoint.number - b.checkpoint.number);
  return { checkpoints, problems: [...problems, ...breaks(checkpoints, isWhole)] };
}

/** Says why a checkpoint is not to be trusted. */
function trusted(text: string, keys: readonly string[], installation: string): Checkpoint | string {
  let one: Checkpoint;
  try {
    one = readCheckpoint(text);
  } catch (error) {
    return (error as Error).message;
  }
  const { publicKey, installation: of } = one.checkpoint;
  if (!keys.includes(publicKey)) {
    return isSigned(one, [publicKey])
      ? `it is signed with a key that is not known (${publicKey}): forged, or made after the key was changed`
      : 'it is forged: neither its key is known nor does its signature fit it';
  }
  if (!isSigned(one, keys)) return 'it was altered since it was signed, or is forged: its signature does not fit it';
  const { timestamp } = one;
  if (timestamp !== undefined && !isOver(timestamp, hashOfStatement(one.checkpoint)))
    return 'its time stamp is over something else: it was altered';
  if (of !== installation) return `it is of another installation (${of}, this one is ${installation})`;
  return one;
}

/** Where checkpoints do not follow each other. */
function breaks(checkpoints: readonly Checkpoint[], isWhole: boolean): string[] {
  const problems: string[] = [];
  let before: Checkpoint | undefined;
  for (const one of checkpoints) {
    const { number, previous } = one.checkpoint;
    const expected = before ? before.checkpoint.number + 1 : isWhole ? 1 : number;
    if (number > expected) problems.push(missing(expected, number - 1));
    else if (number === 1 && previous !== beforeFirst) problems.push('checkpoint 1 names one before it');
    else if (before && previous !== hashOfStatement(before.checkpoint))
      problems.push(`checkpoint ${number} does not follow checkpoint ${number - 1}: one of them is not of this chain`);
    before = one;
  }
  return problems;
}

/** That checkpoints of a series are not there. */
export function missing(from: number, through: number): string {
  const which = from === through ? `checkpoint ${from} is` : `checkpoints ${from} to ${through} are`;
  return `${which} missing: somebody removed what was written`;
}
