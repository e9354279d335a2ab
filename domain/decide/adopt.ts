import { addWorkingDays } from '../calendar.ts';
import { mustBeUnique } from '../definition.ts';
import { holders, manager, mustBeOfOrganization } from '../people.ts';
import { heldAudit, heldOn } from '../progress.ts';
import { refuse, wrong } from '../rejection.ts';
import {
  auditContradictions,
  type Contradiction,
  carriedOn,
  certificateContradictions,
  surveillancesLeft,
  unusuallyShort,
} from '../rules/adoption.ts';
import { suspensionEndsOn } from '../rules/certificate.ts';
import { planCycleAudits } from '../rules/cycle.ts';
import type { AdoptedAudit, Adoption, Audit, Certificate, IsoDate } from '../types/index.ts';
import { agree } from './adoptAgreed.ts';
import { adoptFindings, askForNext } from './adoptFindings.ts';
import { mustBeDate, mustCount, mustNotBeAhead } from './checks.ts';
import { type Draft, own } from './draft.ts';
import { completeAssessment, impactAssessmentOf, rate } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';
import { askForReview, planCycle } from './phases.ts';
import { askToResolve } from './suspension.ts';
import { mustBeRequirement } from './tasks.ts';

/** Working days in which what is missing of a program under way is handed in, and in which requirements are rated. */
const missingDays = { fact: 10, rating: 20 };

/** What was not known when a program was taken over, handed in later. */
export const adoptionDeciders: Deciders<'askForMissing' | 'recordEarlierAudit'> = {
  askForMissing(draft) {
    // The cycle first: what is verified at the next audit needs to know it.
    if (draft.state.phase === 'surveillanceCycle' && !draft.state.phasePlanned) planCycle(draft);
    for (const finding of Object.values(draft.state.findings)) askForNext(draft, finding);
    askForMissing(draft);
    const { phase } = draft.state;
    // Both stages were held: nothing else lays out the phase, and without it nothing would come round.
    if (phase === 'certificationAudit' && heldAudit(draft.state, 'stage2'))
      draft.emit({ type: 'PhasePlanned', data: { phase } });
    draft.emit({ type: 'MissingAskedFor', data: {} });
  },

  recordEarlierAudit(draft, { startsOn, endsOn, team }) {
    const [task] = draft.openTasksOf('earlierAudit', {});
    if (!task) {
      refuse('state', 'No earlier internal audit is asked for; plan and schedule the one that is to come.');
    }
    mustBeDate(startsOn, 'startsOn');
    mustBeDate(endsOn, 'endsOn');
    if (endsOn < startsOn) wrong('dates', `endsOn: ${endsOn} is before startsOn ${startsOn}.`);
    mustCount(draft.state, startsOn, 'startsOn', 'internal audit');
    mustBeUnique(team, 'team', 'person');
    if (endsOn > task.openedOn)
      wrong('dates', `endsOn: ${endsOn} is after the program was taken over on ${task.openedOn}; schedule that audit.`);
    record(draft, { kind: 'internal', startsOn, endsOn, result: 'completed', team });
    draft.complete('earlierAudit', {}, `The internal audit of ${endsOn} was entered.`);
  },
};

/**
 * Takes over a program under way: lays what is known into records. Refuses (422, with the
 * rule) what cannot be; then nothing is recorded.
 */
export function adopt(draft: Draft, adoption: Adoption): void {
  const { phase, certificate, managementReviewOn, impactAssessments = [], evidence = [] } = adoption;
  const { profile } = draft.state.body;
  mustFitPhase(draft, adoption);
  if (certificate) mustBePossible(certificateContradictions(certificate, profile, draft.today));
  mustBePossible(auditContradictions(adoption, profile, draft.today));
  mustBeKnown(draft, adoption);
  const carried = certificate && carriedOn(certificate, draft.state.scope, profile);
  draft.emit({
    type: 'ProgramAdopted',
    data: {
      phase,
      ...(carried ? { certificate: carried } : {}),
      ...(certificate?.scopeStatement ? { scopeStatement: certificate.scopeStatement } : {}),
      ...(managementReviewOn ? { managementReviewOn } : {}),
      impactAssessments,
      evidence,
    },
  });
  for (const audit of held(adoption)) record(draft, audit);
  for (const rating of adoption.ratings ?? []) rate(draft, rating);
  if (phase !== 'gapAssessment' && unrated(draft).length === 0) completeAssessment(draft);
  adoptFindings(draft, adoption.openFindings ?? []);
  agree(draft, adoption.agreedAudits ?? []);
  const short = certificate && unusuallyShort(certificate, profile);
  if (short) draft.emit({ type: 'WarningNoted', data: { code: 'R12', text: short } });
}

function mustBePossible(contradictions: Iterable<Contradiction>): void {
  const [first] = contradictions;
  if (first) wrong(first.code, first.detail);
}

function mustFitPhase(draft: Draft, { phase, certificate, ratings = [] }: Adoption): void {
  if (phase === 'surveillanceCycle' && !certificate)
    wrong('R1', 'adopt.certificate: a program in surveillanceCycle has a certificate; give it.');
  if (phase !== 'surveillanceCycle' && certificate)
    wrong('R1', `adopt.phase: a program with a certificate is in surveillanceCycle, not in ${phase}.`);
  const lacking = Object.keys(draft.state.requirements).length - new Set(ratings.map((one) => one.requirementId)).size;
  if (phase === 'implementation' && lacking > 0) {
    const advice = 'give all ratings, or adopt the program into gapAssessment';
    wrong('gapAssessment', `adopt.ratings: ${lacking} requirements are not rated: ${advice}.`);
  }
}

function mustBeKnown(
  draft: Draft,
  { audits = [], impactAssessments = [], evidence = [], ratings = [], ...adoption }: Adoption,
): void {
  for (const field of ['internalAuditOn', 'managementReviewOn'] as const) {
    const on = adoption[field];
    if (on) mustNotBeAhead(draft, on, `adopt.${field}`);
  }
  for (const [index, { criteria = [] }] of audits.entries()) {
    for (const id of criteria) mustBeRequirement(draft, id, `adopt.audits[${index}].criteria`);
  }
  mustBeUnique(
    ratings.map(({ requirementId }) => requirementId),
    'adopt.ratings',
    'requirement',
  );
  for (const [index, { requirementId, owner }] of ratings.entries()) {
    mustBeRequirement(draft, requirementId, `adopt.ratings[${index}].requirementId`);
    mustBeOfOrganization(draft.state, owner, `adopt.ratings[${index}].owner`);
  }
  for (const [index, { systemId, assessedOn }] of impactAssessments.entries()) {
    const at = `adopt.impactAssessments[${index}]`;
    if (!own(draft.state.aiSystems, systemId)) wrong('unknown', `${at}.systemId: there is no AI system ${systemId}.`);
    mustNotBeAhead(draft, assessedOn, `${at}.assessedOn`);
  }
  for (const [index, { requirementId, acceptedOn, validUntil }] of evidence.entries()) {
    const at = `adopt.evidence[${index}]`;
    mustBeRequirement(draft, requirementId, `${at}.requirementId`);
    mustNotBeAhead(draft, acceptedOn, `${at}.acceptedOn`);
    if (validUntil) mustBeDate(validUntil, `${at}.validUntil`);
    if (validUntil && validUntil < acceptedOn)
      wrong('dates', `${at}.validUntil: ${validUntil} is before it was accepted on ${acceptedOn}.`);
  }
}

/** All audits that were held, in the order of their last days. */
function held({ audits = [], internalAuditOn: on }: Adoption): AdoptedAudit[] {
  const known = on && audits.some(({ kind, endsOn }) => kind === 'internal' && endsOn === on);
  const internal: AdoptedAudit[] =
    on && !known ? [{ kind: 'internal', startsOn: on, endsOn: on, result: 'completed', team: [] }] : [];
  return [...audits, ...internal].sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
}

/** An audit belongs to the cycle that the decision before it began. */
function record(draft: Draft, { kind, startsOn, endsOn, result, team, criteria }: AdoptedAudit): void {
  const { cycle = 0, decidedOn = '' } = draft.state.certificate ?? {};
  const audit: Audit = {
    id: draft.newId('A'),
    kind,
    cycle: endsOn > decidedOn ? cycle : Math.max(0, cycle - 1),
    targetOn: startsOn,
    startsOn,
    endsOn,
    team,
    ...(criteria ? { criteria } : {}),
    status: 'held',
    result,
    prepared: 0,
  };
  draft.emit({ type: 'EarlierAuditRecorded', data: { audit } });
}

function unrated(draft: Draft): string[] {
  return Object.entries(draft.state.requirements).flatMap(([id, { rating }]) => (rating ? [] : [id]));
}

/** Asks for what is not known and what the phase does not ask for by itself. */
function askForMissing(draft: Draft): void {
  const { phase, certificate } = draft.state;
  if (phase === 'gapAssessment' || phase === 'implementation') return;
  const { calendar } = draft.state;
  const soon = addWorkingDays(draft.today, missingDays.fact, calendar);
  const later = addWorkingDays(draft.today, missingDays.rating, calendar);
  if (phase !== 'internalAudit') askForAuditAndReview(draft, soon);
  if (certificate) askAboutCertificate(draft, certificate, soon);
  const missing = unrated(draft).length;
  if (missing > 0) {
    const title = `Enter how ${missing} requirements stand and who owns them, and complete the gap assessment`;
    const assignee = holders(draft.state, 'consultant')[0] ?? manager(draft.state);
    draft.openTask({ kind: 'gapAssessment', title, assignee, dueOn: later, priority: 'high' }, why);
  }
  for (const { id, retiredOn, assessedOn } of Object.values(draft.state.aiSystems)) {
    if (!retiredOn && !assessedOn) draft.openTask({ ...impactAssessmentOf(draft, id), dueOn: later }, why);
  }
}

const why = 'The program was taken over while it was under way, and this was not known.';

function askForAuditAndReview(draft: Draft, dueOn: IsoDate): void {
  const { audits, reviews } = draft.state;
  if (!Object.values(audits).some(({ kind }) => kind === 'internal')) {
    const title = 'Enter the date of the last internal audit';
    const of = { requirementId: '9.2.1', priority: 'high' as const };
    draft.openTask({ kind: 'earlierAudit', title, assignee: manager(draft.state), dueOn, ...of }, why);
  }
  if (reviews.length === 0)
    askForReview(draft, dueOn, [], 'Enter the last management review, or hold one and record it');
}

function askAboutCertificate(draft: Draft, certificate: Certificate, dueOn: IsoDate): void {
  const ask = (title: string, requirementId?: string) =>
    draft.openTask(
      { kind: 'adoption', title, assignee: manager(draft.state), dueOn, ...(requirementId ? { requirementId } : {}) },
      why,
    );
  if (!draft.state.unasked?.scopeStatement)
    ask(`Hand in certificate ${certificate.number} with its scope statement`, '4.3');
  if (certificate.status === 'suspended') {
    const untilOn = suspensionEndsOn(certificate.suspendedOn as IsoDate, draft.state.body.profile);
    askToResolve(draft, untilOn, `The certificate is suspended since ${certificate.suspendedOn}.`);
  }
  const { surveillances } = planCycleAudits(certificate, draft.state.body.profile);
  const left = surveillancesLeft(surveillances, heldOn(draft.state, 'surveillance'), certificate, draft.today);
  for (const { latestOn, latestRule } of left.unknown) {
    const owed = `the surveillance audit that was owed until ${latestOn} (${latestRule})`;
    ask(`Hand in the report of ${owed}, or say why there is none`);
  }
}
