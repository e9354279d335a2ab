import type { CadenceName } from './basics.ts';
import type { BodyProfile } from './certificate/bodyProfile.ts';

/** What a certification body's rules say where its customer says nothing (R3, R6, R7, R10 to R12, R14 to R18, R23, R32, R33). */
export const defaultProfile: BodyProfile = {
  stage1ToStage2Months: 6,
  majorVerificationMonths: 6,
  planDays: 30,
  majorVerifiedDays: 90,
  firstSurveillanceMonths: 12,
  initialYearOwesSurveillance: false,
  surveillanceLeadMonths: 1,
  validityYears: 3,
  effectiveDays: 30,
  openMinorIsRaised: true,
  recertificationPreparationMonths: 6,
  recertificationAuditMonths: 3,
  earlyRenewalMonths: 6,
  stage1AtRecertification: false,
  restorationMonths: 6,
  stage1AfterLapse: false,
  suspensionMonths: 6,
  operatingEvidenceMonths: 3,
  independenceYears: 2,
  toldOfChanges: true,
  toldOfIncidents: true,
  toldOfComplaints: false,
};

/** How often the organization does what the standard asks for at planned intervals, in months. */
export const defaultCadences: Record<CadenceName, number> = {
  managementReview: 3,
  internalAudit: 12,
  riskAssessment: 12,
  impactAssessment: 12,
  policyReview: 12,
  objectivesReview: 12,
  improvementReview: 12,
};

/** The longest time between two rounds, in months: everything comes around once in a certification cycle. */
export const longestCadence = 36;

/** Days before it is due at which something that comes around is asked for. */
export const cadenceLeadDays = 30;

/** Days before a surveillance or recertification audit at which the steps of its preparation are taken. */
export const preparationDays = [90, 60, 30];
