import { type Static, Type } from 'typebox';
import { ratingFields } from '../assessment/requirement.ts';
import { auditKinds, auditResults } from '../audits/audit.ts';
import type { Phase } from '../basics.ts';
import { certificate } from '../certificate/certificate.ts';
import { criteria, date, email, id, name, strict, team, text } from '../registry/fields.ts';

/** The phases into which a program under way can be taken over. */
export const adoptablePhases = [
  'gapAssessment',
  'implementation',
  'internalAudit',
  'certificationAudit',
  'surveillanceCycle',
] as const satisfies readonly Phase[];
export type AdoptablePhase = (typeof adoptablePhases)[number];

/** A certificate that was issued before the register began. */
export const adoptedCertificate = Type.Object(
  {
    number: name,
    status: Type.Enum(['valid', 'suspended', 'lapsed'] as const, {
      description: 'lapsed: expired, and can still be restored (R17)',
    }),
    initialDecisionOn: Type.Optional(
      Type.Unsafe<Static<typeof date>>({ ...date, description: 'That of the only decision in cycle 1; needed later.' }),
    ),
    decidedOn: Type.Unsafe<Static<typeof date>>({ ...date, description: 'The decision on the present cycle.' }),
    validFrom: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description: 'When absent: the decision in cycle 1, later the day after the old certificate’s last one.',
      }),
    ),
    lastDay: date,
    cycle: Type.Integer({ minimum: 1, maximum: 100, description: '1 for the first certificate, 2 once recertified' }),
    suspendedOn: Type.Optional(date),
    scopeStatement: Type.Optional(text),
  },
  strict,
);
export type AdoptedCertificate = Static<typeof adoptedCertificate>;

const agreed = {
  kind: Type.Enum(auditKinds),
  startsOn: date,
  endsOn: date,
  team,
  criteria: Type.Optional(criteria),
};

/** An audit that was held before the register began; its team takes no decision that rests on it (R8). */
export const adoptedAudit = Type.Object({ ...agreed, result: Type.Enum(auditResults) }, strict);
export type AdoptedAudit = Static<typeof adoptedAudit>;

/** An audit whose days and team are agreed, and that is not held yet: one that the program would plan by itself. */
export const agreedAudit = Type.Object(agreed, strict);
export type AgreedAudit = Static<typeof agreedAudit>;

const adoptedPlan = Type.Object(
  { correction: text, rootCause: text, action: text, dueOn: date, effectivenessOn: Type.Optional(date) },
  strict,
);

/** A finding that is still open: of the last audit of its kind among those that are given. */
export const adoptedFinding = Type.Object(
  {
    raisedIn: Type.Enum(auditKinds, { description: 'The last audit of this kind among those given, by then' }),
    raisedOn: date,
    raisedBy: Type.Optional(email),
    requirementId: id,
    grade: Type.Enum(['major', 'minor', 'concern'] as const),
    statement: text,
    status: Type.Enum(['open', 'planned', 'planAccepted', 'done'] as const),
    plan: Type.Optional(adoptedPlan),
    planDueOn: Type.Optional(date),
    verifyDueOn: Type.Optional(date),
  },
  strict,
);
export type AdoptedFinding = Static<typeof adoptedFinding>;

/** Evidence of a requirement that was accepted before the register began. */
export const adoptedEvidence = Type.Object(
  { requirementId: id, acceptedOn: date, validUntil: Type.Optional(date) },
  strict,
);
export type AdoptedEvidence = Static<typeof adoptedEvidence>;

export const knownAssessment = Type.Object({ systemId: id, assessedOn: date }, strict);

/** What is known of a program under way. What is missing is asked for once it is taken over. */
export const adoption = Type.Object(
  {
    phase: Type.Enum(adoptablePhases),
    certificate: Type.Optional(adoptedCertificate),
    audits: Type.Optional(Type.Array(adoptedAudit, { maxItems: 50, description: 'Audits that were held' })),
    agreedAudits: Type.Optional(
      Type.Array(agreedAudit, {
        maxItems: 10,
        description: 'Audits that are agreed and not held yet, with teams from among the people',
      }),
    ),
    openFindings: Type.Optional(Type.Array(adoptedFinding, { maxItems: 500 })),
    internalAuditOn: Type.Optional(date),
    managementReviewOn: Type.Optional(date),
    ratings: Type.Optional(Type.Array(Type.Object({ requirementId: id, ...ratingFields }, strict), { maxItems: 200 })),
    impactAssessments: Type.Optional(Type.Array(knownAssessment, { maxItems: 200 })),
    evidence: Type.Optional(
      Type.Array(adoptedEvidence, {
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
export type Adoption = Static<typeof adoption>;

/** What taking over lays into the state: everything that is not told by a record of its own. */
export const adoptedState = {
  phase: Type.Enum(adoptablePhases),
  certificate: Type.Optional(certificate),
  scopeStatement: Type.Optional(Type.String()),
  managementReviewOn: Type.Optional(date),
  impactAssessments: Type.Array(knownAssessment),
  evidence: Type.Array(adoptedEvidence),
};
