import { addDays, addWorkingDays, latest } from '../calendar.ts';
import { hasRole } from '../people.ts';
import { auditOn, nextExternalAudit } from '../progress.ts';
import { forbidden, refuse, wrong } from '../rejection.ts';
import { isExternal, isNonconformity, responseDeadlines } from '../rules/findings.ts';
import type { Audit, Email, Finding, FindingStatus, IsoDate, Task } from '../types/index.ts';
import { askForPlan, leadAuditor } from './audits.ts';
import { mustBeDate, mustNotBePast, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import { ownerOf } from './gapAssessment.ts';
import type { Deciders } from './handler.ts';

/** Working days in which auditors look at a plan, and in which they verify what has no other date. */
const reviewDays = 10;
/** Days in which a minor of the body is verified when no further audit is planned yet. */
const verificationDays = 30;

/** Commands about nonconformities: correction, root cause, action, verification, effectiveness. */
export const findingDeciders: Deciders<
  | 'planCorrectiveAction'
  | 'reviewCorrectiveActionPlan'
  | 'reportCorrectiveActionDone'
  | 'verifyFinding'
  | 'raiseToMajor'
> = {
  planCorrectiveAction(draft, { findingId, correction, rootCause, similarCases, action, dueOn, effectivenessOn }) {
    const finding = nonconformity(draft, findingId, 'open', 'planned');
    mustAnswerFor(draft, finding);
    mustSay(correction, 'correction');
    mustSay(rootCause, 'rootCause');
    mustSay(similarCases, 'similarCases');
    mustSay(action, 'action');
    mustNotBePast(draft, dueOn, 'dueOn');
    if (effectivenessOn) {
      mustBeDate(effectivenessOn, 'effectivenessOn');
      if (effectivenessOn < dueOn)
        wrong('dates', `effectivenessOn: ${effectivenessOn} is before the action is due, ${dueOn}.`);
    }
    // Once that day has passed, a plan that comes late is better than none.
    const { verifyDueOn } = finding;
    if (verifyDueOn && draft.today <= verifyDueOn && dueOn > verifyDueOn && isOfBody(draft, finding)) {
      wrong('R7', `dueOn: a major is corrected and verified until ${verifyDueOn}.`);
    }
    const plan = {
      correction,
      rootCause,
      similarCases,
      action,
      dueOn,
      ...(effectivenessOn ? { effectivenessOn } : {}),
    };
    draft.emit({ type: 'CorrectiveActionPlanned', data: { findingId, plan } });
    draft.complete('correctiveActionPlan', { findingId }, 'The plan was handed in.');
    draft.complete('planReview', { findingId }, 'A new plan was handed in.');
    askForPlanReview(draft, finding);
  },

  reviewCorrectiveActionPlan(draft, { findingId, verdict, note }) {
    const finding = nonconformity(draft, findingId, 'planned');
    mustAuditFor(draft, finding);
    if (verdict === 'reject') mustSay(note, 'note');
    draft.emit({ type: 'CorrectiveActionPlanReviewed', data: { findingId, verdict, note } });
    draft.complete('planReview', { findingId }, `The plan was ${verdict}ed.`);
    if (verdict === 'reject') {
      askForPlan(draft, draft.finding(findingId), latest(finding.planDueOn ?? draft.today, inReviewDays(draft)));
      return;
    }
    askForAction(draft, finding);
  },

  reportCorrectiveActionDone(draft, { findingId, evidence }) {
    const finding = nonconformity(draft, findingId, 'planAccepted');
    mustAnswerFor(draft, finding);
    if (evidence.links.length === 0) mustSay(evidence.note, 'evidence.note');
    draft.emit({ type: 'CorrectiveActionDone', data: { findingId, evidence } });
    draft.complete('correctiveAction', { findingId }, 'The action was reported done.');
    askForVerification(draft, finding);
  },

  verifyFinding(draft, { findingId, effective, note }) {
    const finding = nonconformity(draft, findingId, 'done', 'verified');
    mustAuditFor(draft, finding);
    const { effectivenessOn } = finding.plan ?? {};
    const checkAhead = effectivenessOn !== undefined && effectivenessOn > draft.today;
    if (finding.status === 'verified' && effective && checkAhead) {
      refuse(
        'effectiveness',
        `The effectiveness of ${findingId} is checked on ${effectivenessOn}; only a failure is reported earlier.`,
      );
    }
    if (!effective) mustSay(note, 'note');
    draft.emit({ type: 'FindingVerified', data: { findingId, effective, note, closed: effective && !checkAhead } });
    draft.complete('verification', { findingId }, effective ? 'Verified.' : 'Found ineffective.');
    draft.complete('effectivenessCheck', { findingId }, effective ? 'Effective.' : 'Found ineffective.');
    if (!effective) {
      askForPlan(draft, draft.finding(findingId), addDays(draft.today, draft.state.body.profile.planDays));
    }
  },

  raiseToMajor(draft, { findingId, reason, together = [] }) {
    const finding = minor(draft, findingId);
    mustSay(reason, 'reason');
    const deadlines = responseDeadlines('major', draft.today, draft.state.body.profile);
    if (together.length === 0) {
      const { verifyDueOn } = deadlines;
      const data = { findingId, reason, rule: 'R4', ...(verifyDueOn ? { verifyDueOn } : {}) };
      draft.emit({ type: 'FindingRaisedToMajor', data });
      return;
    }
    mustBeRelated(draft, finding, together);
    draft.emit({ type: 'FindingRaisedToMajor', data: { findingId, reason, rule: 'R4', ...deadlines, together } });
    const why = `${together.join(', ')} and ${findingId} were raised to one major, ${findingId} (R4).`;
    for (const id of [findingId, ...together]) draft.cancelTasks({ findingId: id }, why);
    askForPlan(draft, draft.finding(findingId), deadlines.planDueOn);
  },
};

/** A minor that is open, and that the actor judges. */
function minor(draft: Draft, findingId: string): Finding {
  const finding = nonconformity(draft, findingId, 'open', 'planned', 'planAccepted', 'done');
  if (finding.grade === 'major') refuse('R4', `${findingId} is a major nonconformity already.`);
  mustAuditFor(draft, finding);
  return finding;
}

/** R4: several related minors, each once and of the same side, can be raised to one major. */
function mustBeRelated(draft: Draft, finding: Finding, together: string[]): void {
  const all = [finding.id, ...together];
  const twice = all.find((id, index) => all.indexOf(id) !== index);
  if (twice) wrong('unique', `together: ${twice} stands there twice; name each other minor once.`);
  for (const other of together.map((id) => minor(draft, id))) {
    if (isOfBody(draft, other) === isOfBody(draft, finding)) continue;
    refuse('R4', `${other.id} and ${finding.id} are of different sides: internal ones and the body's stay apart.`);
  }
}

/** Asks whoever raised a finding, or another auditor of that side, to look at what was done. */
export function askAuditor(draft: Draft, finding: Finding, kind: Task['kind'], title: string, dueOn: IsoDate): void {
  draft.openTask(
    { kind, title, ...taskOf(draft, finding), assignee: auditorOf(draft, finding), dueOn },
    finding.statement,
  );
}

export function askForPlanReview(draft: Draft, finding: Finding): void {
  const title = `Review the corrective action plan for ${finding.id}`;
  askAuditor(draft, finding, 'planReview', title, inReviewDays(draft));
}

export function askForVerification(draft: Draft, finding: Finding): void {
  const title = `Verify the corrective action for ${finding.id}`;
  askAuditor(draft, finding, 'verification', title, verifiedBy(draft, finding));
}

/** Asks the owner of the requirement to do what the accepted plan says. */
export function askForAction(draft: Draft, finding: Finding): void {
  draft.openTask(
    {
      kind: 'correctiveAction',
      title: `Carry out the corrective action for ${finding.id} on ${finding.requirementId}`,
      ...taskOf(draft, finding),
      assignee: ownerOf(draft, finding.requirementId),
      dueOn: stillAhead(draft, finding.plan?.dueOn as IsoDate),
      bodyDeadline: isOfBody(draft, finding),
    },
    finding.plan?.action ?? finding.statement,
  );
}

/** The day itself as long as it has not passed. */
function stillAhead(draft: Draft, on: IsoDate): IsoDate {
  return on > draft.today ? on : latest(on, draft.soonest);
}

export function inReviewDays(draft: Draft): IsoDate {
  return addWorkingDays(draft.today, reviewDays, draft.state.calendar);
}

/** R7 for majors; R14 for minors of the body: at its next audit. */
function verifiedBy(draft: Draft, finding: Finding): IsoDate {
  if (!isOfBody(draft, finding)) return inReviewDays(draft);
  if (finding.verifyDueOn) return latest(finding.verifyDueOn, draft.today);
  const next = draft.state.certificate && nextExternalAudit(draft.state);
  return next ? latest(auditOn(next), draft.today) : addDays(draft.today, verificationDays);
}

function auditorOf(draft: Draft, finding: Finding): Email {
  const roles = isOfBody(draft, finding) ? (['leadAuditor', 'auditor'] as const) : (['internalAuditor'] as const);
  return hasRole(draft.state, finding.raisedBy, ...roles) ? finding.raisedBy : leadAuditor(draft);
}

function taskOf(draft: Draft, finding: Finding): Pick<Task, 'requirementId' | 'findingId' | 'priority'> {
  const { grade } = draft.finding(finding.id);
  return {
    requirementId: finding.requirementId,
    findingId: finding.id,
    priority: grade === 'major' ? 'critical' : 'high',
  };
}

function isOfBody(draft: Draft, finding: Finding): boolean {
  return isExternal((draft.state.audits[finding.auditId] as Audit).kind);
}

/** The finding, which must be a nonconformity in one of these statuses. */
function nonconformity(draft: Draft, findingId: string, ...statuses: FindingStatus[]): Finding {
  const finding = draft.finding(findingId);
  if (!isNonconformity(finding.grade))
    refuse('R4', `${findingId} is ${finding.grade}: it asks for no corrective action.`);
  if (!statuses.includes(finding.status)) {
    refuse('state', `${findingId} is ${finding.status}; this is possible while it is ${statuses.join(' or ')}.`);
  }
  return finding;
}

/** The owner of the requirement and the program manager answer for a nonconformity. */
function mustAnswerFor(draft: Draft, finding: Finding): void {
  const { email } = draft.actor;
  const asked = draft.openTasksOf(undefined, { findingId: finding.id }).some((task) => task.assignee === email);
  if (asked || email === ownerOf(draft, finding.requirementId) || hasRole(draft.state, email, 'programManager')) return;
  forbidden(
    `${finding.id} is answered by the owner of ${finding.requirementId} or the program manager, not by ${email}.`,
  );
}

/** Findings of the body are judged by its auditors, those of an internal audit by internal auditors who do not own them (R9). */
function mustAuditFor(draft: Draft, finding: Finding): void {
  const { email } = draft.actor;
  if (isOfBody(draft, finding)) {
    if (!hasRole(draft.state, email, 'leadAuditor', 'auditor'))
      forbidden(`${finding.id} is judged by the certification body.`);
    return;
  }
  if (!hasRole(draft.state, email, 'internalAuditor')) forbidden(`${finding.id} is judged by an internal auditor.`);
  if (ownerOf(draft, finding.requirementId) === email) {
    refuse(
      'R9',
      `${email} owns ${finding.requirementId} and cannot judge ${finding.id}; another internal auditor does.`,
    );
  }
}
