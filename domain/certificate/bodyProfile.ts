import { type Static, Type } from 'typebox';
import { strict } from '../registry/fields.ts';

const months = (description: string) => Type.Number({ minimum: 0, maximum: 120, description });
const days = (description: string) => Type.Integer({ minimum: 0, maximum: 3_650, description });
const choice = (description: string) => Type.Boolean({ description });

/** The numbers and choices of a certification body's rules; the defaults are in `domain/profile.ts`. */
export const bodyProfile = Type.Object(
  {
    stage1ToStage2Months: months('R3: most months between the last day of Stage 1 and the first of Stage 2'),
    majorVerificationMonths: months('R6: months after the last day of Stage 2 within which a major is verified'),
    planDays: days('R7: days after the audit’s last day until the corrective action plan'),
    majorVerifiedDays: days('R7: days after the audit’s last day until a major is verified'),
    firstSurveillanceMonths: months(
      'R10: months after the initial decision until the first surveillance at the latest',
    ),
    initialYearOwesSurveillance: choice('R11: whether the calendar year of initial certification owes a surveillance'),
    surveillanceLeadMonths: months('How many months before its latest date a surveillance is planned'),
    validityYears: Type.Integer({ minimum: 1, maximum: 10, description: 'R12: years a certificate is valid' }),
    effectiveDays: Type.Optional(
      days('R32: days after the decision within which the certificate takes effect; 30 where nothing is said'),
    ),
    openMinorIsRaised: choice('R14: whether a minor still open at the next audit is raised to a major'),
    recertificationPreparationMonths: months('R15: months before expiry when preparing the recertification starts'),
    recertificationAuditMonths: months('R15: months before expiry when the recertification audit is planned'),
    earlyRenewalMonths: Type.Optional(
      months(
        'R33: months before expiry from which a recertification follows the old dates; 6 where nothing is said. Earlier, the new cycle begins with the decision',
      ),
    ),
    stage1AtRecertification: choice('R15: whether every recertification begins with a Stage 1'),
    restorationMonths: months('R17: months after expiry within which a lapsed certificate can be restored'),
    stage1AfterLapse: choice('R17: whether a certificate not restored in time is earned anew by both stages'),
    suspensionMonths: months('R18: months after which an unresolved suspension becomes a withdrawal'),
    operatingEvidenceMonths: months(
      'R23: months of operating evidence before Stage 2 below which a warning is recorded',
    ),
    independenceYears: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10,
        description: 'R9, R26: years in which nobody audits what they worked on or consulted on; 2 when absent',
      }),
    ),
    toldOfChanges: choice('Whether the body hears when scope, AI systems or people in charge change'),
    toldOfIncidents: choice('Whether the body hears of incidents of high severity'),
    toldOfComplaints: choice('Whether the body hears of complaints'),
  },
  strict,
);
export type BodyProfile = Static<typeof bodyProfile>;

/** What a certification body says of itself; its defaults hold for the rest. */
export const bodyRules = Type.Partial(bodyProfile, {
  ...strict,
  description: "The numbers of the certification body's rules; those not given have their defaults.",
});
