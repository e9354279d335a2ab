import type { IsoDate } from '../basics.ts';
import type { CertificateStatus } from '../certificate/certificate.ts';
import type { NonconformityGrade } from '../findings/finding.ts';
import type { SurveillanceTopic } from './audit.ts';

/** Something that a program has to show for a topic of a surveillance. */
export type Shown =
  | { what: 'internalAudit'; auditId: string; endsOn: IsoDate }
  | { what: 'managementReview'; reviewId: string; heldOn: IsoDate }
  | { what: 'nonconformity'; findingId: string; grade: NonconformityGrade; verifiedOn?: IsoDate }
  | { what: 'complaint'; taskId: string; answeredOn?: IsoDate }
  | { what: 'evidence'; requirementId: string; acceptedOn: IsoDate }
  | { what: 'system'; name: string; retiredOn?: IsoDate; assessedOn?: IsoDate }
  | { what: 'certificate'; number: string; status: CertificateStatus };

/** One of the things that a surveillance looks at, and what the program has for it; empty when nothing is recorded yet. */
export interface TopicCoverage {
  topic: SurveillanceTopic;
  has: Shown[];
}
