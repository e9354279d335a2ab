import type { Email, IsoDate } from '../basics.ts';
import type { TaskKind, TaskStatus } from './task.ts';

/** What the domain says about tasks. */
export interface TaskSayings {
  askedForBy: { name: string };
  noSuchTask: { id: string; programId: string };
  taskNotOpen: { taskId: string; status: TaskStatus };
  notAnsweredWithEvidence: { taskId: string; kind: TaskKind };
  anothersTask: { taskId: string; name: string };
  nothingToReview: { taskId: string; status: TaskStatus };
  acceptedAfterOthers: { taskId: string; waitsFor: string[] };
  reviewedByAnother: { email: Email | 'system'; able: string[] };
  loneReviewer: { name: string };
  noReviewer: { taskId: string; name: string };
  alreadyTheirs: { taskId: string; email: Email };
  deadlineIsTheBodys: { taskId: string };
  notLaterThanDue: { on: IsoDate; dueOn: IsoDate };
  acknowledgedByAssignee: { taskId: string; email: Email };
  ladderIsTheBodys: { taskId: string };
  acknowledgedBefore: { taskId: string };
  ladderMovesNoFurther: { taskId: string; workingDays: number; until: IsoDate };
  owedToBody: { taskId: string };
  gateNeedsReview: { taskId: string };
  cannotBeWaived: { taskId: string; kind: TaskKind };
  waitsForNothing: { taskId: string; status: TaskStatus };
  bodysTaskDoesNotWait: { taskId: string };
  hasItsOwnDate: { taskId: string };
  circularDependency: { circle: string[] };
  nothingToWaitFor: { id: string; status: TaskStatus };
  dueBeforeWhatItWaitsFor: { taskId: string; dueOn: IsoDate; waitsFor: string; before: IsoDate };
  nowDueAfterWaiting: { taskId: string; waitsFor: string; dueOn: IsoDate; own: IsoDate };
  waitedForCancelled: { taskId: string; cancelled: string[] };
  momentWaiting: { title: string; waitsFor: string[] };
  momentOfLadder: { kind: 'reminder' | 'escalation'; title: string };
  momentOfReview: { title: string };
  momentOfProposal: object;
  waitsNoLonger: { ended: { id: string; title?: string; status?: TaskStatus }[] };
}
