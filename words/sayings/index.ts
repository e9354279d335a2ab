import type { Rejection } from '../../domain/answers.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { SayingKey, Sayings, Speak, Text } from '../../domain/say.ts';
import { adoptionSayings } from './adoption.ts';
import { assessmentSayings } from './assessment.ts';
import { auditSayings } from './audits.ts';
import { certificateSayings } from './certificate.ts';
import { changeSayings } from './changes.ts';
import { commonSayings } from './common.ts';
import { findingSayings } from './findings.ts';
import { peopleSayings } from './people.ts';
import { planSayings } from './plan.ts';
import { programSayings } from './program.ts';
import { taskSayings } from './tasks.ts';
import type { WordsFor } from './words.ts';

/** The sentence of each key; a key belongs to one subject only. Which values a sentence takes, its key knows. */
const sentences: Record<SayingKey, (values: never) => string> = {
  ...commonSayings,
  ...taskSayings,
  ...assessmentSayings,
  ...auditSayings,
  ...findingSayings,
  ...certificateSayings,
  ...changeSayings,
  ...peopleSayings,
  ...planSayings,
  ...programSayings,
  ...adoptionSayings,
} satisfies WordsFor<Sayings>;

/** Puts what the domain says into words. */
export const speak: Speak = ({ say, with: values }) => {
  // A saying ties its values to its key; the table forgets which are which.
  return sentences[say](values as never);
};

/** The words of a text: those of the saying, or somebody's own as they are. */
export function wordsOf(text: Text): string {
  return typeof text === 'string' ? text : speak(text);
}

/** A refusal in words, with the field that is wrong in front of them. */
export function rejectionOf({ kind, code, saying, field }: Refusal): Rejection {
  const sentence = speak(saying);
  return field ? { kind, code, detail: `${field}: ${sentence}`, field } : { kind, code, detail: sentence };
}
