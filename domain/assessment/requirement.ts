import { type Static, Type } from 'typebox';
import { priorities } from '../basics.ts';
import { date, email, text } from '../registry/fields.ts';

export const requirementStatuses = ['conforms', 'partial', 'missing', 'notApplicable'] as const;
export type RequirementStatus = (typeof requirementStatuses)[number];

/** How the organization stands to a requirement, field by field. */
export const ratingFields = {
  status: Type.Enum(requirementStatuses),
  priority: Type.Enum(priorities),
  gap: Type.String({ maxLength: 10_000, description: 'What is lacking; for a control that does not apply, why.' }),
  effortDays: Type.Number({ minimum: 0, maximum: 10_000 }),
  owner: email,
};
export const rating = Type.Object(ratingFields);
export type Rating = Static<typeof rating>;

/** The last evidence that was accepted for a requirement. */
export const acceptedEvidence = Type.Object({
  taskId: Type.Optional(Type.String({ description: 'Absent where it was accepted before the register began.' })),
  acceptedOn: date,
  validUntil: Type.Optional(date),
  staleSince: Type.Optional(
    Type.Unsafe<Static<typeof date>>({ ...date, description: 'Since a change made it stale.' }),
  ),
});
export type AcceptedEvidence = Static<typeof acceptedEvidence>;

/** A clause or a control of the standard, as the program stands to it. */
export interface RequirementState {
  rating?: Rating;
  evidence?: AcceptedEvidence;
}

export const implementationStatuses = ['planned', 'partial', 'implemented', 'notApplicable'] as const;

export const applicabilityFields = {
  applicable: Type.Boolean(),
  justification: text,
  implementation: Type.Enum(implementationStatuses),
};

/** One line of the statement of applicability. */
export const applicabilityEntry = Type.Object(applicabilityFields);
export type ApplicabilityEntry = Static<typeof applicabilityEntry>;

/** The lines of a statement of applicability, by control. */
export const applicabilityEntries = Type.Record(Type.String(), applicabilityEntry);
