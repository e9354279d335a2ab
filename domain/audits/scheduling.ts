import type { Static } from 'typebox';
import type { Email, IsoDate, Role } from '../basics.ts';
import { addDays, latest } from '../calendar.ts';
import { mustBeRequirement, mustBeUnique, mustEndAfterStart } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { moveFindingDates } from '../findings/moving.ts';
import { hasRole, manager, mustBePerson, nameOf } from '../people/people.ts';
import { forbidden, refuse, wrong } from '../refusal.ts';
import { bodyAuditors } from '../registry/roles.ts';
import { stage2BeginsUntil } from '../rules/audits.ts';
import { inTimeFor } from '../rules/certificate.ts';
import { independentFrom, type OwnWork, ownWorkOf, workBefore, workedForOrganization } from '../rules/independence.ts';
import { tooLittleOperation } from '../rules/plan.ts';
import { yearsLeftWithout } from '../rules/surveillanceYears.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { AuditScheduled } from './AuditScheduled.ts';
import { type Audit, type AuditKind, type ComingAudit, isComing, isExternal, type ScheduledAudit } from './audit.ts';
import { mustBeEntered, takeUpAgain } from './past.ts';
import { heldAuditOf, stage2CountsFrom } from './queries.ts';
import { mustFollowStage1 } from './recertification.ts';

/** Days after its last day in which an audit's outcome is recorded. */
const outcomeDays = 14;

/** Gives an audit its days and its team, for the first time or again. */
export function schedule(draft: Draft, agreed: Static<(typeof AuditScheduled)['data']>): void {
  const { auditId, startsOn, endsOn, team, criteria, reason } = agreed;
  const audit = takeUpAgain(draft, draft.audit(auditId), startsOn);
  if (!isComing(audit)) refuse('state', 'auditNotToSchedule', { auditId, status: audit.status });
  if (isAgreedSo(audit, agreed) && !draft.told.onBehalfOf) return;
  mustBeEntered(draft, audit, startsOn, endsOn);
  mustBeMovable(draft, audit, startsOn);
  mustEndAfterStart(startsOn, endsOn);
  mustBeCriteria(draft, audit.kind, criteria);
  mustBeTeam(draft, audit.kind, team, startsOn, criteria);
  mustFitCycle(draft, audit, startsOn, endsOn);
  const given = { ...(criteria ? { criteria } : {}), ...(reason ? { reason } : {}) };
  draft.emit(AuditScheduled, { auditId, startsOn, endsOn, team, ...given, ...draft.told });
  if (audit.status === 'scheduled') moveFindingDates(draft, audit, { from: audit.endsOn, to: endsOn });
  for (const asked of ['auditSchedule', 'missedAudit'] as const) {
    draft.complete(asked, { auditId }, say('auditTakesPlace', { auditId, startsOn }));
  }
  draft.cancelTasks({ auditId }, say('auditRescheduled', { auditId }), 'auditOutcome');
  askForOutcome(draft, { id: auditId, kind: audit.kind, endsOn, team });
  if (audit.kind === 'stage2') warnOfLittleOperation(draft, startsOn);
}

/** Asks the team for the outcome, counted from the audit's last day or from today where that has passed. */
export function askForOutcome(
  draft: Draft,
  { id: auditId, kind, endsOn, team }: Pick<ScheduledAudit, 'id' | 'kind' | 'endsOn' | 'team'>,
): void {
  const title = say('taskRecordOutcome', { auditId, kind });
  const from = latest(endsOn, draft.today);
  // R31: the decision on it has to come before the certificate ends.
  const usual = addDays(from, outcomeDays);
  const dueOn = isExternal(kind) ? inTimeFor(draft.state, usual, from) : usual;
  draft.openTask(
    { kind: 'auditOutcome', title, assignee: leadOf(draft, team), dueOn, auditId },
    say('auditIsScheduled', {}),
  );
}

/** Beside the program manager each side agrees on its own audits: internal auditors on internal ones, lead auditors on the body's. */
export function mustBeTheirs(draft: Draft, { kind }: Pick<Audit, 'kind'>): void {
  const able = kind === 'internal' ? 'internalAuditor' : 'leadAuditor';
  if (!hasRole(draft.state, draft.sender, 'programManager', able)) forbidden('notTheirsToSchedule', { kind, able });
}

/** R9: an internal auditor does not audit their own work: what they own, owned, answered or reviewed before a day. */
export function mustNotOwn({ state }: Draft, team: Email[], on: IsoDate, criteria?: string[]): void {
  refuseOwnWork(state, ownWorkOf(state, team, on, criteria));
}

/** R9: refuses the outcome of an internal audit when a member of its team worked on what it covers until its last day. */
export function mustNotHaveWorked({ state }: Draft, { team, criteria, endsOn }: ScheduledAudit): void {
  const work = team.flatMap((email) => workBefore(state, email, endsOn));
  refuseOwnWork(
    state,
    work.filter(({ requirementId }) => !criteria || criteria.includes(requirementId)),
  );
}

function refuseOwnWork(state: ProgramState, [first, ...others]: OwnWork[]): void {
  if (!first) return;
  const { email, requirementId, lastOn } = first;
  const name = nameOf(state, email);
  const more = new Set(others.map((one) => one.requirementId).filter((id) => id !== requirementId)).size;
  if (!lastOn) refuse('R9', 'ownsWhatIsAudited', { name, requirementId, more });
  const from = independentFrom(lastOn, state.body.profile);
  refuse('R9', 'workedOnWhatIsAudited', { name, requirementId, more, lastOn, from });
}

/** R26: who was of the organization in the years before does not audit it for the body. */
export function mustNotHaveConsulted({ state }: Draft, team: readonly Email[], on: IsoDate, field?: string): void {
  for (const email of team) {
    const lastOn = workedForOrganization(state, email, on);
    if (!lastOn) continue;
    const from = independentFrom(lastOn, state.body.profile);
    refuse('R26', 'wasOfOrganization', { name: nameOf(state, email), lastOn, from }, field);
  }
}

/** Whether it is agreed so already: sent twice, it is recorded once, and nobody is told of it twice. */
function isAgreedSo(audit: ComingAudit, agreed: Static<(typeof AuditScheduled)['data']>): boolean {
  if (audit.status !== 'scheduled' || audit.reopened) return false;
  const { startsOn, endsOn, team, criteria = [] } = agreed;
  const isSame = (some: string[], others: string[]) => some.join('\n') === others.join('\n');
  const days = startsOn === audit.startsOn && endsOn === audit.endsOn;
  return days && isSame(team, audit.team) && isSame([...criteria].sort(), [...(audit.criteria ?? [])].sort());
}

/** An audit that has begun can take longer, or have begun earlier; what was found in it cannot come before it. */
function mustBeMovable(draft: Draft, audit: ComingAudit, startsOn: IsoDate): void {
  if (audit.status === 'planned' || startsOn <= audit.startsOn) return;
  const found = Object.values(draft.state.findings).find(
    ({ auditId, raisedOn, status }) => auditId === audit.id && status !== 'withdrawn' && raisedOn < startsOn,
  );
  if (!found) return;
  const { id: findingId, raisedOn } = found;
  refuse('dates', 'foundBeforeItBegan', { auditId: audit.id, startsOn, findingId, raisedOn });
}

/** Requirements of the standard, each once; what certification rests on audits all of them (R1). */
function mustBeCriteria({ state }: Draft, kind: AuditKind, criteria: string[] = []): void {
  for (const requirementId of criteria) mustBeRequirement(state, requirementId, 'criteria');
  mustBeUnique(criteria, 'criteria', 'requirement');
  if (criteria.length > 0 && (kind === 'stage1' || kind === 'stage2' || kind === 'recertification')) {
    wrong('criteria', 'auditCoversAll', { kind }, 'criteria');
  }
}

/** Auditors of the side that audits, led by a lead auditor where it is the body's, and none who worked on what is audited. */
function mustBeTeam(draft: Draft, kind: AuditKind, team: Email[], on: IsoDate, criteria?: string[]): void {
  if (team.length === 0) wrong('team', 'noTeam', {}, 'team');
  mustBeUnique(team, 'team', 'person');
  for (const email of team) mustBePerson(draft.state, email, 'team');
  const able: readonly Role[] = kind === 'internal' ? ['internalAuditor'] : bodyAuditors;
  const unable = team.find((email) => !hasRole(draft.state, email, ...able));
  if (unable) wrong('team', 'lacksAuditorsRole', { email: unable, able }, 'team');
  if (kind === 'internal') {
    mustNotOwn(draft, team, on, criteria);
    return;
  }
  if (!team.some((email) => hasRole(draft.state, email, 'leadAuditor'))) wrong('team', 'noLeadAuditor', {}, 'team');
  mustNotHaveConsulted(draft, team, on, 'team');
}

function mustFitCycle(draft: Draft, audit: ComingAudit, startsOn: IsoDate, endsOn: IsoDate): void {
  const { id: auditId, kind, latestOn, latestRule: rule } = audit;
  if (kind === 'stage2') mustBeInTimeAfterStage1(draft, startsOn);
  if (kind === 'recertification') mustFollowStage1(draft, startsOn);
  mustLeaveNoYear(draft, audit, endsOn);
  if (!latestOn || !rule || endsOn <= latestOn) return;
  if (draft.today <= latestOn) refuse(rule, 'latestDayOfAudit', { auditId, kind, latestOn });
  draft.warn(rule, 'heldAfterLatestDay', { auditId, kind, latestOn, rule });
}

/** R11: a calendar year is not left without its surveillance; one that was held already is what it is, and is warned of. */
function mustLeaveNoYear(draft: Draft, audit: ComingAudit, endsOn: IsoDate): void {
  const [year] = yearsLeftWithout(draft.state, audit, endsOn, draft.today);
  if (year === undefined) return;
  const said = { auditId: audit.id, endsOn, year };
  // An audit that ends a suspension comes when it is needed; its outcome plans another for the year.
  const isNeeded = draft.state.certificate?.status === 'suspended';
  if (endsOn >= draft.today && !isNeeded) refuse('R11', 'yearWithoutSurveillance', said, 'startsOn');
  draft.warn('R11', 'yearWithoutSurveillance', said);
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
