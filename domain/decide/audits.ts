import { addDays, addWorkingDays } from '../calendar.ts';
import { hasRole, holders, manager, mustBePerson, nameOf } from '../people.ts';
import { heldAudit, recertificationRefused, stage2CountsFrom } from '../progress.ts';
import { forbidden, refuse, wrong } from '../rejection.ts';
import { gradesOf, ownedByTeam, resultsOf, stage2BeginsUntil } from '../rules/audits.ts';
import { recertificationDates } from '../rules/cycle.ts';
import { isNonconformity, minorsToRaise, responseDeadlines } from '../rules/findings.ts';
import { tooLittleOperation } from '../rules/plan.ts';
import type { Audit, AuditKind, Certificate, Email, Finding, IsoDate, Person } from '../types/index.ts';
import { endSuspension, suspend, withdraw } from './certificate.ts';
import { mustBeDate, mustHaveBegun, mustNotBePast, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import { ownerOf } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';
import { mustBeRequirement } from './tasks.ts';

/** Days after its last day in which an audit's outcome is recorded. */
const outcomeDays = 14;
/** Days in which a concern of Stage 1 is answered. */
const concernDays = 30;

/** Commands about audits: when and by whom, what was found, how it ended. */
export const auditDeciders: Deciders<'planAudit' | 'scheduleAudit' | 'raiseFinding' | 'recordOutcome'> = {
  planAudit(draft, { kind, targetOn, reason }) {
    mustHaveBegun(draft.state);
    mustNotBePast(draft, targetOn, 'targetOn');
    if (kind === 'recertification' && recertificationRefused(draft.state)) {
      const { latestOn, latestRule } = recertificationDates(
        draft.state.certificate as Certificate,
        draft.state.body.profile,
      );
      planAudit(draft, kind, { targetOn, latestOn, latestRule }, reason ?? 'The recertification was refused.');
      return;
    }
    if (kind !== 'internal' && kind !== 'special') {
      refuse(
        'R1',
        `A ${kind} audit is planned by the cycle itself; plan internal and special audits by hand, and a recertification after one that was refused.`,
      );
    }
    planAudit(draft, kind, { targetOn }, reason ?? 'Planned by hand.');
  },

  scheduleAudit(draft, { auditId, startsOn, endsOn, team, criteria }) {
    const audit = draft.audit(auditId);
    if (audit.status === 'held' || audit.status === 'cancelled')
      refuse('state', `Audit ${auditId} is ${audit.status}.`);
    mustNotBePast(draft, startsOn, 'startsOn');
    mustBeDate(endsOn, 'endsOn');
    if (endsOn < startsOn) wrong('dates', `endsOn: ${endsOn} is before startsOn ${startsOn}.`);
    for (const requirementId of criteria ?? []) mustBeRequirement(draft, requirementId, 'criteria');
    mustBeTeam(draft, audit.kind, team, criteria);
    mustFitCycle(draft, audit, startsOn, endsOn);
    draft.emit({
      type: 'AuditScheduled',
      data: { auditId, startsOn, endsOn, team, ...(criteria ? { criteria } : {}) },
    });
    draft.complete('auditSchedule', { auditId }, `Audit ${auditId} takes place on ${startsOn}.`);
    for (const task of draft.openTasksOf('auditOutcome', { auditId })) {
      draft.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason: `Audit ${auditId} was scheduled anew.` } });
    }
    const title = `Record the outcome of the ${audit.kind} audit ${auditId}`;
    const dueOn = addDays(endsOn, outcomeDays);
    draft.openTask(
      { kind: 'auditOutcome', title, assignee: leadOf(draft, team), dueOn, auditId },
      'The audit is scheduled.',
    );
    warnOfLittleOperation(draft, audit, startsOn);
  },

  raiseFinding(draft, { auditId, requirementId, grade, statement }) {
    const audit = draft.audit(auditId);
    mustBeUnderWay(draft, audit);
    mustBeOnTeam(draft, audit);
    mustBeRequirement(draft, requirementId);
    mustSay(statement, 'statement');
    if (!gradesOf(audit.kind).includes(grade)) {
      refuse(
        audit.kind === 'stage1' ? 'R2' : 'R4',
        `A ${audit.kind} audit raises ${gradesOf(audit.kind).join(', ')}, not ${grade}.`,
      );
    }
    if (audit.criteria && !audit.criteria.includes(requirementId)) {
      refuse('criteria', `${requirementId} is not among the criteria of audit ${auditId}.`);
    }
    if (audit.kind === 'internal') mustNotOwn(draft, [draft.actor.email], [requirementId]);
    raise(draft, audit, { requirementId, grade, statement });
  },

  recordOutcome(draft, { auditId, result, note }) {
    const audit = draft.audit(auditId);
    mustBeUnderWay(draft, audit);
    mustBeOnTeam(draft, audit);
    if (draft.today < (audit.endsOn as string)) {
      refuse('dates', `Audit ${auditId} ends on ${audit.endsOn}; its outcome is recorded then.`);
    }
    if (!resultsOf[audit.kind].includes(result)) {
      wrong('R2', `result: a ${audit.kind} audit ends ${resultsOf[audit.kind].join(' or ')}, not ${result}.`);
    }
    freezeApplicability(draft, audit);
    draft.emit({ type: 'AuditOutcomeRecorded', data: { auditId, result, note } });
    draft.complete('auditOutcome', { auditId }, `Audit ${auditId} ended ${result}.`);
    draft.cancelTasks({ auditId }, `Audit ${auditId} was held; what was to prepare it is past.`);
    if (audit.kind !== 'internal' && audit.kind !== 'stage1') raiseMinorsLeftOpen(draft, audit);
    if (result === 'suspend') suspend(draft, note || `Audit ${auditId} ended with suspension.`);
    if (result === 'withdraw') withdraw(draft, note || `Audit ${auditId} ended with withdrawal.`);
    if (result === 'maintained') endSuspension(draft, `Audit ${auditId} ended with the certificate maintained.`);
  },
};

/** Plans an audit and asks the manager to schedule it. Gives its id. */
export function planAudit(
  draft: Draft,
  kind: AuditKind,
  dates: Pick<Audit, 'targetOn' | 'latestOn' | 'latestRule'>,
  why: string,
  ask = true,
): string {
  const cycle = draft.state.certificate?.cycle ?? 0;
  const audit: Audit = { id: draft.newId('A'), kind, cycle, ...dates, team: [], status: 'planned', prepared: 0 };
  draft.emit({ type: 'AuditPlanned', data: { audit } });
  if (ask) askForSchedule(draft, audit, addWorkingDays(draft.today, 10, draft.state.calendar), why);
  return audit.id;
}

/** Asks the manager to agree dates and team of an audit. */
export function askForSchedule(draft: Draft, audit: Audit, dueOn: IsoDate, why: string): void {
  const withBody = audit.kind === 'internal' ? '' : ` with ${draft.state.body.name}`;
  const title = `Schedule the ${audit.kind} audit ${audit.id}${withBody}: dates around ${audit.targetOn}, and the team`;
  draft.openTask(
    { kind: 'auditSchedule', title, assignee: manager(draft.state), dueOn, auditId: audit.id, priority: 'high' },
    why,
  );
}

/** Cancels audits that are planned or scheduled, with everything that was asked for them. */
export function cancelAudits(draft: Draft, audits: Audit[], reason: string): void {
  for (const { id: auditId, status } of audits) {
    if (status !== 'planned' && status !== 'scheduled') continue;
    draft.emit({ type: 'AuditCancelled', data: { auditId, reason } });
    draft.cancelTasks({ auditId }, reason);
  }
}

/** Records a finding; a nonconformity asks its owner for a plan, a concern for an answer. */
function raise(draft: Draft, audit: Audit, found: Pick<Finding, 'requirementId' | 'grade' | 'statement'>): void {
  const nonconformity = isNonconformity(found.grade);
  const deadlines = isNonconformity(found.grade)
    ? responseDeadlines(found.grade, audit.endsOn as IsoDate, draft.state.body.profile)
    : {};
  const finding: Finding = {
    id: draft.newId('F'),
    auditId: audit.id,
    ...found,
    raisedOn: draft.today,
    raisedBy: draft.actor.email,
    status: nonconformity ? 'open' : 'noted',
    ...deadlines,
    missed: [],
    reopened: 0,
  };
  draft.emit({ type: 'FindingRaised', data: { finding } });
  if (nonconformity) askForPlan(draft, finding, finding.planDueOn as IsoDate);
  if (found.grade === 'concern') {
    const assignee = ownerOf(draft, found.requirementId);
    const title = `Answer the concern ${finding.id} of Stage 1 on ${found.requirementId}`;
    const dueOn = addDays(audit.endsOn as IsoDate, concernDays);
    draft.openTask(
      {
        kind: 'concern',
        title,
        assignee,
        dueOn,
        requirementId: found.requirementId,
        findingId: finding.id,
        priority: 'high',
      },
      found.statement,
    );
  }
}

/** Asks the owner of the requirement for correction, root cause and corrective action. */
export function askForPlan(draft: Draft, finding: Finding, dueOn: IsoDate): void {
  draft.openTask(
    {
      kind: 'correctiveActionPlan',
      title: `Plan the corrective action for ${finding.grade} nonconformity ${finding.id} on ${finding.requirementId}`,
      assignee: ownerOf(draft, finding.requirementId),
      dueOn,
      requirementId: finding.requirementId,
      findingId: finding.id,
      priority: finding.grade === 'major' ? 'critical' : 'high',
      bodyDeadline: draft.state.audits[finding.auditId]?.kind !== 'internal',
    },
    finding.statement,
  );
}

/** R14: at an audit of the body, minors of earlier ones that are still open become majors. */
function raiseMinorsLeftOpen(draft: Draft, audit: Audit): void {
  const { profile } = draft.state.body;
  for (const minor of minorsToRaise(Object.values(draft.state.findings), draft.state.audits, audit, profile)) {
    const { verifyDueOn } = responseDeadlines('major', audit.endsOn as IsoDate, profile);
    const reason = `Still open at the ${audit.kind} audit ${audit.id}.`;
    draft.emit({
      type: 'FindingRaisedToMajor',
      data: { findingId: minor.id, reason, rule: 'R14', ...(verifyDueOn ? { verifyDueOn } : {}) },
    });
  }
}

/** The statement of applicability as each certification audit saw it. */
function freezeApplicability(draft: Draft, audit: Audit): void {
  if (audit.kind === 'internal' || audit.kind === 'special') return;
  const version = draft.state.soaVersion + 1;
  const data = { version, auditId: audit.id, entries: draft.state.applicability };
  draft.emit({ type: 'StatementOfApplicabilityFrozen', data });
}

function mustBeTeam(draft: Draft, kind: AuditKind, team: Email[], criteria?: string[]): void {
  if (team.length === 0) wrong('team', 'team: name at least one auditor.');
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
function mustNotOwn(draft: Draft, team: Email[], criteria?: string[]): void {
  const [owned, ...more] = ownedByTeam(draft.state, team, criteria);
  if (!owned) return;
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  refuse(
    'R9',
    `${nameOf(draft.state, owned.owner)} owns ${owned.requirementId}${rest} and cannot audit it; choose another auditor or leave it out of the criteria.`,
  );
}

function mustFitCycle(draft: Draft, audit: Audit, startsOn: IsoDate, endsOn: IsoDate): void {
  if (audit.kind === 'stage2') {
    const stage1 = heldAudit(draft.state, 'stage1') as Audit;
    if (startsOn <= (stage1.endsOn as string))
      wrong('dates', `startsOn: Stage 2 begins after Stage 1 ended on ${stage1.endsOn}.`);
    const from = stage2CountsFrom(draft.state) as IsoDate;
    const until = stage2BeginsUntil(from, draft.state.body.profile);
    if (startsOn > until)
      refuse('R3', `Stage 2 may begin until ${until}, counted from ${from}; later, Stage 1 is repeated.`);
  }
  if (!audit.latestOn || endsOn <= audit.latestOn) return;
  if (draft.today <= audit.latestOn) {
    refuse(
      audit.latestRule as string,
      `The ${audit.kind} audit ${audit.id} is held until ${audit.latestOn} at the latest.`,
    );
  }
  const text = `The ${audit.kind} audit ${audit.id} is held after ${audit.latestOn}, the last day that ${audit.latestRule} allows.`;
  draft.emit({ type: 'WarningNoted', data: { code: audit.latestRule as string, text } });
}

/** R23: warns when Stage 2 comes before three months of operating evidence. */
function warnOfLittleOperation(draft: Draft, audit: Audit, startsOn: IsoDate): void {
  if (audit.kind !== 'stage2') return;
  const first = Object.values(draft.state.requirements)
    .flatMap(({ evidence }) => (evidence ? [evidence.acceptedOn] : []))
    .sort()[0];
  const text = tooLittleOperation(first, startsOn, draft.state.body.profile.operatingEvidenceMonths);
  if (text) draft.emit({ type: 'WarningNoted', data: { code: 'R23', text } });
}

function mustBeUnderWay(draft: Draft, audit: Audit): void {
  if (audit.status === 'held')
    refuse('state', `Audit ${audit.id} has its outcome (${audit.result}); nothing is added to it.`);
  if (audit.status !== 'scheduled') refuse('state', `Audit ${audit.id} is ${audit.status}; schedule it first.`);
  if (draft.today < (audit.startsOn as string)) refuse('dates', `Audit ${audit.id} begins on ${audit.startsOn}.`);
}

function mustBeOnTeam(draft: Draft, audit: Audit): void {
  if (audit.team.includes(draft.actor.email)) return;
  forbidden(`${draft.actor.email} is not on the team of audit ${audit.id}: ${audit.team.join(', ')}.`);
}

function leadOf(draft: Draft, team: Email[]): Email {
  return team.find((email) => hasRole(draft.state, email, 'leadAuditor')) ?? (team[0] as Email);
}

/** Whoever of the body answers when nobody particular is named. */
export function leadAuditor(draft: Draft): Email {
  return holders(draft.state, 'leadAuditor')[0] ?? manager(draft.state);
}
