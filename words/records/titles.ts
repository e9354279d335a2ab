import type { RecordType } from '../../domain/registry.ts';

/** What acts of the certification body are called where somebody is told that one was entered for them. */
export const recordTitles: Partial<Record<RecordType, string>> = {
  AuditPlanned: 'An audit that is planned',
  AuditScheduled: 'The dates of an audit',
  AuditCalledOff: 'An audit that is called off',
  AuditOutcomeRecorded: 'The outcome of an audit',
  OutcomeReopened: 'An outcome that is reopened',
  FindingRaised: 'A finding',
  CorrectiveActionPlanReviewed: 'The review of a corrective action plan',
  FindingVerified: 'The verification of a corrective action',
  FindingRaisedToMajor: 'A minor nonconformity raised to a major one',
  FindingCorrected: 'A finding that is put right',
  FindingWithdrawn: 'A finding that is withdrawn',
  DecisionRecorded: 'A decision',
  CertificateCorrected: 'A certificate that is put right',
  CertificateSuspended: 'The suspension of the certificate',
  CertificateReinstated: 'The end of the suspension',
  CertificateScopeChanged: 'A change of the certified scope',
  CertificateWithdrawn: 'The withdrawal of the certificate',
  RecommendationDeclined: 'What a recommendation came to',
  CertificateRestored: 'The restoration of the certificate',
  CertificateTransferred: 'The transfer of the certificate',
};
