import type { AssessmentSayings } from '../../domain/assessment/sayings.ts';
import { count } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What is done when evidence is asked for again. */
const again: Record<AssessmentSayings['showEvidenceAgain']['what'], string> = {
  renewal: 'renew the evidence',
  riskAssessment: 'assess the risks again',
  policyReview: 'review the policy, and confirm or renew it',
  objectivesReview: 'measure the objectives, and set the next ones',
  improvementReview: 'review what was improved since the last time, and what comes next',
};

/** What there is to say about requirements, their ratings and their evidence. */
export const assessmentSayings: WordsFor<AssessmentSayings> = {
  rateEveryRequirement: () => 'Rate every requirement and complete the gap assessment',
  gapAssessmentBegins: () => 'The gap assessment begins.',
  gapAssessmentCompleted: () => 'Gap assessment completed.',
  gapAssessmentIsOver: ({ completedOn }) =>
    `The gap assessment was completed on ${completedOn} and its ratings stand. Where one was wrong, open a task for what is missing, waive a task that is not needed, or correct the control in the statement of applicability.`,
  unratedRequirements: ({ unrated }) =>
    `${count(unrated.length, 'requirement')} ${unrated.length === 1 ? 'is' : 'are'} not rated yet: ${unrated.join(', ')}.`,
  clauseAlwaysApplies: ({ requirementId }) =>
    `${requirementId} is a clause: clauses always apply; only controls can be left out.`,
  conformsWithGap: ({ requirementId }) =>
    `${requirementId} is rated as conforming, but a gap is named; rate it partial if something is missing.`,
  notAControl: ({ requirementId }) => `${requirementId} is a clause: the statement of applicability is about controls.`,
  implementationContradicts: () => 'it is notApplicable exactly when the control does not apply.',
  controlApplies: () => 'Applies to the AI systems in scope (from the gap assessment).',
  controlRuledOut: ({ controlId }) =>
    `${controlId} does not apply, as the statement of applicability says: no evidence of it is needed.`,
  assessImpactOf: ({ name }) => `AI system impact assessment: ${name}`,
  whyImpactIsAssessed: () => 'Each AI system in scope has an impact assessment before the audit.',
  showEvidenceOf: ({ requirementId, title }) => `${requirementId} ${title}`,
  whyDocumentIsShown: () => 'It conforms; auditors ask to see the documented information.',
  gapFound: ({ gap }) => `The gap assessment found: ${gap}`,
  showEvidenceAgain: ({ requirementId, title, what }) => `${requirementId} ${title}: ${again[what]}`,
  evidenceEnds: ({ validUntil }) => `The evidence is valid until ${validUntil}.`,
  comesAround: ({ months, lastOn }) =>
    `It comes around every ${months === 1 ? 'month' : `${months} months`}; the last time was ${lastOn}.`,
  notRatedYet: () => 'not rated yet',
  evidenceMadeStale: ({ changedOn }) => `a change on ${changedOn} made its evidence stale`,
  documentNotShown: () => 'documented information not shown yet',
  noEvidenceYet: () => 'no accepted evidence yet',
  momentOfRound: ({ cadence, requirementId, system, dueOn }) =>
    `${requirementId ? `${requirementId}, ` : ''}${roundName(cadence, system)}: due on ${dueOn}`,
};

function roundName(cadence: AssessmentSayings['momentOfRound']['cadence'], system = 'an AI system'): string {
  switch (cadence) {
    case 'managementReview':
      return 'management review';
    case 'internalAudit':
      return 'internal audit';
    case 'impactAssessment':
      return `impact assessment of ${system}`;
    case 'evidenceValidity':
      return again.renewal;
    default:
      return again[cadence];
  }
}
