import type { BodyProfile } from './types/index.ts';

/** What a certification body's rules say where its customer says nothing (R3, R6, R7, R10 to R12, R14 to R18, R23). */
export const defaultProfile: BodyProfile = {
  stage1ToStage2Months: 6,
  majorVerificationMonths: 6,
  planDays: 30,
  majorVerifiedDays: 90,
  firstSurveillanceMonths: 12,
  initialYearOwesSurveillance: false,
  surveillanceLeadMonths: 1,
  validityYears: 3,
  openMinorIsRaised: true,
  recertificationPreparationMonths: 6,
  recertificationAuditMonths: 3,
  stage1AtRecertification: false,
  restorationMonths: 6,
  suspensionMonths: 6,
  operatingEvidenceMonths: 3,
};

/** How often the organization does what the standard asks for at planned intervals, in months. */
export const cadence = { managementReview: 3, internalAudit: 12 };

/** Days before a surveillance or recertification audit at which the steps of its preparation are taken. */
export const preparationDays = [90, 60, 30];
