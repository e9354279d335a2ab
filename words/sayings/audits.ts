import type { AuditKind, AuditResult, Occasion } from '../../domain/audits/audit.ts';
import type { AuditSayings } from '../../domain/audits/sayings.ts';
import { anAudit, auditLabels, gradeLabels, resultLabels, roleLabels, topicLabels } from '../labels.ts';
import { capitalized, list } from '../phrases.ts';
import { writtenDay } from '../when.ts';
import { covered } from './coverage.ts';
import type { WordsFor } from './words.ts';

const occasionLabels: Record<Occasion, string> = {
  scopeExtension: 'extension of scope',
  complaint: 'complaint',
  change: 'change',
  suspension: 'suspension',
};

const endings: Record<AuditResult, string> = {
  ready: 'ended ready',
  notReady: 'ended not ready',
  completed: 'was completed',
  maintained: 'ended with the certificate maintained',
  suspend: 'ended with suspension',
  withdraw: 'ended with withdrawal',
};

/** What there is to say about audits. */
export const auditSayings: WordsFor<AuditSayings> = {
  onlySpecialAuditHasIt: () => 'only a special audit has one.',
  notTheirsToPlan: () =>
    'A decision maker plans special audits only; other audits are planned by a program manager or a lead auditor.',
  plannedByCycle: ({ kind }) =>
    `The cycle plans ${anAudit(kind)} itself; internal and special audits are planned by hand, and a recertification after one that was refused.`,
  plannedByHand: () => 'Planned by hand.',
  recertificationWasRefused: () => 'The recertification was refused.',
  beforeStage1: () => 'Stage 1 comes after an internal audit of all requirements.',
  restBeforeStage1: ({ requirements }) =>
    `Stage 1 comes after an internal audit of all requirements; still to be audited: ${some(requirements)}.`,
  stage1Repeated: () =>
    'Stage 1 is held again: it was not ready (R2), or Stage 2 did not begin in the time after it (R3).',
  finalOutdated: ({ auditId, rule }) =>
    `${auditId} counts no longer (${rule}): what it found stays as it is, and another audit takes its place.`,
  finalDecided: ({ auditId }) =>
    `The decision on ${auditId} is taken: what it found stays as it is. A special audit can look at it anew (R27).`,
  finalEarlier: ({ auditId, kind }) =>
    `Certification is earned anew since the ${auditLabels[kind]} ${auditId}: what it found stays as it is (R27).`,
  finalGate: ({ auditId }) =>
    `The audits of the certification body rest on ${auditId} by now: what it found stays as it is. Another internal audit can look at it anew.`,
  finalNext: ({ auditId, nextId, kind }) =>
    `The ${auditLabels[kind]} ${nextId} rests on ${auditId} by now: what it found stays as it is; ${nextId} can look at it anew (R27).`,
  onlyHeldIsReopened: ({ auditId, status }) =>
    `${auditId} is ${status}: only the outcome of an audit that was held is put right. Schedule it again if its days or its team are others.`,
  outcomeReopened: ({ auditId, reason }) => `The outcome of ${auditId} was reopened: ${reason}`,
  gateIsPassed: () => 'The gate to Stage 1 is passed.',
  stage1EndedReady: () => 'Stage 1 ended ready.',
  stage2DoneAgain: () => 'A major of Stage 2 was not verified in time: Stage 2 is held again before a decision (R6).',
  stage2Suffices: () =>
    'The certificate lapsed and was not restored in time: a Stage 2 is enough to earn it again (R17).',
  bodyBeginsWithStage1: () => 'The certification body begins a recertification with a Stage 1 (R15).',
  stage1HeldAgain: () => 'Stage 1 was not ready; it is held again (R2, R15).',
  taskScheduleAudit: ({ auditId, kind, occasion, targetOn, body }) =>
    `Schedule the ${fullName(kind, occasion)} ${auditId}${body ? ` with ${body}` : ''}: dates around ${writtenDay(targetOn)}, and the team`,

  auditNotToSchedule: ({ auditId, status }) => `Audit ${auditId} was ${status} and cannot be scheduled.`,
  notTheirsToSchedule: ({ kind, able }) =>
    `${capitalized(anAudit(kind))} is scheduled by a program manager or ${able === 'leadAuditor' ? 'a lead auditor' : 'an internal auditor'}.`,
  foundBeforeItBegan: ({ auditId, startsOn, findingId, raisedOn }) =>
    `Audit ${auditId} cannot begin on ${writtenDay(startsOn)}: ${findingId} was found in it on ${writtenDay(raisedOn)}.`,
  pastIsToldByBody: ({ startsOn, today }) =>
    `${startsOn} has passed (today is ${today}). That an audit of the certification body was held before is told by its lead auditor, or entered on their behalf from a document of the body (R30); otherwise name a day ahead.`,
  auditBeforeWhatItFollows: ({ startsOn, first }) =>
    `${startsOn} lies before ${first}, the first day on which it could have been held: it follows the start of the program or the last decision, and the audit of its kind before it.`,
  auditCoversAll: ({ kind }) => `${anAudit(kind)} covers all requirements; leave them out.`,
  noTeam: () => 'name at least one auditor.',
  lacksAuditorsRole: ({ email, able }) =>
    `${email} does not have the role of ${list(
      able.map((role) => roleLabels[role]),
      'or',
    )}.`,
  noLeadAuditor: () => 'an audit of the certification body is led by a lead auditor; name one.',
  ownsWhatIsAudited: ({ name, requirementId, more }) =>
    `${name} owns ${requirementId}${more > 0 ? ` (and ${more} more)` : ''} and cannot audit it; choose another auditor or leave it out of the criteria.`,
  workedOnWhatIsAudited: ({ name, requirementId, more, lastOn, from }) =>
    `${name} owned, answered or reviewed ${requirementId}${more > 0 ? ` (and ${more} more)` : ''} until ${lastOn} and cannot audit it before ${from}; schedule the audit with another auditor, or leave it out of the criteria.`,
  wasOfOrganization: ({ name, lastOn, from }) =>
    `${name} worked for the organization in this program until ${lastOn} and cannot audit it for the certification body before ${from} (R26); name another auditor.`,
  latestDayOfAudit: ({ auditId, kind, latestOn }) => `The ${auditLabels[kind]} ${auditId} must be held by ${latestOn}.`,
  heldAfterLatestDay: ({ auditId, kind, latestOn, rule }) =>
    `The ${auditLabels[kind]} ${auditId} will be held after ${latestOn}, the last day that ${rule} allows.`,
  yearWithoutSurveillance: ({ auditId, endsOn, year }) =>
    `${auditId} is the surveillance audit of ${year}: held on ${endsOn}, it would leave that calendar year without one, and two in one year do not serve the next (R11). Hold it in ${year}.`,
  yearStillOwed: ({ year }) => `The calendar year ${year} still owes a surveillance (R11).`,
  stage2AfterStage1: ({ endsOn }) => `Stage 2 begins after Stage 1 ended on ${endsOn}.`,
  stage2TooLate: ({ until, from }) =>
    `Stage 2 can begin no later than ${until}, counted from ${from}; after that, Stage 1 is held again.`,
  stage1ComesFirst: ({ auditId }) =>
    `A Stage 1 comes before this recertification; schedule ${auditId ?? 'one'} for days before it.`,
  auditTakesPlace: ({ auditId, startsOn }) => `Audit ${auditId} takes place on ${startsOn}.`,
  lastDayMoved: ({ auditId, kind }) =>
    `The last day of the ${auditLabels[kind]} ${auditId} was moved, and this counts from it (R7).`,
  auditRescheduled: ({ auditId }) => `Audit ${auditId} was rescheduled.`,
  auditIsScheduled: () => 'The audit is scheduled.',
  taskRecordOutcome: ({ auditId, kind }) => `Record the outcome of the ${auditLabels[kind]} ${auditId}`,

  nothingToCallOff: ({ auditId, status }) =>
    status === 'planned'
      ? `Audit ${auditId} has no days yet: there is nothing to call off.`
      : `Audit ${auditId} was ${status}: there is nothing to call off.`,
  calledOffAfterItBegan: ({ auditId, findingId }) =>
    findingId
      ? `Audit ${auditId} has begun: ${findingId} was found in it. Withdraw what it found, or record its outcome.`
      : `Audit ${auditId} was held: record its outcome anew.`,
  auditCalledOff: ({ auditId, reason }) => `Audit ${auditId} was called off: ${reason}`,
  otherDaysNeeded: () => 'The audit was called off: other days are agreed on.',

  auditHasOutcome: ({ auditId, result }) =>
    `Audit ${auditId} has its outcome (${resultLabels[result]}); nothing can be added to it.`,
  auditNotScheduled: ({ auditId, status }) =>
    status === 'planned' ? `Audit ${auditId} is only planned; schedule it first.` : `Audit ${auditId} was ${status}.`,
  auditNotBegun: ({ auditId, startsOn }) => `Audit ${auditId} begins on ${startsOn}.`,
  auditNotEnded: ({ auditId, endsOn }) => `Audit ${auditId} ends on ${endsOn}; record its outcome then.`,
  notOnTeam: ({ email, auditId, team }) => `${email} is not on the team of audit ${auditId}: ${team.join(', ')}.`,
  gradeNotOfAudit: ({ kind, allowed, grade }) =>
    `${anAudit(kind)} raises ${list(
      allowed.map((one) => gradeLabels[one]),
      'or',
    )}, not ${gradeLabels[grade]}.`,
  notAmongCriteria: ({ requirementId, auditId }) => `${requirementId} is not among the criteria of audit ${auditId}.`,
  resultNotOfAudit: ({ kind, occasion, allowed, result }) =>
    `${anAudit(kind, fullName(kind, occasion))} ends ${list(allowed, 'or')}, not ${result}.`,
  onlySurveillanceCovers: ({ auditId, kind }) =>
    `only the outcome of a surveillance says what it covered; ${auditId} is ${anAudit(kind)}.`,
  noSuchTopic: ({ topic, known }) => `there is no topic ${topic}; those of R13 are ${list(known)}.`,
  topicsNotCovered: ({ auditId, topics }) =>
    `The outcome of the surveillance audit ${auditId} does not name as covered: ${topics.map((each) => topicLabels[each]).join(', ')}.`,
  waitsForStage1: ({ auditId }) =>
    `The recertification waits for its Stage 1: ${auditId ? `${auditId} has not` : 'none has'} ended ready yet.`,
  auditEnded: ({ auditId, result }) => `Audit ${auditId} ${endings[result]}.`,
  auditWasHeld: ({ auditId }) => `Audit ${auditId} was held; there is nothing left to prepare.`,
  stillOpenAtAudit: ({ auditId, kind }) => `Still open at the ${auditLabels[kind]} ${auditId}.`,

  lacksInternalAudit: ({ requirements }) =>
    `an internal audit of ${requirements.length > 0 ? some(requirements) : 'all requirements'} with its outcome`,
  lacksVerification: ({ findingId }) => `the verification of major ${findingId}`,
  lacksAcceptedPlan: ({ findingId }) => `an accepted plan for ${findingId}`,
  lacksManagementReview: () => 'a management review',
  reviewBeforeInternalAudit: () =>
    'The management review was held before the internal audit ended, so its results were not an input (R2).',

  auditIsNear: ({ kind }) => `The ${auditLabels[kind]} is near; the certification body needs dates.`,
  beginsWithStage1: () => 'The recertification begins with a Stage 1 (R15); the certification body needs dates.',
  validOnlyBeforeAudit: ({ kind, validUntil }) =>
    `The evidence is valid until ${validUntil}, before the ${auditLabels[kind]}.`,
  internalAuditBefore: ({ kind }) => `The internal audit of the year comes before the ${auditLabels[kind]}.`,
  taskReadinessChecklist: ({ auditId, kind }) =>
    `Work through the readiness checklist for the ${auditLabels[kind]} ${auditId}`,
  checklistCovers: ({ coverage }) =>
    `The audit is 30 days away. Check the clauses of the standard, the controls that apply, whether the documents are complete, and what the audit covers (R13): ${coverage.map(covered).join('; ')}.`,

  lastDayPassed: ({ latestOn, rule }) => `${latestOn} was its last day (${rule}).`,
  noOutcomeByLastDay: ({ latestOn, rule }) =>
    `${latestOn} was its last day (${rule}), and no outcome is recorded. If it was held in time, record its outcome; otherwise agree on new dates.`,
  timeIsOver: ({ auditId, latestOn, rule }) =>
    `The time for ${auditId} is over: ${latestOn} was its last day (${rule}).`,
  taskMakeUpForMissed: ({ auditId, kind }) =>
    `Agree with the certification body on how to make up for the missed ${auditLabels[kind]} ${auditId}`,
  stage2WasHeld: ({ auditId, startsOn }) =>
    `Stage 2 ${auditId} began in time, on ${startsOn}, as its outcome says: Stage 1 is not repeated.`,
  stage2NotHeld: () => 'It did not take place in its time; Stage 1 was held again, and another Stage 2 follows (R3).',
  stage2GivenUp: ({ until, from }) =>
    `Stage 2 had to begin by ${until}, counted from ${from}; Stage 1 is held again (R3).`,
  stage2Stands: ({ auditId }) =>
    `The majors of ${auditId} were verified in time, which was told later: a decision rests on it.`,
  stage2Outdated: ({ findings }) =>
    `Stage 2 is held again: ${list(findings)} ${findings.length === 1 ? 'was' : 'were'} not verified in time (R6).`,
  momentOfAudit: ({ auditId, kind, agreed }) => `${auditLabels[kind]} ${auditId}${agreed ? '' : ' (planned)'}`,
  momentOfPreparation: ({ auditId, kind, days }) => `${days} days before the ${auditLabels[kind]} ${auditId}`,
  momentOfLatestDay: ({ auditId, kind, rule }) => `last day for the ${auditLabels[kind]} ${auditId} (${rule})`,
  momentOfStage2Latest: ({ until }) => `last day on which Stage 2 can begin: ${until} (R3)`,
  momentOfMajorsLatest: ({ auditId, findings, until }) =>
    `last day to verify ${list(findings)} for a decision on ${auditId}: ${until} (R6)`,
};

/** An audit by its kind and, if it is special, its occasion: `special audit (complaint)`. */
function fullName(kind: AuditKind, occasion: Occasion | undefined): string {
  return occasion ? `${auditLabels[kind]} (${occasionLabels[occasion]})` : auditLabels[kind];
}

/** The first of many requirements, and how many more there are. */
function some(requirements: string[]): string {
  const first = requirements.slice(0, 10);
  const more = requirements.length - first.length;
  return list(more > 0 ? [...first, `${more} more`] : first);
}
