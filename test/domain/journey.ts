import type { Rating } from '../../domain/assessment/requirement.ts';
import {
  type AuditKind,
  type AuditResult,
  type ComingAudit,
  type DecisionKind,
  isComing,
  surveillanceTopics,
} from '../../domain/audits/audit.ts';
import type { Email, IsoDate } from '../../domain/basics.ts';
import type { Grade } from '../../domain/findings/finding.ts';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { type Driver, dayOf, plus, program, standard, who } from './support.ts';

/** The way of a program, in strides: each takes a driver and brings it further. */

const { requirements } = standardOutline(standard);

export const plan = {
  correction: 'Corrected.',
  rootCause: 'Nobody looked.',
  similarCases: 'Nowhere else.',
  action: 'Somebody looks each month.',
};

export type Ratings = Record<string, Partial<Rating>>;

/** Rates every requirement as conforming, except those that are given. */
export function rate(driver: Driver, ratings: Ratings = {}): Driver {
  if (driver.state.status === 'planned') driver.until(driver.state.plan.startsOn);
  driver.as(who.consultant);
  for (const { id } of requirements) {
    const rating: Rating = {
      status: 'conforms',
      priority: 'low',
      gap: '',
      effortDays: 0,
      owner: who.owner,
      ...ratings[id],
    };
    driver.does({ type: 'rateRequirement', requirementId: id, ...rating });
  }
  return driver;
}

/** Rates everything and completes the gap assessment: the implementation is planned. */
export function assessed(driver: Driver, ratings: Ratings = {}): Driver {
  rate(driver, ratings).does({ type: 'completeGapAssessment' });
  return driver;
}

/** Submits and accepts everything that the implementation asked for. */
export function implemented(driver: Driver, ratings: Ratings = {}): Driver {
  if (driver.state.phase === 'gapAssessment') assessed(driver, ratings);
  for (const kind of ['impactAssessment', 'evidence'] as const) {
    for (const task of driver.open(kind)) evidenced(driver, task.id);
  }
  return driver;
}

export function evidenced(driver: Driver, taskId: string): void {
  const { assignee } = driver.state.tasks[taskId] as { assignee: Email };
  driver.as(assignee).does({ type: 'submitEvidence', taskId, links: ['https://example.com/e'], note: 'Here.' });
  driver.as(who.consultant).does({ type: 'reviewEvidence', taskId, verdict: 'accept', note: '' });
}

const teams: Record<AuditKind, Email[]> = {
  internal: [who.internal],
  stage1: [who.lead],
  stage2: [who.lead, who.auditor],
  surveillance: [who.lead],
  recertification: [who.lead],
  special: [who.lead],
};

const results: Record<AuditKind, AuditResult> = {
  internal: 'completed',
  stage1: 'ready',
  stage2: 'completed',
  surveillance: 'maintained',
  recertification: 'completed',
  special: 'completed',
};

/** The command that schedules the coming audit of a kind, for one day or for some. */
export function scheduling(driver: Driver, kind: AuditKind, startsOn: IsoDate, endsOn = startsOn): UserCommand {
  return { type: 'scheduleAudit', auditId: driver.audit(kind).id, startsOn, endsOn, team: teams[kind] };
}

/** Schedules the coming audit of a kind for one day. Gives its id. */
export function scheduled(driver: Driver, kind: AuditKind, on: IsoDate): string {
  const auditId = driver.audit(kind).id;
  driver.as(who.manager).does(scheduling(driver, kind, on));
  return auditId;
}

export interface Held {
  result?: AuditResult;
  findings?: { requirementId?: string; grade: Grade }[];
}

/** Schedules the coming audit of a kind for a day, raises findings on it and records its outcome. Gives its id. */
export function held(driver: Driver, kind: AuditKind, on: IsoDate, { result, findings = [] }: Held = {}): string {
  const auditId = scheduled(driver, kind, on);
  driver.until(on).as(teams[kind][0] as Email);
  for (const { requirementId = '7.2', grade } of findings) {
    driver.does({ type: 'raiseFinding', auditId, requirementId, grade, statement: 'It is lacking.' });
  }
  const covered = kind === 'surveillance' ? { covered: [...surveillanceTopics] } : {};
  driver.does({ type: 'recordOutcome', auditId, result: result ?? results[kind], note: 'Done.', ...covered });
  return auditId;
}

export function reviewed(driver: Driver, heldOn = dayOf(driver.now)): Driver {
  const said = { attendees: ['Tom'], inputs: 'Results.', decisions: 'Go on.', actions: [] };
  driver.as(who.manager).does({ type: 'holdManagementReview', heldOn, ...said });
  return driver;
}

/** At the gate: an internal audit without findings and a management review. */
export function auditedInternally(driver: Driver, on: IsoDate): Driver {
  implemented(driver);
  held(driver, 'internal', on);
  return reviewed(driver);
}

/** Stage 1 ready and Stage 2 held. */
export function staged(driver: Driver, stage1On: IsoDate, stage2On: IsoDate, found: Held = {}): Driver {
  held(driver, 'stage1', stage1On);
  held(driver, 'stage2', stage2On, found);
  return driver;
}

/** Stage 2 was held on 1 March 2030 and found what is named, all of it on competence (7.2). */
export function afterStage2(...grades: Grade[]): Driver {
  const driver = auditedInternally(program(), '2030-01-15');
  return staged(driver, '2030-02-11', '2030-03-01', { findings: grades.map((grade) => ({ grade })) });
}

export function decided(driver: Driver, decision: DecisionKind, on: IsoDate, kind: AuditKind = 'stage2'): Driver {
  const audits = Object.values(driver.state.audits).filter((audit) => audit.kind === kind && audit.status === 'held');
  const auditId = audits.at(-1)?.id as string;
  driver.until(on).as(who.decider);
  driver.does({ type: 'recordDecision', auditId, decision, certificateNumber: 'C-100', basis: 'The audit report.' });
  return driver;
}

const certificates = new Map<string, Driver>();

/** A program that started 150 days before and is granted its certificate on a given day. */
export function certified(on: IsoDate, overrides: Partial<DefinitionInput> = {}): Driver {
  const key = JSON.stringify([on, overrides]);
  const known = certificates.get(key) ?? granted(on, overrides);
  certificates.set(key, known);
  return known.fork();
}

function granted(on: IsoDate, overrides: Partial<DefinitionInput>): Driver {
  const driver = program({ ...overrides, plan: { startsOn: plus(on, -150) } });
  auditedInternally(driver, plus(on, -100));
  staged(driver, plus(on, -60), plus(on, -30));
  return decided(driver, 'granted', on);
}

/** Submits a corrective action plan and has it accepted. */
export function answered(driver: Driver, findingId: string, dueOn: IsoDate, effectivenessOn?: IsoDate): Driver {
  const auditor = auditorOf(driver, findingId);
  const given = { ...plan, dueOn, ...(effectivenessOn ? { effectivenessOn } : {}) };
  driver.as(who.manager).does({ type: 'planCorrectiveAction', findingId, ...given });
  driver.as(auditor).does({ type: 'reviewCorrectiveActionPlan', findingId, verdict: 'accept', note: '' });
  return driver;
}

/** Reports the action of an accepted plan done and has it verified. */
export function verified(driver: Driver, findingId: string, effective = true): Driver {
  const evidence = { links: ['https://example.com/done'], note: '' };
  driver.as(who.manager).does({ type: 'reportCorrectiveActionDone', findingId, evidence });
  driver.as(auditorOf(driver, findingId)).does({ type: 'verifyFinding', findingId, effective, note: 'Looked at it.' });
  return driver;
}

function auditorOf(driver: Driver, findingId: string): Email {
  return driver.state.audits[driver.finding(findingId).auditId]?.kind === 'internal' ? who.internal : who.lead;
}

/** Grants a recertification in time: the audit and the decision on given days. */
export function recertified(driver: Driver, auditOn: IsoDate, decidedOn: IsoDate): Driver {
  held(driver, 'recertification', auditOn);
  return decided(driver, 'granted', decidedOn, 'recertification');
}

/**
 * Years in which everybody does what is asked: surveillances are held on their target days, internal audits and
 * management reviews when they are due, what comes around is submitted, and the rest is waived.
 */
export function kept(driver: Driver, upTo: IsoDate): Driver {
  for (;;) {
    const [next] = coming(driver, 'surveillance').filter((audit) => audit.targetOn <= upTo);
    for (let on = dayOf(driver.now); on < (next?.targetOn ?? upTo); on = plus(on, 20)) tidied(driver.until(on));
    if (!next) return tidied(driver.until(upTo));
    held(driver, 'surveillance', next.targetOn);
  }
}

function coming(driver: Driver, kind: AuditKind): ComingAudit[] {
  return Object.values(driver.state.audits)
    .filter(isComing)
    .filter((audit) => audit.kind === kind)
    .sort((a, b) => (a.targetOn < b.targetOn ? -1 : 1));
}

function tidied(driver: Driver): Driver {
  if (coming(driver, 'internal').length > 0) held(driver, 'internal', dayOf(driver.now));
  for (const kind of ['impactAssessment', 'evidence'] as const)
    for (const task of driver.open(kind)) evidenced(driver, task.id);
  if (driver.open('managementReview').length > 0) reviewed(driver);
  driver.as(who.manager);
  for (const task of driver.open('readinessChecklist'))
    driver.does({ type: 'waiveTask', taskId: task.id, reason: 'Ready.' });
  return driver;
}
