import type { Static } from 'typebox';
import type { Email, IsoDate, Role } from '../basics.ts';
import { addDays } from '../calendar.ts';
import { mustBeDate, mustBeRequirement, mustBeUnique, mustEndAfterStart, mustNotBePast } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { hasRole, manager, mustBePerson, nameOf } from '../people/people.ts';
import { refuse, wrong } from '../refusal.ts';
import { bodyAuditors } from '../registry/roles.ts';
import { ownedByTeam, stage2BeginsUntil } from '../rules/audits.ts';
import { tooLittleOperation } from '../rules/plan.ts';
import { say } from '../say.ts';
import { AuditScheduled } from './AuditScheduled.ts';
import { type AuditKind, type ComingAudit, isComing } from './audit.ts';
import { heldAuditOf, stage2CountsFrom } from './queries.ts';
import { mustFollowStage1 } from './recertification.ts';

/** Days after its last day in which an audit's outcome is recorded. */
const outcomeDays = 14;

/** Gives an audit its days and its team, for the first time or again. */
export function schedule(draft: Draft, agreed: Static<(typeof AuditScheduled)['data']>): void {
  const { auditId, startsOn, endsOn, team, criteria } = agreed;
  const audit = draft.audit(auditId);
  if (!isComing(audit)) refuse('state', 'auditNotToSchedule', { auditId, status: audit.status });
  mustBeMovable(draft, audit, startsOn);
  mustNotBePast(draft, endsOn, 'endsOn');
  mustEndAfterStart(startsOn, endsOn);
  mustBeCriteria(draft, audit.kind, criteria);
  mustBeTeam(draft, audit.kind, team, criteria);
  mustFitCycle(draft, audit, startsOn, endsOn);
  draft.emit(AuditScheduled, { auditId, startsOn, endsOn, team, ...(criteria ? { criteria } : {}) });
  for (const asked of ['auditSchedule', 'missedAudit'] as const) {
    draft.complete(asked, { auditId }, say('auditTakesPlace', { auditId, startsOn }));
  }
  draft.cancelTasks({ auditId }, say('auditRescheduled', { auditId }), 'auditOutcome');
  const title = say('taskRecordOutcome', { auditId, kind: audit.kind });
  const dueOn = addDays(endsOn, outcomeDays);
  draft.openTask(
    { kind: 'auditOutcome', title, assignee: leadOf(draft, team), dueOn, auditId },
    say('auditIsScheduled', {}),
  );
  if (audit.kind === 'stage2') warnOfLittleOperation(draft, startsOn);
}

/** R9: an internal auditor does not audit what they own. */
export function mustNotOwn({ state }: Draft, team: Email[], criteria?: string[]): void {
  const [owned, ...more] = ownedByTeam(state, team, criteria);
  if (!owned) return;
  const { owner, requirementId } = owned;
  refuse('R9', 'ownsWhatIsAudited', { name: nameOf(state, owner), requirementId, more: more.length });
}

/** An audit that has begun can take longer; what was found in it cannot come before it. */
function mustBeMovable(draft: Draft, audit: ComingAudit, startsOn: IsoDate): void {
  mustBeDate(startsOn, 'startsOn');
  if (audit.status === 'scheduled' && audit.startsOn === startsOn) return;
  mustNotBePast(draft, startsOn, 'startsOn');
  if (audit.status === 'planned') return;
  const found = Object.values(draft.state.findings).find(({ auditId }) => auditId === audit.id);
  if (!found) return;
  refuse('dates', 'onlyLastDayMoves', { auditId: audit.id, startsOn: audit.startsOn, findingId: found.id });
}

/** Requirements of the standard, each once; what certification rests on audits all of them (R1). */
function mustBeCriteria({ state }: Draft, kind: AuditKind, criteria: string[] = []): void {
  for (const requirementId of criteria) mustBeRequirement(state, requirementId, 'criteria');
  mustBeUnique(criteria, 'criteria', 'requirement');
  if (criteria.length > 0 && (kind === 'stage1' || kind === 'stage2' || kind === 'recertification')) {
    wrong('criteria', 'auditCoversAll', { kind }, 'criteria');
  }
}

/** Auditors of the side that audits, led by a lead auditor where it is the body's, and by none who owns what is audited. */
function mustBeTeam(draft: Draft, kind: AuditKind, team: Email[], criteria?: string[]): void {
  if (team.length === 0) wrong('team', 'noTeam', {}, 'team');
  mustBeUnique(team, 'team', 'person');
  for (const email of team) mustBePerson(draft.state, email, 'team');
  const able: readonly Role[] = kind === 'internal' ? ['internalAuditor'] : bodyAuditors;
  const unable = team.find((email) => !hasRole(draft.state, email, ...able));
  if (unable) wrong('team', 'lacksAuditorsRole', { email: unable, able }, 'team');
  if (kind === 'internal') mustNotOwn(draft, team, criteria);
  else if (!team.some((email) => hasRole(draft.state, email, 'leadAuditor')))
    wrong('team', 'noLeadAuditor', {}, 'team');
}

function mustFitCycle(draft: Draft, audit: ComingAudit, startsOn: IsoDate, endsOn: IsoDate): void {
  const { id: auditId, kind, latestOn, latestRule: rule } = audit;
  if (kind === 'stage2') mustBeInTimeAfterStage1(draft, startsOn);
  if (kind === 'recertification') mustFollowStage1(draft, startsOn);
  if (!latestOn || !rule || endsOn <= latestOn) return;
  if (draft.today <= latestOn) refuse(rule, 'latestDayOfAudit', { auditId, kind, latestOn });
  draft.warn(rule, 'heldAfterLatestDay', { auditId, kind, latestOn, rule });
}

/** R3: Stage 2 follows its Stage 1, within the months of the body; one that comes alone (R17) begins at any time. */
function mustBeInTimeAfterStage1({ state }: Draft, startsOn: IsoDate): void {
  const stage1 = heldAuditOf(state, 'stage1');
  if (stage1 && startsOn <= stage1.endsOn) {
    wrong('dates', 'stage2AfterStage1', { endsOn: stage1.endsOn }, 'startsOn');
  }
  const from = stage2CountsFrom(state);
  if (!from) return;
  const until = stage2BeginsUntil(from, state.body.profile);
  if (startsOn > until) refuse('R3', 'stage2TooLate', { until, from });
}

/** R23: warns when Stage 2 comes before three months of operating evidence. */
function warnOfLittleOperation(draft: Draft, startsOn: IsoDate): void {
  const { firstEvidenceOn, body } = draft.state;
  const little = tooLittleOperation(firstEvidenceOn, startsOn, body.profile.operatingEvidenceMonths);
  if (little) draft.warn('R23', little.say, little.with);
}

/** Who is asked for the outcome: a lead auditor of the team, else the first of it. */
function leadOf({ state }: Draft, team: Email[]): Email {
  return team.find((email) => hasRole(state, email, 'leadAuditor')) ?? team[0] ?? manager(state);
}
