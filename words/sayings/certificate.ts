import type { CertificateSayings } from '../../domain/certificate/sayings.ts';
import type { OpenNonconformities } from '../../domain/rules/decision.ts';
import { anAudit, auditLabels, certificateLabels, decisionLabels, recommendationLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import { writtenDay } from '../when.ts';
import type { WordsFor } from './words.ts';

const grounds = { failure: 'a failure', auditRefused: 'a refused audit', onRequest: 'a request' };

const occasions = {
  scopeExtension: 'an extension of scope',
  complaint: 'a complaint',
  change: 'a change',
  suspension: 'a suspension',
};

/** What there is to say about decisions and certificates. */
export const certificateSayings: WordsFor<CertificateSayings> = {
  certificateIsSo: () => 'this is how the certificate is already; give what was another.',
  renewedDatesStay: ({ lastDay }) =>
    `The dates of a renewed certificate follow the one before it, through ${lastDay}: only its number can be put right here.`,
  decidedAfterSuspension: ({ decidedOn, changedOn }) =>
    `the certificate was suspended or reinstated on ${changedOn}, so it cannot have been decided on ${decidedOn}; give that day or an earlier one.`,
  nothingToReinstate: () =>
    'The certificate is not suspended. If it was and that was not told yet, record the suspension with its day first, then its end.',
  datesStayAfterRestoration: ({ endedOn }) =>
    `The time for restoring the certificate ended on ${writtenDay(endedOn)}, and it is earned anew since: only its number can be put right here.`,
  noSuspensionToDate: () => 'The certificate is not suspended: there is no day of a suspension to put right.',
  suspendedByClock: ({ findingId }) =>
    `The certificate is suspended because ${findingId} was not verified in time: that day follows from the finding. A suspension of the certification body that began before is recorded as one.`,
  suspendedAfterLastDay: ({ suspendedOn, lastDay }) =>
    `The last day of the certificate was ${writtenDay(lastDay)}: it cannot have been suspended on ${writtenDay(suspendedOn)}.`,
  cycleWentOn: ({ auditId, kind }) =>
    `The ${auditLabels[kind]} ${auditId} was agreed or held on the dates that there are, and cannot be counted again: the number can be put right, the dates no longer.`,
  certificatePutRight: ({ reason }) => `The dates of the certificate were put right: ${reason}`,
  noCertificateYet: () => 'There is no certificate yet.',
  certificateInOtherStatus: ({ status, allowed }) =>
    `The certificate is ${certificateLabels[status]}; this is possible while it is ${list(
      allowed.map((each) => certificateLabels[each]),
      'or',
    )}.`,

  decideOnAudit: ({ kind, auditId }) =>
    `Decide on ${kind === 'special' ? 'the extension of scope' : 'certification'} from the ${auditLabels[kind]} ${auditId}`,
  auditHasItsOutcome: () => 'The audit has its outcome.',
  decideOnRecommendation: ({ kind, auditId, recommends }) =>
    `Decide on what the ${auditLabels[kind]} ${auditId} recommends: ${recommendationLabels[recommends]}`,
  nameDecider: ({ kind, auditId }) =>
    `Name a decision maker who took no part in the ${auditLabels[kind]} ${auditId} or what it repeats`,
  nobodyMayDecide: ({ kind, auditId }) =>
    `No decision maker of the program may decide on the ${auditLabels[kind]} ${auditId}: whoever took part in an audit does not decide (R8).`,
  deciderNamed: ({ name }) => `${name} can decide.`,
  decidedByOther: () => 'Decided by somebody who took no part in the audit.',
  recommendationDecided: () => 'Decided.',
  nothingRecommended: ({ auditId }) => `The team of audit ${auditId} recommends nothing that is still to be decided.`,
  deciderAudited: ({ name, kind, auditId }) =>
    `${name} took part in the ${auditLabels[kind]} ${auditId}; the team recommends, and someone who did not audit must decide.`,
  decisionTaken: ({ decision }) => `Decided: ${decisionLabels[decision]}.`,
  decisionRestsOnOtherAudit: ({ auditId, kind }) =>
    `A decision rests on a Stage 2 or recertification audit, or on a special audit for an extension of scope; ${auditId} is ${anAudit(kind)}.`,
  noOutcomeToDecideOn: ({ auditId, status }) => `Audit ${auditId} has no outcome yet; it is ${status}.`,
  decisionTakenBefore: ({ auditId }) => `The decision on audit ${auditId} has already been made.`,
  decisionRestsOnLast: ({ auditId, lastId }) =>
    `Audit ${auditId} was followed by ${lastId ?? 'a new attempt'}; the decision rests on the last one.`,
  decisionRestsOnNewStage2: ({ auditId }) =>
    `The certificate could not be restored in time; the decision rests on a new Stage 2, not on ${auditId}.`,
  noDecisionOnOutdatedStage2: ({ auditId, untilOn }) =>
    `A major nonconformity was not verified by ${untilOn}, so no decision can rest on the Stage 2 audit ${auditId}; Stage 2 is held again.`,
  deciderWasOfOrganization: ({ name, lastOn, from }) =>
    `${name} decides on what they worked on: they were of the organization in this program until ${lastOn}, and are independent of it from ${from} (R26). Ask the certification body whether somebody else has to decide.`,
  deciderWasOnTeam: ({ name, kind, auditId }) =>
    `${name} was on the team of the ${auditLabels[kind]} ${auditId}; someone else must decide.`,
  decisionNotAllowed: ({ decision, open, allowed }) =>
    `The decision cannot be "${decisionLabels[decision]}": ${whatIsOpen(open)}. It can be ${list(
      allowed.map((each) => `"${decisionLabels[each]}"`),
      'or',
    )}.`,
  grantNeedsNumber: () => 'a certificate that is granted needs a number.',
  nothingTakesEffect: () =>
    'only the grant of a certificate has a day from which it runs; leave it out of this decision.',
  takesEffectBeforeDecision: ({ validFrom, decidedOn }) =>
    `${validFrom} is before the decision on ${decidedOn}; a certificate takes effect with the decision or later.`,
  takesEffectTooLate: ({ validFrom, decidedOn, until }) =>
    `${validFrom} is too long after the decision on ${decidedOn}; name a day up to ${until}.`,
  leavesGap: ({ validFrom, next }) =>
    `${validFrom} leaves days without a certificate; it follows the old one on ${next} at the latest.`,
  certifiedAsAudited: ({ statement }) =>
    `The certificate covers what was audited, "${statement}"; the scope of the program was changed since.`,
  applyForExtension: () =>
    'Apply for an extension of scope (a special audit), or put the scope of the program back to what is certified',
  recertified: () => 'Recertified.',
  newCycleHasItsOwnAudits: () => 'The certificate was renewed; its new cycle has its own audits.',

  expiredAndNotExtended: ({ lastDay }) =>
    `The certificate was valid through ${lastDay} and is not extended; it can be restored (R17).`,
  decidedInTime: ({ decidedOn }) =>
    `The recertification was decided in time, on ${decidedOn}, and told later; the cycle goes on.`,
  decidedBeforeLapse: ({ lastDay }) =>
    `By ${lastDay} the certificate had not lapsed: record this as the decision on the recertification, which renews it.`,
  certifiedAnewSince: ({ kind, auditId }) =>
    `The ${auditLabels[kind]} ${auditId} of a new certification was held since; the decision rests on that.`,
  restorableNoLonger: ({ lastDay, untilOn }) =>
    `The certificate lapsed after ${lastDay}; it could be restored until ${untilOn}.`,
  restoringRestsOnRecertification: ({ auditId, kind, status }) =>
    `Only a recertification audit that was held can restore the certificate; ${auditId} is ${anAudit(kind)} and is ${status}.`,
  restoringRestsOnLapsedCycle: ({ auditId }) =>
    `Audit ${auditId} belongs to an earlier cycle; restoring rests on an audit of the cycle that lapsed.`,
  recertificationRefusedOn: ({ auditId }) =>
    `The recertification was refused on audit ${auditId}; plan another recertification audit.`,
  cannotBeRestored: ({ open }) => `The certificate cannot be restored: ${whatIsOpen(open)}.`,
  certificateRestored: () => 'The certificate was restored.',

  groundIsTheBodys: ({ ground }) =>
    `The organization can have its certificate suspended only at its own request; a suspension for ${grounds[ground]} is up to the certification body.`,
  resolveSuspension: ({ number, untilOn }) =>
    `Resolve the suspension of certificate ${number} by ${writtenDay(untilOn)}`,
  certificateReinstated: () => 'The certificate was reinstated.',
  staysSuspended: ({ number, suspendedOn, untilOn }) =>
    `Certificate ${number} stays suspended, since ${suspendedOn}, until what it was suspended for is resolved, by ${untilOn} (R18).`,
  resolvedByDecision: ({ findingId }) =>
    `${findingId}, for which it was suspended, was verified; the decision looked at it.`,
  suspendedByMistake: ({ findingId }) => `${findingId} was not to be a major nonconformity.`,
  verifiedInTime: ({ findingId }) => `${findingId} had been verified in time, which was told later.`,
  suspensionLongOver: ({ on, untilOn }) =>
    `A suspension on ${on} had to be resolved by ${untilOn}, which has passed. If it was not, record that the certificate was withdrawn, with its day; if it was, there is nothing to suspend.`,
  suspensionToldFirst: ({ untilOn }) =>
    `The certificate was suspended, and that had to be resolved by ${writtenDay(untilOn)}. Record first, with its day, that it was reinstated, or else that it was withdrawn.`,
  suspensionOver: ({ untilOn }) =>
    `The suspension had to be resolved by ${writtenDay(untilOn)}; it ends in withdrawal.`,
  suspensionUnresolved: ({ findings }) =>
    findings.length === 1
      ? `The suspension is not resolved: the major nonconformity ${findings[0]} is past its deadline and not verified. Verify it first, or reduce the scope.`
      : `The suspension is not resolved: the major nonconformities ${list(findings)} are past their deadlines and not verified. Verify them first, or reduce the scope.`,

  scopeCertifiedAlready: () => 'this scope is already certified; leave out what no longer is.',
  scopeReduced: ({ reason }) => `The scope was reduced: ${reason}`,
  specialNeedsOccasion: () => 'say what the special audit is for: scopeExtension, complaint, change or suspension.',
  extensionAppliedFor: ({ reason }) => `Extension of scope (R19): ${reason}`,
  heldAtShortNotice: ({ reason }) => `Short notice (R19): ${reason}`,
  onlyExtensionHasScope: ({ occasion }) =>
    `only an extension of scope names a scope; an audit over ${occasions[occasion]} does not.`,
  shortNoticeIsTheBodys: ({ occasion }) =>
    `Only the certification body can plan a special audit over ${occasions[occasion]}; you can apply for ${occasions.scopeExtension}.`,
  notSuspended: ({ status }) =>
    `The certificate is ${certificateLabels[status]}, not suspended; choose another occasion.`,
  specialNeedsCertificate: ({ status }) =>
    `A special audit needs a certificate that is valid or suspended; this one is ${certificateLabels[status ?? 'none']}.`,
  extensionNeedsScope: () => 'say what the extended scope will be.',
  extensionWaitsForReinstatement: () =>
    'The certificate is suspended; its scope can be extended once it is reinstated.',
  extensionUndecided: ({ auditId }) =>
    `Audit ${auditId} is for an extension that is not decided yet; apply for one at a time.`,
  nothingToExtend: ({ lastDay }) => `The certificate was valid through ${lastDay}; there is nothing to extend.`,

  hasTheCertificate: ({ body }) => `${body} already has the certificate.`,
  nothingToTransfer: () => 'There is no certificate yet; choose another certification body without a transfer.',
  onlyValidIsTransferred: ({ status, lastDay }) =>
    `The certificate ${status === 'valid' ? `was valid through ${lastDay}` : `is ${certificateLabels[status]}`}; only a valid one can be transferred.`,
  transferredBeforeDecision: ({ on, decidedOn }) => `${on} is before the decision on the certificate, ${decidedOn}.`,
  transferredBeforeLastAct: ({ on, lastAct }) =>
    `${on} is before the last act of the body that has the certificate, on ${lastAct}; it is transferred on that day at the earliest.`,
  auditBegunBeforeTransfer: ({ kind, auditId }) =>
    `The ${auditLabels[kind]} ${auditId} has begun; record its outcome before a transfer.`,
  decisionOpenBeforeTransfer: ({ kind, auditId }) =>
    `The decision on the ${auditLabels[kind]} ${auditId} is open; it must be made before a transfer.`,
  newBodyVerifiesMajors: ({ findings, body }) =>
    findings.length === 1
      ? `The major nonconformity ${findings[0]} is open: ${body} verifies it before it issues its certificate.`
      : `The major nonconformities ${list(findings)} are open: ${body} verifies them before it issues its certificate.`,
  transferredToBody: ({ from, to }) => `The certificate was transferred from ${from} to ${to}.`,
  datesAgreedWithNewBody: ({ body }) => `The certificate was transferred to ${body}: agree on dates with it.`,
  newBodyBeginsWithStage1: ({ body }) => `${body} begins a recertification with a Stage 1 (R15).`,
  nameNewBodysPeople: ({ body }) =>
    `Add the people of ${body} to those of the program: lead auditor, auditors, decision maker`,
  formerBodyLeft: () => 'The people of the former certification body no longer have roles here.',

  momentSuspensionEnds: ({ untilOn }) => `the suspension ends in withdrawal after ${untilOn} (R18)`,
  momentLastDay: ({ number, lastDay }) => `last valid day of certificate ${number}: ${lastDay}`,
  momentRestorationEnds: ({ untilOn }) => `last day on which the lapsed certificate can be restored: ${untilOn} (R17)`,
  suspensionNotResolved: ({ untilOn, toldUntil }) =>
    `The suspension was not resolved by ${writtenDay(untilOn)} (R18), as far as anybody said. If it was, that can be recorded with its day through ${writtenDay(toldUntil)}; then the program closes.`,
  tellOfResolution: ({ number, untilOn, toldUntil }) =>
    `Certificate ${number} is withdrawn. If its suspension was resolved by ${writtenDay(untilOn)}, record that by ${writtenDay(toldUntil)}`,
  withdrawalStands: ({ toldUntil }) =>
    `Nobody recorded by ${writtenDay(toldUntil)} that the suspension had been resolved in time.`,
  momentWithdrawalStands: ({ toldUntil }) =>
    `Last day to record that the suspension was resolved in time: ${writtenDay(toldUntil)}; then the program closes`,
  certificateLapsed: ({ lastDay }) => `The certificate lapsed after ${lastDay}.`,
};

function whatIsOpen({ kind, ids }: OpenNonconformities): string {
  const [noun, is, has] = ids.length === 1 ? ['nonconformity', 'is', 'has'] : ['nonconformities', 'are', 'have'];
  switch (kind) {
    case 'major':
      return `major ${noun} ${list(ids)} ${is} not corrected and verified`;
    case 'unplanned':
      return `minor ${noun} ${list(ids)} ${has} no accepted corrective action plan`;
    case 'planned':
      return `minor ${noun} ${list(ids)} ${is} open with an accepted plan`;
    case 'none':
      return 'no nonconformity is open';
  }
}
