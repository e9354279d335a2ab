import type { TaskSayings } from '../../domain/tasks/sayings.ts';
import { taskStatusLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import { otherAnswer } from './answers.ts';
import type { WordsFor } from './words.ts';

const remedy = 'add a consultant or another program manager to the people of the program.';

/** What there is to say about tasks. */
export const taskSayings: WordsFor<TaskSayings> = {
  askedForBy: ({ name }) => `Asked for by ${name}.`,
  noSuchTask: ({ id, programId }) => `there is no task ${id} in program ${programId}.`,
  taskNotOpen: ({ taskId, status }) =>
    `Task ${taskId} is not open: ${status === 'submitted' ? 'its evidence is being reviewed' : `it is ${taskStatusLabels[status]}`}.`,
  notAnsweredWithEvidence: ({ taskId, kind }) =>
    `Task ${taskId} is not answered with evidence: ${otherAnswer(kind)} instead.`,
  anothersTask: ({ taskId, name }) =>
    `Task ${taskId} belongs to ${name}; ask a program manager to reassign it before you answer it.`,
  nothingToReview: ({ taskId, status }) =>
    `Task ${taskId} is ${taskStatusLabels[status]}: no evidence is waiting for a review.`,
  acceptedAfterOthers: ({ taskId, waitsFor }) =>
    `${taskId} waits for ${list(waitsFor)}: it can be accepted after that.`,
  reviewedByAnother: ({ email, able }) =>
    `Evidence is reviewed by someone other than ${email}, who submitted it. ${
      able.length > 0 ? `${list(able, 'or')} can review it.` : `Nobody else can: ${remedy}`
    }`,
  loneReviewer: ({ name }) =>
    `Only ${name} can review, and nobody reviews their own evidence; so that what ${name} submits can be reviewed, ${remedy}`,
  noReviewer: ({ taskId, name }) => `Nobody but ${name}, who submitted ${taskId}, can review it; ${remedy}`,
  alreadyTheirs: ({ taskId, email }) => `Task ${taskId} already belongs to ${email}.`,
  deadlineIsTheBodys: ({ taskId }) =>
    `The deadline of ${taskId} is set by the certification body; only the body can move it.`,
  notLaterThanDue: ({ on, dueOn }) => `${on} is not later than the due date, ${dueOn}.`,
  acknowledgedByAssignee: ({ taskId, email }) => `Only ${email} can acknowledge ${taskId}.`,
  ladderIsTheBodys: ({ taskId }) =>
    `The deadline of ${taskId} is set by the certification body: its escalation does not move.`,
  acknowledgedBefore: ({ taskId }) => `${taskId} was acknowledged before; the escalation moves only once.`,
  ladderMovesNoFurther: ({ taskId, workingDays, until }) =>
    `The escalation of ${taskId} moves by ${workingDays} working days, to ${until}, and no further.`,
  owedToBody: ({ taskId }) => `${taskId} is owed to the certification body and cannot be waived.`,
  gateNeedsReview: ({ taskId }) =>
    `${taskId} cannot be waived: the gate to Stage 1 opens only after a management review (R2); hold it instead.`,
  cannotBeWaived: ({ taskId, kind }) => `${taskId} cannot be waived: ${otherAnswer(kind)} instead.`,
  waitsForNothing: ({ taskId, status }) =>
    `Task ${taskId} is ${taskStatusLabels[status]}: it no longer waits for anything.`,
  bodysTaskDoesNotWait: ({ taskId }) =>
    `The deadline of ${taskId} is set by the certification body; the task cannot wait for another.`,
  hasItsOwnDate: ({ taskId }) =>
    `${taskId} answers an audit, a finding or an incident and has a date of its own: it does not wait.`,
  circularDependency: ({ circle }) => `${circle.join(' would wait for ')}: nobody could begin.`,
  nothingToWaitFor: ({ id, status }) => `${id} is ${taskStatusLabels[status]}; there is nothing to wait for.`,
  dueBeforeWhatItWaitsFor: ({ taskId, dueOn, waitsFor, before }) =>
    `${taskId} is due on ${dueOn} and waits for ${waitsFor}, which is due on ${before}.`,
  nowDueAfterWaiting: ({ taskId, waitsFor, dueOn, own }) =>
    `${taskId} waits for ${waitsFor}, which is now due on ${dueOn}, after its own due date, ${own}.`,
  waitedForCancelled: ({ taskId, cancelled }) =>
    `${taskId} waited for ${list(cancelled)}, which was cancelled: check whether it is still needed.`,
  momentWaiting: ({ title, waitsFor }) => `waits for ${list(waitsFor)}: ${title}`,
  momentOfLadder: ({ kind, title }) => `${kind}: ${title}`,
  momentOfProposal: () => 'left alone: it is proposed to pause or cancel the program',
  momentOfReview: ({ title }) => `evidence waits for review: ${title}`,
  waitsNoLonger: ({ ended }) =>
    ended.length === 0
      ? 'It no longer waits for anything.'
      : `What it waited for has ended: ${ended.map(howItEnded).join('; ')}.`,
};

function howItEnded({ id, title, status }: TaskSayings['waitsNoLonger']['ended'][number]): string {
  const how = status === 'waived' || status === 'cancelled' ? `was ${taskStatusLabels[status]}` : 'is done';
  return `${id}${title ? ` (${title})` : ''} ${how}`;
}
