import type { Email, IsoDate, Role } from '../basics.ts';
import { dateAt } from '../calendar.ts';
import { reviewers } from '../people/people.ts';
import type { ProgramState } from '../state.ts';
import type { UnendedTask } from '../tasks/task.ts';

/** What a program can wait for before it goes on. */
export type WaitKind =
  | 'rating'
  | 'evidence'
  | 'impactAssessment'
  | 'plan'
  | 'verification'
  | 'action'
  | 'managementReview'
  | 'internalAudit'
  | 'concern'
  | 'dates'
  | 'outcome'
  | 'decision'
  | 'suspension'
  | 'person';

/** One thing that a program waits for before it goes on, and whose turn it is. */
export interface Wait {
  what: WaitKind;
  /** What it is about; at least one is there. */
  taskId?: string | undefined;
  auditId?: string | undefined;
  findingId?: string | undefined;
  requirementId?: string | undefined;
  /** Of an internal audit: the requirements that are still to be audited, where others were. */
  requirements?: string[] | undefined;
  /** Of a person who is to be named: in which role. */
  role?: Role | undefined;
  /** Whose turn it is; `review`: it was submitted, and one of these reviews it. */
  who: Email[];
  review: boolean;
  /** From when it is their turn. */
  since?: IsoDate | undefined;
  dueOn?: IsoDate | undefined;
}

/** What a task stands for: whose turn it is, and from when. */
export function waitOfTask(state: ProgramState, what: WaitKind, task: UnendedTask): Wait {
  const { id: taskId, auditId, findingId, requirementId, dueOn } = task;
  const about = { what, taskId, auditId, findingId, requirementId, dueOn };
  if (task.status === 'open') return { ...about, who: [task.assignee], review: false, since: task.openedOn };
  const who = reviewers(state).filter((email) => email !== task.evidence.by);
  return { ...about, who, review: true, since: dateAt(task.evidence.at, state.calendar.timeZone) };
}
