/** Why a program goes over into another phase. */
export type PhaseReason =
  | 'gapAssessmentComplete'
  | 'implementationComplete'
  | 'gateOpen'
  | 'certificationRefused'
  | 'certificateGranted'
  | 'certificateWithdrawn'
  | 'lapsedForGood';
