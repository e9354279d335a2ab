import { type Static, type TSchema, Type } from 'typebox';
import { auditKinds, auditResults, decisionKinds } from './audits/audit.ts';
import { type Email, type Instant, type Month, type Priority, phases } from './basics.ts';
import { changeKinds } from './changes/change.ts';
import { correctiveActionPlan, deadlines, grades } from './findings/finding.ts';
import { date } from './registry/fields.ts';
import { type TaskStatus, taskKinds } from './tasks/task.ts';

const text = Type.String();
const texts = Type.Array(text);
const number = Type.Number();
const maybeText = Type.Optional(text);
const maybeTexts = Type.Optional(texts);
const maybeDate = Type.Optional(date);

/** Part of addresses, in which half of a character cannot stand. */
const id = Type.String({ pattern: '^[^\\ud800-\\udfff]*$' });
const maybeId = Type.Optional(id);

/** The part of a task that a mail needs. */
const task = Type.Object({
  id,
  kind: Type.Enum(taskKinds),
  title: text,
  requirementId: maybeText,
  systemId: unsaid<string>(),
  auditId: maybeId,
  findingId: maybeId,
  priority: unsaid<Priority>(),
  dueOn: date,
  status: unsaid<TaskStatus>(),
});

/** The next person who hears of a task if it stays undone, and the day. */
const nextRung = Type.Object({ on: date, who: text });
const next = Type.Optional(nextRung);

const plan = Type.Optional(Type.Omit(correctiveActionPlan, ['effectivenessOn']));

/** The part of an audit that a mail needs; `startsOn` and `endsOn` once its days are agreed. */
const audit = Type.Object({
  id,
  kind: Type.Enum(auditKinds),
  targetOn: date,
  startsOn: maybeDate,
  endsOn: maybeDate,
});

const finding = Type.Object({
  id,
  auditId: unsaid<string>(),
  requirementId: text,
  grade: Type.Enum(grades),
  statement: text,
});

const certificate = Type.Object({
  number: text,
  scope: Type.Object({ statement: text, exclusions: maybeText }),
  validFrom: date,
  lastDay: date,
});

const certificateEvents = [
  'issued',
  'renewed',
  'suspended',
  'reinstated',
  'scopeReduced',
  'scopeExtended',
  'withdrawn',
  'lapsed',
  'restored',
] as const;
export type CertificateEvent = (typeof certificateEvents)[number];

const programEvents = ['started', 'adopted', 'paused', 'resumed', 'cancelled', 'phase'] as const;
export type ProgramEvent = (typeof programEvents)[number];

/**
 * The things that a person is told, by their kind. `next` says what happens if nothing is done. A shape asks only for what
 * a mail says: of the rest, what an earlier version queued may hold less, or something else.
 */
export const notices = {
  taskOpened: Type.Object({ task, why: text, waitsFor: maybeTexts, plan, next }),
  taskReminder: Type.Object({ task, dueIn: number, next }),
  taskOverdue: Type.Object({ task, next }),
  taskEscalated: Type.Object({ task, assignee: text, level: number, workingDays: number, next }),
  taskEnded: Type.Object({ task, how: Type.Enum(['accepted', 'waived', 'cancelled'] as const), note: text }),
  /** Told to who had it before. */
  taskHandedOn: Type.Object({ task, to: text }),
  taskDeclined: Type.Object({ task, by: text, reason: text }),
  taskExtended: Type.Object({ task, reason: text }),
  evidenceToReview: Type.Object({ task, by: text, links: texts, note: text }),
  evidenceRejected: Type.Object({ task, note: text, next }),
  reviewReminder: Type.Object({ task, count: number }),
  findingRaised: Type.Object({ finding }),
  findingRaisedToMajor: Type.Object({ finding, reason: text, rule: text, together: maybeTexts }),
  findingReopened: Type.Object({ finding, note: text }),
  deadlineMissed: Type.Object({ finding, deadline: Type.Enum(deadlines), dueOn: date }),
  auditScheduled: Type.Object({ audit, team: texts }),
  auditMissed: Type.Object({ audit, rule: text, latestOn: date }),
  auditOutdated: Type.Object({ audit, rule: text, untilOn: date, findings: texts }),
  /** R13: `notCovered` are the topics of a surveillance that its outcome does not name; an earlier version gave words. */
  auditOutcome: Type.Object({ audit, result: Type.Enum(auditResults), note: text, notCovered: maybeTexts }),
  decision: Type.Object({
    decision: Type.Enum(decisionKinds),
    basis: text,
    auditKind: Type.Optional(Type.Enum(auditKinds)),
  }),
  certificate: Type.Object({ event: Type.Enum(certificateEvents), certificate, reason: maybeText }),
  /** `left`: told to somebody of the former certification body, whose roles ended. */
  transferred: Type.Object({
    certificate,
    from: text,
    to: text,
    on: date,
    reason: text,
    findings: texts,
    left: Type.Boolean(),
  }),
  progress: Type.Object({
    month: Type.Unsafe<Month>(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })),
    readiness: number,
    open: number,
    overdue: number,
  }),
  planChanged: Type.Object({
    reason: text,
    changes: texts,
    moved: Type.Array(Type.Object({ title: text, dueOn: date })),
  }),
  incident: Type.Object({ id: text, severity: text, description: text }),
  change: Type.Object({ change: Type.Enum(changeKinds), what: text, touched: texts, bodyTold: Type.Boolean() }),
  significantChange: Type.Object({ description: text }),
  complaint: Type.Object({ id: text, from: text, description: text }),
  program: Type.Object({ event: Type.Enum(programEvents), phase: Type.Enum(phases), text }),
} satisfies Record<string, TSchema>;

export type TaskInMail = Static<typeof task>;
export type NextRung = Static<typeof nextRung>;
export type AuditInMail = Static<typeof audit>;
export type FindingInMail = Static<typeof finding>;
export type CertificateInMail = Static<typeof certificate>;

export type NoticeKind = keyof typeof notices;

/** A notice of a kind, or of one of some kinds. */
export type NoticeOf<K extends NoticeKind> = { [P in K]: { kind: P } & Static<(typeof notices)[P]> }[K];

/** One thing that a person is told. */
export type NoticeItem = NoticeOf<NoticeKind>;

export interface Notice {
  to: Email;
  /** Urgent notices are mails of their own, sent at once; the others wait for the person's digest. */
  urgent: boolean;
  /** When the mail is due: now for an urgent one, the next 08:00 of the program's time zone for a digest. */
  dueAt: Instant;
  /** Sequence number of the record that it tells of. */
  seq: number;
  item: NoticeItem;
}

/** Queued with a notice, but no mail says it: it may be missing, or anything. */
function unsaid<T>() {
  return Type.Optional(Type.Unsafe<T>(Type.Unknown()));
}
