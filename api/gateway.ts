import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import type { Database } from '../db/types.ts';
import { answerOf } from '../domain/answer.ts';
import type { Answer, BulkAnswer, Rejection } from '../domain/answers.ts';
import type { Actor, Email, Instant } from '../domain/basics.ts';
import { decideStart } from '../domain/decide.ts';
import { notSigned } from '../domain/notSigned.ts';
import type { PartElsewhere } from '../domain/people/elsewhere.ts';
import type { ProgramDefinition } from '../domain/program/definition.ts';
import type { BulkEnvelope, Envelope, ProgramRecord } from '../domain/registry.ts';
import { queueStateOf } from '../operations/serviceGauges.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { sign } from '../signing/sign.ts';
import { bulkAnswerOf } from '../words/bulkAnswers.ts';
import { rejectionOf, speak } from '../words/sayings/index.ts';
import {
  catchUpUpdate,
  commandsUpdate,
  commandUpdate,
  type ProgramStart,
  taskQueue as programs,
  runLength,
  type Settled,
  settleUpdate,
  taskTimeout,
  workflowIdOf,
} from '../workflows/messages.ts';
import { now } from './clock.ts';
import { newCommandId } from './commandIds.ts';
import { headOf } from './executions/begin.ts';
import { conflict, Rejected, unavailable } from './problem.ts';
import { staticSummaryOf } from './staticSummary.ts';
import { advanceClock, ClockStoppedError, clockOf, standingOf } from './timeSkipping.ts';
import { createTurns } from './turns.ts';
import { boundMs, createUpdates, hasEnded, translated } from './updates.ts';

const firstPhase = 'gapAssessment';
const reachableMs = 2_000;
const learningMs = 5_000;

/** A person who calls, as a program knows who sends a command. */
export interface Caller extends Actor {
  email: Email;
}

/** Gives the instant to which a clock is to be advanced, from the one that it shows. */
export type TargetOf = (now: Instant) => Instant | Promise<Instant>;

/** Everything that `api/` asks of Temporal. Nothing else in `api/` talks to it. */
export interface Gateway {
  /** Starts a program and answers when its start is recorded. Throws `Rejected`, or a 409 problem when its id is taken. */
  start(definition: ProgramDefinition, caller: Caller, commandId: string, elsewhere?: PartElsewhere[]): Promise<Answer>;
  /** Carries out a command. Throws `Rejected` when it is refused. The same command id gets the same answer. */
  command(programId: string, envelope: Envelope): Promise<Answer>;
  /** Carries out many commands in one commit. Throws `Rejected` when one that is refused refuses all. */
  bulk(programId: string, envelope: BulkEnvelope): Promise<BulkAnswer>;
  /** Answers when everything that is due by the program's clock is recorded. */
  settle(programId: string): Promise<Settled>;
  /** The program's clock: virtual time in a rehearsal. */
  clock(programId: string): Promise<Instant>;
  /**
   * Advances a rehearsal's clock, and answers with it when all that fell due on the way is recorded; at once when it is
   * there already.
   */
  advance(programId: string, targetOf: TargetOf): Promise<Instant>;
  /** Throws when the service does not answer within two seconds. */
  reachable(): Promise<void>;
  /** How many workers ask for the work of programs. Throws when the service does not say so in a moment. */
  workers(): Promise<number>;
}

/** How long what it sends can be sent, in milliseconds: whoever sees it in Temporal must not use it when it suits them. */
const goodForMs = 15 * 60_000;

export interface GatewayOptions {
  client: Client;
  database: Database;
  /** What it sends is signed with. */
  keys: SigningKeys;
  /** Where programs are started; the queue of the messages when absent. */
  taskQueue?: string;
}

/** Makes the gateway. Its methods throw a 503 problem when the service cannot be reached within 30 seconds. */
export function createGateway({ client, database, keys, taskQueue = programs }: GatewayOptions): Gateway {
  const update = createUpdates({ client, database });
  const advancing = createTurns(1);
  // Each may take a second to decide, and what comes together is decided within one task of the workflow.
  const oneBulk = createTurns(1);
  /** When programs last learned what is recorded of them, in milliseconds since the epoch. */
  const learnedAt = new LRUCache<string, number>({ max: 1_000 });
  const learning = new Map<string, Promise<boolean>>();
  const signed = <T extends object>(programId: string, sent: T) =>
    sign('command', workflowIdOf(programId), sent, keys, Date.now() + goodForMs);

  const settleOnce = (programId: string) => update(programId, settleUpdate, newCommandId(), []);
  const clock = (programId: string) => translated(programId, () => clockOf(client, workflowIdOf(programId)));

  /** The end of a phase is followed by the next in a run of its own, which is asked in its turn. */
  async function settle(programId: string): Promise<Settled> {
    const giveUpAt = Date.now() + boundMs;
    for (let asked = 0; ; asked++) {
      const settled = await settleOnce(programId);
      if (!settled.continues) return settled;
      // It waits for a commit before it can go on, as while the database is away; each call is an event or more of its history.
      if (Date.now() > giveUpAt)
        throw unavailable(`The program ${programId} is not done with what is under way. Ask again.`, undefined);
      if (asked > 0) await sleep(Math.min(2_000, 50 * 2 ** asked));
    }
  }

  /** Carries out what may end a phase, and lets the next one lay out its work before the answer is given. */
  async function throughPhases<T extends Answer>(programId: string, act: () => Promise<T>): Promise<T> {
    const { continues, ...answer } = await act();
    // What was asked for is recorded; that the rest takes longer is no reason to say otherwise.
    if (continues) await settle(programId).catch(() => undefined);
    return answer as T;
  }

  /**
   * A command that is refused, or comes to nothing, may be one that was recorded long ago and is sent again: then its first answer
   * holds. Or the program did not know of all that is recorded, and everybody can see: then it is sent once more.
   */
  async function answered<T extends Answer>(
    programId: string,
    commandId: string,
    send: (updateId: string) => Promise<T>,
    answerFrom: (records: ProgramRecord[]) => T,
  ): Promise<T> {
    const recorded = async () => {
      const records = await database.register.command(programId, commandId);
      return records && answerFrom(records);
    };
    const sentAt = Date.now();
    // Temporal answers an Update of an id that it knows as it did before.
    const sendAgain = () => send(newCommandId());
    try {
      const answer = await send(commandId);
      if (answer.firstSeq > 0) return answer;
      return (await recorded()) ?? ((await hasLearned(programId, sentAt)) ? await sendAgain() : answer);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      const before = await recorded();
      if (before) return before;
      if (await hasLearned(programId, sentAt)) return await sendAgain();
      throw error;
    }
  }

  /** Whether a program learned, since an instant or now, what is recorded of it and it did not know. */
  async function hasLearned(programId: string, since: number): Promise<boolean> {
    if ((learnedAt.get(programId) ?? 0) >= since) return true;
    // Who is refused beside another is refused for the same, and must not find it learned before that is known here.
    const under = learning.get(programId) ?? learn(programId).finally(() => learning.delete(programId));
    learning.set(programId, under);
    return await under;
  }

  async function learn(programId: string): Promise<boolean> {
    const program = await database.read.program(programId);
    if (!program || hasEnded(program)) return false;
    const known = await headOf(client, programId);
    if (!known || known.seq >= program.seq) return false;
    const handle = client.workflow.getHandle(workflowIdOf(programId));
    try {
      // A worker of an earlier version does not know of it: what was refused is then told as it is.
      await client.withDeadline(Date.now() + learningMs, () => handle.executeUpdate(catchUpUpdate));
    } catch {
      return false;
    }
    learnedAt.set(programId, Date.now());
    return true;
  }

  /** The clock of a program that has nothing under way: what it still has to do would be done at another time. */
  async function clockAtRest(programId: string): Promise<Instant> {
    const standing = await translated(programId, () => standingOf(client, workflowIdOf(programId)));
    return standing.isAtRest ? standing.now : (await settle(programId)).now;
  }

  async function advance(programId: string, targetOf: TargetOf): Promise<Instant> {
    const shown = await clockAtRest(programId);
    const durationMs = DateTime.fromISO(await targetOf(shown))
      .diff(DateTime.fromISO(shown))
      .toMillis();
    if (durationMs <= 0) return shown;
    try {
      const mustBeServed = () => settleOnce(programId);
      await translated(programId, () => advanceClock(client, workflowIdOf(programId), { durationMs, mustBeServed }));
      return (await settle(programId)).now;
    } catch (error) {
      const program = await database.read.program(programId);
      // A program that ends on the way has no clock any more: it stands where the last record was written.
      if (program && hasEnded(program)) return program.clockAt;
      throw error instanceof ClockStoppedError ? unavailable(error.message, error) : error;
    }
  }

  return {
    settle,
    clock,
    advance: (programId, targetOf) => advancing(programId, () => advance(programId, targetOf)),

    async start(definition, { email: startedBy, tokenId }, commandId, elsewhere) {
      const { id } = definition;
      const taken = await database.read.program(id);
      if (!taken) {
        const decision = decideStart(definition, startedBy, now(), speak, elsewhere);
        if (!decision.ok) throw new Rejected(rejectionOf(decision.refusal));
        const start: ProgramStart = {
          definition,
          startedBy,
          ...(tokenId && { tokenId }),
          commandId,
          ...(elsewhere && { elsewhere }),
          runLength,
        };
        await translated(id, () => startRun(client, taskQueue, sign('start', workflowIdOf(id), start, keys)));
        await settleOnce(id).catch((error: unknown) => unlessStartRefused(client, id, error));
      }
      const records = await database.register.command(id, commandId);
      if (!records) throw conflict('exists', `The program id ${id} is taken; choose another.`);
      return answerOf(commandId, records);
    },

    command: (programId, envelope) => {
      const { commandId } = envelope;
      const args: [Envelope] = [signed(programId, envelope)];
      const send = (updateId: string) =>
        throughPhases(programId, () => update(programId, commandUpdate, updateId, args));
      return answered(programId, commandId, send, (records) => answerOf(commandId, records));
    },

    bulk: (programId, envelope) => {
      const { commandId, commands } = envelope;
      const giveUpAt = Date.now() + boundMs;
      const args: [BulkEnvelope] = [signed(programId, envelope)];
      const inTurn = (updateId: string) =>
        oneBulk(programId, () => {
          if (Date.now() > giveUpAt)
            throw unavailable(`The program ${programId} is at other calls. Ask again.`, undefined);
          return update(programId, commandsUpdate, updateId, args);
        });
      const send = (updateId: string) => throughPhases(programId, () => inTurn(updateId));
      return answered(programId, commandId, send, (records) => bulkAnswerOf(commandId, records, commands.length));
    },

    async reachable() {
      await client.withDeadline(Date.now() + reachableMs, () => client.workflowService.getSystemInfo({}));
    },
    workers: async () => (await queueStateOf(client, taskQueue)).workflow,
  };
}

/** Starts the first run. One that is there already is left alone: it may be of the same call, sent before. */
async function startRun(client: Client, taskQueue: string, start: ProgramStart): Promise<void> {
  const begin = () =>
    client.workflow.start(start.definition.adopt?.phase ?? firstPhase, {
      workflowId: workflowIdOf(start.definition.id),
      // A program that came to its end keeps its id; a run that failed before anything was recorded does not.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'FAIL',
      taskQueue,
      workflowTaskTimeout: taskTimeout,
      args: [start],
      staticSummary: staticSummaryOf(start.definition),
    });
  try {
    await client.withDeadline(Date.now() + boundMs, begin);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Throws why the first run ended, where it was refused after all: by the database, which does not take its record. */
async function unlessStartRefused(client: Client, programId: string, error: unknown): Promise<never> {
  const handle = client.workflow.getHandle(workflowIdOf(programId));
  const { status } = await client
    .withDeadline(Date.now() + reachableMs, () => handle.describe())
    .catch(() => ({ status: undefined }));
  if (status?.name !== 'FAILED') throw error;
  const ended: unknown = await handle.result().catch((failure: unknown) => failure);
  const cause = ended instanceof WorkflowFailedError ? ended.cause : undefined;
  if (cause instanceof ApplicationFailure && cause.type === notSigned) throw unavailable(cause.message, error);
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'Rejected') throw error;
  throw new Rejected(cause.details?.[0] as Rejection);
}
