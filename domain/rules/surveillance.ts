import { requirementsOf } from '../assessment/requirements.ts';
import { isHeld, type SurveillanceTopic, surveillanceTopics } from '../audits/audit.ts';
import type { Shown, TopicCoverage } from '../audits/coverage.ts';
import { isUnverified, needsNoAction } from '../findings/finding.ts';
import { isOfBodyFinding } from '../findings/queries.ts';
import { standardOutline } from '../standards/outline.ts';
import { type Slot, slotOf } from '../standards/slots.ts';
import type { ProgramState } from '../state.ts';
import { isUnended } from '../tasks/task.ts';

/**
 * R13: what a surveillance covers, in one table: for each topic, what the program has for it.
 * Source: ISO/IEC 17021-1, 9.6.2.2.
 */
const shownFor: Record<SurveillanceTopic, (state: ProgramState) => Shown[]> = {
  internalAuditAndReview: (state) => [...internalAudit(state), ...managementReview(state)],
  earlierNonconformities: nonconformities,
  complaints,
  objectives: (state) => evidence(state, 'objectives', 'monitoring'),
  improvement: (state) => evidence(state, 'improvement'),
  operationalControl: (state) => evidence(state, 'operation'),
  changes: (state) => [...evidence(state, 'planningOfChanges'), ...systems(state)],
  marks: ({ certificate }) =>
    certificate ? [{ what: 'certificate', number: certificate.number, status: certificate.status }] : [],
};

/** R13: the topics of a surveillance, with what the program has for each. */
export function surveillanceCoverage(state: ProgramState): TopicCoverage[] {
  return surveillanceTopics.map((topic) => ({ topic, has: shownFor[topic](state) }));
}

/** R13: the topics that a surveillance does not name as covered; all when it names none. */
export function notCovered(covered: readonly SurveillanceTopic[] = []): SurveillanceTopic[] {
  return surveillanceTopics.filter((topic) => !covered.includes(topic));
}

function internalAudit({ audits }: ProgramState): Shown[] {
  const last = Object.values(audits)
    .filter(isHeld)
    .filter(({ kind }) => kind === 'internal')
    .sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1))
    .at(-1);
  return last ? [{ what: 'internalAudit', auditId: last.id, endsOn: last.endsOn }] : [];
}

function managementReview({ reviews }: ProgramState): Shown[] {
  const last = reviews.at(-1);
  return last ? [{ what: 'managementReview', reviewId: last.id, heldOn: last.heldOn }] : [];
}

/** Those of the body that are open or were verified; of internal audits those that are open. */
function nonconformities(state: ProgramState): Shown[] {
  return Object.values(state.findings).flatMap((finding): Shown[] => {
    if (needsNoAction(finding) || finding.partOf) return [];
    const shown = { what: 'nonconformity', findingId: finding.id, grade: finding.grade } as const;
    if (isUnverified(finding)) return [shown];
    return isOfBodyFinding(state, finding) ? [{ ...shown, verifiedOn: finding.verifiedOn ?? finding.closedOn }] : [];
  });
}

function complaints({ tasks }: ProgramState): Shown[] {
  return Object.values(tasks)
    .filter(({ kind }) => kind === 'complaint')
    .map((task) => ({ what: 'complaint', taskId: task.id, ...(isUnended(task) ? {} : { answeredOn: task.closedOn }) }));
}

/** The last accepted evidence of the requirements, or of whole sections, that mean this in the program's standard. */
function evidence(state: ProgramState, ...slots: Slot[]): Shown[] {
  const numbers = slots.map((slot) => slotOf(state, slot));
  const known = requirementsOf(state);
  return standardOutline(state.standard.id)
    .requirements.filter(({ id, section }) => numbers.includes(id) || numbers.includes(section))
    .flatMap(({ id: requirementId }): Shown[] => {
      const acceptedOn = known[requirementId]?.evidence?.acceptedOn;
      return acceptedOn ? [{ what: 'evidence', requirementId, acceptedOn }] : [];
    });
}

function systems({ aiSystems }: ProgramState): Shown[] {
  return Object.values(aiSystems).map(({ name, retiredOn, assessedOn }) => ({
    what: 'system',
    name,
    ...(retiredOn ? { retiredOn } : {}),
    ...(assessedOn ? { assessedOn } : {}),
  }));
}
