import { type Static, Type } from 'typebox';
import type { IsoDate } from '../basics.ts';
import { scope } from '../program/scope.ts';
import { date, email, id, strict } from '../registry/fields.ts';

export const auditKinds = ['internal', 'stage1', 'stage2', 'surveillance', 'recertification', 'special'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** R19: what a special audit is held for: an extension of scope, or at short notice one of the others. */
export const occasions = ['scopeExtension', 'complaint', 'change', 'suspension'] as const;
export type Occasion = (typeof occasions)[number];

export const auditResults = ['ready', 'notReady', 'completed', 'maintained', 'suspend', 'withdraw'] as const;
export type AuditResult = (typeof auditResults)[number];

/** What the certification body can decide. */
export const decisionKinds = ['granted', 'grantedWithCorrectiveAction', 'delayed', 'refused'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** R13: what a surveillance covers; what the program has for each is in `rules/surveillance.ts`. */
export const surveillanceTopics = [
  'internalAuditAndReview',
  'earlierNonconformities',
  'complaints',
  'objectives',
  'improvement',
  'operationalControl',
  'changes',
  'marks',
] as const;
export type SurveillanceTopic = (typeof surveillanceTopics)[number];

const anyAudit = {
  id,
  kind: Type.Enum(auditKinds),
  cycle: Type.Integer({ description: 'The cycle it belongs to; 0 before the first certificate.' }),
  targetOn: date,
  latestOn: Type.Optional(date),
  latestRule: Type.Optional(Type.String({ description: 'The rule that allows it until `latestOn`.' })),
  criteria: Type.Optional(Type.Array(id, { description: 'The requirements that are audited; all when absent.' })),
  prepared: Type.Integer({ description: 'How many steps of its preparation were done.' }),
  missed: Type.Optional(Type.Boolean({ description: 'R10, R11: its latest date passed and that was recorded.' })),
  occasion: Type.Optional(Type.Enum(occasions)),
  scope: Type.Optional(scope),
};

const agreed = { startsOn: date, endsOn: date, team: Type.Array(email) };

export const plannedAudit = Type.Object(
  { ...anyAudit, status: Type.Literal('planned'), team: Type.Array(email, { maxItems: 0 }) },
  strict,
);

export const scheduledAudit = Type.Object({ ...anyAudit, ...agreed, status: Type.Literal('scheduled') }, strict);

export const heldAudit = Type.Object(
  {
    ...anyAudit,
    ...agreed,
    status: Type.Literal('held'),
    result: Type.Enum(auditResults),
    covered: Type.Optional(
      Type.Array(Type.Enum(surveillanceTopics), {
        description: 'R13: of a surveillance, what its outcome names as covered.',
      }),
    ),
    decision: Type.Optional(
      Type.Enum(decisionKinds, {
        description: 'R19: of an extension of scope, what was decided; other decisions are the program’s.',
      }),
    ),
    outdated: Type.Optional(
      Type.String({
        description: 'R6: the rule by which no decision can rest on it any more, so that it is held again.',
      }),
    ),
  },
  strict,
);

export const cancelledAudit = Type.Object(
  {
    ...anyAudit,
    status: Type.Literal('cancelled'),
    startsOn: Type.Optional(date),
    endsOn: Type.Optional(date),
    team: Type.Array(email),
  },
  strict,
);

/** An audit, by its status. */
export const audit = Type.Union([plannedAudit, scheduledAudit, heldAudit, cancelledAudit]);

export type PlannedAudit = Static<typeof plannedAudit>;
export type ScheduledAudit = Static<typeof scheduledAudit>;
export type HeldAudit = Static<typeof heldAudit>;
export type CancelledAudit = Static<typeof cancelledAudit>;
export type Audit = PlannedAudit | ScheduledAudit | HeldAudit | CancelledAudit;

/** An audit that is still to take place. */
export type ComingAudit = PlannedAudit | ScheduledAudit;

export function isComing(one: Audit): one is ComingAudit {
  return one.status === 'planned' || one.status === 'scheduled';
}

export function isHeld(one: Audit): one is HeldAudit {
  return one.status === 'held';
}

/** The audits of the certification body: all but the internal ones. */
export function isExternal(kind: AuditKind): boolean {
  return kind !== 'internal';
}

/** The day on which an audit begins, or is meant to. */
export function auditOn(one: Audit): IsoDate {
  return one.status === 'planned' ? one.targetOn : (one.startsOn ?? one.targetOn);
}
