import { nameOf } from '../../domain/people/people.ts';
import { atOnce, type WordsOfRecords } from './entry.ts';
import { steerers } from './recipients.ts';

/** How the records of what is entered for people of the certification body read, and who hears of them. */
export const entryRecords = {
  EntryObjectedTo: {
    line: ({ seq, by, statement }) => `${by} objected to record ${seq}, which was entered for them: ${statement}`,
    tells: (state, { seq, by, statement }) => [
      atOnce(steerers(state), { kind: 'objection', seq, by: nameOf(state, by), statement }),
    ],
  },
} satisfies Partial<WordsOfRecords>;
