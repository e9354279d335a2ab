import { type HeldAudit, isHeld } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { mustBeDate, mustBeRequirement, mustNotBeAhead, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { FindingRaised } from '../findings/FindingRaised.ts';
import { type CorrectiveActionPlan, type Finding, isNonconformity, needsNoAction } from '../findings/finding.ts';
import { isPast } from '../findings/queries.ts';
import { within, wrong } from '../refusal.ts';
import { gradesOf } from '../rules/audits.ts';
import { deadlinesInTime } from '../rules/findings.ts';
import type { AdoptedFinding } from './adoption.ts';

/** Takes over findings that are still open. Refuses what cannot be. */
export function adoptFindings(draft: Draft, findings: AdoptedFinding[]): void {
  for (const [index, adopted] of findings.entries()) {
    try {
      adoptFinding(draft, adopted);
    } catch (error) {
      throw within(`adopt.openFindings[${index}]`, error);
    }
  }
}

function adoptFinding(draft: Draft, adopted: AdoptedFinding): void {
  mustBePossible(draft, adopted);
  const audit = auditOf(draft, adopted);
  const finding = findingOf(draft, adopted, audit);
  mustNotBeOverdue(draft, finding, audit);
  draft.emit(FindingRaised, { finding });
}

function mustBePossible(draft: Draft, adopted: AdoptedFinding): void {
  const { raisedIn: kind, raisedOn, requirementId, grade, statement, status } = adopted;
  mustBeRequirement(draft.state, requirementId, 'requirementId');
  mustSay(statement, 'statement');
  mustNotBeAhead(draft, raisedOn, 'raisedOn');
  for (const field of ['planDueOn', 'verifyDueOn'] as const) {
    const on = adopted[field];
    if (on) mustBeDate(on, field);
    if (on && on < raisedOn) wrong('dates', 'dueBeforeRaised', { on, raisedOn }, field);
  }
  const grades = gradesOf(kind);
  if (!grades.includes(grade))
    wrong(kind === 'stage1' ? 'R2' : 'R4', 'gradeNotOfAudit', { kind, allowed: grades, grade }, 'grade');
  if (grade === 'concern' && status !== 'open') wrong('R2', 'concernIsOpen', {}, 'status');
  if (status !== 'open') mustHavePlan(adopted);
}

function mustHavePlan({ plan, status }: AdoptedFinding): CorrectiveActionPlan {
  if (!plan) wrong('empty', 'adoptedPlanNeeded', { status }, 'plan');
  const { dueOn, effectivenessOn } = plan;
  mustBeDate(dueOn, 'plan.dueOn');
  if (!effectivenessOn) return plan;
  mustBeDate(effectivenessOn, 'plan.effectivenessOn');
  if (effectivenessOn < dueOn) wrong('dates', 'checkedBeforeDone', { effectivenessOn, dueOn }, 'plan.effectivenessOn');
  return plan;
}

/** The audit in which it was raised: the last of its kind that had begun by then. */
function auditOf({ state }: Draft, { raisedIn: kind, raisedOn, grade }: AdoptedFinding): HeldAudit {
  const audit = Object.values(state.audits)
    .filter(isHeld)
    .filter((one) => one.kind === kind && one.startsOn <= raisedOn)
    .at(-1);
  if (!audit) wrong('dates', 'raisedInUnknownAudit', { kind, raisedOn });
  const { certificate } = state;
  const before = certificate && audit.cycle < certificate.cycle && raisedOn <= certificate.decidedOn;
  if (before && grade === 'major' && kind !== 'internal')
    wrong('R5', 'majorBeforeDecision', { decidedOn: certificate.decidedOn });
  return audit;
}

/** What it missed before the takeover it shows; nobody is told of it as if it happened now. */
function findingOf(draft: Draft, adopted: AdoptedFinding, audit: HeldAudit): Finding {
  const { raisedOn, raisedBy = draft.sender, requirementId, grade, statement, status, plan } = adopted;
  const anyFinding = {
    id: draft.newId('F'),
    auditId: audit.id,
    requirementId,
    statement,
    raisedOn,
    raisedBy,
    reopened: 0,
  };
  if (!isNonconformity(grade)) return { ...anyFinding, grade, status: 'noted', missed: [] };
  const rules = deadlinesInTime(draft.state, audit, grade, audit.endsOn, draft.today);
  const planDueOn = adopted.planDueOn ?? rules.planDueOn;
  const verifyDueOn = grade === 'major' ? (adopted.verifyDueOn ?? rules.verifyDueOn) : undefined;
  const hasPassed = (dueOn: IsoDate) => isPast({ auditId: audit.id }, dueOn, draft.state, draft.now);
  const planMissed = status === 'open' && hasPassed(planDueOn);
  const verificationMissed = verifyDueOn !== undefined && hasPassed(verifyDueOn);
  const nonconformity = {
    ...anyFinding,
    grade,
    planDueOn,
    ...(verifyDueOn ? { verifyDueOn } : {}),
    missed: [...(planMissed ? (['plan'] as const) : []), ...(verificationMissed ? (['verification'] as const) : [])],
  };
  if (status === 'open') return { ...nonconformity, status, ...(plan ? { plan } : {}) };
  return { ...nonconformity, status, plan: mustHavePlan(adopted) };
}

/** R7, R18: a valid certificate with a major whose time to be verified has passed: one of them is not as it is told. */
function mustNotBeOverdue({ state, today }: Draft, finding: Finding, { kind }: HeldAudit): void {
  const verifyDueOn = needsNoAction(finding) ? undefined : finding.verifyDueOn;
  if (kind === 'internal' || !verifyDueOn || verifyDueOn >= today || state.certificate?.status !== 'valid') return;
  wrong('R7', 'majorNotVerifiedInTime', { verifyDueOn });
}
