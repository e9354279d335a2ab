import type { CadenceName, IsoDate } from '../basics.ts';

/** What the domain says about requirements, their ratings and their evidence. */
export interface AssessmentSayings {
  rateEveryRequirement: Record<never, never>;
  gapAssessmentBegins: Record<never, never>;
  gapAssessmentCompleted: Record<never, never>;
  gapAssessmentIsOver: { completedOn: IsoDate };
  unratedRequirements: { unrated: string[] };
  clauseAlwaysApplies: { requirementId: string };
  conformsWithGap: { requirementId: string };
  notAControl: { requirementId: string };
  implementationContradicts: Record<never, never>;
  controlApplies: Record<never, never>;
  controlRuledOut: { controlId: string };
  assessImpactOf: { name: string };
  whyImpactIsAssessed: Record<never, never>;
  showEvidenceOf: { requirementId: string; title: string };
  whyDocumentIsShown: Record<never, never>;
  gapFound: { gap: string };
  showEvidenceAgain: {
    requirementId: string;
    title: string;
    what: 'renewal' | 'riskAssessment' | 'policyReview' | 'objectivesReview' | 'improvementReview';
  };
  evidenceEnds: { validUntil: IsoDate };
  comesAround: { months: number; lastOn: IsoDate };
  notRatedYet: Record<never, never>;
  evidenceMadeStale: { changedOn: IsoDate };
  documentNotShown: Record<never, never>;
  noEvidenceYet: Record<never, never>;
  momentOfRound: {
    cadence: CadenceName | 'evidenceValidity';
    requirementId?: string;
    /** The name of the system whose impact is assessed. */
    system?: string;
    dueOn: IsoDate;
  };
}
