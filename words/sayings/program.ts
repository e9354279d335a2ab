import type { PhaseReason } from '../../domain/program/phaseReason.ts';
import type { ProgramSayings } from '../../domain/program/sayings.ts';
import { statusLabels } from '../labels.ts';
import type { WordsFor } from './words.ts';

const phaseReasons: Record<PhaseReason, string> = {
  gapAssessmentComplete: 'The gap assessment is complete.',
  implementationComplete: 'Everything that the implementation asked for is accepted or waived.',
  gateOpen: 'Internal audit and management review are done; the gate to Stage 1 is open.',
  certificationRefused: 'The certification was refused; its findings are open.',
  certificateGranted: 'The certificate is granted.',
  certificateWithdrawn: 'The certificate was withdrawn.',
  lapsedForGood:
    'The certificate lapsed and was not restored in time: it is earned again, by a Stage 2 at least (R17).',
};

/** What there is to say about a program as a whole. */
export const programSayings: WordsFor<ProgramSayings> = {
  pausedAlready: ({ pausedOn }) => `The program has been paused since ${pausedOn}.`,
  notPaused: ({ status }) => `The program is ${statusLabels[status]}, not paused.`,
  programCancelled: () => 'The program was cancelled.',
  phaseEntered: ({ why }) => phaseReasons[why],
  noAttendees: () => 'name the people who took part in the review.',
  reviewHeld: ({ reviewId, heldOn }) => `Management review ${reviewId} was held on ${heldOn}.`,
  noSuchReview: ({ reviewId }) =>
    `There is no management review ${reviewId} among the last ones of this program; its records show earlier ones.`,
  nothingCorrected: ({ id }) => `say what of ${id} was another.`,
  actionOfReview: ({ reviewId }) => `Action of management review ${reviewId}.`,
  holdReview: () => 'Hold a management review and record its decisions and actions',
  reviewsAtIntervals: () => 'Top management reviews the AI management system at planned intervals.',
  notATimeZone: ({ timeZone }) => `${timeZone} is not an IANA time zone; write for example Europe/Berlin.`,
  noWorkingDays: () => 'leave at least one day of the week to work on; nothing would ever be due.',
  calendarUnchanged: () => 'The calendar is like that already; change something, or leave it as it is.',
  dayOffLongGone: ({ on, from }) =>
    `${on} is so long gone that nothing is counted by it; days from ${from} on can change.`,
  offAndWorked: ({ on }) => `${on} cannot be a day off and a working day; name it once.`,
  tooManyDays: ({ most }) =>
    `a program keeps at most ${most} days of its own; change the weekend where they are always the same.`,
  notAWholeNumber: ({ value }) => `${value} is not a whole number of 0 or more.`,
  tooSmall: ({ least }) => `must be at least ${least}.`,
  remindersOutOfOrder: () => 'give whole days before the due date, most first, for example [14, 7, 1].',
  escalationsOutOfOrder: () => 'give whole workingDays above 0 that rise from step to step.',
};
