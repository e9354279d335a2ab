import type { TLocalizedValidationError } from 'typebox/error';
import { count } from './phrases.ts';

/** One field that is not as it must be. */
export interface FieldError {
  /** JSON Pointer (RFC 6901), for example `/people/0/email`. */
  pointer: string;
  /** What is wrong with it, and what is expected. */
  detail: string;
}

/** What the errors of a schema say, field by field; `at` comes before their pointers. */
export function fieldErrors(errors: readonly TLocalizedValidationError[], at = ''): FieldError[] {
  return errors.filter(isTelling).flatMap((error) => told(error, at));
}

/** Whether all that is wrong are dates which the calendar does not have (30 February). */
export function areImpossibleDates(errors: readonly TLocalizedValidationError[]): boolean {
  return errors.every((error) => isFormat(error, 'date') && !isMisshapen(error, errors));
}

/** Whether all that is wrong are texts that are too long. */
export function areTooLong(errors: readonly TLocalizedValidationError[]): boolean {
  return errors.every((error) => error.keyword === 'maxLength');
}

function told(error: TLocalizedValidationError, at: string): FieldError[] {
  const pointer = at + error.instancePath;
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        pointer: `${pointer}/${name}`,
        detail: 'is missing; send it.',
      }));
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        pointer: `${pointer}/${name}`,
        detail: 'is not known here; leave it out.',
      }));
    case 'enum':
      return [{ pointer, detail: `must be one of ${error.params.allowedValues.join(', ')}.` }];
    case 'format':
      return [{ pointer, detail: formats[error.params.format] ?? `must be a ${error.params.format}.` }];
    case 'pattern':
      return [{ pointer, detail: patternOf(String(error.params.pattern)) }];
    case 'maxLength':
      return [{ pointer, detail: tooLong(error.params.limit) }];
    case 'type':
      return [
        {
          pointer,
          detail: `must be ${[error.params.type]
            .flat()
            .map((type) => types[type] ?? type)
            .join(' or ')}.`,
        },
      ];
    case 'minimum':
      return [{ pointer, detail: `must be at least ${error.params.limit}.` }];
    case 'maximum':
      return [{ pointer, detail: `must be at most ${error.params.limit}.` }];
    case 'minLength':
      return [
        {
          pointer,
          detail:
            error.params.limit === 1
              ? 'must not be empty.'
              : `must have at least ${count(error.params.limit, 'character')}.`,
        },
      ];
    case 'minItems':
      return [{ pointer, detail: `must have at least ${count(error.params.limit, 'item')}.` }];
    case 'maxItems':
      return [{ pointer, detail: `must have at most ${count(error.params.limit, 'item')}.` }];
    default:
      return [{ pointer, detail: `${error.message}.` }];
  }
}

/** A text has more code points than it may. */
export function tooLong(most: number): string {
  return `is longer than ${most} characters (accents of their own count too); shorten it.`;
}

const types: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const formats: Record<string, string> = {
  date: 'is not a day of the calendar; send one that exists, as YYYY-MM-DD.',
  email: 'must be an e-mail address.',
};

function patternOf(pattern: string): string {
  return pattern.includes('\\d{4}-\\d{2}-\\d{2}')
    ? 'must be a calendar date, as YYYY-MM-DD.'
    : `must match ${pattern}.`;
}

/** An unknown property comes up twice, and so does a text that is no date at all: once is enough. */
function isTelling(error: TLocalizedValidationError, _index: number, all: readonly TLocalizedValidationError[]) {
  return error.keyword !== 'boolean' && !(isFormat(error, 'date') && isMisshapen(error, all));
}

function isMisshapen(error: TLocalizedValidationError, all: readonly TLocalizedValidationError[]): boolean {
  return all.some((other) => other.keyword === 'pattern' && other.instancePath === error.instancePath);
}

function isFormat(error: TLocalizedValidationError, format: string): boolean {
  return error.keyword === 'format' && error.params.format === format;
}
