import { requirementsOf } from '../../../domain/assessment/requirements.ts';
import {
  type Audit,
  type AuditKind,
  type AuditResult,
  type DecisionKind,
  type HeldAudit,
  isHeld,
  type SurveillanceTopic,
  surveillanceTopics,
} from '../../../domain/audits/audit.ts';
import { comingAudit } from '../../../domain/audits/queries.ts';
import type { Email, IsoDate } from '../../../domain/basics.ts';
import { addDays } from '../../../domain/calendar.ts';
import type { UserCommand } from '../../../domain/registry.ts';
import { openTasks } from '../../../domain/tasks/queries.ts';
import type { TaskKind, UnendedTask } from '../../../domain/tasks/task.ts';
import { decisionMaker, internalAuditor, leadAuditor, manager, owner, sponsor } from './people.ts';
import type { TestProgram } from './testProgram.ts';

type FindingIn = { requirementId: string; grade: 'major' | 'minor' | 'concern' };

/** The gap assessment has begun. */
export async function toGapAssessment(program: TestProgram): Promise<void> {
  await program.advanceTo(program.definition.plan.startsOn);
}

/** Everything conforms, so that the implementation asks for what has to be documented and for an impact assessment. */
export async function toImplementation(program: TestProgram): Promise<void> {
  await toGapAssessment(program);
  await program.bulk(manager, await assessment(program));
  await program.settle();
}

/** What ends the gap assessment: a rating of each requirement, owned by the owner. */
export async function assessment(program: TestProgram): Promise<UserCommand[]> {
  const ratings = Object.keys(requirementsOf(await program.state())).map(
    (requirementId): UserCommand => ({
      type: 'rateRequirement',
      requirementId,
      status: 'conforms',
      priority: 'medium',
      gap: '',
      effortDays: 1,
      owner,
    }),
  );
  return [...ratings, { type: 'completeGapAssessment' }];
}

/** All evidence is handed in and accepted. */
export async function toInternalAudit(program: TestProgram): Promise<void> {
  await toImplementation(program);
  await deliverEvidence(program);
}

/** Hands in all evidence that is asked for, and accepts it. */
export async function deliverEvidence(program: TestProgram): Promise<void> {
  const asked = [...(await tasks(program, 'evidence')), ...(await tasks(program, 'impactAssessment'))];
  const answers = asked.map(({ id }): UserCommand => ({ type: 'submitEvidence', taskId: id, links: [], note: 'Done' }));
  const reviews = asked.map(
    ({ id }): UserCommand => ({ type: 'reviewEvidence', taskId: id, verdict: 'accept', note: '' }),
  );
  await program.bulk(owner, answers);
  await program.bulk(manager, reviews);
  await program.settle();
}

/** The internal audit found nothing, and top management has reviewed. */
export async function toCertificationAudit(program: TestProgram): Promise<void> {
  await toInternalAudit(program);
  await audit(program, 'internal');
  await review(program);
}

/** Stage 1 ended ready. */
export async function toStage2(program: TestProgram): Promise<void> {
  await toCertificationAudit(program);
  await audit(program, 'stage1', { result: 'ready' });
}

/** The certificate is granted, and its first cycle is planned. */
export async function toCertificate(program: TestProgram): Promise<void> {
  await toStage2(program);
  const { id } = await audit(program, 'stage2');
  await decide(program, id, 'granted');
}

/** Comes to a day with a management review in every quarter, so that nobody has to be reminded of one. */
export async function reviewingTo(program: TestProgram, on: IsoDate): Promise<void> {
  for (let next = addDays(await program.today(), 75); next < on; next = addDays(next, 75)) {
    await program.advanceTo(next);
    await review(program);
  }
  await program.advanceTo(on);
}

/** Holds the coming audit of the body in a certified program: prepared in time, on the day that was planned for it. */
export async function auditInTime(program: TestProgram, kind: 'surveillance' | 'recertification'): Promise<HeldAudit> {
  const { targetOn: on } = await coming(program, kind);
  await reviewingTo(program, addDays(on, -88));
  await review(program);
  if (comingAudit(await program.state(), 'internal')) await audit(program, 'internal');
  const held = await audit(program, kind, { on });
  for (const { id: taskId } of await tasks(program, 'readinessChecklist'))
    await program.send(manager, { type: 'waiveTask', taskId, reason: 'The audit is over' });
  return held;
}

export async function review(program: TestProgram): Promise<void> {
  const said = { attendees: ['Tom', 'Mia'], inputs: 'Audit results', decisions: 'Go on', actions: [] };
  await program.send(sponsor, { type: 'holdManagementReview', heldOn: await program.today(), ...said });
  await program.settle();
}

export async function decide(program: TestProgram, auditId: string, decision: DecisionKind): Promise<void> {
  const said = { certificateNumber: 'C-1', basis: 'The report of the audit' };
  await program.send(decisionMaker, { type: 'recordDecision', auditId, decision, ...said });
  await program.settle();
}

/** What an audit comes to, when its results are not the plain ones. */
export interface AuditRun {
  result?: AuditResult;
  findings?: FindingIn[];
  on?: IsoDate;
  /** R13: what a surveillance covered; all when absent. */
  covered?: SurveillanceTopic[];
  /** Whoever audits beside the lead, or the internal auditor. */
  beside?: Email[];
}

/** Schedules the coming audit of a kind on `on` or tomorrow, holds it on that day, and records its outcome. */
export async function audit(program: TestProgram, kind: AuditKind, run: AuditRun = {}): Promise<HeldAudit> {
  const auditor = kind === 'internal' ? internalAuditor : leadAuditor;
  const { id: auditId } = await coming(program, kind);
  const startsOn = run.on ?? addDays(await program.today(), 1);
  const team: Email[] = [auditor, ...(run.beside ?? [])];
  await program.send(kind === 'internal' ? manager : leadAuditor, {
    type: 'scheduleAudit',
    auditId,
    startsOn,
    endsOn: startsOn,
    team,
  });
  await program.advanceTo(startsOn);
  const raised = (run.findings ?? []).map(
    (finding): UserCommand => ({ type: 'raiseFinding', auditId, statement: 'It is not so', ...finding }),
  );
  const result = run.result ?? (kind === 'surveillance' ? 'maintained' : 'completed');
  const covered = kind === 'surveillance' ? { covered: run.covered ?? [...surveillanceTopics] } : {};
  await program.bulk(auditor, [...raised, { type: 'recordOutcome', auditId, result, note: '', ...covered }]);
  await program.settle();
  const held = (await program.state()).audits[auditId];
  if (!held || !isHeld(held)) throw new Error(`${auditId} is not held.`);
  return held;
}

async function coming(program: TestProgram, kind: AuditKind): Promise<Audit> {
  const found = comingAudit(await program.state(), kind);
  if (!found) throw new Error(`No ${kind} audit is planned.`);
  return found;
}

/** Takes a nonconformity of the body from its plan to the action done; `verify` it too, when it shall be over. */
export async function correct(program: TestProgram, findingId: string, judge: Email = leadAuditor): Promise<void> {
  const dueOn = addDays(await program.today(), 10);
  const plan = {
    correction: 'Put right',
    rootCause: 'Nobody knew',
    similarCases: 'None',
    action: 'Train everybody',
    dueOn,
  };
  await program.send(owner, { type: 'planCorrectiveAction', findingId, ...plan });
  await program.send(judge, { type: 'reviewCorrectiveActionPlan', findingId, verdict: 'accept', note: '' });
  const evidence = { links: [], note: 'Everybody is trained' };
  await program.send(owner, { type: 'reportCorrectiveActionDone', findingId, evidence });
  await program.settle();
}

export async function verify(program: TestProgram, findingId: string, judge: Email = leadAuditor): Promise<void> {
  await program.send(judge, { type: 'verifyFinding', findingId, effective: true, note: '' });
  await program.settle();
}

/** The open tasks of a kind. */
export async function tasks(program: TestProgram, kind: TaskKind): Promise<UnendedTask[]> {
  return openTasks(await program.state()).filter((task) => task.kind === kind);
}
