import { type Saying, type SayingKey, type Sayings, say } from './say.ts';

/** Why something is refused: not the sender's to do, not there, not now, or wrong in itself. */
export type RefusalKind = 'forbidden' | 'unknown' | 'conflict' | 'invalid';

/** A refusal, not yet in words. */
export interface Refusal {
  kind: RefusalKind;
  /** A rule's name (`R8`) or a short word (`state`, `role`, `dates`, `unknown`, …). */
  code: string;
  saying: Saying;
  /** The field of the payload that is wrong, as `people[0].email`; absent when it is none in particular. */
  field?: string;
}

/** Thrown inside the domain when a command is refused; `decide` turns it into its answer. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.saying.say}`);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Refuses: not allowed in this state, or by the rule named in `code`. */
export function refuse<K extends SayingKey>(code: string, key: K, values: Sayings[K], field?: string): never {
  throw refused('conflict', code, say(key, values), field);
}

/** Refuses: well-formed, but wrong in itself (a date in the past, an unknown person). */
export function wrong<K extends SayingKey>(code: string, key: K, values: Sayings[K], field?: string): never {
  throw refused('invalid', code, say(key, values), field);
}

/** Refuses: the thing that the command names is not there. */
export function notThere<K extends SayingKey>(key: K, values: Sayings[K]): never {
  throw refused('unknown', 'unknown', say(key, values));
}

/** Refuses: the sender's roles do not allow it. */
export function forbidden<K extends SayingKey>(key: K, values: Sayings[K]): never {
  throw refused('forbidden', 'role', say(key, values));
}

/** The refusal of a field that is part of a larger one: `planDueOn` of `adopt.openFindings[3]`. */
export function within(at: string, error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  const { kind, code, saying, field } = error.refusal;
  return refused(kind, code, saying, field ? `${at}.${field}` : at);
}

function refused(kind: RefusalKind, code: string, saying: Saying, field?: string): Refused {
  return new Refused({ kind, code, saying, ...(field ? { field } : {}) });
}
