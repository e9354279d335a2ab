import type { IsoDate, ProgramStatus } from '../basics.ts';
import type { PhaseReason } from './phaseReason.ts';

/** What the domain says about a program as a whole. */
export interface ProgramSayings {
  pausedAlready: { pausedOn: IsoDate };
  notPaused: { status: ProgramStatus };
  programCancelled: Record<never, never>;
  phaseEntered: { why: PhaseReason };
  noAttendees: Record<never, never>;
  reviewHeld: { reviewId: string; heldOn: IsoDate };
  noSuchReview: { reviewId: string };
  nothingCorrected: { id: string };
  actionOfReview: { reviewId: string };
  holdReview: Record<never, never>;
  reviewsAtIntervals: Record<never, never>;
  notATimeZone: { timeZone: string };
  noWorkingDays: Record<never, never>;
  calendarUnchanged: Record<never, never>;
  dayOffLongGone: { on: IsoDate; from: IsoDate };
  offAndWorked: { on: IsoDate };
  tooManyDays: { most: number };
  notAWholeNumber: { value: number };
  tooSmall: { least: number };
  remindersOutOfOrder: Record<never, never>;
  escalationsOutOfOrder: Record<never, never>;
}
