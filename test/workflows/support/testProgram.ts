import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { Gateway } from '../../../api/gateway.ts';
import { type Problem, Rejected } from '../../../api/problem.ts';
import type { Database } from '../../../db/types.ts';
import type { Answer, BulkAnswer } from '../../../domain/answers.ts';
import type { Email, Instant, IsoDate } from '../../../domain/basics.ts';
import { dateAt } from '../../../domain/calendar.ts';
import type { PartElsewhere } from '../../../domain/people/elsewhere.ts';
import type { ProgramDefinition } from '../../../domain/program/definition.ts';
import type { Envelope, ProgramRecord, RecordType, UserCommand } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { sign } from '../../../signing/sign.ts';
import { commandSignal, commandUpdate, stateQuery, workflowIdOf } from '../../../workflows/messages.ts';
import { keys } from '../../support/keys.ts';

type RecordOf<T extends RecordType> = Extract<ProgramRecord, { type: T }>;

/** A program on the stage: what people say to it, what its clock does, and what can be seen of it. */
export class TestProgram {
  readonly id: string;
  readonly definition: ProgramDefinition;
  private readonly client: Client;
  private readonly database: Database;
  private readonly gateway: Gateway;

  constructor(definition: ProgramDefinition, client: Client, database: Database, gateway: Gateway) {
    this.id = definition.id;
    this.definition = definition;
    this.client = client;
    this.database = database;
    this.gateway = gateway;
  }

  /** The present run, or the last. */
  get handle(): WorkflowHandle {
    return this.client.workflow.getHandle(workflowIdOf(this.id));
  }

  /** Sends a command, as the API does. */
  send(person: Email, command: UserCommand, commandId: string = randomUUID()): Promise<Answer> {
    return this.gateway.command(this.id, { commandId, actor: { email: person }, command });
  }

  /** Sends a command with what the API found of people in other programs. */
  sendKnowing(person: Email, command: UserCommand, elsewhere: PartElsewhere[]): Promise<Answer> {
    return this.gateway.command(this.id, { commandId: randomUUID(), actor: { email: person }, command, elsewhere });
  }

  /** Sends a command as an administrator of the installation, who has no part in the program. */
  administer(command: UserCommand): Promise<Answer> {
    const actor = { email: 'adam@example.org', installationRole: 'administrator' } as const;
    return this.gateway.command(this.id, { commandId: randomUUID(), actor, command });
  }

  /** Sends commands in one envelope of which all are carried out or none. */
  bulk(person: Email, commands: UserCommand[], commandId: string = randomUUID()): Promise<BulkAnswer> {
    return this.gateway.bulk(this.id, { commandId, actor: { email: person }, commands, atomic: true });
  }

  /** Sends a command that has to be refused; gives the refusal as the API answers it. */
  async refusal(person: Email, command: UserCommand): Promise<Problem> {
    const answer = await this.send(person, command).catch((error: unknown) => error);
    if (answer instanceof Rejected) return answer;
    throw new Error(`${command.type} was not refused: ${JSON.stringify(answer)}`, { cause: answer });
  }

  /** What is sent, signed for this program as the API signs; what has no fields as it is. */
  signed(sent: unknown): unknown {
    const isSignable = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
    return isSignable ? sign('command', workflowIdOf(this.id), sent, keys) : sent;
  }

  /** Signals whatever it is given, signed, and waits until the program has dealt with it. */
  signal(envelope: unknown): Promise<void> {
    return this.signalAsItIs(this.signed(envelope));
  }

  /** Signals whatever it is given, and waits until the program has dealt with it. */
  async signalAsItIs(envelope: unknown): Promise<void> {
    await this.handle.signal(commandSignal, envelope as Envelope);
    await this.rest();
  }

  /** Signals payloads as they are, past every converter, and waits until the program has dealt with them. */
  async signalPayloads(payloads: Payload[], signalName: string = commandSignal.name): Promise<void> {
    const workflowExecution = { workflowId: workflowIdOf(this.id) };
    const request = { namespace: 'default', workflowExecution, signalName, input: { payloads } };
    await this.client.workflowService.signalWorkflowExecution(request);
    await this.rest();
  }

  /** Sends payloads as they are as an update; gives the message of its failure. */
  async updatePayloads(payloads: Payload[], name: string = commandUpdate.name): Promise<string | undefined> {
    const { outcome } = await this.client.workflowService.updateWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflowIdOf(this.id) },
      waitPolicy: { lifecycleStage: 3 },
      request: { meta: { updateId: randomUUID(), identity: 'test' }, input: { name, args: { payloads } } },
    });
    const failure = await decodeOptionalFailureToOptionalError(
      this.client.options.loadedDataConverter,
      outcome?.failure,
    );
    return failure?.message;
  }

  settle(): Promise<{ now: string; seq: number }> {
    return this.gateway.settle(this.id);
  }

  /** Settles, and waits until nothing is under way: while a signal is dealt with that takes long, the program settles as well. */
  async rest(): Promise<void> {
    await this.settle();
    for (;;) {
      const { raw } = await this.handle.describe();
      if (!raw.pendingWorkflowTask && !raw.pendingActivities?.length) return;
      await sleep(50);
    }
  }

  /** The program's date. */
  async today(): Promise<IsoDate> {
    return dateAt(await this.gateway.clock(this.id), this.definition.calendar.timeZone);
  }

  /** Advances the clock to an instant, or to 15:00 UTC of a date: an hour of work in New York. Not when it is past. */
  async advanceTo(target: IsoDate | Instant): Promise<void> {
    const now = await this.gateway.clock(this.id);
    const at: Instant = isInstant(target) ? target : `${target}T15:00:00.000Z`;
    if (at > now) await this.gateway.advance(this.id, () => at);
    await this.settle();
  }

  state(): Promise<ProgramState> {
    return this.handle.query(stateQuery);
  }

  records(): Promise<ProgramRecord[]> {
    return this.database.register.records(this.id);
  }

  async recordsOf<T extends RecordType>(type: T): Promise<RecordOf<T>[]> {
    return (await this.records()).filter((record): record is RecordOf<T> => record.type === type);
  }

  /** The runs of the chain by their workflow types, first to last, with the events of each. */
  async runs(): Promise<{ runId: string; type: string; events: number }[]> {
    const runs: { runId: string; type: string; events: number }[] = [];
    let runId: string | undefined = (await this.handle.describe()).raw.workflowExecutionInfo?.firstRunId ?? undefined;
    while (runId) {
      const handle = this.client.workflow.getHandle(workflowIdOf(this.id), runId);
      const { type, historyLength } = await handle.describe();
      runs.push({ runId, type, events: historyLength });
      const { events } = await handle.fetchHistory();
      runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
    }
    return runs;
  }
}

function isInstant(target: IsoDate | Instant): target is Instant {
  return target.includes('T');
}
