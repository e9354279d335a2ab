import { type Static, Type } from 'typebox';
import { actorEmail, date, duration, strict } from '../registry/fields.ts';

const described = { ...strict, description: 'Months from one time to the next of what comes around' };
const months = Type.Integer({ minimum: 1, maximum: 36 });

/** Months from one time to the next of everything that comes around. */
export const cadences = Type.Object(
  {
    managementReview: months,
    internalAudit: months,
    riskAssessment: months,
    impactAssessment: months,
    policyReview: months,
    objectivesReview: months,
    improvementReview: months,
  },
  described,
);

/** How long each phase is planned to take. */
export const phaseLengths = Type.Object(
  { gapAssessment: duration, implementation: duration, internalAudit: duration, certificationAudit: duration },
  strict,
);

export const plan = Type.Object({ startsOn: date, phases: phaseLengths, cadences });
export type Plan = Static<typeof plan>;

/** The same with what is not said left out. */
export const someCadences = Type.Partial(cadences, described);
export const somePhaseLengths = Type.Partial(phaseLengths, strict);

/** A plan that was replaced. */
export const formerPlan = Type.Object({ plan, replacedOn: date, by: actorEmail, reason: Type.String() });
export type FormerPlan = Static<typeof formerPlan>;

/** What a change of the plan moves: open work of the organization, and audits without agreed dates. */
export const moved = Type.Object({
  tasks: Type.Array(Type.Object({ taskId: Type.String(), dueOn: date, previousDueOn: date })),
  audits: Type.Array(Type.Object({ auditId: Type.String(), targetOn: date, previousTargetOn: date })),
});
export type Moved = Static<typeof moved>;
