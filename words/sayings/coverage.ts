import type { Shown, TopicCoverage } from '../../domain/audits/coverage.ts';
import { never } from '../../domain/basics.ts';
import { certificateLabels, topicLabels } from '../labels.ts';

/** A topic with what the program has for it: `complaints (T-12 open)`. */
export function covered({ topic, has }: TopicCoverage): string {
  return `${topicLabels[topic]} (${has.map(shown).join(', ') || 'nothing recorded yet'})`;
}

/** Something that a program has to show, in words: `T-12 open`. */
export function shown(one: Shown): string {
  switch (one.what) {
    case 'internalAudit':
      return `internal audit ${one.auditId} of ${one.endsOn}`;
    case 'managementReview':
      return `management review ${one.reviewId} of ${one.heldOn}`;
    case 'nonconformity':
      return `${one.grade} ${one.findingId} ${one.verifiedOn ? `verified on ${one.verifiedOn}` : 'open'}`;
    case 'complaint':
      return `${one.taskId} ${one.answeredOn ? `answered on ${one.answeredOn}` : 'open'}`;
    case 'evidence':
      return `${one.requirementId} of ${one.acceptedOn}`;
    case 'system':
      return `${one.name} ${assessment(one)}`;
    case 'certificate':
      return `certificate ${one.number}, ${certificateLabels[one.status]}`;
    default:
      return never(one);
  }
}

function assessment({ retiredOn, assessedOn }: Extract<Shown, { what: 'system' }>): string {
  if (retiredOn) return `retired on ${retiredOn}`;
  return assessedOn ? `assessed on ${assessedOn}` : 'not assessed yet';
}
