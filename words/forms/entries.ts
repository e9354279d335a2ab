import { field, type WordsOfForms } from './form.ts';

/** The forms of what is entered for people of the certification body. */
export const entryForms = {
  objectToEntry: {
    title: 'Object to what was entered for you',
    verb: 'Object',
    fields: {
      entryId: field('Entry', 'Its number, such as E-1.'),
      statement: field('What is not so', 'And what is right. The program manager is asked to clear it up with you.'),
    },
  },
} satisfies Partial<WordsOfForms>;
