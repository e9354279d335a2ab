import type { TLocalizedValidationError } from 'typebox/error';
import { areImpossibleDates, areTooLong, fieldErrors } from '../words/fieldErrors.ts';
import { Problem } from './problem.ts';

/**
 * The problem that the errors of a schema stand for: 422 when all that is wrong are dates which the calendar does not
 * have (30 February), or texts of a body that are too long, 400 otherwise. It lists every field with what is expected;
 * `at` comes before their pointers.
 */
export function validationProblem(errors: TLocalizedValidationError[], where: string, at = ''): Problem {
  const fields = fieldErrors(errors, at);
  const told = fields.map(({ pointer, detail }) => `${pointer || where}: ${detail}`).join(' ');
  if (areImpossibleDates(errors)) return new Problem(422, 'dates', told, { errors: fields });
  const lead = parts[where];
  if (!lead && areTooLong(errors)) return new Problem(422, 'text', told, { errors: fields });
  return new Problem(400, 'validation', `${lead ?? `The ${where} is not valid`}. ${told}`, { errors: fields });
}

/** The parts of a request beside its body, as fastify names them. */
const parts: Record<string, string> = {
  params: 'The path is not valid',
  querystring: 'The query is not valid',
  headers: 'The headers are not valid',
};
