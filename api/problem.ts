import { STATUS_CODES } from 'node:http';
import { CursorError } from '../db/cursor.ts';
import { faultOf, isOutage, outageText, schemaText } from '../db/faults.ts';
import type { Rejection } from '../domain/answers.ts';
import { type RefusalKind, Refused } from '../domain/refusal.ts';
import type { FieldError } from '../words/fieldErrors.ts';
import { rejectionOf } from '../words/sayings/index.ts';

/** An error as it travels, `application/problem+json` (RFC 9457). */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  /** A rule's name (`R8`) or a short word, for programs to tell one problem from another. */
  code: string;
  errors?: FieldError[];
}

/** Thrown anywhere in `api/` to end a request with a problem document. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { errors?: FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }
}

/** A refusal of the domain, here or in the program's workflow, as the problem that it stands for. */
export class Rejected extends Problem {
  constructor({ kind, code, detail, field }: Rejection) {
    const prefix = `${field}: `;
    // Of one command among many, the detail begins with its place in the list, and the field is not one of the body.
    const errors = field &&
      detail.startsWith(prefix) && [{ pointer: pointerTo(field), detail: detail.slice(prefix.length) }];
    super(statusOf(kind), code, detail, errors ? { errors } : {});
    this.name = 'Rejected';
  }
}

const statuses = { forbidden: 403, unknown: 404, conflict: 409, invalid: 422 } as const satisfies Record<
  RefusalKind,
  number
>;

/** The HTTP status of a refusal. */
export function statusOf(kind: RefusalKind): (typeof statuses)[RefusalKind] {
  return statuses[kind];
}

/** The document that tells of a problem; `instance` is the path of the request. */
export function documentOf(problem: Problem, instance: string): ProblemDocument {
  return {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    instance,
    code: problem.code,
    ...(problem.errors && { errors: problem.errors }),
  };
}

/** 403: the caller's roles do not allow it. */
export function forbidden(detail: string): Problem {
  return new Problem(403, 'role', detail);
}

/** 404: not there, or not the caller's to see; the two are not told apart. */
export function notFound(what: string): Problem {
  return new Problem(404, 'unknown', `${what} does not exist, or you may not see it.`);
}

/** 409: not possible now. */
export function conflict(code: string, detail: string): Problem {
  return new Problem(409, code, detail);
}

/** 422: a field that is well-formed, and wrong in itself; named as `calendar.country`. */
export function wrongField(code: string, field: string, detail: string): Problem {
  return new Rejected({ kind: 'invalid', code, field, detail: `${field}: ${detail}` });
}

/** 503: Temporal or the database cannot be reached. A command may still be carried out. */
export function unavailable(detail: string, cause: unknown): Problem {
  return new Problem(503, 'unavailable', detail, { headers: { 'retry-after': '5' }, cause });
}

/**
 * The problem of an error that is one, of a refusal, of a wrong cursor, or of a database that cannot be used as it is;
 * undefined for every other error.
 */
export function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof CursorError) return new Problem(400, 'cursor', error.message);
  if (error instanceof Refused) return new Rejected(rejectionOf(error.refusal));
  const fault = faultOf(error);
  const said = fault && (isOutage(fault) ? outageText(fault) : schemaText(error));
  return said === undefined ? undefined : unavailable(`${said} ${askAgain}`, error);
}

const askAgain = 'Ask again later, with the same Idempotency-Key if you sent one.';

/** What a problem says to people, whom pages answer: a form carries its key by itself. */
export function forPeople({ message }: Problem): string {
  const sentences = message.split(/(?<=\.) (?=[A-Z])/);
  return sentences.filter((sentence) => !sentence.includes('Idempotency-Key')).join(' ');
}

/** The JSON Pointer (RFC 6901) to a field such as `adopt.audits[2].endsOn`. */
function pointerTo(field: string): string {
  const parts = field.split(/[.[\]]+/).filter((part) => part !== '');
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
