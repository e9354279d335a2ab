import { type Static, type TSchema, Type } from 'typebox';
import { auditKinds, auditResults, decisionKinds } from './audits/audit.ts';
import { type Email, type Instant, type IsoDate, type Month, type Priority, phases, roles } from './basics.ts';
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
  /** The last day on which it can be done, where the due date is a day off. */
  lastDay: Type.Optional(date),
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

/** A file that was submitted, as far as a mail names it. */
const file = Type.Object({ name: text, bytes: number });

const certificateEvents = [
  'issued',
  'renewed',
  'corrected',
  'suspended',
  'reinstated',
  'kept',
  'notLapsed',
  'notSuspended',
  'notWithdrawn',
  'scopeReduced',
  'scopeExtended',
  'withdrawn',
  'lapsed',
  'restored',
] as const;
export type CertificateEvent = (typeof certificateEvents)[number];

const toldAs = Type.Enum(['away', 'deputy'] as const);

const programEvents = [
  'started',
  'adopted',
  'paused',
  'resumed',
  'cancelled',
  'phase',
  'calendar',
  'nearlyFull',
  'stuck',
] as const;
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
  /** Told for the last time. */
  taskLeft: Type.Object({ task, assignee: text }),
  taskEnded: Type.Object({ task, how: Type.Enum(['accepted', 'waived', 'cancelled'] as const), note: text }),
  /** Told to who had it before. */
  taskHandedOn: Type.Object({ task, to: text }),
  taskDeclined: Type.Object({ task, by: text, reason: text }),
  taskExtended: Type.Object({ task, reason: text }),
  /** `files`: none where an earlier version queued it. */
  evidenceToReview: Type.Object({ task, by: text, links: texts, files: Type.Optional(Type.Array(file)), note: text }),
  evidenceRejected: Type.Object({ task, note: text, next }),
  reviewReminder: Type.Object({ task, count: number }),
  findingRaised: Type.Object({ finding }),
  findingRaisedToMajor: Type.Object({ finding, reason: text, rule: text, together: maybeTexts }),
  findingReopened: Type.Object({ finding, note: text }),
  deadlineMissed: Type.Object({ finding, deadline: Type.Enum(deadlines), dueOn: date }),
  findingPutRight: Type.Object({ finding, reason: text, withdrawn: Type.Boolean() }),
  outcomeReopened: Type.Object({ audit, reason: text }),
  deadlineMet: Type.Object({ finding, deadline: Type.Enum(deadlines), dueOn: date, metOn: date }),
  auditScheduled: Type.Object({ audit, team: texts }),
  /** `forGood`: no other days are agreed on. */
  auditCalledOff: Type.Object({ audit, reason: text, forGood: Type.Boolean() }),
  auditMissed: Type.Object({ audit, rule: text, latestOn: date }),
  /** It was held in time, and that was told late. */
  auditNotMissed: Type.Object({ audit, rule: text, latestOn: date }),
  auditStands: Type.Object({ audit, findings: texts }),
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
    /** Absent in those of an earlier version: which task it is. */
    moved: Type.Array(Type.Object({ taskId: maybeText, title: text, dueOn: date })),
  }),
  incident: Type.Object({ id: text, severity: text, description: text }),
  change: Type.Object({ change: Type.Enum(changeKinds), what: text, touched: texts, bodyTold: Type.Boolean() }),
  significantChange: Type.Object({ description: text }),
  complaint: Type.Object({ id: text, from: text, description: text }),
  /** `again`: the roles of somebody who took part before are others. */
  invited: Type.Object({ program: text, roles: Type.Array(Type.Enum(roles)), again: Type.Boolean() }),
  partEnded: Type.Object({ program: text, reason: maybeText }),
  /** Who manages the program now, and who said so. */
  putInCharge: Type.Object({ program: text, names: texts, by: text, reason: text }),
  requirementsOwned: Type.Object({ requirements: texts }),
  /** R30: told to whom of the certification body something was entered for; `seq` is its record. */
  enteredForYou: Type.Object({ what: text, by: text, document: text, seq: number }),
  objection: Type.Object({ seq: number, by: text, statement: text }),
  /** `name` is away; `as`: which of the two is told. */
  delegated: Type.Object({
    name: text,
    deputyName: text,
    startsOn: date,
    endsOn: date,
    reason: maybeText,
    as: toldAs,
  }),
  delegationEnded: Type.Object({
    name: text,
    deputyName: text,
    as: toldAs,
    why: Type.Enum(['over', 'early', 'left'] as const),
  }),
  /** Nobody has done for months what is overdue. */
  pauseProposed: Type.Object({ program: text, overdue: number, since: date }),
  program: Type.Object({ event: Type.Enum(programEvents), phase: Type.Enum(phases), text }),
} satisfies Record<string, TSchema>;

export type TaskInMail = Static<typeof task>;
export type NextRung = Static<typeof nextRung>;
export type AuditInMail = Static<typeof audit>;
export type FindingInMail = Static<typeof finding>;
export type CertificateInMail = Static<typeof certificate>;
export type FileInMail = Static<typeof file>;

/**
 * What a mail is. A `digest` tells what is not urgent, once a day. An `escalation` tells once a day what is overdue, at once;
 * what becomes overdue later on that day is in the next digest. `asked` is what the next digest would tell too late. A
 * `welcome` is the first that somebody hears of a program, with the tasks that wait for them. An `urgent` one tells a
 * thing that waits for no other.
 */
export const mailKinds = ['digest', 'escalation', 'asked', 'welcome', 'urgent'] as const;
export type MailKind = (typeof mailKinds)[number];

export type NoticeKind = keyof typeof notices;

/** A notice of a kind, or of one of some kinds. */
export type NoticeOf<K extends NoticeKind> = { [P in K]: { kind: P } & Static<(typeof notices)[P]> }[K];

/** One thing that a person is told. */
export type NoticeItem = NoticeOf<NoticeKind> & {
  /** Told to the deputy of somebody who is away: the name of who is. */
  standsInFor?: string;
};

export interface Notice {
  to: Email;
  /** Urgent notices are sent at once; the others wait for the person's digest. */
  urgent: boolean;
  /** Of an urgent one: it goes with others of its kind, once a day. */
  in?: 'escalation' | 'welcome';
  /** When the mail is due: now for an urgent one, the next 08:00 of the program's time zone for a digest. */
  dueAt: Instant;
  /**
   * Of one for a digest: the moment from which its 08:00 is counted, where its recipient is; `dueAt` holds when it is
   * absent, as an earlier version left it.
   */
  from?: Instant;
  /** Of one for a digest: the last day on which it helps. A digest of that day would come too late, so it goes at once. */
  by?: IsoDate;
  /** Of one for a digest: it belongs in the welcome of its recipient, where that has not left yet. */
  welcomes?: true;
  /** Sequence number of the record that it tells of. */
  seq: number;
  item: NoticeItem;
}

/** Queued with a notice, but no mail says it: it may be missing, or anything. */
function unsaid<T>() {
  return Type.Optional(Type.Unsafe<T>(Type.Unknown()));
}
