import type { NoticeItem } from '../types/index.ts';
import { auditEntry } from './audits.ts';
import { certificateEntry, decisionEntry, transferEntry } from './certification.ts';
import { findingEntry } from './findings.ts';
import { programEntry } from './program.ts';
import { reviewEntry } from './reviews.ts';
import { taskEntry } from './tasks.ts';
import type { Context, Entry } from './types.ts';

/**
 * What a mail says of one notice.
 *
 * @throws Error naming the kind when it is not known here, as in a mail that a newer version wrote
 */
export function entryOf(item: NoticeItem, context: Context): Entry {
  switch (item.kind) {
    case 'taskOpened':
    case 'taskReminder':
    case 'taskOverdue':
    case 'taskEscalated':
    case 'taskEnded':
    case 'taskExtended':
    case 'taskHandedOn':
      return taskEntry(item, context);
    case 'evidenceToReview':
    case 'evidenceRejected':
    case 'reviewReminder':
      return reviewEntry(item, context);
    case 'findingRaised':
    case 'findingRaisedToMajor':
    case 'findingReopened':
    case 'deadlineMissed':
      return findingEntry(item, context);
    case 'auditScheduled':
    case 'auditMissed':
    case 'auditOutdated':
    case 'auditOutcome':
      return auditEntry(item, context);
    case 'decision':
      return decisionEntry(item);
    case 'certificate':
      return certificateEntry(item);
    case 'transferred':
      return transferEntry(item);
    case 'progress':
    case 'planChanged':
    case 'incident':
    case 'change':
    case 'significantChange':
    case 'complaint':
    case 'program':
      return programEntry(item);
    default:
      return unknown(item);
  }
}

function unknown(item: never): never {
  const { kind } = item as { kind: string };
  throw new Error(`No words for a notice of kind ${kind}: it was written by a newer version. Update this worker.`);
}
