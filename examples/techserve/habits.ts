import type { Audit } from '../../domain/audits/audit.ts';
import type { Email, Instant, IsoDate } from '../../domain/basics.ts';
import { addDays, earliest } from '../../domain/calendar.ts';
import type { UserCommand } from '../../domain/registry.ts';
import type { SubmittedTask, Task, TaskKind } from '../../domain/tasks/task.ts';
import { agreed } from './audits.ts';
import { cast, nameOf } from './cast.ts';
import { tuesdayBefore, tuesdayFrom } from './days.ts';
import type { Act, Situation } from './player.ts';

/** How people answer a kind of task: on which day, and with what. A day of null: this story answers it elsewhere. */
interface Habit {
  on: (task: Task, situation: Situation) => IsoDate | null;
  does: (task: Task, situation: Situation, today: IsoDate) => UserCommand;
}

/** Requirements whose evidence is of a year, and is asked for again before it ends. */
const yearly = ['7.2', '7.3', '8.2', '9.1', 'A.5.3'];
/** Days in which a corrective action is carried out: internal ones and those before the certificate quickly. */
const actionDays = { quick: 12, unhurried: 45 };

/** In the first years shortly before it is due; later people know what comes around, and do not wait for reminders. */
const evidence: Habit = {
  on: ({ openedOn, dueOn }, { program }) =>
    program.certificate
      ? earliest(tuesdayFrom(addDays(openedOn, 7)), tuesdayBefore(addDays(dueOn, -3)))
      : tuesdayBefore(addDays(dueOn, -3)),
  does: (task, _, today) => evidenceFor(task, today),
};
/** The first Tuesday that leaves so many days. */
const soon = (days: number): Habit['on'] => {
  return ({ openedOn }) => tuesdayFrom(addDays(openedOn, days));
};

const schedule: Habit = {
  on: soon(3),
  does: ({ auditId }, situation) => agreed(auditNamed(situation, auditId), situation),
};

const habits: Record<TaskKind, Habit> = {
  gapAssessment: { on: () => null, does: () => ({ type: 'completeGapAssessment' }) },
  suspension: { on: () => null, does: (task) => evidenceFor(task, task.dueOn) },
  decision: { on: () => null, does: (task) => evidenceFor(task, task.dueOn) },
  recommendation: { on: () => null, does: (task) => evidenceFor(task, task.dueOn) },
  deciderNeeded: { on: () => null, does: (task) => evidenceFor(task, task.dueOn) },
  auditOutcome: { on: () => null, does: (task) => evidenceFor(task, task.dueOn) },
  evidence,
  impactAssessment: evidence,
  manual: evidence,
  adoption: evidence,
  earlierAudit: { on: () => null, does: (task) => evidenceFor(task, task.dueOn) },
  applicabilityReview: evidence,
  incident: evidence,
  complaint: evidence,
  readinessChecklist: { ...evidence, on: soon(1) },
  concern: { ...evidence, on: soon(3) },
  auditSchedule: schedule,
  missedAudit: schedule,
  managementReview: { on: ({ dueOn }) => tuesdayBefore(dueOn), does: (_, __, today) => managementReview(today) },
  correctiveActionPlan: { on: soon(3), does: planFor },
  planReview: {
    on: (task, situation) => (situation.program.certificate ? soon(3)(task, situation) : addDays(task.openedOn, 2)),
    does: ({ findingId }) => ({
      type: 'reviewCorrectiveActionPlan',
      findingId: findingId as string,
      verdict: 'accept',
      note: 'The cause is found, and the action fits it.',
    }),
  },
  correctiveAction: {
    on: ({ dueOn }) => tuesdayBefore(dueOn),
    does: ({ findingId, requirementId }) => ({
      type: 'reportCorrectiveActionDone',
      findingId: findingId as string,
      evidence: { links: [document(`corrective-actions/${requirementId}`)], note: 'Done as planned.' },
    }),
  },
  verification: { on: verifiedOn, does: verify },
  effectivenessCheck: { on: soon(3), does: verify },
};

/** The day on which an open task is answered, or null when its chapter sees to it. */
export function answeredOn(task: Task, situation: Situation): IsoDate | null {
  return habits[task.kind].on(task, situation);
}

/** What answers a task, by whoever it is assigned to. */
export function answerTo(task: Task, situation: Situation, today: IsoDate): Act {
  return { by: task.assignee, command: habits[task.kind].does(task, situation, today) };
}

/** The day on which evidence that was submitted is reviewed: the Tuesday after. */
export function reviewedOn({ evidence: given }: SubmittedTask, dateOf: (at: Instant) => IsoDate): IsoDate {
  return tuesdayFrom(addDays(dateOf(given.at), 1));
}

/** A review of what was submitted, by somebody else: the consultant at first, later the program manager. */
export function reviewOf(task: SubmittedTask, { program }: Situation, rejectedBecause?: string): Act {
  const usual = program.certificate ? cast.manager : cast.consultant;
  const verdict = rejectedBecause
    ? ({ verdict: 'reject', note: rejectedBecause } as const)
    : ({ verdict: 'accept', note: 'Complete and approved.' } as const);
  return {
    by: task.evidence.by === usual ? cast.sponsor : usual,
    command: { type: 'reviewEvidence', taskId: task.id, ...verdict },
  };
}

/** A review that top management holds, with what was asked of whom. */
export function managementReview(
  heldOn: IsoDate,
  actions: { title: string; assignee: Email; dueOn: IsoDate }[] = [],
): UserCommand {
  return {
    type: 'holdManagementReview',
    heldOn,
    attendees: [cast.chief, cast.sponsor, cast.manager].map(nameOf),
    inputs:
      'Earlier actions, changes around us, needs of interested parties, monitoring, audits, nonconformities, ideas.',
    decisions: 'The management system is suitable and effective; resources are confirmed.',
    actions,
  };
}

function evidenceFor(task: Task, today: IsoDate): UserCommand {
  const lasts = task.kind === 'evidence' && yearly.includes(task.requirementId as string);
  return {
    type: 'submitEvidence',
    taskId: task.id,
    links: [document(task.systemId ? `impact-assessments/${task.systemId}` : (task.requirementId ?? task.id))],
    note: `${task.title}: approved and in use.`,
    ...(lasts ? { validUntil: addDays(today, 365) } : {}),
  };
}

function planFor({ findingId, requirementId }: Task, { program }: Situation, today: IsoDate): UserCommand {
  const dueOn = addDays(today, program.certificate ? actionDays.unhurried : actionDays.quick);
  return {
    type: 'planCorrectiveAction',
    findingId: findingId as string,
    correction: 'What was found is corrected.',
    rootCause: 'The step is in the procedure, but nobody was named for it.',
    similarCases: 'Every procedure was searched for steps without a name: there was no other.',
    action: 'Name somebody, and have the step checked each month.',
    dueOn,
    // Whether people keep training records is seen after some months only.
    ...(requirementId === '7.2' ? { effectivenessOn: addDays(dueOn, 100) } : {}),
  };
}

/** Internal ones and those that the decision waits for are verified at once, the body's others at its next audit (R14). */
function verifiedOn({ openedOn, findingId }: Task, { program, findings, audits }: Situation): IsoDate | null {
  const finding = findings.find(({ id }) => id === findingId);
  const internal = audits.find(({ id }) => id === finding?.auditId)?.kind === 'internal';
  return internal || !program.certificate ? tuesdayFrom(addDays(openedOn, 2)) : null;
}

function verify({ findingId }: Task): UserCommand {
  return { type: 'verifyFinding', findingId: findingId as string, effective: true, note: 'Seen, and it works.' };
}

function auditNamed({ audits }: Situation, auditId: string | undefined): Audit {
  return audits.find(({ id }) => id === auditId) as Audit;
}

function document(path: string): string {
  return `https://docs.example.com/aims/${path}`;
}
