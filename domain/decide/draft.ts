import { apply } from '../apply/index.ts';
import { addWorkingDays, dateAt, latest } from '../calendar.ts';
import { firstRungAhead } from '../ladder.ts';
import { openTasks } from '../progress.ts';
import { notThere, refuse } from '../rejection.ts';
import type {
  Actor,
  Audit,
  Finding,
  Instant,
  IsoDate,
  NewRecord,
  ProgramRecord,
  ProgramState,
  Task,
  TaskKind,
} from '../types/index.ts';

/** What a task must be given; the rest follows from the program. */
export type TaskRequest = Pick<Task, 'kind' | 'title' | 'assignee' | 'dueOn'> &
  Partial<
    Pick<Task, 'requirementId' | 'systemId' | 'auditId' | 'findingId' | 'priority' | 'bodyDeadline' | 'dependsOn'>
  >;

/** Working days that there are at least for what is asked for on the day of a takeover. */
const takeoverDays = 5;

/** A decision in the making: the records so far, and the state as they leave it. */
export class Draft {
  state: ProgramState;
  readonly records: NewRecord[] = [];
  /** For each record, the moment it was due: earlier than `now` when the program was held up, and for mails what counts. */
  readonly dueAt: Instant[] = [];
  readonly actor: Actor;
  readonly now: Instant;
  /** The moment that is being handled; `now` for what people ask for. */
  momentAt: Instant;

  constructor(state: ProgramState, actor: Actor, now: Instant) {
    this.state = state;
    this.actor = actor;
    this.now = now;
    this.momentAt = now;
  }

  /** The program's date. */
  get today(): IsoDate {
    return dateAt(this.now, this.state.calendar.timeZone);
  }

  /** The first day on which something can be due: today, and at a takeover some working days later. */
  get soonest(): IsoDate {
    const { adoptedAt, calendar } = this.state;
    const takenOver = adoptedAt !== undefined && dateAt(adoptedAt, calendar.timeZone) === this.today;
    return takenOver ? addWorkingDays(this.today, takeoverDays, calendar) : this.today;
  }

  emit(record: NewRecord): void {
    this.records.push(record);
    this.dueAt.push(this.momentAt);
    this.state = apply(this.state, envelope(record, this.state.seq + 1, this.now, this.actor));
  }

  /** A new id such as `T-12`: letters are T tasks, A audits, F findings, R reviews, I incidents, C complaints. */
  newId(letter: 'T' | 'A' | 'F' | 'R' | 'I' | 'C'): string {
    return `${letter}-${(this.state.counters[letter] ?? 0) + 1}`;
  }

  /** Opens a task, with the rungs of its ladder that already lie behind it skipped. Gives its id. */
  openTask({ dependsOn = [], ...request }: TaskRequest, why: string): string {
    const task: Task = {
      id: this.newId('T'),
      priority: 'medium',
      bodyDeadline: false,
      ...request,
      ...(dependsOn.length > 0 ? { dependsOn, waitsFor: dependsOn } : {}),
      openedOn: this.today,
      status: 'open',
      nextRung: 0,
      escalationLevel: 0,
    };
    // A date of the body, or one that somebody names, is what it is.
    if (!task.bodyDeadline && task.kind !== 'manual') task.dueOn = latest(task.dueOn, this.soonest);
    task.nextRung = firstRungAhead(task, this.now, this.state);
    this.emit({ type: 'TaskOpened', data: { task, why } });
    return task.id;
  }

  /** Completes the open tasks of a kind that belong to an audit or a finding. */
  complete(kind: TaskKind, of: { auditId?: string; findingId?: string }, how: string): void {
    for (const task of this.openTasksOf(kind, of)) this.emit({ type: 'TaskCompleted', data: { taskId: task.id, how } });
  }

  /** Cancels the open tasks of an audit, a finding or a system; all open tasks when none is named. */
  cancelTasks(of: { auditId?: string; findingId?: string; systemId?: string }, reason: string): void {
    for (const task of this.openTasksOf(undefined, of)) {
      this.emit({ type: 'TaskCancelled', data: { taskId: task.id, reason } });
    }
  }

  openTasksOf(kind: TaskKind | undefined, of: { auditId?: string; findingId?: string; systemId?: string }): Task[] {
    return openTasks(this.state).filter(
      (task) =>
        (kind === undefined || task.kind === kind) &&
        Object.entries(of).every(([key, value]) => task[key as 'auditId'] === value),
    );
  }

  task(id: string): Task {
    return own(this.state.tasks, id) ?? this.gone('task', id);
  }

  audit(id: string): Audit {
    return own(this.state.audits, id) ?? this.gone('audit', id);
  }

  finding(id: string): Finding {
    return own(this.state.findings, id) ?? this.gone('finding', id);
  }

  /** Ids are given out in order: a number that was given out but is no longer carried was closed in an earlier cycle. */
  private gone(what: string, id: string): never {
    const [letter, number] = id.split('-');
    if (Number(number) >= 1 && Number(number) <= (this.state.counters[letter as string] ?? 0)) {
      refuse('state', `The ${what} ${id} was closed in an earlier cycle.`);
    }
    notThere(`There is no ${what} ${id} in program ${this.state.id}.`);
  }
}

/** An entry of its own: an id such as `constructor` names none. */
export function own<T>(entries: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

function envelope(record: NewRecord, seq: number, at: Instant, actor: Actor): ProgramRecord {
  return { ...record, seq, at, actor: actor.email, commandId: '', item: 0 };
}
