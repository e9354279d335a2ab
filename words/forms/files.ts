import { field, type WordsOfForms } from './form.ts';

/** The forms of files. */
export const fileForms = {
  eraseFile: {
    title: 'Erase a file',
    verb: 'Erase it',
    fields: {
      sha256: field('File'),
      reason: field('Reason', 'It stays in the records, and so does the hash of the file. What is in the file goes.'),
    },
  },
} satisfies Partial<WordsOfForms>;
