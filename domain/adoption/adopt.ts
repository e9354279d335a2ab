import { completeAssessment, rate, unratedOf } from '../assessment/rating.ts';
import { requirementsOf } from '../assessment/requirements.ts';
import type { Draft } from '../draft.ts';
import { wrong } from '../refusal.ts';
import { auditContradictions } from '../rules/adoptedAudits.ts';
import { type Contradiction, carriedOn, certificateContradictions, unusuallyShort } from '../rules/adoption.ts';
import type { Adoption } from './adoption.ts';
import { agree } from './agreed.ts';
import { adoptFindings } from './findings.ts';
import { enterAudit, heldBefore } from './heldAudits.ts';
import { mustBeKnown } from './known.ts';
import { ProgramAdopted } from './ProgramAdopted.ts';

/**
 * Takes over a program under way: lays what is known into records. Refuses as `invalid`, with the rule, what cannot be;
 * then nothing is recorded.
 */
export function adopt(draft: Draft, adoption: Adoption): void {
  const { phase, certificate, managementReviewOn, impactAssessments = [], evidence = [] } = adoption;
  const { profile } = draft.state.body;
  mustFitPhase(draft, adoption);
  if (certificate) mustBePossible(certificateContradictions(certificate, profile, draft.today));
  mustBePossible(auditContradictions(adoption, profile, draft.today));
  mustBeKnown(draft, adoption);
  const carried = certificate && carriedOn(certificate, draft.state.scope, profile);
  draft.emit(ProgramAdopted, {
    phase,
    ...(carried ? { certificate: carried } : {}),
    ...(certificate?.scopeStatement ? { scopeStatement: certificate.scopeStatement } : {}),
    ...(managementReviewOn ? { managementReviewOn } : {}),
    impactAssessments,
    evidence,
  });
  for (const audit of heldBefore(adoption)) enterAudit(draft, audit);
  for (const rating of adoption.ratings ?? []) rate(draft, rating);
  if (phase !== 'gapAssessment' && unratedOf(draft).length === 0) completeAssessment(draft);
  adoptFindings(draft, adoption.openFindings ?? []);
  agree(draft, adoption.agreedAudits ?? []);
  const short = certificate && unusuallyShort(certificate, profile);
  if (short) draft.warn('R12', short.say, short.with);
}

function mustBePossible(contradictions: Iterable<Contradiction>): void {
  const [first] = contradictions;
  if (first) wrong(first.code, first.saying.say, first.saying.with, first.field);
}

function mustFitPhase(draft: Draft, { phase, certificate, ratings = [] }: Adoption): void {
  if (phase === 'surveillanceCycle' && !certificate) wrong('R1', 'certificateNeeded', {}, 'adopt.certificate');
  if (phase !== 'surveillanceCycle' && certificate) wrong('R1', 'certificateNeedsCycle', { phase }, 'adopt.phase');
  const rated = new Set(ratings.map(({ requirementId }) => requirementId));
  const lacking = Object.keys(requirementsOf(draft.state)).length - rated.size;
  if (phase === 'implementation' && lacking > 0) wrong('gapAssessment', 'ratingsNeeded', { lacking }, 'adopt.ratings');
}
