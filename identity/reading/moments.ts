import type { Moment, MomentKind } from '../../domain/agenda/moment.ts';
import type { Email } from '../../domain/basics.ts';
import type { Topic } from './subjects.ts';
import type { Ties } from './ties.ts';
import { taskTopic } from './topics.ts';

const ofLadder = (ref: string | undefined): Topic => ({ subject: 'escalation', task: ref });
const ofAudit = (ref: string | undefined): Topic => ({ subject: 'audit', audit: ref });
const ofFinding = (ref: string | undefined): Topic => ({ subject: 'finding', finding: ref });
const ofRequirement = (ref: string | undefined): Topic => ({ subject: 'round', requirement: ref });
const certificate = (): Topic => ({ subject: 'certificate' });
const plan = (): Topic => ({ subject: 'plan' });

/** What each kind of moment ahead is about, for its readers. */
const topics: Record<MomentKind, (ref: string | undefined, ties: Ties) => Topic> = {
  begin: () => ({ subject: 'summary' }),
  reminder: ofLadder,
  escalation: ofLadder,
  review: ofLadder,
  waiting: (ref, ties) => taskTopic(ref ?? '', ties),
  audit: ofAudit,
  latest: ofAudit,
  absence: (ref, { deputies }) => ({ subject: 'absence', to: [ref ?? '', deputies.get(ref as Email) ?? ''] }),
  proposal: () => ({ subject: 'summary' }),
  missedAudit: plan,
  preparation: plan,
  deadline: ofFinding,
  effectiveness: ofFinding,
  suspension: certificate,
  expiry: certificate,
  restoration: certificate,
  progress: plan,
  holidays: plan,
  internalAudit: ofAudit,
  managementReview: ofRequirement,
  riskAssessment: ofRequirement,
  policyReview: ofRequirement,
  objectivesReview: ofRequirement,
  improvementReview: ofRequirement,
  evidenceValidity: ofRequirement,
  impactAssessment: (ref) => ({ subject: 'round', system: ref }),
};

/** What a moment that lies ahead is about. */
export function topicOfMoment({ kind, ref }: Pick<Moment, 'kind' | 'ref'>, ties: Ties): Topic {
  return topics[kind](ref, ties);
}
