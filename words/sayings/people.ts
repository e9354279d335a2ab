import type { PeopleSayings } from '../../domain/people/sayings.ts';
import { count } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about people. */
export const peopleSayings: WordsFor<PeopleSayings> = {
  notAmongPeople: ({ email }) => `${email} is not among the people of the program; add them first.`,
  isOfBody: ({ email }) => `${email} is of the certification body; name someone of the organization.`,
  roleNotHeld: ({ role }) => `nobody has the role ${role}; name someone who does.`,
  onBothSides: ({ email }) => `${email} is of the certification body and cannot hold a role of the organization.`,
  assigneeLeft: ({ name }) => `${name}, who had it, left.`,
  tasksHandedOver: ({ tasks, name, toName, to }) =>
    `${count(tasks, 'open task')} of ${name} went to ${toName} (${to}); reassign what others should do.`,
  isForBody: () => 'It is for the certification body to do.',
  othersInCharge: ({ reason }) => `Other people are in charge${reason ? `: ${reason}` : '.'}`,
};
