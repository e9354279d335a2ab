import type { EntrySayings } from '../../domain/entries/sayings.ts';
import { roleLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about what is entered for people of the certification body. */
export const entrySayings: WordsFor<EntrySayings> = {
  enteredFor: ({ type, allowed }) =>
    `${type} can be sent by ${list(
      allowed.map((role) => roleLabels[role]),
      'or',
    )}; a program manager enters it for one of them: say whose act it is, and from which document of the certification body.`,
  ownAct: () => 'it is your own act: leave this out.',
  enteredByManager: ({ email }) =>
    `What the certification body did is entered by a program manager; ${email} is none in this program.`,
  bodyPersonUnknown: ({ email }) => `${email} is not among the people of this program; add the person first.`,
  notTheirAct: ({ name, able }) =>
    `${name} cannot have done this: it is done by a ${list(
      able.map((role) => roleLabels[role]),
      'or',
    )} of the certification body.`,
  documentOfNobody: () => 'say whose act the document shows, or leave the document out.',
  restsOnDocument: () => 'name the document of the certification body from which this is entered.',
  documentNowhere: () => 'add the document as a file, or give the address at which it is kept.',
  noEntryOfTheirs: ({ entryId }) =>
    `There is no entry ${entryId} that was lately made for you; look among the records for the one that is meant.`,
  objectedBefore: ({ entryId }) => `You have objected to ${entryId} before.`,
  clearUpObjection: ({ name, seq }) => `Clear up with ${name} what was entered for them (record ${seq})`,
};
