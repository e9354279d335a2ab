import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import {
  type Answer,
  type Audit,
  auditKinds,
  type Certificate,
  type Finding,
  grades,
  occasions,
  type ProgramRecord,
  phases,
  priorities,
  surveillanceTopicIds,
  type Task,
} from '../../domain/types/index.ts';
import { date, email, id, instant, links, name, note } from './basics.ts';
import { scope } from './program.ts';

/** What the API answers with, for its contract. Answers are not checked against it in service; tests do that. */

export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What was wrong, where, and what to do.' }),
  instance: Type.String(),
  code: Type.String({ description: "A rule's name (`R8`) or a short word." }),
  errors: Type.Optional(
    Type.Array(
      Type.Object({ pointer: Type.String({ description: 'JSON Pointer into the body' }), detail: Type.String() }),
    ),
  ),
});

export const rejection = Type.Object({
  status: Type.Enum([403, 404, 409, 422]),
  code: Type.String(),
  detail: Type.String(),
});

const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);

export const task = Type.Object({
  id,
  kind: Type.Enum([
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
    'suspension',
    'incident',
    'complaint',
    'earlierAudit',
    'adoption',
    'manual',
  ]),
  title: Type.String(),
  requirementId: optional(id),
  systemId: optional(id),
  auditId: optional(id),
  findingId: optional(id),
  priority: Type.Enum(priorities),
  assignee: email,
  openedOn: date,
  dueOn: date,
  bodyDeadline: Type.Boolean({ description: 'The deadline is the certification body’s; a pause does not move it.' }),
  status: Type.Enum(['open', 'submitted', 'accepted', 'waived', 'cancelled']),
  nextRung: Type.Integer(),
  escalationLevel: Type.Integer({ description: '0 none, 1 program manager, 2 sponsor, 3 and more top management' }),
  ladderShift: optional(Type.Integer()),
  expectedOn: optional(date),
  dependsOn: optional(Type.Array(id)),
  waitsFor: optional(
    Type.Array(id, { description: 'What it still waits for; it is not reminded, escalated or accepted meanwhile' }),
  ),
  evidence: optional(Type.Object({ links, note, validUntil: optional(date), by: email, at: instant })),
  reviewReminders: optional(Type.Integer()),
  closedOn: optional(date),
});

export const audit = Type.Object({
  id,
  kind: Type.Enum(auditKinds),
  cycle: Type.Integer({ description: '0 before the first certificate' }),
  targetOn: date,
  latestOn: optional(date),
  latestRule: optional(Type.String()),
  startsOn: optional(date),
  endsOn: optional(date),
  team: Type.Array(email),
  criteria: optional(Type.Array(id)),
  status: Type.Enum(['planned', 'scheduled', 'held', 'cancelled']),
  result: optional(Type.Enum(['ready', 'notReady', 'completed', 'maintained', 'suspend', 'withdraw'])),
  covered: optional(
    Type.Array(Type.Enum(surveillanceTopicIds), {
      description: 'Of a surveillance: what its outcome names as covered',
    }),
  ),
  prepared: Type.Integer(),
  missed: optional(Type.Boolean()),
  occasion: optional(Type.Enum(occasions)),
  scope: optional(scope),
  decision: optional(Type.Enum(['granted', 'grantedWithCorrectiveAction', 'delayed', 'refused'])),
  outdated: optional(Type.String({ description: 'The rule by which no decision can rest on it any more' })),
});

export const finding = Type.Object({
  id,
  auditId: id,
  requirementId: id,
  grade: Type.Enum(grades),
  statement: Type.String(),
  raisedOn: date,
  raisedBy: email,
  status: Type.Enum(['open', 'planned', 'planAccepted', 'done', 'verified', 'closed', 'noted']),
  plan: optional(
    Type.Object({
      correction: Type.String(),
      rootCause: Type.String(),
      similarCases: optional(Type.String({ description: 'Where else it could happen, and what is done there' })),
      action: Type.String(),
      dueOn: date,
      effectivenessOn: optional(date),
    }),
  ),
  planDueOn: optional(date),
  verifyDueOn: optional(date),
  missed: Type.Array(Type.Enum(['plan', 'verification'])),
  raisedBecause: optional(Type.String()),
  partOf: optional(id),
  reopened: Type.Integer(),
  closedOn: optional(date),
});

export const certificate = Type.Object({
  number: name,
  scope,
  status: Type.Enum(['valid', 'suspended', 'lapsed', 'withdrawn']),
  initialDecisionOn: date,
  decidedOn: date,
  validFrom: date,
  lastDay: date,
  cycle: Type.Integer(),
  suspendedOn: optional(date),
  lapsedOn: optional(date),
});

export const programSummary = Type.Object({
  id,
  name,
  organization: name,
  standard: Type.String(),
  phase: Type.Enum(phases),
  status: Type.Enum(['planned', 'active', 'paused', 'cancelled', 'closed']),
  certificateStatus: Type.Enum(['none', 'valid', 'suspended', 'lapsed', 'withdrawn']),
  rehearsal: Type.Boolean(),
  clock: Type.Object({ now: instant }),
  atRisk: Type.Boolean(),
  nextDue: Type.Union([Type.Object({ at: instant, title: Type.String() }), Type.Null()]),
  readiness: Type.Number({ description: 'Percent of the applicable requirements that are met with evidence' }),
});

export const answer = Type.Object({
  commandId: Type.String(),
  at: instant,
  firstSeq: Type.Integer(),
  lastSeq: Type.Integer({ description: 'Less than firstSeq when nothing had to be recorded' }),
  ids: Type.Record(Type.String(), Type.String(), { description: 'What was created, for example { taskId }' }),
  warnings: Type.Array(Type.String()),
});

export const bulkAnswer = Type.Object({
  ...answer.properties,
  results: Type.Array(
    Type.Union([
      Type.Object({
        ok: Type.Literal(true),
        ids: Type.Record(Type.String(), Type.String()),
        warnings: Type.Array(Type.String()),
      }),
      Type.Object({ ok: Type.Literal(false), rejection }),
    ]),
  ),
});

export const record = Type.Unsafe<ProgramRecord>(
  Type.Object({
    seq: Type.Integer(),
    type: Type.String({ examples: ['TaskOpened'] }),
    at: instant,
    actor: Type.String({ description: 'An e-mail address, or `system`' }),
    commandId: Type.String(),
    item: Type.Integer({ description: 'Position of the command within a bulk call' }),
    data: Type.Record(Type.String(), Type.Unknown()),
  }),
);

export const rating = Type.Object({
  status: Type.String(),
  priority: Type.Enum(priorities),
  gap: note,
  effortDays: Type.Number(),
  owner: email,
});

/** A page of a list. */
export function pageOf<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) });
}

/** A body that a command answers: the answer, and what it changed under its name. */
export function answerWith<T extends TProperties>(changed: T) {
  return Type.Object({ ...answer.properties, ...changed });
}

type Assignable<T extends U, U> = T;

/** Compile only while the contract says of each resource what the domain says. */
export type TaskIsThatOfTheDomain = Assignable<Task, Static<typeof task>>;
export type AuditIsThatOfTheDomain = Assignable<Audit, Static<typeof audit>>;
export type FindingIsThatOfTheDomain = Assignable<Finding, Static<typeof finding>>;
export type CertificateIsThatOfTheDomain = Assignable<Certificate, Static<typeof certificate>>;
export type AnswerIsThatOfTheDomain = Assignable<Answer, Static<typeof answer>>;
