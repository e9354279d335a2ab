import { type Static, Type } from 'typebox';
import { date, email, id, strict } from '../registry/fields.ts';

export const grades = ['major', 'minor', 'concern', 'observation', 'opportunity'] as const;
export type Grade = (typeof grades)[number];

/** R4: the grades that ask for corrective action. */
export const nonconformityGrades = ['major', 'minor'] as const;
export type NonconformityGrade = (typeof nonconformityGrades)[number];

/** What answers a nonconformity. */
export const correctiveActionPlan = Type.Object({
  correction: Type.String(),
  rootCause: Type.String(),
  similarCases: Type.Optional(
    Type.String({
      description: 'Where else it could happen or has happened, and what is done there; unknown in a plan made before.',
    }),
  ),
  action: Type.String(),
  dueOn: date,
  effectivenessOn: Type.Optional(date),
});
export type CorrectiveActionPlan = Static<typeof correctiveActionPlan>;

export const deadlines = ['plan', 'verification'] as const;
export type Deadline = (typeof deadlines)[number];

const anyFinding = {
  id,
  auditId: id,
  requirementId: id,
  statement: Type.String(),
  raisedOn: date,
  raisedBy: email,
  missed: Type.Array(Type.Enum(deadlines), { description: 'Deadlines of R7 that passed unmet and were recorded.' }),
  reopened: Type.Integer({ description: 'How often an action was found ineffective.' }),
};

const anyNonconformity = {
  ...anyFinding,
  grade: Type.Enum(nonconformityGrades),
  planDueOn: Type.Optional(date),
  verifyDueOn: Type.Optional(date),
  acceptedOn: Type.Optional(
    Type.Unsafe<Static<typeof date>>({
      ...date,
      description: 'When its plan was accepted; unknown of one from before.',
    }),
  ),
  raisedBecause: Type.Optional(Type.String({ description: 'R4, R14: why a minor became a major.' })),
  raisedAt: Type.Optional(Type.String({ description: 'R14: the audit at which it was still open.' })),
  partOf: Type.Optional(
    Type.String({ description: 'R4: the major that this minor is part of, since several were raised to one.' }),
  ),
};

export const notedFinding = Type.Object(
  {
    ...anyFinding,
    grade: Type.Enum(['concern', 'observation', 'opportunity'] as const),
    status: Type.Literal('noted'),
  },
  strict,
);

/** Waits for its plan; it has none, or the last was sent back. */
export const openFinding = Type.Object(
  { ...anyNonconformity, status: Type.Literal('open'), plan: Type.Optional(correctiveActionPlan) },
  strict,
);

export const answeredFinding = Type.Object(
  {
    ...anyNonconformity,
    status: Type.Enum(['planned', 'planAccepted', 'done'] as const),
    plan: correctiveActionPlan,
    doneOn: Type.Optional(date),
  },
  strict,
);

export const verifiedFinding = Type.Object(
  {
    ...anyNonconformity,
    status: Type.Enum(['verified', 'closed'] as const),
    plan: Type.Optional(correctiveActionPlan),
    closedOn: date,
    verifiedOn: Type.Optional(
      Type.Unsafe<Static<typeof date>>({
        ...date,
        description: 'R6: when its action was first verified, where its effectiveness was checked later.',
      }),
    ),
  },
  strict,
);

/** R27: taken back before the decision; it asks for nothing. */
export const withdrawnFinding = Type.Object(
  { ...anyFinding, grade: Type.Enum(grades), status: Type.Literal('withdrawn'), withdrawnOn: date },
  strict,
);

/**
 * A finding, by its status. A nonconformity goes open → planned → planAccepted → done → verified, and → closed once its
 * effectiveness check, if it has one, was passed; `noted` is the end for what is none, `withdrawn` for what was a mistake.
 */
export const finding = Type.Union([notedFinding, openFinding, answeredFinding, verifiedFinding, withdrawnFinding]);

export type NotedFinding = Static<typeof notedFinding>;
export type OpenFinding = Static<typeof openFinding>;
export type AnsweredFinding = Static<typeof answeredFinding>;
/** Its action was verified, or it became part of another; `closedOn` is the day. */
export type VerifiedFinding = Static<typeof verifiedFinding>;
export type UnverifiedFinding = OpenFinding | AnsweredFinding;
export type Nonconformity = UnverifiedFinding | VerifiedFinding;
export type WithdrawnFinding = Static<typeof withdrawnFinding>;
export type Finding = NotedFinding | Nonconformity | WithdrawnFinding;
export type FindingStatus = Finding['status'];

/**
 * R4: a major nonconformity affects the capability of the management system to achieve its intended results, a
 * minor does not; concerns, observations and opportunities are not nonconformities.
 * Source: ISO/IEC 17021-1, 3.12 and 3.13.
 */
export function isNonconformity(grade: Grade): grade is NonconformityGrade {
  return grade === 'major' || grade === 'minor';
}

/** Whether a nonconformity still waits for its action to be verified. */
export function isUnverified(one: Finding): one is UnverifiedFinding {
  return one.status === 'open' || one.status === 'planned' || one.status === 'planAccepted' || one.status === 'done';
}

/** Whether a finding asks for no corrective action: it is no nonconformity, or was withdrawn. */
export function needsNoAction(one: Finding): one is NotedFinding | WithdrawnFinding {
  return one.status === 'noted' || one.status === 'withdrawn';
}
