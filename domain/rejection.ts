import type { Rejection } from './types/index.ts';

/** Thrown inside the domain when a command is refused; `decide` turns it into its answer. */
export class Rejected extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(rejection.detail);
    this.name = 'Rejected';
    this.rejection = rejection;
  }
}

/** Refuses: not allowed in this state, or by the rule named in `code`. */
export function refuse(code: string, detail: string): never {
  throw new Rejected({ status: 409, code, detail });
}

/** Refuses: well-formed, but wrong in itself (a date in the past, an unknown person). */
export function wrong(code: string, detail: string): never {
  throw new Rejected({ status: 422, code, detail });
}

/** Refuses: the thing that the command names is not there. */
export function notThere(detail: string): never {
  throw new Rejected({ status: 404, code: 'unknown', detail });
}

/** Refuses: the caller's roles do not allow it. */
export function forbidden(detail: string): never {
  throw new Rejected({ status: 403, code: 'role', detail });
}
