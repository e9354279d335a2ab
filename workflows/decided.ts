import { ApplicationFailure } from '@temporalio/workflow';
import { answerOf, idsOf, warningsOf } from '../domain/answer.ts';
import type { Answer, BulkAnswer, Rejection } from '../domain/answers.ts';
import type { Actor, Email, Instant } from '../domain/basics.ts';
import type { AppendInput } from '../domain/commit.ts';
import { type Decision, decide, decideStart } from '../domain/decide.ts';
import type { Notice } from '../domain/notices.ts';
import type { ProgramDefinition } from '../domain/program/definition.ts';
import type { BulkEnvelope, Command, NewRecord, ProgramRecord } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { rowsChanged, summary } from '../domain/views.ts';
import { noticesOf } from '../words/records/index.ts';
import { rejectionOf, speak } from '../words/sayings/index.ts';

/** A command decided on a state: what to commit, and what to answer once it is. */
export interface Decided {
  state: ProgramState;
  commit: Pick<AppendInput, 'records' | 'rows' | 'notices'>;
  answer: Answer | BulkAnswer;
  /** The answer when the register holds the command's records from an earlier attempt. */
  answered: (records: ProgramRecord[]) => Answer | BulkAnswer;
}

/** Decides the start of a program. Throws an `ApplicationFailure` of type `Rejected` when it is refused. */
export function decideFirst(commandId: string, definition: ProgramDefinition, startedBy: Email, now: Instant): Decided {
  const writing = new Writing(undefined, commandId, { email: startedBy }, now);
  const rejection = writing.write(decideStart(definition, startedBy, now, speak), 0);
  if (rejection) throw rejected(rejection);
  return writing.decided(answerTo(commandId, now));
}

/** Decides one command. Throws an `ApplicationFailure` of type `Rejected` when it is refused. */
export function decideOne(
  state: ProgramState,
  { commandId, actor, command }: { commandId: string; actor: Actor; command: Command },
  now: Instant,
): Decided {
  const writing = new Writing(state, commandId, actor, now);
  const rejection = writing.write(decide(state, command, actor, now, speak), 0);
  if (rejection) throw rejected(rejection);
  return writing.decided(answerTo(commandId, now));
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
    const rejection = writing.write(decide(writing.state ?? state, command, actor, now, speak), item);
    if (rejection && atomic) {
      const at = list ? `${list}[${item}]` : `commands[${item}] (${command.type})`;
      throw rejected({ ...rejection, detail: `${at}: ${rejection.detail} Nothing was recorded.` });
    }
    return rejection;
  });
  return writing.decided(
    (records): BulkAnswer => ({
      ...answerOf(commandId, records, now),
      results: rejections.map((rejection, item) => {
        if (rejection) return { ok: false, rejection };
        const own = records.filter((record) => record.item === item);
        return { ok: true, ids: idsOf(own), warnings: warningsOf(own) };
      }),
    }),
  );
}

/** A step that turned out not to be needed: nothing to commit. */
export function nothingToDo(state: ProgramState, commandId: string, now: Instant): Decided {
  const answer = answerOf(commandId, [], now);
  const rows = { program: summary(state, now), tasks: [], audits: [], findings: [] };
  return { state, commit: { records: [], rows, notices: [] }, answer, answered: () => answer };
}

function answerTo(commandId: string, now: Instant) {
  return (records: ProgramRecord[]) => answerOf(commandId, records, now);
}

/** Records being written: each in its envelope, with the notices it gives rise to. */
class Writing {
  state: ProgramState | undefined;
  private readonly records: ProgramRecord[] = [];
  private readonly notices: Notice[] = [];
  private readonly before: ProgramState | undefined;
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

  /** Writes what a decision comes to; gives the rejection when it is a refusal. */
  write(decision: Decision, item: number): Rejection | undefined {
    if (!decision.ok) return rejectionOf(decision.refusal);
    let seq = this.state?.seq ?? 0;
    this.state = decision.state;
    for (const [index, record] of decision.records.entries()) {
      const written = this.enveloped(record, ++seq, item);
      this.records.push(written);
      this.notices.push(...noticesOf(decision.state, written, decision.dueAt[index] ?? this.now));
    }
    return undefined;
  }

  decided(answered: Decided['answered']): Decided {
    const state = this.state as ProgramState;
    const { records, notices } = this;
    const rows = rowsChanged(this.before, state, this.now);
    return { state, commit: { records, rows, notices }, answer: answered(records), answered };
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
