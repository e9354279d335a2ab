import { anAudit, auditName } from '../auditNames.ts';
import { addDays, addWorkingDays } from '../calendar.ts';
import { hasRole, holders, manager } from '../people.ts';
import { recertificationRefused } from '../progress.ts';
import { forbidden, refuse, wrong } from '../rejection.ts';
import { gradesOf, resultsFor } from '../rules/audits.ts';
import { recertificationDates } from '../rules/cycle.ts';
import { isNonconformity, minorsToRaise, responseDeadlines, verifiesMinors } from '../rules/findings.ts';
import { notCovered } from '../rules/surveillance.ts';
import {
  type Audit,
  type AuditKind,
  type Certificate,
  type Email,
  type Finding,
  type IsoDate,
  type SurveillanceTopicId,
  surveillanceTopicIds,
} from '../types/index.ts';
import { askForDecision } from './certificate.ts';
import { mustHaveBegun, mustNotBePast, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import { ownerOf } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';
import { mustHaveStage1, planRecertificationStage1 } from './recertification.ts';
import { mustNotOwn } from './schedule.ts';
import { planSpecial } from './scope.ts';
import { endSuspension, mustBeResolved, suspend, withdraw } from './suspension.ts';
import { mustBeRequirement } from './tasks.ts';

/** Days in which a concern of Stage 1 is answered. */
export const concernDays = 30;

/** Commands about audits: when and by whom, what was found, how it ended. */
export const auditDeciders: Deciders<'planAudit' | 'raiseFinding' | 'recordOutcome'> = {
  planAudit(draft, command) {
    const { kind, targetOn, reason, occasion, scope } = command;
    mustHaveBegun(draft.state);
    if (kind === 'special') {
      planSpecial(draft, command);
      return;
    }
    mustNotBePast(draft, targetOn, 'targetOn');
    if (occasion || scope) wrong('R19', 'occasion, scope: only a special audit has them.');
    if (!hasRole(draft.state, draft.actor.email, 'programManager', 'leadAuditor')) {
      forbidden('A decisionMaker plans special audits; others are planned by a programManager or leadAuditor.');
    }
    if (kind === 'recertification' && recertificationRefused(draft.state)) {
      const { latestOn, latestRule } = recertificationDates(
        draft.state.certificate as Certificate,
        draft.state.body.profile,
      );
      planAudit(draft, kind, { targetOn, latestOn, latestRule }, reason ?? 'The recertification was refused.');
      return;
    }
    if (kind !== 'internal') {
      refuse(
        'R1',
        `The cycle plans ${anAudit(kind)} itself; plan internal and special audits by hand, and a recertification after one that was refused.`,
      );
    }
    planAudit(draft, kind, { targetOn }, reason ?? 'Planned by hand.');
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
        `grade: ${anAudit(audit.kind)} raises ${gradesOf(audit.kind).join(', ')}, not ${grade}.`,
      );
    }
    if (audit.criteria && !audit.criteria.includes(requirementId)) {
      refuse('criteria', `${requirementId} is not among the criteria of audit ${auditId}.`);
    }
    if (audit.kind === 'internal') mustNotOwn(draft, [draft.actor.email], [requirementId]);
    raise(draft, audit, { requirementId, grade, statement });
  },

  recordOutcome(draft, { auditId, result, note, covered }) {
    const audit = draft.audit(auditId);
    mustBeUnderWay(draft, audit);
    mustBeOnTeam(draft, audit);
    if (draft.today < (audit.endsOn as string)) {
      refuse('dates', `Audit ${auditId} ends on ${audit.endsOn}; its outcome is recorded then.`);
    }
    if (!resultsFor(audit).includes(result)) {
      wrong(
        audit.kind === 'special' ? 'R19' : 'R2',
        `result: ${anAudit(audit.kind, fullName(audit))} ends ${resultsFor(audit).join(' or ')}, not ${result}.`,
      );
    }
    if (covered) mustBeTopics(audit, covered);
    if (result === 'maintained') mustBeResolved(draft);
    if (audit.kind === 'recertification') mustHaveStage1(draft);
    freezeApplicability(draft, audit);
    const topics = covered && { covered: surveillanceTopicIds.filter((id) => covered.includes(id)) };
    draft.emit({ type: 'AuditOutcomeRecorded', data: { auditId, result, note, ...topics } });
    if (audit.kind === 'surveillance') warnOfNotCovered(draft, auditId, covered);
    draft.complete('auditOutcome', { auditId }, `Audit ${auditId} ended ${result}.`);
    draft.cancelTasks({ auditId }, `Audit ${auditId} was held; what was to prepare it is past.`);
    if (verifiesMinors(audit.kind)) raiseMinorsLeftOpen(draft, audit);
    if (result === 'suspend') suspend(draft, note || `Audit ${auditId} ended with suspension.`);
    if (result === 'withdraw') withdraw(draft, note || `Audit ${auditId} ended with withdrawal.`);
    if (result === 'maintained') endSuspension(draft, `Audit ${auditId} ended with the certificate maintained.`);
    if (result === 'notReady') planRecertificationStage1(draft, 'Stage 1 was not ready; it is held again (R2, R15).');
    if (audit.occasion === 'scopeExtension') askForDecision(draft, audit);
  },
};

/** Plans an audit and asks the manager to schedule it. Gives its id. */
export function planAudit(
  draft: Draft,
  kind: AuditKind,
  dates: Pick<Audit, 'targetOn' | 'latestOn' | 'latestRule' | 'occasion' | 'scope'>,
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
  const title = `Schedule the ${fullName(audit)} ${audit.id}${withBody}: dates around ${audit.targetOn}, and the team`;
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
  if (found.grade === 'concern') askForAnswer(draft, finding, addDays(audit.endsOn as IsoDate, concernDays));
}

/** Asks the owner of the requirement to answer a concern of Stage 1. */
export function askForAnswer(draft: Draft, { id, requirementId, statement }: Finding, dueOn: IsoDate): void {
  const title = `Answer the concern ${id} of Stage 1 on ${requirementId}`;
  const of = { requirementId, findingId: id, priority: 'high' as const };
  draft.openTask({ kind: 'concern', title, assignee: ownerOf(draft, requirementId), dueOn, ...of }, statement);
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
    const reason = `Still open at the ${auditName(audit.kind)} ${audit.id}.`;
    draft.emit({
      type: 'FindingRaisedToMajor',
      data: { findingId: minor.id, reason, rule: 'R14', ...(verifyDueOn ? { verifyDueOn } : {}) },
    });
  }
}

/** R13: only a surveillance says what it covered, in topics that there are. */
function mustBeTopics({ id: auditId, kind }: Audit, covered: SurveillanceTopicId[]): void {
  if (kind !== 'surveillance') wrong('R13', `covered: a surveillance says what it covered; ${auditId} is ${kind}.`);
  for (const topic of covered) {
    if (surveillanceTopicIds.includes(topic)) continue;
    wrong('unknown', `covered: there is no topic ${topic}; those of R13 are ${surveillanceTopicIds.join(', ')}.`);
  }
}

/** R13: what the outcome of a surveillance leaves out is a warning: whether to look at it is the body's to say. */
function warnOfNotCovered(draft: Draft, auditId: string, covered?: SurveillanceTopicId[]): void {
  const left = notCovered(covered);
  if (left.length === 0) return;
  const text = `The outcome of the surveillance audit ${auditId} does not name as covered: ${left.join(', ')}.`;
  draft.emit({ type: 'WarningNoted', data: { code: 'R13', text } });
}

/** The statement of applicability as each certification audit saw it. */
function freezeApplicability(draft: Draft, audit: Audit): void {
  if (audit.kind === 'internal' || audit.kind === 'special') return;
  const version = draft.state.soaVersion + 1;
  const data = { version, auditId: audit.id, entries: draft.state.applicability };
  draft.emit({ type: 'StatementOfApplicabilityFrozen', data });
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

/** An audit as people are told of it: `Stage 1 audit`, `special (complaint) audit`. */
function fullName({ kind, occasion }: Audit): string {
  return occasion ? `${kind} (${occasion}) audit` : auditName(kind);
}

/** Whoever of the body answers when nobody particular is named. */
export function leadAuditor(draft: Draft): Email {
  return holders(draft.state, 'leadAuditor')[0] ?? manager(draft.state);
}
