import { STATUS_CODES } from 'node:http';
import { CursorError } from '../db/cursor.ts';
import { Rejected } from '../domain/rejection.ts';

/** One field that is not as it must be. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, for example `/people/0/email`. */
  pointer: string;
  /** What is wrong with it, and what is expected. */
  detail: string;
}

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

/** 404: not there, or not the caller's to see; the two are not told apart. */
export function notFound(what: string): Problem {
  return new Problem(404, 'unknown', `${what} is not there, or not yours to see.`);
}

/** 503: Temporal or the database cannot be reached. A command may still be carried out. */
export function unavailable(detail: string, cause: unknown): Problem {
  return new Problem(503, 'unavailable', detail, { headers: { 'retry-after': '5' }, cause });
}

/** The problem that a refusal of the domain stands for. */
export function problemOf({ rejection }: Rejected): Problem {
  return new Problem(rejection.status, rejection.code, rejection.detail);
}

/** The problem of an error that is one, of a refusal or of a wrong cursor; undefined for every other error. */
export function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof CursorError) return new Problem(400, 'cursor', error.message);
  return error instanceof Rejected ? problemOf(error) : undefined;
}
