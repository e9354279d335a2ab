import { ApplicationFailure } from '@temporalio/workflow';
import { answerOf, idsOf, warningsOf } from '../domain/answer.ts';
import type { Answer, BulkAnswer, Rejection } from '../domain/answers.ts';
import type { Actor, Email, Instant } from '../domain/basics.ts';
import { mostBytesOfOutcome, mostRecordsOfBulk, mostTasksCounted, tasksCounted } from '../domain/carried/bounds.ts';
import { sizeOf } from '../domain/carried/size.ts';
import type { AppendInput } from '../domain/commit.ts';
import { type Decision, decide, decideStart } from '../domain/decide.ts';
import type { Notice } from '../domain/notices.ts';
import type { PartElsewhere } from '../domain/people/elsewhere.ts';
import type { ProgramDefinition } from '../domain/program/definition.ts';
import { type BulkEnvelope, type Command, type NewRecord, type ProgramRecord, sentBy } from '../domain/registry.ts';
import { say } from '../domain/say.ts';
import type { ProgramState } from '../domain/state.ts';
import { rowsChanged, summary } from '../domain/views.ts';
import { bulkAnswerOf } from '../words/bulkAnswers.ts';
import { noticesOf } from '../words/records/index.ts';
import { rejectionOf, speak } from '../words/sayings/index.ts';
import { shortRejection } from './envelope.ts';

/** A command decided on a state: what to commit, and what to answer once it is. */
export interface Decided {
  state: ProgramState;
  commit: Pick<AppendInput, 'records' | 'rows' | 'notices' | 'dueAt'>;
  answer: Answer | BulkAnswer;
  /** The answer when the register holds the command's records from an earlier attempt. */
  answered: (records: ProgramRecord[]) => Answer | BulkAnswer;
}

/** Decides the start of a program. Throws an `ApplicationFailure` of type `Rejected` when it is refused. */
export function decideFirst(
  commandId: string,
  definition: ProgramDefinition,
  starter: Actor & { email: Email },
  now: Instant,
  elsewhere?: PartElsewhere[],
): Decided {
  const writing = new Writing(undefined, commandId, starter, now);
  const rejection = writing.write(decideStart(definition, starter.email, now, speak, elsewhere), 0);
  if (rejection) throw rejected(rejection);
  return writing.decided(answerTo(commandId, now));
}

/** Decides one command. Throws an `ApplicationFailure` of type `Rejected` when it is refused. */
export function decideOne(
  state: ProgramState,
  {
    commandId,
    actor,
    command,
    elsewhere,
  }: { commandId: string; actor: Actor; command: Command; elsewhere?: PartElsewhere[] },
  now: Instant,
): Decided {
  const writing = new Writing(state, commandId, actor, now);
  const rejection = writing.write(decide(state, command, actor, now, speak, elsewhere), 0);
  if (rejection) throw rejected(rejection);
  return writing.decided(answerTo(commandId, now));
}

/**
 * Decides many commands in their order, each on the state that the one before left. One that is refused leaves no
 * record; when the envelope is atomic it refuses all, naming the first one refused.
 */
export function decideAll(
  state: ProgramState,
  { commandId, actor, commands, atomic, list, elsewhere }: BulkEnvelope,
  now: Instant,
): Decided {
  const writing = new Writing(state, commandId, actor, now);
  let counted = 0;
  const rejections = commands.map((command, item) => {
    counted += tasksCounted(writing.state ?? state, command);
    const rejection =
      writing.isLong || counted > mostTasksCounted
        ? tooMuchAtOnce()
        : writing.write(decide(writing.state ?? state, command, actor, now, speak, elsewhere), item);
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
    (known) => bulkAnswerOf(commandId, known, commands.length, rejections),
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

function tooMuchAtOnce(): Rejection {
  const saying = say('tooMuchAtOnce', {
    most: mostRecordsOfBulk,
    mostBytes: mostBytesOfOutcome,
    mostTasks: mostTasksCounted,
  });
  return rejectionOf({ kind: 'invalid', code: 'tooLarge', saying });
}

function tooMuchOfOne(bytes: number): Rejection {
  const saying = say('tooMuchOfOne', { bytes, most: mostBytesOfOutcome });
  return rejectionOf({ kind: 'invalid', code: 'tooLarge', saying });
}

/** Records being written: each in its envelope, with the notices it gives rise to. */
class Writing {
  state: ProgramState | undefined;
  private readonly records: ProgramRecord[] = [];
  private readonly notices: Notice[] = [];
  private bytes = 0;
  private dueAt: Instant;
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
    this.dueAt = now;
  }

  /** Whether there are as many records as one call may come to. */
  get isLong(): boolean {
    return this.records.length > mostRecordsOfBulk || this.bytes > mostBytesOfOutcome;
  }

  /** Writes what a decision comes to; gives the rejection when it is a refusal. */
  write(decision: Decision, item: number): Rejection | undefined {
    if (!decision.ok) return shortRejection(rejectionOf(decision.refusal));
    const seq = (this.state?.seq ?? 0) + 1;
    const records = decision.records.map((record, index) => this.enveloped(record, seq + index, item));
    const dueAt = (index: number) => decision.dueAt[index] ?? this.now;
    const notices = records.flatMap((record, index) => noticesOf(decision.state, record, dueAt(index)));
    const bytes = sizeOf(records) + sizeOf(notices);
    // What the program does by itself comes in commits that are small enough, and is never refused.
    if (bytes > mostBytesOfOutcome && this.actor.email !== 'system') return tooMuchOfOne(bytes);
    this.state = decision.state;
    this.bytes += bytes;
    this.records.push(...records);
    this.notices.push(...notices);
    for (const at of decision.dueAt) if (at < this.dueAt) this.dueAt = at;
    return undefined;
  }

  /** `answered` gives the answer from what an earlier attempt recorded, where it is not the same from any records. */
  decided(answer: Decided['answered'], answered: Decided['answered'] = answer): Decided {
    const state = this.state as ProgramState;
    const { records, notices } = this;
    const rows = rowsChanged(this.before, state, this.now);
    const commit = { records, rows, notices, ...(this.dueAt < this.now && { dueAt: this.dueAt }) };
    return { state, commit, answer: answer(records), answered };
  }

  private enveloped(record: NewRecord, seq: number, item: number): ProgramRecord {
    return { ...record, seq, at: this.now, ...sentBy(this.actor), commandId: this.commandId, item };
  }
}

/** A refusal as Temporal carries it to the caller. */
export function rejected(rejection: Rejection): ApplicationFailure {
  const { detail: message } = rejection;
  return ApplicationFailure.create({ type: 'Rejected', message, details: [rejection], nonRetryable: true });
}
