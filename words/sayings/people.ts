import type { Duty } from '../../domain/people/duty.ts';
import type { PeopleSayings } from '../../domain/people/sayings.ts';
import { roleLabels } from '../labels.ts';
import { count, list } from '../phrases.ts';
import { longDay } from '../when.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about people. */
export const peopleSayings: WordsFor<PeopleSayings> = {
  notAmongPeople: ({ email }) => `${email} is not among the people of the program; add them first.`,
  isOfBody: ({ email }) => `${email} is of the certification body; name someone of the organization.`,
  roleNotHeld: ({ role }) => `nobody is ${roleLabels[role]}; name someone who is.`,
  onBothSides: ({ email }) => `${email} is of the certification body and cannot hold a role of the organization.`,
  assigneeLeft: ({ name }) => `${name}, who had it, left.`,
  assigneeCannotAnswer: ({ name }) => `${name}, who had it, has no role anymore in which it can be answered.`,
  requirementsHandedOver: ({ requirements, name, toName, to }) =>
    `${count(requirements.length, 'requirement')} of ${name} went to ${toName} (${to}): ${list(requirements)}.`,
  tasksHandedOver: ({ tasks, name, toName, to }) =>
    `${count(tasks, 'open task')} of ${name} went to ${toName} (${to}); reassign what others should do.`,
  isForBody: () => 'It is for the certification body to do.',
  othersInCharge: ({ reason }) => `Other people are in charge${reason ? `: ${reason}` : '.'}`,
  amongPeople: ({ email }) => `${email} is among the people already; change their roles instead.`,
  tooManyPeople: ({ most }) => `a program has at most ${most} people; remove those who have no part anymore.`,
  personUnchanged: ({ name }) => `${name} has this name and these roles already; say what is to change.`,
  comesAndLeaves: ({ email }) => `${email} is named among those who come too; name them once.`,
  nobodyInCharge: () => 'nobody of them is a program manager; give one of them that role.',
  partElsewhere: ({ name, duty, program, roles, owns }) => {
    const where = program
      ? `the program ${program} of the same organization`
      : 'another program of the same organization';
    const is = list(roles.map((role) => roleLabels[role]));
    const there = owns > 0 ? `owns ${count(owns, 'requirement')} in ${where}` : `is ${is} in ${where}`;
    return `${name} ${dutyWords[duty]} here and ${there}: whoever audits or decides has no part in what is audited. Name somebody else, or make sure that the two are apart.`;
  },
  handsToThemselves: () => 'it must be another person; name somebody who stays.',
  cannotAnswer: ({ email }) =>
    `${email} has no role in which tasks can be answered; give them one first, or name another person.`,
  taskIsForBody: ({ taskId, email }) =>
    `${taskId} is for the certification body, and ${email} is not of it; name somebody who is, or nobody.`,
  leftTeam: ({ name, audits }) => `${name} was on the team of ${list(audits)}; schedule again with another team.`,
  absenceOfAnother: ({ name }) => `only ${name} or a program manager can say when ${name} is away.`,
  ownDeputy: () => 'nobody is their own deputy; name another person.',
  deputyOfOtherSide: ({ email }) =>
    `${email} stands on the other side of the certification; name somebody of the same side.`,
  absenceTooLong: ({ endsOn, latestOn, months }) =>
    `${endsOn} is later than ${latestOn}: an absence lasts at most ${months} months; after that, reassign the tasks.`,
  awayAlready: ({ name, startsOn, endsOn }) =>
    `${name} has a deputy from ${startsOn} through ${endsOn} already; end that absence first.`,
  deputyIsAway: ({ name, startsOn, endsOn }) =>
    `${name} is away from ${startsOn} through ${endsOn}; name somebody who is there.`,
  deputyGoesAway: ({ name, of }) => `${name} is the deputy of ${list(of)} in these days; name another deputy for them.`,
  notAway: ({ name }) => `${name} has no absence that could be ended.`,
  momentAbsenceEnds: ({ name, endsOn }) => `the absence of ${name} ends with ${longDay(endsOn)}`,
};

const dutyWords: Record<Duty, string> = {
  bodyAudit: 'audits for the certification body',
  internalAudit: 'audits internally',
  decision: 'decides on certification',
  requirements: 'owns requirements',
};
