import { addDays, latest } from '../calendar.ts';
import { wrong } from '../rejection.ts';
import { gradesOf } from '../rules/audits.ts';
import { isNonconformity, responseDeadlines } from '../rules/findings.ts';
import type { AdoptedFinding, Audit, Finding, IsoDate } from '../types/index.ts';
import { askForAnswer, askForPlan, concernDays } from './audits.ts';
import { mustBeDate, mustNotBeAhead, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import { askForAction, askForPlanReview, askForVerification } from './findings.ts';
import { mustBeRequirement } from './tasks.ts';

/** Takes over findings that are still open. Refuses what cannot be. */
export function adoptFindings(draft: Draft, findings: AdoptedFinding[]): void {
  for (const [index, adopted] of findings.entries()) {
    const at = `adopt.openFindings[${index}]`;
    const audit = mustBePossible(draft, adopted, at);
    const finding = findingOf(draft, adopted, audit);
    mustNotBeOverdue(draft, finding, at);
    draft.emit({ type: 'FindingRaised', data: { finding } });
  }
}

function mustBePossible(draft: Draft, adopted: AdoptedFinding, at: string): Audit {
  const { raisedIn, raisedOn, requirementId, grade, statement, plan, status } = adopted;
  mustBeRequirement(draft, requirementId, `${at}.requirementId`);
  mustSay(statement, `${at}.statement`);
  mustNotBeAhead(draft, raisedOn, `${at}.raisedOn`);
  for (const field of ['planDueOn', 'verifyDueOn'] as const) {
    const on = adopted[field];
    if (on) mustBeDate(on, `${at}.${field}`);
    if (on && on < raisedOn) wrong('dates', `${at}.${field}: ${on} is before it was raised on ${raisedOn}.`);
  }
  if (!gradesOf(raisedIn).includes(grade)) {
    const code = raisedIn === 'stage1' ? 'R2' : 'R4';
    wrong(code, `${at}.grade: a ${raisedIn} audit raises ${gradesOf(raisedIn).join(', ')}, not ${grade}.`);
  }
  if (grade === 'concern' && status !== 'open') wrong('R2', `${at}.status: a concern that is given is open.`);
  if (status !== 'open') mustHavePlan(plan, status, at);
  return auditOf(draft, adopted, at);
}

function mustHavePlan(plan: AdoptedFinding['plan'], status: string, at: string): void {
  if (!plan)
    wrong('empty', `${at}.plan: a nonconformity that is ${status} has its plan; give it, or say that it is open.`);
  mustBeDate(plan.dueOn, `${at}.plan.dueOn`);
  if (!plan.effectivenessOn) return;
  mustBeDate(plan.effectivenessOn, `${at}.plan.effectivenessOn`);
  if (plan.effectivenessOn < plan.dueOn)
    wrong('dates', `${at}.plan.effectivenessOn: ${plan.effectivenessOn} is before the action is due, ${plan.dueOn}.`);
}

/** The audit in which it was raised: the last of its kind that had begun by then. */
function auditOf(draft: Draft, { raisedIn, raisedOn, grade }: AdoptedFinding, at: string): Audit {
  const audit = Object.values(draft.state.audits)
    .filter(({ kind, startsOn }) => kind === raisedIn && (startsOn as IsoDate) <= raisedOn)
    .at(-1);
  if (!audit) {
    wrong('dates', `${at}: it was raised in a ${raisedIn} audit on ${raisedOn}; give that audit among adopt.audits.`);
  }
  const { certificate } = draft.state;
  const before = certificate && audit.cycle < certificate.cycle && raisedOn <= certificate.decidedOn;
  if (before && grade === 'major' && raisedIn !== 'internal') {
    const decided = `the certificate was granted on ${certificate.decidedOn}`;
    wrong(
      'R5',
      `${at}: ${decided}, and no certificate is granted while a major is open; correct its grade or its status.`,
    );
  }
  return audit;
}

/** What it missed before the takeover it shows; nobody is told of it as if it happened now. */
function findingOf(draft: Draft, adopted: AdoptedFinding, audit: Audit): Finding {
  const { raisedOn, raisedBy = draft.actor.email, requirementId, grade, statement, status, plan } = adopted;
  const rules = isNonconformity(grade)
    ? responseDeadlines(grade, audit.endsOn as IsoDate, draft.state.body.profile)
    : undefined;
  const planDueOn = adopted.planDueOn ?? rules?.planDueOn;
  const verifyDueOn = grade === 'major' ? (adopted.verifyDueOn ?? rules?.verifyDueOn) : undefined;
  return {
    id: draft.newId('F'),
    auditId: audit.id,
    requirementId,
    grade,
    statement,
    raisedOn,
    raisedBy,
    status: grade === 'concern' ? 'noted' : status,
    ...(plan ? { plan } : {}),
    ...(rules && planDueOn ? { planDueOn } : {}),
    ...(verifyDueOn ? { verifyDueOn } : {}),
    missed: [
      ...(status === 'open' && rules && planDueOn && planDueOn < draft.today ? (['plan'] as const) : []),
      ...(verifyDueOn && verifyDueOn < draft.today ? (['verification'] as const) : []),
    ],
    reopened: 0,
  };
}

/** R7, R18: a valid certificate with a major whose time to be verified has passed: one of them is not as it is told. */
function mustNotBeOverdue(draft: Draft, { verifyDueOn, auditId }: Finding, at: string): void {
  const external = draft.state.audits[auditId]?.kind !== 'internal';
  if (!external || !verifyDueOn || verifyDueOn >= draft.today || draft.state.certificate?.status !== 'valid') return;
  const passed = `it was to be verified until ${verifyDueOn} (R7), which suspends a certificate (R18)`;
  wrong('R7', `${at}: ${passed}; give the day that the body has set as verifyDueOn, or the certificate as suspended.`);
}

/** Asks for what a finding that was taken over needs next, by its status. */
export function askForNext(draft: Draft, finding: Finding): void {
  if (finding.status === 'open') askForPlan(draft, finding, finding.planDueOn as IsoDate);
  else if (finding.status === 'planned') askForPlanReview(draft, finding);
  else if (finding.status === 'planAccepted') askForAction(draft, finding);
  else if (finding.status === 'done') askForVerification(draft, finding);
  else askForAnswer(draft, finding, latest(addDays(finding.raisedOn, concernDays), draft.today));
}
