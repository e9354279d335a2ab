import { Type } from 'typebox';
import { adoptablePhases, auditKinds, priorities, requirementStatuses } from '../../domain/types/index.ts';
import { date, email, id, name, note, strict, text } from './basics.ts';

const certificate = Type.Object(
  {
    number: name,
    status: Type.Enum(['valid', 'suspended', 'lapsed'] as const, {
      description: 'lapsed: expired, and can still be restored (R17)',
    }),
    initialDecisionOn: Type.Optional(date),
    decidedOn: date,
    validFrom: Type.Optional(date),
    lastDay: date,
    cycle: Type.Integer({ minimum: 1, maximum: 100, description: '1 for the first certificate, 2 once recertified' }),
    suspendedOn: Type.Optional(date),
    scopeStatement: Type.Optional(text),
  },
  strict,
);

const dates = {
  kind: Type.Enum(auditKinds),
  startsOn: date,
  endsOn: date,
  team: Type.Array(email, { minItems: 1, maxItems: 50 }),
  criteria: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 200 })),
};

const audit = Type.Object(
  {
    ...dates,
    result: Type.Enum(['ready', 'notReady', 'completed', 'maintained', 'suspend', 'withdraw'] as const),
  },
  strict,
);

const correctiveActionPlan = Type.Object(
  { correction: text, rootCause: text, action: text, dueOn: date, effectivenessOn: Type.Optional(date) },
  strict,
);

const finding = Type.Object(
  {
    raisedIn: Type.Enum(auditKinds, { description: 'The last audit of this kind among those given, by then' }),
    raisedOn: date,
    raisedBy: Type.Optional(email),
    requirementId: id,
    grade: Type.Enum(['major', 'minor', 'concern'] as const),
    statement: text,
    status: Type.Enum(['open', 'planned', 'planAccepted', 'done'] as const),
    plan: Type.Optional(correctiveActionPlan),
    planDueOn: Type.Optional(date),
    verifyDueOn: Type.Optional(date),
  },
  strict,
);

const rating = Type.Object(
  {
    requirementId: id,
    status: Type.Enum(requirementStatuses),
    priority: Type.Enum(priorities),
    gap: note,
    effortDays: Type.Number({ minimum: 0, maximum: 10_000 }),
    owner: email,
  },
  strict,
);

/** What is known of a program that is under way. */
export const adoption = Type.Object(
  {
    phase: Type.Enum(adoptablePhases),
    certificate: Type.Optional(certificate),
    audits: Type.Optional(Type.Array(audit, { maxItems: 50, description: 'Audits that were held' })),
    agreedAudits: Type.Optional(
      Type.Array(Type.Object(dates, strict), {
        maxItems: 10,
        description: 'Audits that are agreed and not held yet, with teams from among the people',
      }),
    ),
    openFindings: Type.Optional(Type.Array(finding, { maxItems: 500 })),
    internalAuditOn: Type.Optional(date),
    managementReviewOn: Type.Optional(date),
    ratings: Type.Optional(Type.Array(rating, { maxItems: 200 })),
    impactAssessments: Type.Optional(
      Type.Array(Type.Object({ systemId: id, assessedOn: date }, strict), { maxItems: 200 }),
    ),
    evidence: Type.Optional(
      Type.Array(Type.Object({ requirementId: id, acceptedOn: date, validUntil: Type.Optional(date) }, strict), {
        maxItems: 200,
        description: 'Evidence that was accepted; asked for again before an audit after validUntil',
      }),
    ),
  },
  {
    ...strict,
    description: 'Takes over a program under way into its phase, from what is known; what is missing is asked for.',
  },
);
