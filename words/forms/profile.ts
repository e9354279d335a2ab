import type { BodyProfile } from '../../domain/certificate/bodyProfile.ts';
import { type FieldsOf, field, yesOrNo } from './form.ts';

/** The numbers and choices of a certification body's rules. */
export const profileFields: FieldsOf<BodyProfile> = {
  stage1ToStage2Months: field('Months from Stage 1 to Stage 2', 'At most (R3).'),
  majorVerificationMonths: field('Months to verify a major after Stage 2', 'At most (R6).'),
  planDays: field('Days for a corrective action plan', 'From the last day of the audit (R7).'),
  majorVerifiedDays: field('Days to verify a major', 'From the last day of the audit (R7).'),
  firstSurveillanceMonths: field('Months to the first surveillance audit', 'From the initial decision, at most (R10).'),
  initialYearOwesSurveillance: yesOrNo('Is a surveillance audit due in the year of initial certification?', 'R11.'),
  surveillanceLeadMonths: field('Months by which a surveillance audit is planned ahead', 'Before its latest date.'),
  validityYears: field('Years that a certificate is valid', 'R12.'),
  effectiveDays: field('Days in which a certificate takes effect', 'After the decision, at most (R32).'),
  openMinorIsRaised: yesOrNo('Does a minor that is still open at the next audit become a major?', 'R14.'),
  recertificationPreparationMonths: field(
    'Months before expiry to prepare the recertification',
    'When its preparation begins (R15).',
  ),
  recertificationAuditMonths: field(
    'Months before expiry to hold the recertification audit',
    'When it is planned for (R15).',
  ),
  earlyRenewalMonths: field(
    'Months before expiry from which a renewal follows the old dates',
    'Earlier, the new cycle begins with the decision (R33).',
  ),
  stage1AtRecertification: yesOrNo('Does every recertification begin with a Stage 1 audit?', 'R15.'),
  restorationMonths: field('Months to restore a lapsed certificate', 'From its expiry (R17).'),
  stage1AfterLapse: yesOrNo('After a lapse that was not restored in time, are both stages held again?', 'R17.'),
  suspensionMonths: field('Months of a suspension', 'After them the certificate is withdrawn (R18).'),
  operatingEvidenceMonths: field(
    'Months of operating evidence before Stage 2',
    'With less, a warning is recorded (R23).',
  ),
  independenceYears: field(
    'Years in which nobody audits their own work',
    'What they owned, answered, reviewed or consulted on (R9, R26).',
  ),
  toldOfChanges: yesOrNo('Is the body told of changes of scope, AI systems and people in charge?'),
  toldOfIncidents: yesOrNo('Is the body told of incidents of high severity?'),
  toldOfComplaints: yesOrNo('Is the body told of complaints?'),
};
