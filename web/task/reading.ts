import { readingOf, summaryOf } from '../../api/readings.ts';
import type { Services } from '../../api/services.ts';
import { clockNow } from '../../api/views/program.ts';
import type { Email, InstallationRole, Instant, IsoDate } from '../../domain/basics.ts';
import { dateAt, todayIn } from '../../domain/calendar.ts';
import { type Offer, offersOnTask } from '../../domain/offers/offers.ts';
import { person } from '../../domain/people/people.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { type Requirement, requirementOf } from '../../domain/standards/index.ts';
import type { ProgramState } from '../../domain/state.ts';
import { previewLadder } from '../../domain/tasks/ladder.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';
import type { Evidence, Task } from '../../domain/tasks/task.ts';
import { sightOf } from '../../identity/reading/sight.ts';

/** Who looks at a task, and how they came to it. */
export interface Looking {
  programId: string;
  taskId: string;
  email: Email;
  installationRole?: InstallationRole;
  /** By a link that is for this task alone, or signed in. */
  by: 'link' | 'session';
  /** Who is signed in in the browser in which the link of somebody else was opened. */
  other?: string;
  /** The address of the page; forms are sent there, files are below it. */
  url: string;
  csrf: string;
}

/** A task with everything that its page tells. */
export interface TaskReading {
  state: ProgramState;
  task: Task;
  now: Instant;
  today: IsoDate;
  timeZone: string;
  overdue: boolean;
  requirement: Requirement | undefined;
  /** Everything recorded of it, oldest first. */
  records: ProgramRecord[];
  /** The reason for which it was opened, and by whom. */
  opened: { by: string; on: IsoDate } | undefined;
  /** A reviewer's words, when it was sent back and is open again. */
  sentBack: { note: string; by: string; at: Instant } | undefined;
  /** That its assignee said it is not theirs, and nobody reassigned it since. */
  declined: { reason: string; by: string } | undefined;
  /** What is submitted now, or was accepted. */
  evidence: Evidence | undefined;
  /** What was accepted last, and what the reviewer said. */
  accepted: { note: string; by: string; at: Instant } | undefined;
  /** Who hears of it next if it stays undone. */
  next: { on: IsoDate; who: string[] } | undefined;
  offers: Offer[];
  nameOf(email: string): string;
}

/** Reads a task, as far as who looks at it may; undefined when there is none for them. */
export async function readTask(services: Services, looking: Looking): Promise<TaskReading | undefined> {
  const { programId, taskId, email } = looking;
  const [{ state, ties, names }, summary, task, all] = await Promise.all([
    readingOf(services, programId),
    summaryOf(services, programId),
    services.database.read.task(programId, taskId),
    services.database.register.naming(programId, [[taskId]]),
  ]);
  const sight = sightOf(
    { email, roles: person(state, email)?.roles ?? [], installationRole: looking.installationRole },
    ties,
  );
  // Whoever comes by a link has been told of the task; whether it is still with them its page says.
  if (!task || (looking.by === 'session' && !sight.task(taskId))) return undefined;
  const records = all.filter(sight.record);
  const at = clockNow(summary);
  const timeZone = state.calendar.timeZone;
  const named = (one: string) => (one === 'system' ? 'Certloop' : (names.get(one) ?? one));
  const opening = records.find(({ type }) => type === 'TaskOpened');
  return {
    state,
    task,
    now: at,
    today: todayIn(state.calendar, at),
    timeZone,
    overdue: isOverdue(task, state, at),
    requirement: task.requirementId ? requirementOf(state.standard.id, task.requirementId) : undefined,
    records,
    opened: opening && { by: named(opening.actor), on: dateAt(opening.at, timeZone) },
    sentBack: task.status === 'open' ? sentBackBy(records, named) : undefined,
    declined: task.status === 'open' ? declinedBy(records, named) : undefined,
    evidence: task.status === 'submitted' && sight.evidence(taskId) ? task.evidence : lastSubmitted(records),
    accepted: task.status === 'accepted' ? acceptedBy(records, named) : undefined,
    next:
      task.status === 'open' ? nextToHear(state, task, at, (one) => (one === email ? 'you' : named(one))) : undefined,
    offers: offersOnTask(state, taskId, actorOf(looking), at),
    nameOf: named,
  };
}

type Named = (email: string) => string;

/** The last word of a review, unless something was submitted after it. */
function sentBackBy(records: ProgramRecord[], named: Named): TaskReading['sentBack'] {
  const last = records.findLast(({ type }) =>
    ['EvidenceSubmitted', 'EvidenceRejected', 'CorrectiveActionPlanReviewed'].includes(type),
  );
  return last?.type === 'EvidenceRejected' ? { note: last.data.note, by: named(last.actor), at: last.at } : undefined;
}

function declinedBy(records: ProgramRecord[], named: Named): TaskReading['declined'] {
  const last = records.findLast(({ type }) => ['TaskDeclined', 'TaskReassigned', 'EvidenceSubmitted'].includes(type));
  return last?.type === 'TaskDeclined' ? { reason: last.data.reason, by: named(last.actor) } : undefined;
}

function lastSubmitted(records: ProgramRecord[]): Evidence | undefined {
  const last = records.findLast(({ type }) => type === 'EvidenceSubmitted');
  return last?.type === 'EvidenceSubmitted' ? last.data.evidence : undefined;
}

function acceptedBy(records: ProgramRecord[], named: Named): TaskReading['accepted'] {
  const last = records.findLast(({ type }) => type === 'EvidenceAccepted');
  return last?.type === 'EvidenceAccepted' ? { note: last.data.note, by: named(last.actor), at: last.at } : undefined;
}

function nextToHear(state: ProgramState, task: Task, at: Instant, named: Named): TaskReading['next'] {
  if (state.status !== 'active' && state.status !== 'planned') return undefined;
  const rung = previewLadder(state, task).find(({ at: when, passed }) => !passed && when > at);
  return rung && { on: dateAt(rung.at, state.calendar.timeZone), who: rung.to.map(named) };
}

/** Who looks, as who sends a command. */
export function actorOf({ email, installationRole }: Looking) {
  return { email, ...(installationRole && { installationRole }) };
}
