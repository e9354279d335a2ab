import type { Role } from '../../domain/basics.ts';
import type { CommonSayings } from '../../domain/sayings.ts';
import type { TextProblem } from '../../domain/text.ts';
import { auditLabels, phaseLabels, roleLabels, statusLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What is wrong with a text, and what to do about it; it follows the place where the text stands. */
export const textProblems: Record<TextProblem, string> = {
  notWhole: 'has half of a character (a lone surrogate) or the character U+0000; send the text without it.',
  notOneLine:
    'is a single line; send it without line breaks, control characters and characters that turn the direction.',
  nothingToSee: 'has nothing that can be seen; write something.',
  notAnAddress:
    'is not the address of a document; send https://…, a URI with http, mailto, urn, doi, file or s3, or a path, but no other scheme.',
};

function rolesIn(roles: readonly Role[], word: 'and' | 'or' = 'and'): string {
  return list(
    roles.map((role) => roleLabels[role]),
    word,
  );
}

const counted = { review: 'management review', internalAudit: 'internal audit' };

/** What there is to say about any subject. */
export const commonSayings: WordsFor<CommonSayings> = {
  notADate: ({ on }) => `${on} is not a calendar date that exists; use YYYY-MM-DD.`,
  dateOutOfRange: ({ on, first, last }) => `${on} is not between ${first} and ${last}; check the year.`,
  inThePast: ({ on, today }) => `${on} is in the past; the program's date is ${today}.`,
  notYet: ({ on, today }) => `${on} has not come yet; the program's date is ${today}.`,
  beforeWhatItFollows: ({ on, after }) =>
    `${on} is before ${after}, the day of what it follows; give that day or a later one.`,
  endsBeforeItStarts: ({ startsOn, endsOn }) =>
    `${endsOn} is before ${startsOn}, the first day; give that day or a later one.`,
  beforeProgramBegan: ({ what, on, startsOn }) =>
    `the ${counted[what]} of ${on} took place before the program began on ${startsOn}; hold one, and enter that.`,
  tooLongBeforeTakeover: ({ what, on, months, adoptedOn }) =>
    `the ${counted[what]} of ${on} took place more than ${months} months before the program was taken over on ${adoptedOn}; hold one, and enter that.`,
  nothingSaid: () => 'write something; it is recorded.',
  brokenText: ({ pointer, problem }) => `${pointer || 'The text'} ${textProblems[problem]}`,
  namedTwice: ({ what, each }) => `${what} is named twice; name each ${each} once.`,
  noSuchRequirement: ({ standard, requirementId }) => `${standard} has no requirement ${requirementId}.`,
  noSuchStandard: ({ id, known }) => `The catalogue has no standard "${id}". Name one of: ${known.join(', ')}.`,
  noSuchSystem: ({ systemId }) => `there is no AI system ${systemId} in this program.`,
  noSuchCommand: ({ type }) => `There is no command ${type}.`,
  sentByProgramItself: ({ type }) => `${type} is sent by the program itself, not by people.`,
  notTheirRole: ({ type, allowed, email, held }) =>
    `${type} can be sent by ${rolesIn(allowed, 'or')}; ${email} is ${held.length > 0 ? `only ${rolesIn(held)} in` : 'not among the people of'} this program.`,
  adoptedHasBegun: ({ startsOn }) => `${startsOn} has not come yet, and a program that is taken over has begun.`,
  noSuchThing: ({ what, id, programId }) => `There is no ${what} ${id} in program ${programId}.`,
  closedLongAgo: ({ what, id }) => `The ${what} ${id} was closed long ago; it can be read, and is not changed anymore.`,
  otherPhase: ({ allowed, phase }) =>
    `This is possible in the ${list(
      allowed.map((each) => phaseLabels[each]),
      'or',
    )} phase; the program is in the ${phaseLabels[phase]} phase.`,
  notBegun: ({ startsOn }) => `The program begins on ${startsOn}; change the plan if work begins earlier.`,
  programEnded: ({ programId, status }) =>
    `The program ${programId} is ${statusLabels[status]}; it can no longer be changed.${status === 'closed' ? ' If its certificate goes on after all, start a program that takes it over.' : ''}`,
  startTooLarge: ({ bytes, most }) =>
    `The program to start takes ${bytes} bytes, more than the ${most} that fit: start it with less, such as fewer people or shorter texts, and add the rest once it runs.`,
  nextAudit: ({ kind, auditId }) => `${auditLabels[kind]} ${auditId}`,
  nextExpiry: ({ number }) => `certificate ${number} expires`,
  nextBeginning: () => 'the program begins',
  unreadableCommand: () => 'The command cannot be read: send it as JSON, in a payload whose encoding is json/plain.',
  noCommandId: ({ longest }) => `send a text of 1 to ${longest} characters, always the same for the same command.`,
  reservedCommandId: ({ commandId }) => `${commandId} has an @, which marks the program's own commands.`,
  noSender: () => 'send the e-mail address of the person who sends the command.',
  noCommands: ({ most }) => `send a list of 1 to ${most} commands.`,
  noCommand: () => 'send an object with its type, such as { "type": "pause", "reason": "…" }.',
  lowerCaseEmail: () => 'an address is kept in lower case; send it so.',
  momentProgramBegins: () => 'the program begins',
  momentHolidays: () => 'public holidays are looked up',
  momentProgress: ({ month }) => `progress report for ${month}`,
};
