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
  actionOfReview: ({ reviewId }) => `Action of management review ${reviewId}.`,
  holdReview: () => 'Hold a management review and record its decisions and actions',
  reviewsAtIntervals: () => 'Top management reviews the AI management system at planned intervals.',
  notATimeZone: ({ timeZone }) => `${timeZone} is not an IANA time zone; write for example Europe/Berlin.`,
  notAWholeNumber: ({ value }) => `${value} is not a whole number of 0 or more.`,
  tooSmall: ({ least }) => `must be at least ${least}.`,
  remindersOutOfOrder: () => 'give whole days before the due date, most first, for example [14, 7, 1].',
  escalationsOutOfOrder: () => 'give whole workingDays above 0 that rise from step to step.',
};
