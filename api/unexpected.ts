import type { FastifyRequest } from 'fastify';
import { Problem, unavailable } from './problem.ts';
import type { Services } from './services.ts';
import { UnreadableProgram, unreadableProblem } from './unreadable.ts';

/**
 * The problem of an error that nobody expected: the database cannot be reached, the program that was asked for cannot be read, or it
 * is a defect of ours.
 *
 * @param programId the program that the request is about, where it is about one
 */
export async function unexpected(
  services: Pick<Services, 'database'>,
  error: unknown,
  programId: string | undefined,
): Promise<Problem> {
  try {
    await services.database.ping();
    const unreadable = programId === undefined ? undefined : await unreadableProblem(services, programId, error);
    return unreadable ?? defect();
  } catch (away) {
    return unavailable(
      'The database cannot be reached. Ask again later, with the same Idempotency-Key if you sent one.',
      away,
    );
  }
}

/** The program that an address names, as all those below `/programs/` do. */
export function programIdIn(params: unknown): string | undefined {
  const { programId } = (params ?? {}) as { programId?: string };
  return programId;
}

/**
 * Logs what ended a request, where it is for operations: what is away as a warning with its reasons in words, what somebody has to mend as
 * an error with its stack.
 */
export function logProblem({ log }: Pick<FastifyRequest, 'log'>, problem: Problem, error: unknown): void {
  if (problem.status < 500) return;
  const isOutage = problem.status === 503 && !(problem instanceof UnreadableProgram);
  const cause = problem.cause ?? error;
  if (isOutage) log.warn({ because: reasonsOf(cause).join(': ') }, problem.message);
  else log.error({ err: cause }, problem.message);
}

/** What an error and its causes say, each once. */
function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const { cause, message } = error;
  // What tries several addresses has no words of its own.
  const of: unknown[] = error instanceof AggregateError ? error.errors : [];
  const causes = [...of, ...(cause === undefined || cause === null ? [] : [cause])].flatMap(reasonsOf);
  return [...new Set([message, ...causes])].filter(Boolean);
}

function defect(): Problem {
  return new Problem(
    500,
    'defect',
    'Something went wrong on our side; it was logged. Try again, or tell the administrator.',
  );
}
