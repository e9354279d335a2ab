import { roleLabels } from '../labels.ts';
import { choice, field, listOf, type WordsOfForms } from './form.ts';
import { asOptions } from './options.ts';
import { optionalReason, reason } from './shared.ts';

export const email = field('E-mail address');
export const name = field('Name', 'As others know this person.');
export const roles = choice(
  'Roles',
  asOptions(roleLabels),
  'At least one. People of the certification body are lead auditor, auditor, decision maker or viewer.',
);

/** The forms of who takes part. */
export const peopleForms = {
  setPeople: {
    title: 'Say who takes part',
    verb: 'Save the people',
    fields: {
      people: listOf(
        'People',
        'Person',
        { email, name, roles },
        'All of them: whoever is not in the list has no part in the program anymore.',
      ),
      reason: optionalReason,
    },
  },
  addPerson: {
    title: 'Add a person',
    verb: 'Add and invite',
    fields: { email: { ...email, hint: 'An invitation is sent to it.' }, name, roles },
  },
  changePerson: {
    title: 'Change a person',
    verb: 'Save',
    fields: { email, name, roles },
  },
  removePerson: {
    title: 'Remove a person',
    verb: 'Remove',
    fields: {
      email,
      handTo: field(
        'Who gets their tasks and requirements',
        'A program manager gets them if you name nobody; what is for the certification body goes to a lead auditor.',
      ),
      reason: optionalReason,
    },
  },
  putInCharge: {
    title: 'Put others in charge',
    verb: 'Put them in charge',
    fields: {
      people: listOf(
        'Who comes',
        'Person',
        { email, name, roles },
        'At least one program manager. Whoever takes part already gets these roles instead of theirs. Sponsor and top management must stay or be named anew.',
      ),
      leave: field('Who has no part anymore', 'What was theirs goes to the new program manager.'),
      reason,
    },
  },
  delegate: {
    title: 'Name a deputy for an absence',
    verb: 'Name the deputy',
    fields: {
      email: field('Who is away', 'You, unless you name another person.'),
      deputy: field('Deputy', 'Answers the tasks meanwhile. Roles are not lent: only who may review can review.'),
      startsOn: field('First day away'),
      endsOn: field('Last day away', 'On the next day the delegation ends by itself.'),
      reason: optionalReason,
    },
  },
  endDelegation: {
    title: 'End an absence',
    verb: 'End the absence',
    fields: { email: field('Who is back', 'You, unless you name another person.') },
  },
} satisfies Partial<WordsOfForms>;
