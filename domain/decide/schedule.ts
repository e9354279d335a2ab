import { auditName } from '../auditNames.ts';
import { addDays } from '../calendar.ts';
import { mustBeUnique } from '../definition.ts';
import { hasRole, mustBePerson, nameOf } from '../people.ts';
import { heldAudit, stage2CountsFrom } from '../progress.ts';
import { refuse, wrong } from '../rejection.ts';
import { ownedByTeam, stage2BeginsUntil } from '../rules/audits.ts';
import { tooLittleOperation } from '../rules/plan.ts';
import type { Audit, AuditKind, Email, IsoDate, Person } from '../types/index.ts';
import { mustBeDate, mustNotBePast } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';
import { mustFollowStage1 } from './recertification.ts';
import { mustBeRequirement } from './tasks.ts';

/** Days after its last day in which an audit's outcome is recorded. */
const outcomeDays = 14;

/** When an audit takes place, and by whom. */
export const scheduleDeciders: Deciders<'scheduleAudit'> = {
  scheduleAudit(draft, { auditId, startsOn, endsOn, team, criteria }) {
    const audit = draft.audit(auditId);
    if (audit.status === 'held' || audit.status === 'cancelled')
      refuse('state', `Audit ${auditId} is ${audit.status}.`);
    mustBeMovable(draft, audit, startsOn);
    mustNotBePast(draft, endsOn, 'endsOn');
    if (endsOn < startsOn) wrong('dates', `endsOn: ${endsOn} is before startsOn ${startsOn}.`);
    mustBeCriteria(draft, audit.kind, criteria);
    mustBeTeam(draft, audit.kind, team, criteria);
    mustFitCycle(draft, audit, startsOn, endsOn);
    draft.emit({
      type: 'AuditScheduled',
      data: { auditId, startsOn, endsOn, team, ...(criteria ? { criteria } : {}) },
    });
    for (const asked of ['auditSchedule', 'missedAudit'] as const)
      draft.complete(asked, { auditId }, `Audit ${auditId} takes place on ${startsOn}.`);
    for (const task of draft.openTasksOf('auditOutcome', { auditId })) {
      draft.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason: `Audit ${auditId} was scheduled anew.` } });
    }
    const title = `Record the outcome of the ${auditName(audit.kind)} ${auditId}`;
    const dueOn = addDays(endsOn, outcomeDays);
    draft.openTask(
      { kind: 'auditOutcome', title, assignee: leadOf(draft, team), dueOn, auditId },
      'The audit is scheduled.',
    );
    warnOfLittleOperation(draft, audit, startsOn);
  },
};

/** An audit that has begun can take longer; what was found in it cannot come before it. */
function mustBeMovable(draft: Draft, audit: Audit, startsOn: IsoDate): void {
  mustBeDate(startsOn, 'startsOn');
  if (startsOn === audit.startsOn) return;
  mustNotBePast(draft, startsOn, 'startsOn');
  const found = Object.values(draft.state.findings).find((finding) => finding.auditId === audit.id);
  if (found) {
    refuse('dates', `Audit ${audit.id} began on ${audit.startsOn} and raised ${found.id}; only its last day can move.`);
  }
}

/** Requirements of the standard, each once; what certification rests on audits all of them (R1). */
function mustBeCriteria(draft: Draft, kind: AuditKind, criteria: string[] = []): void {
  for (const requirementId of criteria) mustBeRequirement(draft, requirementId, 'criteria');
  mustBeUnique(criteria, 'criteria', 'requirement');
  if (criteria.length > 0 && (kind === 'stage1' || kind === 'stage2' || kind === 'recertification'))
    wrong('criteria', `criteria: a ${kind} audit covers all requirements; leave them out.`);
}

function mustBeTeam(draft: Draft, kind: AuditKind, team: Email[], criteria?: string[]): void {
  if (team.length === 0) wrong('team', 'team: name at least one auditor.');
  mustBeUnique(team, 'team', 'person');
  const members = team.map((email) => mustBePerson(draft.state, email, 'team'));
  const lacks = (member: Person) =>
    kind === 'internal'
      ? !member.roles.includes('internalAuditor')
      : !member.roles.includes('leadAuditor') && !member.roles.includes('auditor');
  const stranger = members.find(lacks);
  if (stranger) {
    const needed = kind === 'internal' ? 'internalAuditor' : 'leadAuditor or auditor';
    wrong('team', `team: ${stranger.email} does not have the role ${needed}.`);
  }
  if (kind === 'internal') mustNotOwn(draft, team, criteria);
  else if (!members.some((member) => member.roles.includes('leadAuditor'))) {
    wrong('team', 'team: an audit of the certification body is led by a leadAuditor; name one.');
  }
}

/** R9: an internal auditor does not audit what they own. */
export function mustNotOwn(draft: Draft, team: Email[], criteria?: string[]): void {
  const [owned, ...more] = ownedByTeam(draft.state, team, criteria);
  if (!owned) return;
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  refuse(
    'R9',
    `${nameOf(draft.state, owned.owner)} owns ${owned.requirementId}${rest} and cannot audit it; choose another auditor or leave it out of the criteria.`,
  );
}

function mustFitCycle(draft: Draft, audit: Audit, startsOn: IsoDate, endsOn: IsoDate): void {
  if (audit.kind === 'stage2') mustBeInTimeAfterStage1(draft, startsOn);
  if (audit.kind === 'recertification') mustFollowStage1(draft, startsOn);
  if (!audit.latestOn || endsOn <= audit.latestOn) return;
  if (draft.today <= audit.latestOn) {
    refuse(
      audit.latestRule as string,
      `The ${auditName(audit.kind)} ${audit.id} is held until ${audit.latestOn} at the latest.`,
    );
  }
  const text = `The ${auditName(audit.kind)} ${audit.id} is held after ${audit.latestOn}, the last day that ${audit.latestRule} allows.`;
  draft.emit({ type: 'WarningNoted', data: { code: audit.latestRule as string, text } });
}

/** R3: Stage 2 follows its Stage 1, within the months of the body; one that comes alone (R17) begins at any time. */
function mustBeInTimeAfterStage1({ state }: Draft, startsOn: IsoDate): void {
  const stage1 = heldAudit(state, 'stage1');
  if (stage1 && startsOn <= (stage1.endsOn as IsoDate))
    wrong('dates', `startsOn: Stage 2 begins after Stage 1 ended on ${stage1.endsOn}.`);
  const from = stage2CountsFrom(state);
  const until = from && stage2BeginsUntil(from, state.body.profile);
  if (until && startsOn > until)
    refuse('R3', `Stage 2 may begin until ${until}, counted from ${from}; later, Stage 1 is repeated.`);
}

/** R23: warns when Stage 2 comes before three months of operating evidence. */
function warnOfLittleOperation(draft: Draft, audit: Audit, startsOn: IsoDate): void {
  if (audit.kind !== 'stage2') return;
  const { firstEvidenceOn, body } = draft.state;
  const text = tooLittleOperation(firstEvidenceOn, startsOn, body.profile.operatingEvidenceMonths);
  if (text) draft.emit({ type: 'WarningNoted', data: { code: 'R23', text } });
}

function leadOf(draft: Draft, team: Email[]): Email {
  return team.find((email) => hasRole(draft.state, email, 'leadAuditor')) ?? (team[0] as Email);
}
