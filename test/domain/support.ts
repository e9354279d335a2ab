import { DateTime } from 'luxon';
import { statusOf } from '../../api/problem.ts';
import { holidaysWanted } from '../../domain/agenda/cadence.ts';
import { firstDue, firstMoment } from '../../domain/agenda/index.ts';
import { type Audit, type AuditKind, isComing } from '../../domain/audits/audit.ts';
import type { Email, InstallationRole, Instant, IsoDate } from '../../domain/basics.ts';
import type { Certificate } from '../../domain/certificate/certificate.ts';
import { type Decision, decide, decideStart } from '../../domain/decide.ts';
import { type Finding, type Nonconformity, needsNoAction } from '../../domain/findings/finding.ts';
import type { Notice, NoticeItem } from '../../domain/notices.ts';
import type { Person } from '../../domain/people/person.ts';
import { defineProgram } from '../../domain/program/define.ts';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import { isEnded } from '../../domain/program/queries.ts';
import { type Refusal, Refused as RefusedError } from '../../domain/refusal.ts';
import type {
  Command,
  ProgramRecord,
  RecordMap,
  RecordType,
  SystemCommand,
  UserCommand,
} from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { nextStep } from '../../domain/story.ts';
import { isUnended, type Task, type TaskKind, type UnendedTask } from '../../domain/tasks/task.ts';
import { noticesOf } from '../../words/records/index.ts';
import { rejectionOf, speak } from '../../words/sayings/index.ts';

/** A refusal as the API answers it. */
export interface Refused {
  status: number;
  code: string;
  detail: string;
}

export const standard = 'iso-42001-2023';

/** Who takes part in the programs of these tests, by what they do. */
export const who = {
  manager: 'pm@example.com',
  sponsor: 'sponsor@example.com',
  top: 'ceo@example.com',
  owner: 'owner@example.com',
  second: 'second@example.com',
  consultant: 'consultant@example.com',
  internal: 'internal@example.com',
  viewer: 'viewer@example.com',
  lead: 'lead@body.example',
  auditor: 'auditor@body.example',
  decider: 'decider@body.example',
  stranger: 'stranger@example.net',
} as const;

export const people: Person[] = [
  { email: who.manager, name: 'Mia', roles: ['programManager'] },
  { email: who.sponsor, name: 'Sue', roles: ['sponsor'] },
  { email: who.top, name: 'Tom', roles: ['topManagement'] },
  { email: who.owner, name: 'Olu', roles: ['owner'] },
  { email: who.second, name: 'Ova', roles: ['owner'] },
  { email: who.consultant, name: 'Con', roles: ['consultant'] },
  { email: who.internal, name: 'Ira', roles: ['internalAuditor'] },
  { email: who.viewer, name: 'Vic', roles: ['viewer'] },
  { email: who.lead, name: 'Lea', roles: ['leadAuditor'] },
  { email: who.auditor, name: 'Aud', roles: ['auditor'] },
  { email: who.decider, name: 'Dan', roles: ['decisionMaker'] },
];

/** What starting a program takes. In UTC unless a test says otherwise, so that its literals can be read. */
export function definitionInput(overrides: Partial<DefinitionInput> = {}): DefinitionInput {
  return {
    id: 'p-1',
    name: 'AI management',
    organization: 'Example Ltd',
    standard,
    scope: { statement: 'The assistant that customers talk to.' },
    aiSystems: [{ id: 'assistant', name: 'Assistant', role: 'provider', risk: 'high' }],
    people,
    plan: { startsOn: '2030-01-07' },
    calendar: { timeZone: 'Etc/UTC' },
    certificationBody: { name: 'Example Body' },
    ...overrides,
  };
}

/** A refusal of the domain as the API answers it. */
export function asAnswered(refusal: Refusal): Refused {
  const { kind, code, detail } = rejectionOf(refusal);
  return { status: statusOf(kind), code, detail };
}

/** What work is refused with. Throws when it is not refused. */
export function refusalOf(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusedError) return asAnswered(error.refusal);
    throw error;
  }
  throw new Error('It was not refused.');
}

/** A program that was started at 06:00 of the day on which it is planned to begin. */
export function program(overrides: Partial<DefinitionInput> = {}): Driver {
  const input = definitionInput(overrides);
  return new Driver(input, local(input.plan.startsOn, '06:00', input.calendar.timeZone));
}

/** A local time of a day as an instant; written with the zone's own rules, not with the domain's calendar. */
export function local(on: IsoDate, time: string, timeZone: string): Instant {
  return DateTime.fromISO(`${on}T${time}`, { zone: timeZone }).toUTC().toISO() as Instant;
}

/** A date some days later, by the days of the proleptic UTC calendar alone. */
export function plus(on: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as IsoDate;
}

/** The day of an instant in UTC. */
export function dayOf(at: Instant): IsoDate {
  return at.slice(0, 10) as IsoDate;
}

/** What one command wrote. */
export interface Written {
  before: ProgramState | undefined;
  after: ProgramState;
  records: ProgramRecord[];
  notices: Notice[];
  /** For each record, the moment at which it was due. */
  dueAt: Instant[];
  now: Instant;
}

/**
 * A program with an explicit clock. What people ask for is decided and applied as in a run of its workflow: what is due
 * comes first, and the story takes its next steps after each command.
 */
export class Driver {
  state!: ProgramState;
  now: Instant;
  readonly records: ProgramRecord[] = [];
  readonly notices: Notice[] = [];
  /** Looks at everything that is written, as it is written. */
  watch: ((written: Written) => void) | undefined;
  private actor: Email = who.manager;
  private installationRole: InstallationRole | undefined;
  private readonly timeZone: string;

  constructor(input: DefinitionInput, now: Instant, startedBy: Email = who.manager) {
    this.now = now;
    this.timeZone = input.calendar.timeZone;
    const decision = decideStart(defineProgram(input), startedBy, now, speak);
    const refusal = this.take(decision, startedBy);
    if (refusal) throw new Error(`The start was refused (${refusal.code}): ${refusal.detail}`);
  }

  /** A second driver that stands where this one does; what happens to the one does not happen to the other. */
  fork(): Driver {
    const copies = { records: [...this.records], notices: [...this.notices] };
    return Object.assign(Object.create(Driver.prototype), this, copies);
  }

  /** Moves the clock to 09:00 of a day, or to an instant, doing on the way what falls due and what the story does next. */
  until(moment: IsoDate | Instant): this {
    const target = isDay(moment) ? local(moment, '09:00', this.timeZone) : moment;
    if (target < this.now) throw new Error(`The clock stands at ${this.now}; it does not go back to ${target}.`);
    for (;;) {
      this.settle();
      const at = firstMoment(this.state)?.at;
      if (!at || at > target) break;
      if (at > this.now) this.now = at;
    }
    // Time may have gone by beyond it, as when the database was away.
    if (target > this.now) this.now = target;
    return this;
  }

  /** The same as `until`: reads better before a command. */
  at(moment: IsoDate | Instant): this {
    return this.until(moment);
  }

  /** Sets the clock without handling what falls due meanwhile, as when the program was held up. */
  heldUpUntil(moment: Instant): this {
    this.now = moment;
    return this;
  }

  as(email: Email): this {
    this.actor = email;
    this.installationRole = undefined;
    return this;
  }

  /** As somebody who runs the installation, whatever they are in the program. */
  asAdministrator(email: Email): this {
    this.actor = email;
    this.installationRole = 'administrator';
    return this;
  }

  /** Sends a command that must be accepted, and lets the story follow. Gives the records of the command itself. */
  does(command: UserCommand | SystemCommand): ProgramRecord[] {
    const before = this.records.length;
    const rejection = this.write(command, this.actor);
    if (rejection) throw new Error(`${command.type} was refused (${rejection.code}): ${rejection.detail}`);
    const written = this.records.slice(before);
    this.settle();
    return written;
  }

  /** Sends a command that may be refused, and lets the story follow when it was not. Tells whether it was accepted. */
  tries(command: UserCommand): boolean {
    const rejection = this.write(command, this.actor);
    if (!rejection) this.settle();
    return !rejection;
  }

  /** Sends a command that must be refused, and checks that nothing was recorded. Gives the refusal. */
  refuses(command: Command): Refused {
    const before = this.state;
    const count = this.records.length;
    const rejection = this.write(command, this.actor);
    if (!rejection) throw new Error(`${command.type} was not refused.`);
    if (this.state !== before || this.records.length !== count)
      throw new Error(`${command.type} left something behind.`);
    return rejection;
  }

  /** Does what is due by now and what the story does next, until both rest. */
  settle(): void {
    for (let steps = 0; steps < 100; steps++) {
      if (isEnded(this.state)) return;
      const wanted = holidaysWanted(this.state, this.now);
      if (wanted) this.itself({ type: 'recordHolidays', through: wanted.through, holidays: [] });
      this.itself({ type: 'tick' });
      const step = nextStep(this.state);
      if (step) this.itself(step);
      else if (!firstDue(this.state, this.now)) return;
    }
    throw new Error(`The story of ${this.state.id} does not come to rest.`);
  }

  recordsOf<T extends RecordType>(type: T): (ProgramRecord & { type: T; data: RecordMap[T] })[] {
    return this.records.filter((record) => record.type === type) as never;
  }

  /** The notices of a kind, with who gets them. */
  told<K extends NoticeItem['kind']>(kind: K): (Notice & { item: Extract<NoticeItem, { kind: K }> })[] {
    return this.notices.filter((notice) => notice.item.kind === kind) as never;
  }

  warnings(): string[] {
    return this.recordsOf('WarningNoted').map((record) => record.data.code);
  }

  /** The open tasks of a kind, oldest first. */
  open(kind: TaskKind): UnendedTask[] {
    return Object.values(this.state.tasks)
      .filter(isUnended)
      .filter((task) => task.kind === kind);
  }

  /** The last task of a kind, open or not. */
  task(kind: TaskKind): Task {
    return last(
      Object.values(this.state.tasks).filter((task) => task.kind === kind),
      `task of kind ${kind}`,
    );
  }

  /** The first audit of a kind that is not held, in the order of ids. */
  audit(kind: AuditKind): Audit {
    const audits = Object.values(this.state.audits).filter((audit) => audit.kind === kind);
    const coming = audits.find(isComing);
    return coming ?? last(audits, `${kind} audit`);
  }

  finding(id?: string): Finding {
    if (id) return this.state.findings[id] as Finding;
    return last(Object.values(this.state.findings), 'finding');
  }

  /** A finding that asks for corrective action. */
  nonconformity(id?: string): Nonconformity {
    const finding = this.finding(id);
    if (needsNoAction(finding)) throw new Error(`${finding.id} is a noted ${finding.grade}.`);
    return finding;
  }

  get certificate(): Certificate {
    if (!this.state.certificate) throw new Error('There is no certificate.');
    return this.state.certificate;
  }

  private itself(command: SystemCommand): void {
    const rejection = this.write(command, 'system');
    if (rejection) throw new Error(`The program's own ${command.type} was refused: ${rejection.detail}`);
  }

  /** What a command comes to now. */
  protected decided(command: Command, actor: Email | 'system'): Decision {
    const by = actor === this.actor && this.installationRole ? { installationRole: this.installationRole } : {};
    return decide(this.state, command, { email: actor, ...by }, this.now, speak);
  }

  /** Decides, applies, and notes who is told. Gives the refusal, if it is one. */
  private write(command: Command, actor: Email | 'system'): Refused | undefined {
    return this.take(this.decided(command, actor), actor);
  }

  private take(decision: Decision, actor: Email | 'system'): Refused | undefined {
    if (!decision.ok) return asAnswered(decision.refusal);
    const before: ProgramState | undefined = this.state;
    const envelope = { at: this.now, actor, commandId: `c-${this.records.length + 1}`, item: 0 };
    const seq = (before?.seq ?? 0) + 1;
    const records = decision.records.map(
      (record, index) => ({ ...record, ...envelope, seq: seq + index }) as ProgramRecord,
    );
    const notices = records.flatMap((record, index) =>
      noticesOf(decision.state, record, decision.dueAt[index] as Instant),
    );
    this.records.push(...records);
    this.notices.push(...notices);
    this.state = decision.state;
    this.watch?.({ before, after: decision.state, records, notices, dueAt: decision.dueAt, now: this.now });
    return undefined;
  }
}

function isDay(moment: IsoDate | Instant): moment is IsoDate {
  return moment.length === 10;
}

function last<T>(entries: T[], what: string): T {
  const found = entries.at(-1);
  if (!found) throw new Error(`There is no ${what}.`);
  return found;
}
