import { impactAssessmentOf } from '../assessment/asks.ts';
import { unratedOf } from '../assessment/rating.ts';
import { layOutCycle } from '../audits/cycle.ts';
import { heldAuditOf, heldOn } from '../audits/queries.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addWorkingDays, latest } from '../calendar.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { askToResolve } from '../certificate/suspending.ts';
import type { Draft } from '../draft.ts';
import {
  askForAction,
  askForConcern,
  askForPlan,
  askForPlanReview,
  askForVerification,
  concernDays,
} from '../findings/asks.ts';
import type { Finding } from '../findings/finding.ts';
import { holders, manager } from '../people/people.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { askForReview } from '../program/reviews.ts';
import { step } from '../registry/command.ts';
import { surveillancesLeft } from '../rules/adoption.ts';
import { suspensionEndsOn } from '../rules/certificate.ts';
import { planCycleAudits } from '../rules/cycle.ts';
import { type Saying, say } from '../say.ts';
import { aboutSlot } from '../standards/slots.ts';
import { MissingAskedFor } from './MissingAskedFor.ts';

/** Working days in which what is missing of a program under way is submitted, and in which requirements are rated. */
const missingDays = { fact: 10, rating: 20 };

const why = say('notKnownAtTakeover', {});

/** Right after a takeover: asks for what was not known, and for what findings need next. */
export const askForMissing = step()('askForMissing', (draft) => {
  const { phase, phasePlanned } = draft.state;
  // The cycle first: what is verified at the next audit needs to know it.
  if (phase === 'surveillanceCycle' && !phasePlanned) layOutCycle(draft);
  for (const finding of Object.values(draft.state.findings)) askForNext(draft, finding);
  if (phase !== 'gapAssessment' && phase !== 'implementation') askForFacts(draft);
  // Both stages were held: nothing else lays out the phase, and without it nothing would come around.
  if (phase === 'certificationAudit' && heldAuditOf(draft.state, 'stage2')) draft.emit(PhasePlanned, { phase });
  draft.emit(MissingAskedFor, {});
});

/** Asks for what a finding that was taken over needs next, by its status. */
function askForNext(draft: Draft, finding: Finding): void {
  switch (finding.status) {
    case 'open':
      askForPlan(draft, finding, finding.planDueOn ?? draft.soonest);
      break;
    case 'planned':
      askForPlanReview(draft, finding);
      break;
    case 'planAccepted':
      askForAction(draft, finding);
      break;
    case 'done':
      askForVerification(draft, finding);
      break;
    case 'noted':
      askForConcern(draft, finding, latest(addDays(finding.raisedOn, concernDays), draft.today));
  }
}

/** Asks for what is not known and what the phase does not ask for by itself. */
function askForFacts(draft: Draft): void {
  const { phase, certificate, calendar } = draft.state;
  const soon = addWorkingDays(draft.today, missingDays.fact, calendar);
  const later = addWorkingDays(draft.today, missingDays.rating, calendar);
  if (phase !== 'internalAudit') askForAuditAndReview(draft, soon);
  if (certificate) askAboutCertificate(draft, certificate, soon);
  askForRatings(draft, later);
  for (const { id, retiredOn, assessedOn } of Object.values(draft.state.aiSystems)) {
    const request = retiredOn || assessedOn ? undefined : impactAssessmentOf(draft, id);
    if (request) draft.openTask({ ...request, dueOn: later }, why);
  }
}

function askForAuditAndReview(draft: Draft, dueOn: IsoDate): void {
  const { audits, reviews } = draft.state;
  if (!Object.values(audits).some(({ kind }) => kind === 'internal')) {
    const title = say('enterInternalAudit', {});
    const of = { ...aboutSlot(draft.state, 'internalAudit'), priority: 'high' as const };
    draft.openTask({ kind: 'earlierAudit', title, assignee: manager(draft.state), dueOn, ...of }, why);
  }
  if (reviews.length === 0) askForReview(draft, dueOn, [], say('enterManagementReview', {}));
}

function askForRatings(draft: Draft, dueOn: IsoDate): void {
  const missing = unratedOf(draft).length;
  if (missing === 0) return;
  const assignee = holders(draft.state, 'consultant')[0] ?? manager(draft.state);
  const title = say('enterRatings', { missing });
  draft.openTask({ kind: 'gapAssessment', title, assignee, dueOn, priority: 'high' }, why);
}

function askAboutCertificate(draft: Draft, certificate: Certificate, dueOn: IsoDate): void {
  const { profile } = draft.state.body;
  const ask = (title: Saying, of: { requirementId?: string } = {}) =>
    draft.openTask({ kind: 'adoption', title, assignee: manager(draft.state), dueOn, ...of }, why);
  if (!draft.state.unasked?.scopeStatement)
    ask(say('submitCertificate', { number: certificate.number }), aboutSlot(draft.state, 'scope'));
  if (certificate.status === 'suspended') {
    const { suspendedOn } = certificate;
    askToResolve(draft, suspensionEndsOn(suspendedOn, profile), say('suspendedSince', { suspendedOn }));
  }
  const { surveillances } = planCycleAudits(certificate, profile);
  const left = surveillancesLeft(surveillances, heldOn(draft.state, 'surveillance'), certificate, draft.today);
  for (const { latestOn, latestRule: rule } of left.unknown) ask(say('submitSurveillanceReport', { latestOn, rule }));
}
