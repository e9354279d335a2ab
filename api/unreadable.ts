import { type UnreadableBy, unreadableText } from '../words/unreadable.ts';
import { Problem } from './problem.ts';
import { createProgramStates } from './programStates.ts';
import type { Services } from './services.ts';

/** In how many seconds to ask again for a program that somebody has to bring back first. */
const askAgainSeconds = '60';

/** 503: the program itself cannot be read, though the database can. */
export class UnreadableProgram extends Problem {
  readonly by: UnreadableBy;
  readonly programId: string;
  /** How its chain breaks, where it does. */
  readonly reason: string | undefined;

  constructor(programId: string, { by, reason }: Why, cause: unknown) {
    super(503, 'unreadable', unreadableText(by, programId, reason), {
      headers: { 'retry-after': askAgainSeconds },
      cause,
    });
    this.name = 'UnreadableProgram';
    this.by = by;
    this.programId = programId;
    this.reason = reason;
  }
}

interface Why {
  by: UnreadableBy;
  reason?: string;
}

/**
 * Reads something of one program among several; gives what stands in for it when that program cannot be read, so that one
 * whose records are damaged spoils no list of the others. Throws when it is the database that is away.
 */
export async function unlessUnreadable<T>(
  { database }: Pick<Services, 'database'>,
  read: () => Promise<T>,
  otherwise: T,
): Promise<T> {
  try {
    return await read();
  } catch {
    await database.ping();
    return otherwise;
  }
}

/**
 * The problem of a program that could not be read, found out from its records after an error that nobody expected; undefined when
 * its records are whole and the error is none of its rows. Rejects when the database is away.
 */
export async function unreadableProblem(
  { database }: Pick<Services, 'database'>,
  programId: string,
  error: unknown,
): Promise<UnreadableProgram | undefined> {
  const [head] = await database.read.heads(programId);
  if (!head) return undefined;
  const { ok, brokenAt } = await database.register.verify(programId);
  const why = ok
    ? await whyDespiteChain(database, programId, error)
    : { by: 'chain' as const, reason: brokenAt?.reason };
  return why && new UnreadableProgram(programId, why, error);
}

async function whyDespiteChain(
  database: Services['database'],
  programId: string,
  error: unknown,
): Promise<Why | undefined> {
  try {
    // Afresh: what is kept in memory may be from before the damage.
    await createProgramStates(database).read(programId);
  } catch {
    await database.ping();
    return { by: 'state' };
  }
  // Rows are JSON that we wrote, and one that is otherwise damaged throws the same; nothing else of a program is parsed as it is read.
  return error instanceof SyntaxError ? { by: 'rows' } : undefined;
}
