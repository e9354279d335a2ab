import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { asProblem, Problem } from '../../api/problem.ts';

/** The parts of a form with files, as they come in. Throws the 400 problem for what is no such form, or ends within it. */
export async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts();
  } catch (error) {
    // The reader of forms has no status for what it cannot read; what it refuses as too large or too many has one.
    if (asProblem(error) || (error as { statusCode?: number }).statusCode !== undefined) throw error;
    throw new Problem(
      400,
      'malformed',
      'The form cannot be read to its end. Open the page again, and send it from there.',
      {
        cause: error,
      },
    );
  }
}
