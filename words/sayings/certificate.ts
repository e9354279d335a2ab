import type { CertificateSayings } from '../../domain/certificate/sayings.ts';
import type { OpenNonconformities } from '../../domain/rules/decision.ts';
import { anAudit, auditLabels, certificateLabels, decisionLabels } from '../labels.ts';
import { list } from '../phrases.ts';
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
  noCertificateYet: () => 'There is no certificate yet.',
  certificateInOtherStatus: ({ status, allowed }) =>
    `The certificate is ${certificateLabels[status]}; this is possible while it is ${list(
      allowed.map((each) => certificateLabels[each]),
      'or',
    )}.`,

  decideOnAudit: ({ kind, auditId }) =>
    `Decide on ${kind === 'special' ? 'the extension of scope' : 'certification'} from the ${auditLabels[kind]} ${auditId}`,
  auditHasItsOutcome: () => 'The audit has its outcome.',
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
  deciderWasOnTeam: ({ name, kind, auditId }) =>
    `${name} was on the team of the ${auditLabels[kind]} ${auditId}; someone else must decide.`,
  decisionNotAllowed: ({ decision, open, allowed }) =>
    `The decision cannot be "${decisionLabels[decision]}": ${whatIsOpen(open)}. It can be ${list(
      allowed.map((each) => `"${decisionLabels[each]}"`),
      'or',
    )}.`,
  grantNeedsNumber: () => 'a certificate that is granted needs a number.',
  recertified: () => 'Recertified.',
  newCycleHasItsOwnAudits: () => 'The certificate was renewed; its new cycle has its own audits.',

  expiredAndNotExtended: ({ lastDay }) =>
    `The certificate was valid through ${lastDay} and is not extended; it can be restored (R17).`,
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
  resolveSuspension: ({ number, untilOn }) => `Resolve the suspension of certificate ${number} by ${untilOn}`,
  certificateReinstated: () => 'The certificate was reinstated.',
  suspensionOver: ({ untilOn }) => `The suspension had to be resolved by ${untilOn}; it ends in withdrawal.`,
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
  suspensionNotResolved: ({ untilOn }) => `The suspension was not resolved by ${untilOn} (R18).`,
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
