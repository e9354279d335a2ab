import type { Static, TObject, TProperties } from 'typebox';
import type { Audit } from './audits/audit.ts';
import { type Actor, type Email, type Instant, type IsoDate, own } from './basics.ts';
import { addWorkingDays, dateAt, latest, todayIn } from './calendar.ts';
import { inOneGo } from './changing.ts';
import type { Finding } from './findings/finding.ts';
import { WarningNoted } from './program/WarningNoted.ts';
import { notThere, refuse } from './refusal.ts';
import { applied } from './registry/applied.ts';
import type { Meta, RecordDefinition } from './registry/record.ts';
import type { Told } from './registry/told.ts';
import { type SayingKey, type Sayings, type Speak, say, type Text } from './say.ts';
import type { ProgramState } from './state.ts';
import { type TaskOwner, tasksOf } from './tasks/belonging.ts';
import { firstRungAhead } from './tasks/ladder.ts';
import { TaskCancelled } from './tasks/TaskCancelled.ts';
import { TaskCompleted } from './tasks/TaskCompleted.ts';
import { TaskOpened } from './tasks/TaskOpened.ts';
import { isUnended, type OpenTask, type Task, type TaskKind, type UnendedTask } from './tasks/task.ts';

/** A record as a decision emits it. */
export interface Emitted {
  definition: Pick<RecordDefinition, 'type' | 'version' | 'leavesTask'>;
  data: object;
  /** The moment it was due: earlier than `now` when the program was held up, and for mails what counts. */
  dueAt: Instant;
}

/** What a task must be given; the rest follows from the program. A title is somebody's own words, or ours. */
export type TaskRequest = Pick<OpenTask, 'kind' | 'assignee' | 'dueOn'> & { title: Text } & Partial<
    Pick<
      OpenTask,
      'requirementId' | 'systemId' | 'auditId' | 'findingId' | 'priority' | 'bodyDeadline' | 'dependsOn' | 'round'
    >
  >;

/** Working days that there are at least for what is asked for on the day of a takeover. */
const takeoverDays = 5;

/** A decision in the making: the records so far, and the state as they leave it. */
export class Draft {
  state: ProgramState;
  readonly emitted: Emitted[] = [];
  readonly actor: Actor;
  readonly now: Instant;
  /** The moment that is being handled; `now` for what people ask for. */
  momentAt: Instant;
  private readonly said: Told;
  private readonly speak: Speak;

  /** `said`: what the command says of when it happened, and whose act it is. */
  constructor(state: ProgramState, actor: Actor, now: Instant, speak: Speak, said: Told = {}) {
    this.state = state;
    this.actor = actor;
    this.now = now;
    this.momentAt = now;
    this.said = said;
    this.speak = speak;
  }

  /** The program's date. */
  get today(): IsoDate {
    return todayIn(this.state.calendar, this.now);
  }

  /** R28: the day on which what the command tells happened: what rules count from. What is asked for counts from `today`. */
  get on(): IsoDate {
    return this.said.on ?? this.today;
  }

  /** What the record of an act of the outside world says of its day, of whose it is, and of the document that shows it. */
  get told(): Told {
    const { on, onBehalfOf, document } = this.said;
    return {
      ...(on && on !== this.today ? { on } : {}),
      ...(onBehalfOf ? { onBehalfOf } : {}),
      ...(document ? { document } : {}),
    };
  }

  /** The first day on which something can be due: today, and at a takeover some working days later. */
  get soonest(): IsoDate {
    const { adoptedAt, calendar } = this.state;
    const takenOver = adoptedAt !== undefined && dateAt(adoptedAt, calendar.timeZone) === this.today;
    return takenOver ? addWorkingDays(this.today, takeoverDays, calendar) : this.today;
  }

  /** Whose act it is: of whoever sent the command, or of whom a program manager entered it for (R30). */
  get sender(): Email {
    const email = this.said.onBehalfOf ?? this.actor.email;
    if (email === 'system') throw new Error('The program itself has no address: this is decided for a person only.');
    return email;
  }

  /** Records something: the state moves on, and the next line sees its effect. */
  emit<D extends TProperties>(definition: RecordDefinition<string, D>, data: Static<TObject<D>>): void {
    const { now: at, today } = this;
    const meta: Meta = { at, today, actor: this.actor.email };
    this.state = applied(definition, this.state, data, { ...meta, seq: this.state.seq + 1 });
    this.emitted.push({ definition, data, dueAt: this.momentAt });
  }

  /** Puts something into words, as it is recorded. */
  say<K extends SayingKey>(key: K, values: Sayings[K]): string {
    return this.speak(say(key, values));
  }

  /** The words of a saying; somebody's own words as they are. */
  words(text: Text): string {
    return typeof text === 'string' ? text : this.speak(text);
  }

  /** Records a warning under a rule's name or a short word. */
  warn<K extends SayingKey>(code: string, key: K, values: Sayings[K]): void {
    this.emit(WarningNoted, { code, text: this.say(key, values) });
  }

  /** A new id such as `T-12`: letters are T tasks, A audits, F findings, R reviews, I incidents, C complaints. */
  newId(letter: 'T' | 'A' | 'F' | 'R' | 'I' | 'C'): string {
    return `${letter}-${(this.state.counters[letter] ?? 0) + 1}`;
  }

  /** Opens a task, with the rungs of its ladder that already lie behind it skipped. Gives its id. */
  openTask({ dependsOn = [], title, ...request }: TaskRequest, why: Text): string {
    const task: OpenTask = {
      id: this.newId('T'),
      priority: 'medium',
      bodyDeadline: false,
      ...request,
      title: this.words(title),
      ...(dependsOn.length > 0 ? { dependsOn, waitsFor: dependsOn } : {}),
      openedOn: this.today,
      status: 'open',
      nextRung: 0,
      escalationLevel: 0,
    };
    // A date of the body, or one that somebody names, is what it is.
    if (!task.bodyDeadline && task.kind !== 'manual') task.dueOn = latest(task.dueOn, this.soonest);
    task.nextRung = firstRungAhead(task, this.now, this.state);
    this.emit(TaskOpened, { task, why: this.words(why) });
    return task.id;
  }

  /** Completes the open tasks of a kind that belong to an audit or a finding. */
  complete(kind: TaskKind, of: TaskOwner, how: Text): void {
    const words = this.words(how);
    inOneGo(() => {
      for (const { id: taskId } of this.openTasksOf(kind, of)) this.emit(TaskCompleted, { taskId, how: words });
    });
  }

  /** Cancels the open tasks of an audit, a finding or a system; all open tasks when none is named. */
  cancelTasks(of: TaskOwner, reason: Text, kind?: TaskKind): void {
    const words = this.words(reason);
    inOneGo(() => {
      for (const { id: taskId } of this.openTasksOf(kind, of)) this.emit(TaskCancelled, { taskId, reason: words });
    });
  }

  /** Tasks that have not ended, of a kind and of an audit, a finding, a system or a requirement. */
  openTasksOf(kind: TaskKind | undefined, of: TaskOwner): UnendedTask[] {
    return tasksOf(this.state.tasks, of)
      .filter(isUnended)
      .filter((task) => kind === undefined || task.kind === kind);
  }

  task(id: string): Task {
    return own(this.state.tasks, id) ?? this.missing('task', id);
  }

  audit(id: string): Audit {
    return own(this.state.audits, id) ?? this.missing('audit', id);
  }

  finding(id: string): Finding {
    return own(this.state.findings, id) ?? this.missing('finding', id);
  }

  /** Ids are given out in order: a number that was given out but is no longer carried was closed long ago. */
  private missing(what: 'task' | 'audit' | 'finding', id: string): never {
    const [letter = '', number] = id.split('-');
    if (Number(number) >= 1 && Number(number) <= (this.state.counters[letter] ?? 0)) {
      refuse('state', 'closedLongAgo', { what, id });
    }
    notThere('noSuchThing', { what, id, programId: this.state.id });
  }
}
