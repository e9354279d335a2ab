import { ApplicationFailure } from '@temporalio/workflow';
import { answerOf, idsOf, warningsOf } from '../domain/answer.ts';
import type { AppendInput } from '../domain/commit.ts';
import { decide } from '../domain/decide/index.ts';
import { noticesOf } from '../domain/notices/index.ts';
import type {
  Actor,
  Answer,
  BulkAnswer,
  BulkEnvelope,
  Command,
  Instant,
  NewRecord,
  Notice,
  ProgramRecord,
  ProgramState,
  Rejection,
} from '../domain/types/index.ts';
import { rowsChanged, summary } from '../domain/views.ts';

/** A command decided on a state: what to commit, and what to answer once it is. */
export interface Decided {
  state: ProgramState;
  commit: Pick<AppendInput, 'records' | 'rows' | 'notices'>;
  answer: Answer | BulkAnswer;
  /** The answer when the register holds the command's records from an earlier attempt. */
  answered: (records: ProgramRecord[]) => Answer | BulkAnswer;
}

/** Decides one command. Throws an `ApplicationFailure` of type `Rejected` when it is refused. */
export function decideOne(
  state: ProgramState | undefined,
  { commandId, actor, command }: { commandId: string; actor: Actor; command: Command },
  now: Instant,
): Decided {
  const writing = new Writing(state, commandId, actor, now);
  const rejection = writing.decide(command, 0);
  if (rejection) throw rejected(rejection);
  const answered = (records: ProgramRecord[]) => answerOf(commandId, records, now);
  return writing.decided(answered(writing.records), answered);
}

/**
 * Decides many commands in their order, each on the state that the one before left. One that is refused leaves no
 * record; when the envelope is atomic it refuses all, naming the first one refused.
 */
export function decideAll(
  state: ProgramState,
  { commandId, actor, commands, atomic, list }: BulkEnvelope,
  now: Instant,
): Decided {
  const writing = new Writing(state, commandId, actor, now);
  const rejections = commands.map((command, item) => {
    const rejection = writing.decide(command, item);
    if (rejection && atomic) {
      const at = list ? `${list}[${item}]` : `commands[${item}] (${command.type})`;
      throw rejected({ ...rejection, detail: `${at}: ${rejection.detail} Nothing was recorded.` });
    }
    return rejection;
  });
  const answered = (records: ProgramRecord[]): BulkAnswer => ({
    ...answerOf(commandId, records, now),
    results: rejections.map((rejection, item) => {
      if (rejection) return { ok: false, rejection };
      const own = records.filter((record) => record.item === item);
      return { ok: true, ids: idsOf(own), warnings: warningsOf(own) };
    }),
  });
  return writing.decided(answered(writing.records), answered);
}

/** A step that turned out not to be needed: nothing to commit. */
export function nothingToDo(state: ProgramState, commandId: string): Decided {
  const answer = answerOf(commandId, []);
  const rows = { program: summary(state, ''), tasks: [], audits: [], findings: [] };
  return { state, commit: { records: [], rows, notices: [] }, answer, answered: () => answer };
}

/** Records being written: each in its envelope, with the notices it gives rise to. */
class Writing {
  readonly records: ProgramRecord[] = [];
  private readonly notices: Notice[] = [];
  private readonly before: ProgramState | undefined;
  private state: ProgramState | undefined;
  private readonly commandId: string;
  private readonly actor: Actor;
  private readonly now: Instant;

  constructor(state: ProgramState | undefined, commandId: string, actor: Actor, now: Instant) {
    this.before = state;
    this.state = state;
    this.commandId = commandId;
    this.actor = actor;
    this.now = now;
  }

  /** Decides a command on the state so far; gives the rejection when it is refused. */
  decide(command: Command, item: number): Rejection | undefined {
    const decision = decide(this.state, command, this.actor, this.now);
    if (!decision.ok) return decision.rejection;
    let seq = this.state?.seq ?? 0;
    this.state = decision.state;
    for (const [index, record] of decision.records.entries()) {
      const written = this.enveloped(record, ++seq, item);
      this.records.push(written);
      this.notices.push(...noticesOf(decision.state, written, decision.dueAt[index] as Instant));
    }
    return undefined;
  }

  decided(answer: Decided['answer'], answered: Decided['answered']): Decided {
    const state = this.state as ProgramState;
    const rows = rowsChanged(this.before, state, this.now);
    return { state, commit: { records: this.records, rows, notices: this.notices }, answer, answered };
  }

  private enveloped(record: NewRecord, seq: number, item: number): ProgramRecord {
    return { ...record, seq, at: this.now, actor: this.actor.email, commandId: this.commandId, item };
  }
}

/** A refusal as Temporal carries it to the caller. */
export function rejected(rejection: Rejection): ApplicationFailure {
  const { detail: message } = rejection;
  return ApplicationFailure.create({ type: 'Rejected', message, details: [rejection], nonRetryable: true });
}
