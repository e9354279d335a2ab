import type { FindingStatus } from '../../domain/findings/finding.ts';
import type { FindingSayings } from '../../domain/findings/sayings.ts';
import { auditLabels, findingStatusLabels, gradeLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about findings. */
export const findingSayings: WordsFor<FindingSayings> = {
  taskAnswerConcern: ({ findingId, requirementId }) => `Answer the concern ${findingId} of Stage 1 on ${requirementId}`,
  taskPlanAction: ({ findingId, grade, requirementId }) =>
    `Plan the corrective action for ${gradeLabels[grade]} ${findingId} on ${requirementId}`,
  taskReviewPlan: ({ findingId }) => `Review the corrective action plan for ${findingId}`,
  taskCarryOutAction: ({ findingId, requirementId }) =>
    `Carry out the corrective action for ${findingId} on ${requirementId}`,
  taskVerifyAction: ({ findingId }) => `Verify the corrective action for ${findingId}`,
  taskCheckEffectiveness: ({ findingId }) => `Check whether the corrective action for ${findingId} was effective`,

  planSubmitted: () => 'The plan was submitted.',
  newPlanSubmitted: () => 'A new plan was submitted.',
  planReviewed: ({ verdict }) => (verdict === 'accept' ? 'The plan was accepted.' : 'The plan was rejected.'),
  actionReported: () => 'The action was reported done.',
  actionVerified: ({ effective }) => (effective ? 'Verified.' : 'Found ineffective.'),
  effectivenessChecked: ({ effective }) => (effective ? 'Effective.' : 'Found ineffective.'),
  raisedToOneMajor: ({ findingId, together }) =>
    `${list([...together, findingId])} were raised to one major, ${findingId} (R4).`,

  asksForNoAction: ({ findingId, grade }) =>
    `${findingId} is ${aGrade(gradeLabels[grade])}: it needs no corrective action.`,
  findingNotInStatus: ({ findingId, status, possible }) =>
    `${findingId} is ${findingStatusLabels[status]}; this is possible while it is ${list(possible.map(shortly), 'or')}.`,
  answeredByOwner: ({ findingId, requirementId, email }) =>
    `${findingId} is answered by the owner of ${requirementId} or the program manager, not by ${email}.`,
  judgedByBody: ({ findingId }) => `${findingId} is judged by the certification body.`,
  judgedByInternalAuditor: ({ findingId }) => `${findingId} is judged by an internal auditor.`,
  ownersDoNotJudge: ({ email, requirementId, findingId }) =>
    `${email} owns ${requirementId} and cannot judge ${findingId}; another internal auditor has to.`,
  majorVerifiedUntil: ({ verifyDueOn }) => `a major is corrected and verified by ${verifyDueOn}.`,
  pastItsEnd: ({ dueOn, end }) =>
    `${dueOn} is too late: what the certificate waits for must be done by ${end}, when it or its suspension ends.`,
  checkedBeforeDone: ({ effectivenessOn, dueOn }) => `${effectivenessOn} is before the action is due, ${dueOn}.`,
  checkedLater: ({ findingId, effectivenessOn }) =>
    `The effectiveness of ${findingId} is checked on ${effectivenessOn}; only a failure is reported earlier.`,
  findingWithdrawn: ({ findingId }) => `${findingId} was withdrawn; raise another finding if something was found.`,
  findingPutRight: ({ findingId, reason }) => `${findingId} was put right: ${reason}`,
  verifiedBeforeAudit: ({ auditId, kind, verifiedOn }) =>
    `It had been verified on ${verifiedOn}, before the ${auditLabels[kind]} ${auditId} was over, and that was told later: it never was a major.`,
  noLongerPart: ({ majorId }) => `It is no longer part of ${majorId}.`,
  nothingToPutRight: ({ findingId }) => `this is how ${findingId} is already; give what is to be another.`,
  majorAlready: ({ findingId }) => `${findingId} is a major nonconformity already.`,
  differentSides: ({ findingId, other }) =>
    `${other} and ${findingId} are of different sides: findings of internal audits and those of the certification body stay apart.`,

  notVerifiedInTime: ({ findingId, dueOn }) =>
    `Major nonconformity ${findingId} was not verified by ${dueOn} (R7, R18).`,
  momentOfDeadline: ({ findingId, grade, deadline }) => `last day for the ${deadline} of ${grade} ${findingId} (R7)`,
};

/** A status in a row of them. */
function shortly(status: FindingStatus): string {
  return status === 'planAccepted' ? 'planned with its plan accepted' : findingStatusLabels[status];
}

function aGrade(label: string): string {
  return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
}
