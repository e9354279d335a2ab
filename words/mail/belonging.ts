import type { Email } from '../../domain/basics.ts';
import type { NoticeItem, NoticeKind } from '../../domain/notices.ts';
import type { ProgramRecord } from '../../domain/registry.ts';

/** What somebody is told of their part itself: it holds when the part has ended, too. */
const ofPart: readonly NoticeKind[] = ['partEnded', 'transferred', 'taskHandedOn', 'delegationEnded'];

/** What is told to somebody for their role, and is nothing to whoever has lost it. */
const ofRole: readonly NoticeKind[] = [
  'evidenceToReview',
  'reviewReminder',
  'taskDeclined',
  'findingRaised',
  'findingReopened',
  'auditScheduled',
  'auditOutcome',
  'progress',
  'planChanged',
  'incident',
  'change',
  'significantChange',
  'complaint',
  'program',
];

/**
 * Whether a notice is still somebody's to hear after what was recorded since: not news of a program in which they have no part
 * any more, of a role that they lost, of the former dates or team of an audit, or of requirements that are another's by now.
 */
export function stillConcerns(item: NoticeItem, to: Email, since: readonly ProgramRecord[]): boolean {
  return !since.some((record) => ends(record, item, to));
}

function ends({ type, data }: ProgramRecord, item: NoticeItem, to: Email): boolean {
  switch (type) {
    case 'PersonRemoved':
      return data.email === to && !ofPart.includes(item.kind);
    case 'PeopleChanged':
    case 'CertificateTransferred':
      return data.left?.includes(to) === true && !ofPart.includes(item.kind);
    case 'PersonChanged': {
      const roles: readonly string[] = data.roles;
      const kept = data.previous.roles.some((role) => roles.includes(role));
      return data.email === to && !kept && ofRole.includes(item.kind);
    }
    case 'AuditScheduled':
    case 'AuditUnscheduled':
    case 'AuditCalledOff':
      return item.kind === 'auditScheduled' && item.audit.id === data.auditId;
    case 'RequirementsHandedOver':
      return (
        item.kind === 'requirementsOwned' &&
        data.from === to &&
        item.requirements.every((id) => data.requirements.includes(id))
      );
    default:
      return false;
  }
}
