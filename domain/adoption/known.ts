import { own } from '../basics.ts';
import { mustBeDate, mustBeRequirement, mustBeUnique, mustNotBeAhead } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustBeOfOrganization } from '../people/people.ts';
import { wrong } from '../refusal.ts';
import type { Adoption } from './adoption.ts';

/** Refuses what names a requirement, a person or a system that there is not, or a day that nothing can have been done on. */
export function mustBeKnown(draft: Draft, adoption: Adoption): void {
  for (const field of ['internalAuditOn', 'managementReviewOn'] as const) {
    const on = adoption[field];
    if (on) mustNotBeAhead(draft, on, `adopt.${field}`);
  }
  mustBeKnownCriteria(draft, adoption);
  mustBeKnownRatings(draft, adoption);
  mustBeKnownAssessments(draft, adoption);
  mustBeKnownEvidence(draft, adoption);
}

function mustBeKnownCriteria({ state }: Draft, { audits = [] }: Adoption): void {
  for (const [index, { criteria = [] }] of audits.entries()) {
    for (const id of criteria) mustBeRequirement(state, id, `adopt.audits[${index}].criteria`);
  }
}

function mustBeKnownRatings({ state }: Draft, { ratings = [] }: Adoption): void {
  const rated = ratings.map(({ requirementId }) => requirementId);
  mustBeUnique(rated, 'adopt.ratings', 'requirement');
  for (const [index, { requirementId, owner }] of ratings.entries()) {
    mustBeRequirement(state, requirementId, `adopt.ratings[${index}].requirementId`);
    mustBeOfOrganization(state, owner, `adopt.ratings[${index}].owner`);
  }
}

function mustBeKnownAssessments(draft: Draft, { impactAssessments = [] }: Adoption): void {
  for (const [index, { systemId, assessedOn }] of impactAssessments.entries()) {
    const at = `adopt.impactAssessments[${index}]`;
    if (!own(draft.state.aiSystems, systemId)) wrong('unknown', 'noSuchSystem', { systemId }, `${at}.systemId`);
    mustNotBeAhead(draft, assessedOn, `${at}.assessedOn`);
  }
}

function mustBeKnownEvidence(draft: Draft, { evidence = [] }: Adoption): void {
  for (const [index, { requirementId, acceptedOn, validUntil }] of evidence.entries()) {
    const at = `adopt.evidence[${index}]`;
    mustBeRequirement(draft.state, requirementId, `${at}.requirementId`);
    mustNotBeAhead(draft, acceptedOn, `${at}.acceptedOn`);
    if (!validUntil) continue;
    mustBeDate(validUntil, `${at}.validUntil`);
    if (validUntil < acceptedOn)
      wrong('dates', 'validUntilBeforeAccepted', { validUntil, acceptedOn }, `${at}.validUntil`);
  }
}
