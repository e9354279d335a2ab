import type { AdoptionSayings } from './adoption/sayings.ts';
import type { AssessmentSayings } from './assessment/sayings.ts';
import type { AuditSayings } from './audits/sayings.ts';
import type { CarriedSayings } from './carried/sayings.ts';
import type { CertificateSayings } from './certificate/sayings.ts';
import type { ChangeSayings } from './changes/sayings.ts';
import type { EntrySayings } from './entries/sayings.ts';
import type { FindingSayings } from './findings/sayings.ts';
import type { PeopleSayings } from './people/sayings.ts';
import type { PlanSayings } from './plan/sayings.ts';
import type { ProgramSayings } from './program/sayings.ts';
import type { CommonSayings } from './sayings.ts';
import type { TaskSayings } from './tasks/sayings.ts';

/**
 * Everything that the domain has to say to people, by a key of its own, with the values that the sentence needs. The
 * sentences are in `words/`; one that is missing there does not compile.
 */
export type Sayings = CommonSayings &
  TaskSayings &
  AssessmentSayings &
  AuditSayings &
  FindingSayings &
  CertificateSayings &
  ChangeSayings &
  PeopleSayings &
  PlanSayings &
  ProgramSayings &
  AdoptionSayings &
  EntrySayings &
  CarriedSayings;

export type SayingKey = keyof Sayings;

/** Something to say, not yet in words. */
export type Saying = { [K in SayingKey]: { say: K; with: Sayings[K] } }[SayingKey];

/** Words: somebody's own, or something that is still to be put into words. */
export type Text = Saying | string;

/** Puts something into words; `words/` gives it. */
export type Speak = (saying: Saying) => string;

/** Something to say, from its key and its values. */
export function say<K extends SayingKey>(key: K, values: Sayings[K]): Saying {
  // Key and values belong together by the signature, which the union cannot see.
  return { say: key, with: values } as Saying;
}
