import { isDeepStrictEqual } from 'node:util';
import { DateTime } from 'luxon';
import { agenda, firstDue, firstMoment } from '../../domain/agenda/index.ts';
import { isComing, isHeld } from '../../domain/audits/audit.ts';
import { isMissedStage2 } from '../../domain/audits/missing.ts';
import { comingAudit } from '../../domain/audits/queries.ts';
import { isLive } from '../../domain/certificate/certificate.ts';
import { isUnverified, needsNoAction } from '../../domain/findings/finding.ts';
import { fold } from '../../domain/fold.ts';
import type { Notice } from '../../domain/notices.ts';
import { isEnded } from '../../domain/program/queries.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { ladderEndedAt } from '../../domain/tasks/ladder.ts';
import { isUnended, isWaiting, type UnendedTask } from '../../domain/tasks/task.ts';
import { type Rows, rowsChanged } from '../../domain/views.ts';
import { tell } from '../../words/records/index.ts';
import { wordsOf } from '../../words/sayings/index.ts';
import type { Driver, Written } from './support.ts';

/** What no sentence contains, unless it was put together from something that is not there. */
const unreadable = /undefined|\[object|NaN/;

/** Watches a driver and throws when anything that must always hold does not. */
export class Invariants {
  private readonly driver: Driver;
  private readonly late: boolean;
  private folded: ProgramState;
  private readonly rows = { tasks: new Map(), audits: new Map(), findings: new Map() };
  private readonly closed = new Set<string>();
  /** How long a certificate is valid: what the body says that gave the present one (R20: its dates stay in a transfer). */
  private years: number;
  private readonly rungs = new Set<string>();
  private readonly extensions = new Map<string, number>();

  /** `late`: people's commands may be taken before the program has noticed what time it is. */
  constructor(driver: Driver, late = false) {
    this.driver = driver;
    this.late = late;
    this.folded = fold(copied(driver.records));
    this.take(rowsChanged(undefined, driver.state, driver.now));
    this.years = driver.state.body.profile.validityYears;
    for (const record of driver.records) this.follow(record);
    frozen(driver.state);
    driver.watch = (written) => this.written(written);
  }

  /**
   * What holds whenever the program is at rest: everything due is done, the story waits. `unfolded` is how many records
   * may wait until they are folded again: that is most of the work, and leaves none of them out.
   */
  atRest(unfolded = 0): void {
    const { state, now } = this.driver;
    must(firstDue(state, now) === undefined, () => `${firstDue(state, now)?.kind} is still due at ${now}`);
    const first = firstMoment(state)?.at;
    must(first === undefined || first > now, () => `the first moment ${first} does not lie after ${now}`);
    if (unfolded === 0 || state.seq - this.folded.seq > unfolded) {
      this.foldsToState();
      this.rowsAreTheState();
    }
    everythingGoesOn(state, now);
    certificateIsInItsTime(state, now, this.years);
  }

  /** At the end: the register alone gives the state. */
  atEnd(): void {
    this.driver.records.forEach((record, index) => {
      must(record.seq === index + 1, () => `record ${index + 1} has the number ${record.seq}`);
    });
    must(same(fold(copied(this.driver.records)), this.driver.state), () => 'the records do not fold to the state');
  }

  private written({ before, after, records, notices, now }: Written): void {
    frozen(after);
    if (after.certificate?.lastDay !== before?.certificate?.lastDay) this.years = after.body.profile.validityYears;
    for (const record of records) this.follow(record);
    if (!this.late) certificateIsInItsTime(after, now, this.years);
    for (const notice of notices) isForSomebodyElse(after, notice, records, now);
    this.take(rowsChanged(before, after, now));
  }

  /** The state that a run before handed on as JSON, with the records since, is the state. */
  private foldsToState(): void {
    const { state, records } = this.driver;
    const folded = fold(copied(records.slice(this.folded.seq)), this.folded);
    const json = JSON.stringify(state);
    must(
      json === JSON.stringify(folded) || same(state, folded),
      () => `the records up to ${state.seq} do not fold to the state`,
    );
    this.folded = JSON.parse(json);
  }

  /** The read tables, written step by step, hold what a rebuild from the state would write. */
  private rowsAreTheState(): void {
    const { state } = this.driver;
    for (const part of ['tasks', 'audits', 'findings'] as const) {
      for (const row of Object.values(state[part])) {
        const kept = this.rows[part].get(row.id);
        must(kept === row || same(kept, row), () => `the row of ${row.id} is not what the state holds`);
      }
    }
  }

  private take(rows: Rows): void {
    for (const part of ['tasks', 'audits', 'findings'] as const) {
      for (const row of rows[part]) this.rows[part].set(row.id, row);
    }
  }

  /** Nothing is sent about what is closed, and no rung twice for one due date. */
  private follow(record: ProgramRecord): void {
    must(!unreadable.test(tell(record)), () => `record ${record.seq} reads "${tell(record)}"`);
    if (record.type === 'CertificateIssued') majorsWereInTime(this.driver.state, record.at);
    const data = record.data as { taskId?: string; rung?: number };
    const { taskId } = data;
    if (record.type === 'PlanChanged') {
      for (const moved of record.data.moved.tasks)
        this.extensions.set(moved.taskId, (this.extensions.get(moved.taskId) ?? 0) + 1);
    }
    if (!taskId) return;
    if (record.type === 'TaskReleased' && record.data.dueOn !== record.data.previousDueOn)
      this.extensions.set(taskId, (this.extensions.get(taskId) ?? 0) + 1);
    if (record.type === 'TaskExtended') this.extensions.set(taskId, (this.extensions.get(taskId) ?? 0) + 1);
    if (['TaskReminded', 'TaskEscalated', 'LadderEnded', 'ReviewReminded'].includes(record.type)) {
      must(!this.closed.has(taskId), () => `${record.type} of ${taskId}, which is closed (record ${record.seq})`);
    }
    if (data.rung !== undefined) {
      const rung = `${taskId} ${this.extensions.get(taskId) ?? 0} ${data.rung}`;
      must(!this.rungs.has(rung), () => `rung ${data.rung} of ${taskId} a second time (record ${record.seq})`);
      this.rungs.add(rung);
    }
    if (['EvidenceAccepted', 'TaskWaived', 'TaskCancelled', 'TaskCompleted'].includes(record.type)) {
      must(!this.closed.has(taskId), () => `${taskId} is closed twice (record ${record.seq})`);
      this.closed.add(taskId);
    }
  }
}

/** Nobody is told of what they did, but of tasks that fell to them with it; digests wait for 08:00 where the program is, urgent mails do not wait. */
function isForSomebodyElse(state: ProgramState, notice: Notice, records: ProgramRecord[], now: string): void {
  const record = records.find(({ seq }) => seq === notice.seq);
  must(record !== undefined, () => `a notice names record ${notice.seq}, which was not written with it`);
  const fell = record?.type === 'TaskReassigned' && record.data.reason !== undefined;
  must(fell || notice.to !== record?.actor, () => `${notice.to} is told of what they did: ${record?.type}`);
  const known =
    state.people.some(({ email }) => email === notice.to) ||
    (record?.type === 'CertificateTransferred' && record.data.left.includes(notice.to)) ||
    // Who has no part anymore is told just that.
    notice.item.kind === 'partEnded';
  must(known, () => `${notice.to}, who is not in the program, is told of ${record?.type}`);
  const at = DateTime.fromISO(notice.dueAt, { zone: state.calendar.timeZone });
  if (notice.urgent) must(notice.dueAt <= now, () => `an urgent ${notice.item.kind} waits until ${notice.dueAt}`);
  else must(at.toFormat('HH:mm:ss.SSS') === '08:00:00.000', () => `a digest is due at ${at.toISO()}`);
}

/** Every open thing has a moment ahead of it, or a task that has one; internal ones rest while the program is paused. */
function everythingGoesOn(state: ProgramState, now: string): void {
  if (isEnded(state)) {
    must(agenda(state).length === 0, () => 'an ended program still has an agenda');
    must(openTasks(state).length === 0, () => 'an ended program has open tasks');
    return;
  }
  const moments = agenda(state);
  for (const { kind, title } of moments)
    must(!unreadable.test(wordsOf(title)), () => `a ${kind} reads "${wordsOf(title)}"`);
  const ahead = moments.filter(({ at }) => at > now);
  const refs = new Set(ahead.map(({ ref }) => ref));
  const paused = state.status === 'paused';
  // What nobody did for months is told no more, and is there to be done.
  const isLeft = (task: UnendedTask) =>
    task.status === 'submitted' ? (task.reviewReminders ?? 0) >= 7 : ladderEndedAt(task, state) !== undefined;
  const tasks = openTasks(state).filter((task) => refs.has(task.id) || paused || isWaiting(task) || isLeft(task));
  for (const task of openTasks(state)) {
    const waits = task.waitsFor?.some((id) => state.tasks[id] && isUnended(state.tasks[id]));
    must(!task.waitsFor || waits === true, () => `task ${task.id} waits for ${task.waitsFor}, which has ended`);
    must(
      waits || refs.has(task.id) || isLeft(task) || (paused && !task.bodyDeadline),
      () => `task ${task.id} (${task.kind}) waits for nothing`,
    );
  }
  for (const audit of Object.values(state.audits).filter(isComing)) {
    const { id, kind, status } = audit;
    // R3: in its place Stage 1 is held again, once its concerns are answered.
    const replaced =
      isMissedStage2(audit) && (comingAudit(state, 'stage1') !== undefined || tasks.some((task) => task.findingId));
    const covered = replaced || refs.has(id) || tasks.some((task) => task.auditId === id);
    must(covered, () => `the ${kind} audit ${id} (${status}) waits for nothing`);
  }
  for (const finding of Object.values(state.findings)) {
    if (!isUnverified(finding) && finding.status !== 'verified') continue;
    const covered = refs.has(finding.id) || tasks.some((task) => task.findingId === finding.id) || paused;
    must(covered, () => `finding ${finding.id} (${finding.grade}, ${finding.status}) waits for nothing`);
  }
  const { certificate } = state;
  if (!certificate || certificate.status === 'withdrawn') return;
  if (certificate.status === 'lapsed' && certificate.restorationEndedOn) return;
  const moment = { valid: 'expiry', suspended: 'suspension', lapsed: 'restoration' }[certificate.status];
  must(
    ahead.some(({ kind }) => kind === moment),
    () => `the ${certificate.status} certificate waits for no ${moment}`,
  );
}

/** No certificate is valid after its last day, none for longer than the body that gave it gives. */
function certificateIsInItsTime(state: ProgramState, now: string, years: number): void {
  const { certificate, status } = state;
  if (!certificate) return;
  const today = DateTime.fromISO(now, { zone: state.calendar.timeZone }).toISODate() as string;
  const { lastDay, validFrom, decidedOn } = certificate;
  must(
    !isLive(certificate) || today <= lastDay || status === 'cancelled',
    () => `${certificate.status} on ${today}, after ${lastDay}`,
  );
  const [year, rest] = [Number(validFrom.slice(0, 4)), validFrom.slice(4)];
  const anniversary = `${year + years}${rest}`;
  must(lastDay < anniversary, () => `valid from ${validFrom} through ${lastDay}: longer than its years`);
  must(decidedOn <= validFrom, () => `decided on ${decidedOn}, after it became valid on ${validFrom}`);
}

/** R6, counted by luxon: a first certificate rests on a Stage 2 whose majors were verified within the body's months. */
function majorsWereInTime({ audits, findings, body, calendar }: ProgramState, at: string): void {
  const last = Object.values(audits)
    .filter(isHeld)
    .filter(({ kind }) => kind === 'stage2')
    .at(-1);
  const until = DateTime.fromISO(last?.endsOn as string)
    .plus({ months: body.profile.majorVerificationMonths })
    .toISODate();
  const today = DateTime.fromISO(at, { zone: calendar.timeZone }).toISODate() as string;
  for (const finding of Object.values(findings)) {
    if (finding.auditId !== last?.id || finding.grade !== 'major' || needsNoAction(finding)) continue;
    const verifiedOn = isUnverified(finding) ? today : finding.closedOn;
    must(
      verifiedOn <= (until as string),
      () => `a certificate rests on ${last.id}, with ${finding.id} verified after ${until}`,
    );
  }
}

function openTasks(state: ProgramState) {
  return Object.values(state.tasks).filter(isUnended);
}

/** Makes any later change of a state an error; parts that states share are frozen already. */
function frozen(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
}

function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function same(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined && isDeepStrictEqual(copied(one), copied(other));
}

function must(holds: boolean, why: () => string): void {
  if (!holds) throw new Error(`Broken: ${why()}.`);
}
