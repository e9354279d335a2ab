import type { AdoptionSayings } from '../../domain/adoption/sayings.ts';
import { anAudit, auditLabels, certificateLabels, phaseLabels, resultLabels } from '../labels.ts';
import { count, list } from '../phrases.ts';
import type { WordsFor } from './words.ts';

/** What there is to say about taking over a program under way. */
export const adoptionSayings: WordsFor<AdoptionSayings> = {
  certificateNeeded: () => 'a program in the surveillance cycle has a certificate; give it.',
  certificateNeedsCycle: ({ phase }) =>
    `a program with a certificate is in the surveillance cycle, not in the ${phaseLabels[phase]}.`,
  ratingsNeeded: ({ lacking }) =>
    `${count(lacking, 'requirement')} ${lacking === 1 ? 'is' : 'are'} not rated: give all ratings, or adopt the program into the gap assessment.`,
  validUntilBeforeAccepted: ({ validUntil, acceptedOn }) =>
    `${validUntil} is before the evidence was accepted on ${acceptedOn}.`,

  adoptedDecisionAhead: ({ decidedOn }) => `${decidedOn} has not come yet; adopt the program once it is decided.`,
  lastDayBeforeDecision: ({ lastDay, decidedOn }) => `${lastDay} is not after the decision on ${decidedOn}.`,
  validFromOutside: ({ validFrom }) => `${validFrom} is not between the decision and the last day.`,
  validForTooLong: ({ validFrom }) =>
    `from ${validFrom} it would be valid for too long; leave it out, and it follows from the rules.`,
  firstDecisionNeeded: ({ cycle }) =>
    `in cycle ${cycle} the day of the first decision is needed; the certificate shows it.`,
  firstDecisionIsTheDecision: ({ decidedOn }) => `in cycle 1 it is the day of the decision, ${decidedOn}.`,
  firstDecisionAfterDecision: ({ initialDecisionOn, cycle, decidedOn }) =>
    `${initialDecisionOn} is after the decision on cycle ${cycle}, ${decidedOn}.`,
  lastDayTooLate: ({ lastDay, years, longest, rule }) =>
    `${lastDay} is later than a validity of ${count(years, 'year')} allows: the latest is ${longest} (${rule}); correct it, say in validFrom if it took effect up to 30 days after the decision (R32), or set certificationBody.rules.validityYears.`,
  notLapsedYet: ({ lastDay }) => `it is valid through ${lastDay} and has not lapsed.`,
  lapsedForGood: ({ lastDay, until }) =>
    `it expired after ${lastDay} and could be restored until ${until}; adopt the program into the certification audit, without it.`,
  lapsedNotLive: ({ lastDay, status, until }) =>
    `it expired after ${lastDay} and is not ${certificateLabels[status]}; adopt it as lapsed: it can be restored until ${until} (R17).`,
  suspendedOnNeeded: () => 'a suspended certificate needs the day of its suspension, from the decision to today.',
  suspendedOnSuperfluous: ({ status }) => `the certificate is ${certificateLabels[status]}; leave it out.`,
  suspendedForTooLong: ({ suspendedOn, endedOn }) =>
    `a suspension since ${suspendedOn} ended in withdrawal after ${endedOn}; certification begins again.`,
  endsUnusuallyEarly: ({ lastDay, years }) =>
    `The certificate ends on ${lastDay}, earlier than the ${count(years, 'year')} of the body's profile; taken as it is.`,

  adoptedAuditAhead: ({ endsOn }) => `${endsOn} has not come yet; give the audit among adopt.agreedAudits.`,
  adoptedAuditEndsOtherwise: ({ kind, results, result }) =>
    `${anAudit(kind)} ends ${list(
      results.map((each) => resultLabels[each]),
      'or',
    )}, not ${resultLabels[result]}.`,
  adoptedAuditOfOtherPhase: ({ kind, phase }) =>
    `${anAudit(kind)} was held, so the program is in the certification audit or the surveillance cycle, not in the ${phaseLabels[phase]}.`,
  adoptedAuditWithoutCertificate: ({ kind }) =>
    `${anAudit(kind)} follows a certificate; give it, or leave the audit out.`,
  stageAfterDecision: ({ kind, endsOn, decidedOn }) =>
    `the ${auditLabels[kind]} ended on ${endsOn}, after the decision on ${decidedOn} that rests on it.`,
  auditBeforeInitialDecision: ({ kind, startsOn, initialDecisionOn }) =>
    `${anAudit(kind)} on ${startsOn} is before the initial decision on ${initialDecisionOn}.`,
  endedWithWithdrawal: () => 'it ended with withdrawal, so there is no certificate to carry on.',
  stage2WithoutStage1: () => 'Stage 2 follows a Stage 1 that ended ready before it began; give that audit.',
  stage2LongAfterStage1: ({ startsOn, months }) =>
    `Stage 2 began on ${startsOn}, more than ${count(months, 'month')} after Stage 1; if the body allows more, set certificationBody.rules.stage1ToStage2Months.`,
  stage1AfterStage2: () => 'Stage 1 comes before Stage 2, not after.',

  agreedInOtherPhase: ({ kind, phase }) =>
    `in the ${phaseLabels[phase]} no ${auditLabels[kind]} is planned; leave it out, and schedule it when it is.`,
  agreedAlready: ({ kind, on }) => `the ${auditLabels[kind]} on ${on} is agreed already; give one of each kind.`,
  stage2AgreedTooEarly: () => 'Stage 2 is agreed once Stage 1 ended ready; give that among adopt.audits.',
  stageHeldAlready: ({ kind }) =>
    kind === 'stage1' ? 'Stage 1 ended ready already; leave this one out.' : 'Stage 2 was held; leave this one out.',
  auditNotOwed: ({ kind }) =>
    `no ${auditLabels[kind]} is owed in this cycle, or it is agreed already; leave this one out.`,

  dueBeforeRaised: ({ on, raisedOn }) => `${on} is before the finding was raised on ${raisedOn}.`,
  concernIsOpen: () => 'a concern that is taken over is open.',
  adoptedPlanNeeded: ({ status }) =>
    `a nonconformity whose status is ${status} needs its plan; give it, or set the status to open.`,
  raisedInUnknownAudit: ({ kind, raisedOn }) =>
    `it was raised in ${anAudit(kind)} on ${raisedOn}; give that audit among adopt.audits.`,
  majorBeforeDecision: ({ decidedOn }) =>
    `the certificate was granted on ${decidedOn}, and no certificate is granted while a major is open; correct its grade or its status.`,
  majorNotVerifiedInTime: ({ verifyDueOn }) =>
    `it had to be verified by ${verifyDueOn} (R7), and a certificate is suspended when it was not (R18); give the day that the body has set as verifyDueOn, or the certificate as suspended.`,

  notKnownAtTakeover: () => 'The program was taken over while it was under way, and this was not known.',
  enterRatings: ({ missing }) =>
    `Enter how ${count(missing, 'requirement')} ${missing === 1 ? 'stands and who owns it' : 'stand and who owns them'}, and complete the gap assessment`,
  enterInternalAudit: () => 'Enter the date of the last internal audit',
  enterManagementReview: () => 'Enter the last management review, or hold one and record it',
  submitCertificate: ({ number }) => `Submit certificate ${number} with its scope statement`,
  suspendedSince: ({ suspendedOn }) => `The certificate has been suspended since ${suspendedOn}.`,
  submitSurveillanceReport: ({ latestOn, rule }) =>
    `Submit the report of the surveillance audit that was owed by ${latestOn} (${rule}), or say why there is none`,
  noEarlierAuditAsked: () => 'No earlier internal audit is asked for; plan and schedule the next one.',
  heldAfterTakeover: ({ endsOn, takenOverOn }) =>
    `${endsOn} is after the program was taken over on ${takenOverOn}; schedule that audit.`,
  internalAuditEntered: ({ endsOn }) => `The internal audit of ${endsOn} was entered.`,
};
