import { type Static, Type } from 'typebox';
import { priorities } from '../basics.ts';
import { date, email, files, id, instant, links, note, strict } from '../registry/fields.ts';

export const taskKinds = [
  'gapAssessment',
  'evidence',
  'impactAssessment',
  'applicabilityReview',
  'auditSchedule',
  'missedAudit',
  'auditOutcome',
  'managementReview',
  'concern',
  'correctiveActionPlan',
  'planReview',
  'correctiveAction',
  'verification',
  'effectivenessCheck',
  'readinessChecklist',
  'decision',
  'recommendation',
  'deciderNeeded',
  'suspension',
  'incident',
  'complaint',
  'earlierAudit',
  'adoption',
  'manual',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** What somebody submitted. */
export const evidence = Type.Object({
  links,
  files: Type.Optional(files),
  note,
  effectiveOn: Type.Optional(date),
  validUntil: Type.Optional(date),
  by: email,
  at: instant,
});
export type Evidence = Static<typeof evidence>;

const anyTask = {
  id,
  kind: Type.Enum(taskKinds),
  title: Type.String(),
  requirementId: Type.Optional(id),
  systemId: Type.Optional(id),
  auditId: Type.Optional(id),
  findingId: Type.Optional(id),
  priority: Type.Enum(priorities),
  assignee: email,
  openedOn: date,
  dueOn: date,
  bodyDeadline: Type.Boolean({
    description: 'The deadline is the certification body’s: neither a pause nor an acknowledgment moves it.',
  }),
  nextRung: Type.Integer({
    description: 'Index of the next rung of the ladder; those before it were sent or skipped.',
  }),
  escalationLevel: Type.Integer({ description: '0 none, 1 program manager, 2 sponsor, 3 and more top management' }),
  ladderShift: Type.Optional(
    Type.Integer({ description: 'Working days by which an acknowledgment moved the ladder, once.' }),
  ),
  expectedOn: Type.Optional(date),
  dependsOn: Type.Optional(Type.Array(id, { description: 'Tasks that come before this one.' })),
  round: Type.Optional(
    Type.String({
      description: 'The round that it is, by its key in `waivedRounds`; absent where it is asked for beside one.',
    }),
  ),
  reviewReminders: Type.Optional(Type.Integer({ description: 'How often the reviewers were reminded.' })),
};

const waitsFor = Type.Optional(
  Type.Array(id, {
    description:
      'Of the tasks that come before it, those that have not ended; it is not reminded, escalated or accepted meanwhile.',
  }),
);

export const openTask = Type.Object({ ...anyTask, status: Type.Literal('open'), waitsFor }, strict);

export const submittedTask = Type.Object(
  {
    ...anyTask,
    status: Type.Literal('submitted'),
    waitsFor,
    evidence,
    reviewFrom: Type.Optional(date),
  },
  strict,
);

export const endedTask = Type.Object(
  { ...anyTask, status: Type.Enum(['accepted', 'waived', 'cancelled'] as const), closedOn: date },
  strict,
);

/** A task, by its status: asked for, submitted, or ended. */
export const task = Type.Union([openTask, submittedTask, endedTask]);

export type OpenTask = Static<typeof openTask>;
/** Submitted, and waiting for a reviewer. `reviewFrom`: after a pause, the day from which its waiting is counted. */
export type SubmittedTask = Static<typeof submittedTask>;
export type EndedTask = Static<typeof endedTask>;
export type Task = OpenTask | SubmittedTask | EndedTask;
export type TaskStatus = Task['status'];

/** Whether nobody has to do anything about a task of this status anymore. */
export function isEnd(status: TaskStatus): status is EndedTask['status'] {
  return status !== 'open' && status !== 'submitted';
}

/** A task that somebody still has to do something about. */
export type UnendedTask = OpenTask | SubmittedTask;

/** Whether somebody still has to do something about a task. */
export function isUnended(one: Task): one is UnendedTask {
  return !isEnd(one.status);
}

/** Whether a task waits for others: it is not reminded, not escalated and not accepted until they have ended. */
export function isWaiting(one: Task): one is UnendedTask & { waitsFor: string[] } {
  return isUnended(one) && one.waitsFor !== undefined;
}
