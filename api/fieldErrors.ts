import type { TLocalizedValidationError } from 'typebox/error';
import { type FieldError, Problem } from './problem.ts';

/**
 * The problem that the errors of a schema stand for: 422 when all that is wrong are dates which the calendar does not
 * have (30 February), 400 otherwise. It lists every field with what is expected; `at` comes before their pointers.
 */
export function validationProblem(errors: TLocalizedValidationError[], where: string, at = ''): Problem {
  const fields = errors.filter(isTelling).flatMap((error) => fieldErrorsOf(error, at));
  const impossible = errors.every((error) => isFormat(error, 'date') && !isMisshapen(error, errors));
  const told = fields.map(({ pointer, detail }) => `${pointer || where}: ${detail}`).join(' ');
  return impossible
    ? new Problem(422, 'dates', told, { errors: fields })
    : new Problem(400, 'validation', `${parts[where] ?? `The ${where} is not as it must be`}. ${told}`, {
        errors: fields,
      });
}

function fieldErrorsOf(error: TLocalizedValidationError, at: string): FieldError[] {
  const pointer = at + error.instancePath;
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        pointer: `${pointer}/${name}`,
        detail: 'is missing; give it.',
      }));
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        pointer: `${pointer}/${name}`,
        detail: 'is not known here; leave it out.',
      }));
    case 'enum':
      return [{ pointer, detail: `must be one of ${error.params.allowedValues.join(', ')}.` }];
    case 'format':
      return [{ pointer, detail: formatDetails[error.params.format] ?? `must be a ${error.params.format}.` }];
    case 'pattern':
      return [{ pointer, detail: patternDetail(String(error.params.pattern)) }];
    default:
      return [{ pointer, detail: `${error.message}.` }];
  }
}

/** The parts of a request, as fastify names them. */
const parts: Record<string, string> = {
  params: 'The path is not as it must be',
  querystring: 'The query is not as it must be',
  headers: 'The headers are not as they must be',
};

const formatDetails: Record<string, string> = {
  date: 'is not a day of the calendar; give one that exists, as YYYY-MM-DD.',
  email: 'must be an e-mail address.',
};

function patternDetail(pattern: string): string {
  return pattern.includes('\\d{4}-\\d{2}-\\d{2}')
    ? 'must be a calendar date, as YYYY-MM-DD.'
    : `must match ${pattern}.`;
}

/** An unknown property is told of twice, and a text that is no date at all as well: once is enough. */
function isTelling(error: TLocalizedValidationError, _index: number, all: TLocalizedValidationError[]): boolean {
  return error.keyword !== 'boolean' && !(isFormat(error, 'date') && isMisshapen(error, all));
}

function isMisshapen(error: TLocalizedValidationError, all: TLocalizedValidationError[]): boolean {
  return all.some((other) => other.keyword === 'pattern' && other.instancePath === error.instancePath);
}

function isFormat(error: TLocalizedValidationError, format: string): boolean {
  return error.keyword === 'format' && error.params.format === format;
}
