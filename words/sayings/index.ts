import type { Rejection } from '../../domain/answers.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Saying, SayingKey, Sayings, Speak, Text } from '../../domain/say.ts';
import { withWrittenDays } from '../when.ts';
import { adoptionSayings } from './adoption.ts';
import { assessmentSayings } from './assessment.ts';
import { auditSayings } from './audits.ts';
import { carriedSayings } from './carried.ts';
import { certificateSayings } from './certificate.ts';
import { changeSayings } from './changes.ts';
import { commonSayings } from './common.ts';
import { entrySayings } from './entries.ts';
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
  ...entrySayings,
  ...carriedSayings,
} satisfies WordsFor<Sayings>;

/** Puts what the domain says into words that people read: dates as people say them. */
export const speak: Speak = (saying) => withWrittenDays(sentenceOf(saying), saying.with);

/** The sentence of a saying, with dates as they are. */
function sentenceOf({ say, with: values }: Saying): string {
  // A saying ties its values to its key; the table forgets which are which.
  return sentences[say](values as never);
}

/** The words of a text: those of the saying, or somebody's own as they are. */
export function wordsOf(text: Text): string {
  return typeof text === 'string' ? text : speak(text);
}

/** A refusal in words, with the field that is wrong in front of them; dates as programs send them, which pages write as people say them. */
export function rejectionOf({ kind, code, saying, field }: Refusal): Rejection {
  const sentence = sentenceOf(saying);
  return field ? { kind, code, detail: `${field}: ${sentence}`, field } : { kind, code, detail: sentence };
}
