import { type Static, Type } from 'typebox';
import type { Email, IsoDate } from '../basics.ts';
import { scope } from '../program/scope.ts';
import { date, email, id, strict } from '../registry/fields.ts';

export const auditKinds = ['internal', 'stage1', 'stage2', 'surveillance', 'recertification', 'special'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** R19: what a special audit is held for: an extension of scope, or at short notice one of the others. */
export const occasions = ['scopeExtension', 'complaint', 'change', 'suspension'] as const;
export type Occasion = (typeof occasions)[number];

export const auditResults = ['ready', 'notReady', 'completed', 'maintained', 'suspend', 'withdraw'] as const;
export type AuditResult = (typeof auditResults)[number];

/** R25: what an audit team can recommend for the certificate; somebody who did not audit decides. */
export const recommendations = ['suspend', 'withdraw', 'reinstate'] as const;
export type Recommendation = (typeof recommendations)[number];

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
  missed: Type.Optional(Type.Boolean({ description: 'R3, R10, R11: its latest date passed and that was recorded.' })),
  occasion: Type.Optional(Type.Enum(occasions)),
  scope: Type.Optional(scope),
  tookPart: Type.Optional(Type.Array(email, { description: 'R8: who was on its team before the present one.' })),
  auditedScope: Type.Optional(
    Type.Object(scope.properties, {
      ...strict,
      description: 'R29: the scope that was audited, where that of the program was changed since.',
    }),
  ),
};

const agreed = { startsOn: date, endsOn: date, team: Type.Array(email) };

export const plannedAudit = Type.Object(
  { ...anyAudit, status: Type.Literal('planned'), team: Type.Array(email, { maxItems: 0 }) },
  strict,
);

export const scheduledAudit = Type.Object(
  {
    ...anyAudit,
    ...agreed,
    status: Type.Literal('scheduled'),
    reopened: Type.Optional(
      Type.Literal(true, { description: 'R27: it was held, and its outcome was reopened: it cannot be missed.' }),
    ),
  },
  strict,
);

export const heldAudit = Type.Object(
  {
    ...anyAudit,
    ...agreed,
    status: Type.Literal('held'),
    result: Type.Enum(auditResults),
    outcomeOn: Type.Optional(date),
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
    recommends: Type.Optional(
      Type.Enum(recommendations, {
        description:
          'R25: what its team recommends for the certificate, until somebody who did not audit decides on it.',
      }),
    ),
    notBefore: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description: 'R28: no decision on it is of an earlier day: it was delayed then, or the last major verified.',
      }),
    ),
    answered: Type.Optional(
      Type.Boolean({ description: 'R25: what its team recommended was decided on, so that its outcome stays.' }),
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
    takenBack: Type.Optional(
      Type.Boolean({ description: 'It was planned on an outcome that was reopened, and counts for nothing.' }),
    ),
    byLapse: Type.Optional(
      Type.Literal(true, {
        description: 'R16: it was cancelled as the certificate lapsed, and comes back if that is taken back.',
      }),
    ),
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

/** R8: the team of an audit, with everybody who was on it before. */
export function everOnTeam({ team, tookPart = [] }: Pick<Audit, 'team' | 'tookPart'>): Email[] {
  return [...new Set([...tookPart, ...team])];
}
